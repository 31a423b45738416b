import { describe, expect, it } from 'vitest';
import { stepsOf } from '../../../../src/agent/explain/explain-nat64.ts';
import type { ExplainedPacket } from '../../../../src/agent/explain/explained-packet.ts';
import { parseIpv4 } from '../../../../src/net/ipv4-address.ts';
import { Counter } from '../../../../src/translator/counters.ts';
import type { Preview, PreviewStep } from '../../../../src/translator/nat64/preview/preview.ts';
import { ROW_WORDS, writeBibRow, writeSessionRow } from '../../../../src/translator/nat64/tables/table-rows.ts';
import { TcpState } from '../../../../src/translator/nat64/tables/tcp-state.ts';
import type { Nat64Options } from '../../../../src/translator/options.ts';
import { emptyStore } from '../../translator/nat64/tables/filled-store.ts';
import { parseIp } from '../../translator/oracle-address.ts';
import { nat64Options } from '../translator-options-fixture.ts';

const NODE = { nodeOf: (slot: number) => `gw${slot}` };
const FIELDS = { protocol: 'tcp', sourcePort: 40_000, destinationPort: 443, payload: 0, hopLimit: 64 };
const POOL4 = 0x0b40_0001;

function six(source = '2001:db8::5', destination = '64:ff9b::8.8.8.8', protocol = 'tcp'): ExplainedPacket {
  const [from6, to6] = [Uint8Array.from(parseIp(source)), Uint8Array.from(parseIp(destination))];
  return { ...FIELDS, protocol, source, destination, family: 6, from6, to6 };
}

function four(source: string, destination: string): ExplainedPacket {
  return { ...FIELDS, source, destination, family: 4, from4: parseIpv4(source) ?? 0, to4: parseIpv4(destination) ?? 0 };
}

interface Asked {
  readonly packet?: ExplainedPacket;
  readonly options?: Partial<Nat64Options>;
  readonly verdict?: Preview['verdict'];
  readonly reason?: number;
}

function told(steps: readonly PreviewStep[], asked: Asked = {}): string[] {
  const { packet = six(), options = {}, verdict = 'translated', reason = -1 } = asked;
  const preview = { verdict, reason, steps, out: [] };
  return stepsOf(preview, 'internet', { ...nat64Options, ...options }, NODE, packet);
}

/** What is said after where the packet arrives. */
function after(steps: readonly PreviewStep[], asked: Asked = {}): string[] {
  return told(steps, asked).slice(1);
}

describe('where a packet arrives', () => {
  it('is a prefix of pool6, and the address that it stands for', () => {
    const options = { pool6: ['2001:db8:64::/96', '64:ff9b::/96'] };
    expect(told([], { options })).toEqual([
      '64:ff9b::8.8.8.8 is in pool6 64:ff9b::/96 of instance internet and stands for 8.8.8.8',
    ]);
    expect(told([], { options, packet: six('2001:db8::5', '2001:db8:64::c000:201') })).toEqual([
      '2001:db8:64::c000:201 is in pool6 2001:db8:64::/96 of instance internet and stands for 192.0.2.1',
    ]);
    expect(told([], { packet: six('2001:db8::5', '2001:db8::6') })).toEqual([
      '2001:db8::6 is not in pool6 of instance internet',
    ]);
  });

  it('is an entry of pool4, or one that is gone', () => {
    const [entry] = nat64Options.pool4;
    if (entry === undefined) throw new Error('there is an entry');
    const options = { pool4: [entry, { ...entry, prefix: '192.0.2.0/24' }] };
    const arrival = (to: string): string[] => told([], { options, packet: four('8.8.8.8', to) });
    expect(arrival('11.64.0.7')).toEqual(['11.64.0.7 is in pool4 11.64.0.0/29 of instance internet']);
    expect(arrival('192.0.2.255')).toEqual(['192.0.2.255 is in pool4 192.0.2.0/24 of instance internet']);
    expect(arrival('11.64.0.8')).toEqual(['11.64.0.8 is in a former pool4 of instance internet']);
  });

  it('is nowhere where the packet is for somebody else', () => {
    for (const reason of [Counter.dropNotForUs6, Counter.dropNotForUs4]) {
      expect(told([{ kind: 'newSession' }], { verdict: 'dropped', reason })).toEqual([
        expect.stringMatching(/^dropped: .* \(counter dropNotForUs[46]\)$/),
      ]);
    }
  });
});

describe('the entries that a packet meets', () => {
  const store = emptyStore();
  const row = new Uint32Array(ROW_WORDS);
  const bib = store.entries.create(6, 0x2001_0db8, 0, 0, 5, 40_000, POOL4, 1234);
  const fixed = store.entries.create(17, 0x2001_0db8, 0, 0, 6, 53, POOL4, 53, true);

  it('are named by both their ends, and whether the file has them', () => {
    writeBibRow(store, bib, row, 0);
    expect(after([{ kind: 'mapping', row }])).toEqual(['BIB entry: tcp [2001:db8::5]:40000 is 11.64.0.1:1234']);
    writeBibRow(store, fixed, row, 0);
    expect(after([{ kind: 'mapping', row }])).toEqual(['static entry: udp [2001:db8::6]:53 is 11.64.0.1:53']);
  });

  it('are sessions with their state, their owner and the time that is left', () => {
    const slot = store.adopt(bib, 0x0808_0808, 443, 2, false, 0);
    store.sessions.state[slot] = TcpState.established;
    writeSessionRow(store, slot, row, 0, 1_200_000);
    // Two hours without a packet, of which 20 minutes are over.
    expect(after([{ kind: 'session', row }])).toEqual([
      'there is a session, established, owned by gw2, for another 6000 s',
    ]);
    const fast = row.slice();
    // The flag of the fast path, as table-rows.ts has it.
    fast[0] = (fast[0] ?? 0) | (2 << 24);
    expect(after([{ kind: 'session', row: fast }])).toEqual([
      'there is a session, established, owned by gw2, for another 6000 s; its packets take the fast path',
    ]);
    const datagrams = store.open(fixed, 0x0808_0808, 53, 0, 0);
    writeSessionRow(store, datagrams, row, 0, 1400);
    expect(after([{ kind: 'session', row }])).toEqual(['there is a session, owned by gw1, for another 299 s']);
  });

  it('are those that would be made', () => {
    expect(after([{ kind: 'newSession' }])).toEqual(['there is no session with this peer: one would be made']);
    expect(after([{ kind: 'noSession' }])).toEqual([
      'there is no session with this peer, and none would be made: the mapping is enough',
    ]);
    const fresh = { kind: 'newMapping', address: POOL4, port: 2000, again: false } as const;
    const slices = (options: Partial<Nat64Options>): string[] => after([fresh], { options });
    const port = 'the client has no mapping for this port: it would get 11.64.0.1:2000';
    expect(slices({ slots: 2, slot: 1 })).toEqual([`${port}, from the slice of slot 1 of 2`]);
    expect(slices({ slots: 4, slot: 1, slices: [1, 3] })).toEqual([`${port}, from the slice of slot 1, 3 of 4`]);
    expect(slices({ slots: 1 })).toEqual([port]);
    expect(after([{ ...fresh, again: true }])).toEqual([
      'the client has had 11.64.0.1:2000 for this port until a while ago: it would get it again',
    ]);
  });
});

describe('what a packet waits for, and where it goes', () => {
  it.each<[PreviewStep, string]>([
    [{ kind: 'waitsForPeer', mostMs: 50 }, 'it waits until another node has the record of the session, at most 50 ms'],
    [
      { kind: 'waitsForRecord' },
      'the port is of the slice of another node: it waits for a record from there; what follows is without one',
    ],
    [
      { kind: 'retired', address: POOL4 },
      '11.64.0.1 is no longer in pool4: its routes are gone, so that answers do not come here; ' +
        'isthmus sessions end --pool4 11.64.0.1',
    ],
    [
      { kind: 'hairpin' },
      '64:ff9b::8.8.8.8 stands for an address of pool4: the packet comes back in at once (hairpin)',
    ],
    [{ kind: 'otherShard', shard: 3 }, 'what comes back is for shard 3: ask for the packet that it gets'],
  ])('%j', (step, sentence) => {
    expect(after([step])).toEqual([sentence]);
  });

  it('comes in the order of its path', () => {
    expect(after([{ kind: 'hairpin' }, { kind: 'newSession' }, { kind: 'waitsForRecord' }])).toEqual([
      expect.stringContaining('hairpin'),
      expect.stringContaining('one would be made'),
      expect.stringContaining('without one'),
    ]);
  });
});

describe('what a client holds', () => {
  const step: PreviewStep = {
    kind: 'holdings',
    client: { sessions: 5, entries: 4, ports: 3 },
    network: { sessions: 50, entries: 40, ports: 30 },
  };
  const held =
    'the client (its /56) has 5 sessions, 4 BIB entries, 3 ports of this node; ' +
    'its network (/40) has 50 sessions, 40 BIB entries, 30 ports of this node; limits: ';
  const nothing: Nat64Options['limits'] = {
    ...nat64Options.limits,
    clientPrefixLength: 56,
    networkPrefixLength: 40,
    sessionsPerClient: 0,
    portsPerClient: 0,
    newSessionsPerSecondPerClient: 0,
    sharePerClient: 100,
    sharePerNetwork: 100,
    reserve: 0,
  };

  it.each<[Partial<Nat64Options['limits']>, string]>([
    [{}, 'none'],
    [{ sessionsPerClient: 1 }, 'sessionsPerClient 1'],
    [{ portsPerClient: 7, newSessionsPerSecondPerClient: 9 }, 'portsPerClient 7, newSessionsPerSecondPerClient 9'],
    [{ sharePerClient: 99, sharePerNetwork: 50 }, 'sharePerClient 99 %, sharePerNetwork 50 %'],
    [
      { reserve: 1, sharePerNetwork: 20, sessionsPerClient: 2 },
      'sessionsPerClient 2, sharePerNetwork 20 %, reserve 1 %',
    ],
  ])('is said beside the limits in force: %j', (changes, limits) => {
    expect(after([step], { options: { limits: { ...nothing, ...changes } } })).toEqual([`${held}${limits}`]);
  });
});

describe('why a packet is not translated', () => {
  const [entry] = nat64Options.pool4;
  const exhausted = (clients: string[], asked: ExplainedPacket): string[] => {
    if (entry === undefined) throw new Error('there is an entry');
    const options = { pool4: [{ ...entry, protocols: ['udp' as const], clients }] };
    return after([], { options, packet: asked, verdict: 'error', reason: Counter.answerPool4Exhausted });
  };
  const COUNTED = expect.stringMatching(/^answered: .* \(counter answerPool4Exhausted\)$/);

  it('is that no entry serves its protocol or its client; or that those which do are full', () => {
    expect(exhausted([], six())).toEqual(['no pool4 entry serves tcp of client 2001:db8::5', COUNTED]);
    expect(exhausted([], six('2001:db8::5', '64:ff9b::8.8.8.8', 'udp'))).toEqual([COUNTED]);
    const client = six('2001:db8:a::5', '64:ff9b::8.8.8.8', 'udp');
    expect(exhausted(['2001:db8:b::/48', '2001:db8:a::/48'], client)).toEqual([COUNTED]);
    expect(exhausted(['2001:db8:b::/48'], client)).toEqual([
      'no pool4 entry serves udp of client 2001:db8:a::5',
      COUNTED,
    ]);
    expect(exhausted([], four('8.8.8.8', '11.64.0.1'))).toEqual([COUNTED]);
  });

  it('is another one though no entry serves it', () => {
    const [served] = nat64Options.pool4;
    if (served === undefined) throw new Error('there is an entry');
    const options = { pool4: [{ ...served, protocols: ['udp' as const] }] };
    const steps = after([], { options, verdict: 'error', reason: Counter.answerTtl });
    expect(steps).toEqual([expect.stringContaining('(counter answerTtl)')]);
  });

  it('is that the node has no slice', () => {
    expect(after([], { verdict: 'error', reason: Counter.answerNoSlice })).toEqual([
      'this node has no slice of pool4 from which it may allocate',
      expect.stringContaining('(counter answerNoSlice)'),
    ]);
  });

  it('is the kind of the IPv4 address at the far end', () => {
    const dropped = { verdict: 'dropped', reason: Counter.dropNonGlobal } as const;
    expect(after([], { ...dropped, packet: four('10.9.8.7', '11.64.0.1') })).toEqual([
      expect.stringMatching(/^dropped: 10\.9\.8\.7 is private .*\(counter dropNonGlobal\)$/),
    ]);
    const options = { pool6: ['2001:db8:64::/96', '64:ff9b::/96'] };
    expect(after([], { ...dropped, options, packet: six('2001:db8::5', '64:ff9b::10.1.2.3') })).toEqual([
      expect.stringMatching(/^dropped: 10\.1\.2\.3 is private /),
    ]);
    // The far end is none of its kind, or there is none: then only the counter speaks.
    for (const packet of [six(), six('2001:db8::5', '2001:db8::6')]) {
      expect(after([], { ...dropped, packet })).toEqual([
        expect.stringMatching(/^dropped: (?!8\.8\.8\.8).* \(counter dropNonGlobal\)$/),
      ]);
    }
    expect(after([], { verdict: 'error', reason: Counter.answerTtl, packet: six('2001:db8::5', '64:ff9b::10.1.2.3') }))
      // A private address is not why a hop limit has ended.
      .toEqual([expect.stringMatching(/^answered: (?!10\.).* \(counter answerTtl\)$/)]);
  });
});

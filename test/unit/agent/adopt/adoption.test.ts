import { describe, expect, it } from 'vitest';
import { Adoption } from '../../../../src/agent/adopt/adoption.ts';
import { ADOPT_REFUSALS, type AdoptRefusal, ForeignSessions } from '../../../../src/agent/adopt/foreign-sessions.ts';
import { payloadsOf, tableOf } from '../../replication/joold/captured.ts';
import { FLAGS, tcp, udp } from '../../translator/packets.ts';
import type { Bench } from '../../translator/nat64/bench-of-one.ts';
import { allSessions } from '../../translator/nat64/tables/walked.ts';
import { SimulatedClock } from '../simulated-clock.ts';
import { capturedSite, FOREIGN, foreignBench, SimulatedGroup } from './fixture.ts';
import { datagram, LAYOUTS, type SaidSession, say4112, say419 } from './independent-sender.ts';

const SESSION: SaidSession = {
  protocol: 'tcp',
  src6: '2001:db8:1::5',
  src6Port: 4000,
  src4: '192.0.2.1',
  src4Port: 12_000,
  dst4: '198.51.100.7',
  dst4Port: 443,
};
const CLIENT = { src: SESSION.src6, dst: `64:ff9b::${SESSION.dst4}` };

/** @param offered what the worker says to each batch of records; absent: it takes them all */
function adopting(bench: Bench = foreignBench(), site = capturedSite(), offered?: (count: number) => boolean) {
  const [group, clock] = [new SimulatedGroup(), new SimulatedClock()];
  const options = site.adopt?.joold;
  if (options === undefined) throw new Error('the site adopts nothing');
  const adoption = new Adoption(options, new ForeignSessions(FOREIGN, site), {
    clock,
    open: group.open,
    offer: (records, count) => {
      if (offered !== undefined) return offered(count);
      bench.translator.applyRecords(records, 0, count, bench.nowMs);
      return true;
    },
  });
  adoption.listen();
  return { bench, group, clock, adoption };
}

const rowsOf = (bench: Bench) => allSessions(bench.translator.store, bench.nowMs);
const refusedBy = (adoption: Adoption): Record<string, number> =>
  Object.fromEntries(adoption.status(0).refused.map(({ name, value }) => [name, value]));

const STATES: Readonly<Record<string, string>> = {
  ESTABLISHED: 'established',
  V6_INIT: 'v6Init',
  V4_INIT: 'v4Init',
  V4_FIN_RCV: 'v4Fin',
  V6_FIN_RCV: 'v6Fin',
  V4_FIN_V6_FIN_RCV: 'bothFin',
  TRANS: 'trans',
};

/** The table of Jool as this project would show it: without the time left, which the display took some of. */
function expectedRows(file: string): string[] {
  return tableOf(file).map((row) => {
    const [protocol, src6, port6, , , src4, port4, dst4, port, , state = ''] = row.split(',');
    const remotePort = protocol === 'ICMP' ? '0' : port;
    const words = [protocol.toLowerCase(), src6, port6, src4, port4, dst4, remotePort, STATES[state] ?? ''];
    return words.join(' ');
  });
}

describe('what is heard of a Jool', () => {
  it.each(['4.1.9', '4.1.15'])('fills the table with what that of Jool %s has, all fields equal', (version) => {
    const { bench, group, adoption } = adopting();
    for (const payload of payloadsOf(`joold-${version}.pcap`)) group.say(payload);
    const shown = rowsOf(bench).map(
      ({ protocol, client, clientPort, pool4, pool4Port, remote, remotePort, state, owner }) => {
        expect(owner).toBe(FOREIGN);
        return [protocol, client, clientPort, pool4, pool4Port, remote, remotePort, state].join(' ');
      },
    );
    const expected = expectedRows(`joold-${version}.sessions.csv`);
    expect(expected.filter((row) => !shown.includes(row))).toEqual([]);
    // Jool says nothing of the end of a session: what ended before the table was shown is here for a while longer.
    expect(shown.length - expected.length).toBeLessThan(60);
    expect(refusedBy(adoption)).toEqual({});
    expect(adoption.status(7)).toMatchObject({ state: 'listening', held: 7, silentMs: 0 });
  });

  it.each(['4.1.9', '4.1.12', '4.1.13'] as const)(
    'in the layout of %s is a session that packets go on with',
    (layout) => {
      const { bench, group } = adopting();
      group.say(datagram([SESSION], LAYOUTS[layout]));
      const { verdict, out } = bench.send(tcp(CLIENT, 4000, 443, FLAGS.ack));
      expect(verdict).toBe('translated');
      expect([...out[0].subarray(12, 16)]).toEqual([192, 0, 2, 1]);
      expect((out[0][20] << 8) | out[0][21]).toBe(12_000);
      const back = { src: SESSION.dst4, dst: SESSION.src4 };
      expect(bench.send(tcp(back, 443, 12_000, FLAGS.ack)).verdict).toBe('translated');
    },
  );

  it('is a session of this node after the takeover, and later records of Jool change nothing', () => {
    const { bench, group } = adopting();
    group.say(datagram([SESSION]));
    bench.translator.takeOver(FOREIGN);
    bench.wait(1000);
    expect(rowsOf(bench)).toMatchObject([{ owner: 1, state: 'established' }]);
    bench.records();
    group.say(datagram([{ ...SESSION, state: 6, timer: 1, expirationMs: 1000 }]));
    expect(rowsOf(bench)).toMatchObject([{ owner: 1, state: 'established' }]);
    // It is not said again, as the claim of another node would be: one datagram must not cost the cluster a record.
    expect(bench.records().length).toBe(0);
  });

  it('lives as long as the record says, and not longer than a session of this instance', () => {
    const { bench, group } = adopting();
    group.say(datagram([{ ...SESSION, expirationMs: 86_400_000 }]));
    group.say(datagram([{ ...SESSION, src6Port: 4001, src4Port: 12_001, expirationMs: 30_000 }]));
    const left = (): number[] => rowsOf(bench).map(({ expiresInMs }) => expiresInMs);
    expect(left()).toEqual([7_200_000, 30_000]);
    bench.wait(120_000);
    expect(rowsOf(bench)).toMatchObject([{ clientPort: 4000 }]);
  });

  it('keeps its port from new clients, and after its end for the time that ports are held', () => {
    const bench = foreignBench({
      slots: 1,
      pool4: [{ prefix: '192.0.2.1/32', ports: [12_000, 12_003], protocols: ['udp'], clients: [] }],
    });
    const { group } = adopting(bench);
    group.say(datagram([{ ...SESSION, protocol: 'udp', expirationMs: 30_000 }]));
    for (let index = 1; index <= 4; index++) bench.send(udp({ ...CLIENT, src: `2001:db8:2::${index}` }, 5000, 53));
    const ports = rowsOf(bench).map(({ pool4Port }) => pool4Port);
    expect(new Set(ports)).toEqual(new Set([12_000, 12_001, 12_002, 12_003]));
    expect(ports).toHaveLength(4);
    expect(rowsOf(bench).find(({ pool4Port }) => pool4Port === 12_000)).toMatchObject({ client: SESSION.src6 });
    bench.wait(30_000 + 60_000 + 100_000);
    expect(bench.send(udp({ ...CLIENT, src: '2001:db8:2::9' }, 5000, 53)).verdict).not.toBe('translated');
  });

  it('ends nothing of this node that has the same port', () => {
    const bench = foreignBench();
    const [syn] = bench.send(tcp(CLIENT, 4000, 443, FLAGS.syn)).out;
    const [src4, src4Port] = [[...syn.subarray(12, 16)].join('.'), (syn[20] << 8) | syn[21]];
    const { group } = adopting(bench);
    // A client that comes before the other in the order by which nodes settle such a case.
    group.say(datagram([{ ...SESSION, src6: '2000::1', src4, src4Port }]));
    expect(rowsOf(bench)).toMatchObject([{ client: CLIENT.src, owner: 1 }]);
  });

  it('may give a port of its own sessions to another client', () => {
    const { bench, group } = adopting();
    group.say(datagram([SESSION]));
    group.say(datagram([{ ...SESSION, src6: '2001:db8:9::9' }]));
    expect(rowsOf(bench)).toMatchObject([{ client: '2001:db8:9::9', owner: FOREIGN }]);
  });

  it('leaves room for own clients', () => {
    const limits = { ...LIMITS, sessions: 100, bibEntries: 100, reserve: 10 };
    const { bench, group } = adopting(foreignBench({ limits }));
    const many = Array.from({ length: 100 }, (_, index) => ({
      ...SESSION,
      src6Port: 4000 + index,
      src4Port: 12_000 + index,
    }));
    group.say(datagram(many.slice(0, 50)));
    group.say(datagram(many.slice(50)));
    expect(rowsOf(bench)).toHaveLength(80);
  });
});

const LIMITS = {
  sessions: 4096,
  bibEntries: 4096,
  clientPrefixLength: 64,
  networkPrefixLength: 48,
  sharePerClient: 100,
  sharePerNetwork: 100,
  reserve: 0,
  sessionsPerClient: 0,
  sessionsFromOutsidePerClient: 0,
  portsPerClient: 0,
  newSessionsPerSecondPerClient: 0,
  fragmentsHeld: 64,
  fragmentsHeldPerSource: 8,
};

describe('hostile input', () => {
  it.each<readonly [string, Partial<SaidSession>, string]>([
    ['a port below those of pool4', { src4Port: 9999 }, 'pool4'],
    ['a port above those of pool4', { src4Port: 20_001 }, 'pool4'],
    ['an address outside pool4', { src4: '192.0.2.9' }, 'pool4'],
    ['a server that is a group', { dst4: '224.0.0.1' }, 'destination'],
    ['a server that is this machine', { dst4: '127.0.0.1' }, 'destination'],
    ['a client that is a group', { src6: 'ff02::1' }, 'client'],
    ['a client that is behind this translator', { src6: '64:ff9b::c633:6407' }, 'client'],
    ['a client that is on the link', { src6: 'fe80::1' }, 'client'],
    ['the client ::1', { src6: '::1' }, 'client'],
    ['state 7', { state: 7 }, 'state'],
    ['no time left', { expirationMs: 0 }, 'expired'],
  ])('with %s is counted and not taken', (_what, change, reason) => {
    const { bench, group, adoption } = adopting();
    group.say(datagram([{ ...SESSION, ...change }]));
    expect(refusedBy(adoption)).toEqual({ [reason]: 1 });
    expect(rowsOf(bench)).toEqual([]);
  });

  it('of another pool6 is refused where the layout shows it', () => {
    const { bench, group, adoption } = adopting();
    for (const say of [say419, say4112]) group.say(datagram([{ ...SESSION, dst6: '2001:db8:64::c633:6407' }], say));
    // In the nested layout the two forms of the server contradict each other here.
    group.say(datagram([{ ...SESSION, dst6: '64:ff9b::1.2.3.4', dst4: '1.2.3.4' }], say419));
    expect(refusedBy(adoption)).toEqual({ pool6: 2 });
    expect(rowsOf(bench)).toMatchObject([{ remote: '1.2.3.4' }]);
  });

  it('from an address that is not named counts and does nothing else', () => {
    const { bench, group, adoption } = adopting();
    group.say(datagram([SESSION]), '2001:db8:ff::2');
    expect([refusedBy(adoption), adoption.status(0).silentMs, rowsOf(bench)]).toEqual([{ source: 1 }, -1, []]);
    group.say(datagram([SESSION]), '2001:DB8:FF:0::1');
    expect(rowsOf(bench)).toHaveLength(1);
  });

  it('in a flood closes the socket for the rest of the second', async () => {
    const { group, clock, adoption } = adopting();
    for (let index = 0; index < 10_050; index++) group.say(Uint8Array.of(1), '2001:db8:ff::2');
    expect([group.isOpen, adoption.status(0).state]).toEqual([false, 'paused']);
    expect(refusedBy(adoption)).toEqual({ source: 10_000, rate: 1 });
    await clock.advance(1000);
    expect([group.isOpen, adoption.status(0).state]).toEqual([true, 'listening']);
  });

  it('in a flood of records from a named source has a bound, and counts again in the next second', async () => {
    let offered = 0;
    const { group, clock, adoption } = adopting(undefined, undefined, (count) => {
      offered += count;
      return true;
    });
    const full = datagram(Array.from({ length: 36 }, (_, index) => ({ ...SESSION, src4Port: 12_000 + index })));
    for (let index = 0; index < 3000; index++) group.say(full);
    expect(offered).toBeGreaterThanOrEqual(50_000);
    // The datagram that passes the limit is still read whole.
    expect(offered).toBeLessThanOrEqual(50_000 + 52);
    expect(refusedBy(adoption)).toEqual({ rate: 3000 - offered / 36 });
    await clock.advance(1000);
    const before = offered;
    group.say(full);
    expect(offered - before).toBe(36);
  });

  it.each<readonly [string, Partial<SaidSession>]>([
    ['pool4', { src4Port: 9 }],
    ['state', { state: 7 }],
  ])('of records that are refused by their %s has the same bound', (reason, change) => {
    const { group, adoption } = adopting();
    const full = datagram(Array.from({ length: 36 }, () => ({ ...SESSION, ...change })));
    for (let index = 0; index < 2000; index++) group.say(full);
    const { [reason]: refused = 0, rate = 0 } = refusedBy(adoption);
    expect([refused > 50_000 && refused <= 50_052, rate]).toEqual([true, 2000 - refused / 36]);
  });

  it('of a protocol or a client that its entry of pool4 does not have is refused', () => {
    const pool4 = [{ prefix: '192.0.2.1', ports: '10000-20000', protocols: ['tcp'], clients: ['2001:db8:1::/48'] }];
    const { group, adoption } = adopting(foreignBench(), capturedSite({ pool4 }));
    group.say(datagram([SESSION, { ...SESSION, protocol: 'udp' }, { ...SESSION, src6: '2001:db8:2::5' }]));
    expect(refusedBy(adoption)).toEqual({ pool4: 1, client: 1 });
    expect(adoption.status(0).records).toBe(1);
  });

  it('of clients and destinations that are not of this instance is refused', () => {
    const site = capturedSite({ clients: ['2001:db8:1::/48'], destinations: ['198.51.100.0/25'] });
    const { group, adoption } = adopting(foreignBench(), site);
    group.say(datagram([SESSION, { ...SESSION, src6: '2001:db8:2::5' }, { ...SESSION, dst4: '198.51.100.200' }]));
    expect(refusedBy(adoption)).toEqual({ client: 1, destination: 1 });
  });
});

describe('a refusal', () => {
  const bytes = datagram([SESSION]);
  const changed = (at: number, octet: number): Uint8Array => bytes.with(at, octet);
  const nested = datagram([SESSION], say419);
  const REFUSED: Readonly<Record<AdoptRefusal, () => Adoption>> = {
    truncated: () => hearing(bytes.subarray(0, 39)),
    layout: () => hearing(changed(0, 41)),
    attribute: () => hearing(nested.with(30, 3)),
    protocol: () => hearing(changed(39, 0x60)),
    state: () => hearing(changed(39, 0x1c)),
    address: () => hearing(datagram([{ ...SESSION, src4: '0.0.0.0' }])),
    expired: () => hearing(datagram([{ ...SESSION, expirationMs: 0 }])),
    source: () => hearing(bytes, '2001:db8:ff::2'),
    rate: () => {
      const { group, adoption } = adopting();
      for (let index = 0; index <= 10_000; index++) group.say(new Uint8Array());
      return adoption;
    },
    busy: () => hearing(bytes, undefined, () => false),
    pool4: () => hearing(datagram([{ ...SESSION, src4: '192.0.2.9' }])),
    pool6: () => hearing(datagram([{ ...SESSION, dst6: '2001:db8:64::1' }], say419)),
    client: () => hearing(datagram([{ ...SESSION, src6: 'ff02::1' }])),
    destination: () => hearing(datagram([{ ...SESSION, dst4: '224.0.0.1' }])),
  };

  const SENTENCES: Readonly<Record<string, string>> = ADOPT_REFUSALS;

  function hearing(said: Uint8Array, from?: string, offered?: (count: number) => boolean): Adoption {
    const { group, adoption } = adopting(undefined, undefined, offered);
    group.say(said, from);
    return adoption;
  }

  it.each(Object.entries(REFUSED))('of the reason %s is counted, with a sentence', (name, provoke) => {
    const { refused, records } = provoke().status(0);
    expect(refused).toEqual([{ name, kind: 'refused', value: 1, help: SENTENCES[name] }]);
    expect(records).toBe(0);
  });
});

describe('listening', () => {
  it('is tried again where the group cannot be joined, and ends when the operator says so', async () => {
    const { group, clock, adoption } = adopting();
    group.fail('bind ENODEV');
    expect(adoption.status(0)).toMatchObject({ state: 'unable', reason: 'bind ENODEV' });
    await clock.advance(5000);
    expect([group.opened.length, adoption.status(0).state]).toEqual([2, 'listening']);
    adoption.done();
    await clock.advance(20_000);
    expect([group.isOpen, adoption.status(0).state, group.opened.length]).toEqual([false, 'done', 2]);
    adoption.listen();
    expect(group.isOpen).toBe(true);
  });

  it('takes rows of a table, and says what is wrong with the first that is none', () => {
    const { bench, adoption } = adopting();
    const rows = ['Protocol,IPv6 Remote Address', ...tableOf('joold-4.1.15.sessions.csv'), 'TCP,what'];
    const outside = 'UDP,2001:db8:1::5,1,64:ff9b::c633:6407,53,192.0.2.9,12000,198.51.100.7,53,0:05:00,';
    const reply = adoption.load([...rows, outside]);
    expect(reply).toMatchObject({ taken: 368, malformed: 1, refused: [{ name: 'pool4', value: 1 }] });
    expect(reply.firstMalformed).toContain('2 fields');
    expect(rowsOf(bench)).toHaveLength(368);
    expect(adoption.silentMs()).toBe(Infinity);
  });

  it('takes a time left that no record can say for the longest', () => {
    const { bench, adoption } = adopting();
    const row = 'TCP,2001:db8:1::5,4000,64:ff9b::c633:6407,443,192.0.2.1,12000,198.51.100.7,443,1193:02:48,ESTABLISHED';
    expect(adoption.load([row])).toMatchObject({ taken: 1, malformed: 0 });
    expect(rowsOf(bench)).toMatchObject([{ expiresInMs: 7_200_000 }]);
  });
});

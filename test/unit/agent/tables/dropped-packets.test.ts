import { describe, expect, it } from 'vitest';
import type { DropsReply, DropsRequest } from '../../../../src/agent/control/messages.ts';
import { type CountedMinute, joinDrops, readDropsRequest } from '../../../../src/agent/tables/dropped-packets.ts';
import { dropsScreen } from '../../../../src/cli/drops-run.ts';
import { Counter } from '../../../../src/translator/counters.ts';
import type { DroppedAddress, DroppedReason } from '../../../../src/translator/drop-sources.ts';

const SCANNER = 0xc633_6407;
const POOL4 = 0x0b40_0003;

const source: DroppedAddress = {
  family: 4,
  address: [SCANNER, 0, 0, 0],
  isSource: true,
  packets: 900,
  excess: 0,
  other: [POOL4, 0, 0, 0],
  protocol: 17,
  sourcePort: 4444,
  destinationPort: 2200,
};
const scan: DroppedReason = {
  counter: Counter.dropNoMapping,
  packets: 1000,
  spanMs: 40_000,
  sources: [source, { ...source, address: [7, 0, 0, 0], packets: 100, excess: 40 }],
  destinations: [{ ...source, address: [POOL4, 0, 0, 0], other: [SCANNER, 0, 0, 0], isSource: false, packets: 1000 }],
};
const limited: DroppedReason = {
  counter: Counter.answerClientLimit,
  packets: 3,
  spanMs: 500,
  sources: [
    { ...source, family: 6, address: [0x2001_0db8, 0, 0, 9], other: [0x0064_ff9b, 0, 0, SCANNER], protocol: 58 },
  ],
  destinations: [],
};

const NOTHING: CountedMinute = { rates: [], spanMs: 0 };
const CHECKERS = new Map([
  ['0.0.0.7', { node: 'gw1', own: true }],
  ['0.0.0.8', { node: 'gw2', own: false }],
]);

function ask(
  request: Partial<DropsRequest>,
  shards: readonly (readonly DroppedReason[])[],
  counted = NOTHING,
): DropsReply {
  return joinDrops(
    readDropsRequest({ instance: '', reason: '', limit: 0, ...request }),
    [{ instance: 'internet', shards, counted }],
    CHECKERS,
  );
}

describe('what all shards say of packets that are not translated', () => {
  it('names the ends of a packet as they were, also from the view of its destination', () => {
    const { reasons } = ask({}, [[scan]]);
    expect(reasons).toMatchObject([{ instance: 'internet', reason: 'dropNoMapping', kind: 'drop', packets: 1000 }]);
    const example = {
      protocol: 'udp',
      source: '198.51.100.7',
      sourcePort: 4444,
      destination: '11.64.0.3',
      destinationPort: 2200,
    };
    expect(reasons[0]?.sources[0]).toEqual({
      ...example,
      address: '198.51.100.7',
      packets: 900,
      excess: 0,
      own: false,
      checkedBy: '',
    });
    expect(reasons[0]?.destinations).toEqual([
      { ...example, address: '11.64.0.3', packets: 1000, excess: 0, own: false, checkedBy: '' },
    ]);
  });

  it('is added up by address, over the longest time that one of them has', () => {
    const { reasons } = ask({}, [
      [scan],
      [{ ...scan, spanMs: 55_000, sources: [{ ...source, packets: 1, excess: 2 }] }],
    ]);
    expect(reasons).toMatchObject([{ packets: 2000, spanMs: 55_000 }]);
    expect(reasons[0]?.sources.map(({ address, packets, excess }) => [address, packets, excess])).toEqual([
      ['198.51.100.7', 901, 2],
      ['0.0.0.7', 100, 40],
    ]);
  });

  it('has the end with the most packets of all workers first', () => {
    const few = { ...source, packets: 400, address: [9, 0, 0, 0] } as const;
    const { reasons } = ask({}, [[{ ...scan, sources: [few] }], [{ ...scan, sources: [source, few] }]]);
    expect(reasons[0]?.sources.map(({ address, packets }) => [address, packets])).toEqual([
      ['198.51.100.7', 900],
      ['0.0.0.9', 800],
    ]);
  });

  it('has the reason with the most packets first, and of each as many ends as were asked for', () => {
    const { reasons } = ask({ limit: 1 }, [[limited, scan]]);
    expect(reasons.map(({ reason, sources }) => [reason, sources.length])).toEqual([
      ['dropNoMapping', 1],
      ['answerClientLimit', 1],
    ]);
  });

  it('is of one reason where that is asked for, which must be one', () => {
    expect(ask({ reason: 'answerClientLimit' }, [[limited, scan]]).reasons).toMatchObject([
      { reason: 'answerClientLimit', sources: [{ address: '2001:db8::9', protocol: 'icmp' }] },
    ]);
    expect(() => ask({ reason: 'dropEverything' }, [])).toThrow(
      /^dropEverything is no reason for which packets are dropped or answered; there are: dropTruncated, .*answerTtl/,
    );
    expect(() => ask({ reason: 'translated6to4' }, [])).toThrow('is no reason');
  });
});

describe('what `isthmus drops` prints', () => {
  it('is a block for each reason: what it means, from where, to where, with a packet', () => {
    expect(dropsScreen(ask({}, [[scan]])).split('\n')).toEqual([
      'dropNoMapping  instance internet: 1 000 packets in 40 s, 25/s',
      '  IPv4 packet for a pool4 port without a BIB entry',
      expect.stringMatching(/^  Scans from the internet.* Before you block an address, .*`isthmus top remotes`/),
      '  SOURCE         PACKETS  EXCESS  EXAMPLE',
      '  198.51.100.7       900       -  udp 198.51.100.7:4444 → 11.64.0.3:2200',
      '  0.0.0.7 (own)      100      40  udp 0.0.0.7:4444 → 11.64.0.3:2200',
      '  DESTINATION  PACKETS  EXCESS  EXAMPLE',
      '  11.64.0.3      1 000       -  udp 198.51.100.7:4444 → 11.64.0.3:2200',
      '',
      '(own): an address of the node itself; its checks go from there',
    ]);
  });

  it('marks the addresses from which other nodes check', () => {
    const probe = { ...source, address: [8, 0, 0, 0], packets: 5 } as const;
    const { reasons } = ask({}, [[{ ...scan, sources: [probe], destinations: [] }]]);
    expect(reasons[0]?.sources[0]).toMatchObject({ address: '0.0.0.8', own: false, checkedBy: 'gw2' });
    const lines = dropsScreen({ reasons }).split('\n');
    expect(lines.find((line) => line.includes('0.0.0.8'))).toMatch(/^ {2}0\.0\.0\.8 \(gw2\) +5 /);
    expect(lines.at(-1)).toBe('(gw2): an address of gw2; its checks go from there');
  });

  it('has the drops outside the translator too, and says that nobody notes their addresses', () => {
    const counted = (name: string, kind: string, lastMinute: number): CountedMinute['rates'][number] => ({
      name,
      kind,
      help: `what ${name} means`,
      lastMinute,
    });
    const minute = {
      spanMs: 58_900,
      rates: [
        counted('dropNoMapping', 'drop', 1000),
        counted('fastPathDropped', 'drop', 1200),
        counted('tunTruncated', 'drop', 0),
        counted('fastPackets6to4', 'pass', 70),
        counted('sleeps', 'fact', 70),
      ],
    };
    const reply = ask({}, [[scan]], minute);
    expect(reply.reasons.map(({ reason, packets }) => [reason, packets])).toEqual([
      ['fastPathDropped', 1200],
      ['dropNoMapping', 1000],
    ]);
    expect(dropsScreen(reply).split('\n').slice(0, 4)).toEqual([
      'fastPathDropped  instance internet: 1 200 packets in 58 s, 20/s',
      '  what fastPathDropped means',
      '  The kernel is short of packet memory.',
      '  no addresses: these packets are dropped outside the translator; tcpdump shows them as they come in',
    ]);
    expect(ask({ reason: 'fastPathDropped' }, [[scan]], minute).reasons).toHaveLength(1);
  });

  it('has no ports where there are none, and no rate of a moment', () => {
    const screen = dropsScreen(ask({}, [[limited]]));
    expect(screen).toContain('3 packets in 500 ms\n');
    expect(screen).toContain('icmp 2001:db8::9 → 64:ff9b::198.51.100.7');
  });

  it('knows the unspecified address from a packet without one, and gives no rate below one', () => {
    const unspecified = { ...source, family: 6, address: [0, 0, 0, 0], other: [0xff02_0000, 0, 0, 0x16] } as const;
    const screen = dropsScreen(ask({}, [[{ ...scan, packets: 3, sources: [unspecified], destinations: [] }]]));
    expect(screen).toContain(': 3 packets in 40 s\n');
    expect(screen).toMatch(/\n  :: +900 .*udp \[::\]:4444 → \[ff02::16\]:2200$/);
  });

  it('says so where nothing was dropped, or a packet has no addresses', () => {
    expect(dropsScreen({ reasons: [] })).toBe(
      'no packet was dropped or answered with an ICMP error within the last minute',
    );
    const short = { ...source, address: [0, 0, 0, 0] as const, other: [0, 0, 0, 0] as const, protocol: 0 };
    expect(dropsScreen(ask({}, [[{ ...scan, sources: [short], destinations: [] }]]))).toMatch(
      /unreadable .* too short/,
    );
  });
});

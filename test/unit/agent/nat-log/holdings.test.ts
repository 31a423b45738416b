import { describe, expect, it } from 'vitest';
import { type Holding, holdingsOf } from '../../../../src/agent/nat-log/search/holdings.ts';
import { type LogLine, parseLogLine } from '../../../../src/agent/nat-log/search/log-line.ts';

const MAX_REMOTES = 1000;

/** A line of the second so many. */
function line(second: number, event: string, fields: object = {}): LogLine {
  const time = new Date(1_767_225_600_000 + 1000 * second).toISOString();
  const about = { instance: 'lower', protocol: 'tcp', client: '2001:db8::1', port: 4000, pool4: '192.0.2.1' };
  const found = parseLogLine(JSON.stringify({ time, node: 'gw1', event, ...about, pool4Port: 61_001, ...fields }));
  if (found === undefined) throw new Error('a line');
  return found;
}

const secondOf = (one: LogLine | undefined): number | undefined =>
  one === undefined ? undefined : (one.timeMs - 1_767_225_600_000) / 1000;

const short = ({ client, kind, from, begun, until, replaced, open }: Holding): unknown => [
  client,
  kind,
  secondOf(from),
  begun,
  secondOf(until),
  secondOf(replaced),
  open,
];

const of = (...lines: LogLine[]): unknown[] => holdingsOf(lines).map(short);
const CLIENT = '2001:db8::1';
const OTHER = { client: '2001:db8::2' };

describe('who had an address and port', () => {
  it.each([
    ['mapping', 'mappingCreated', 'mappingDeleted'],
    ['sessions', 'sessionCreated', 'sessionEnded'],
    ['block', 'blockAllocated', 'blockReleased'],
  ])('is told by lines of %s, from the first to the last', (kind, begins, ends) => {
    expect(of(line(1, begins), line(5, ends))).toEqual([[CLIENT, kind, 1, true, 5, undefined, 0]]);
    expect(of(line(1, begins))).toEqual([[CLIENT, kind, 1, true, undefined, undefined, 1]]);
    expect(of(line(5, ends))).toEqual([[CLIENT, kind, 5, false, 5, undefined, 0]]);
  });

  it('is one after the other, where another client comes before the first one has ended', () => {
    expect(of(line(1, 'mappingCreated'), line(3, 'mappingCreated', OTHER), line(9, 'mappingCreated'))).toEqual([
      [CLIENT, 'mapping', 1, true, undefined, 3, 1],
      ['2001:db8::2', 'mapping', 3, true, undefined, 9, 1],
      [CLIENT, 'mapping', 9, true, undefined, undefined, 1],
    ]);
  });

  it('has it again after it had ended', () => {
    expect(of(line(1, 'mappingCreated'), line(2, 'mappingDeleted'), line(5, 'mappingCreated'))).toEqual([
      [CLIENT, 'mapping', 1, true, 2, 5, 0],
      [CLIENT, 'mapping', 5, true, undefined, undefined, 1],
    ]);
    // Two nodes say that it has ended: the later one counts.
    expect(of(line(1, 'mappingCreated'), line(2, 'mappingDeleted'), line(5, 'mappingDeleted'))).toEqual([
      [CLIENT, 'mapping', 1, true, 5, undefined, 0],
    ]);
  });

  it('has it until the last of its sessions has ended, also where the next one begins in that instant', () => {
    const sessions = [line(1, 'sessionCreated'), line(2, 'sessionCreated'), line(3, 'sessionEnded')];
    expect(of(...sessions)).toEqual([[CLIENT, 'sessions', 1, true, undefined, undefined, 1]]);
    const ended = [...sessions, line(4, 'sessionEnded')];
    expect(of(...ended)).toEqual([[CLIENT, 'sessions', 1, true, 4, undefined, 0]]);
    expect(of(...ended, line(4, 'sessionCreated'))).toEqual([[CLIENT, 'sessions', 1, true, undefined, undefined, 1]]);
    expect(of(...ended, line(5, 'sessionCreated'))).toHaveLength(2);
    expect(of(line(4, 'mappingCreated'), line(4, 'mappingDeleted'), line(4, 'mappingCreated'))).toHaveLength(2);
  });

  it('is told apart by instance, protocol, address, port and socket', () => {
    const begun = line(1, 'mappingCreated');
    for (const fields of [
      { instance: 'upper' },
      { protocol: 'udp' },
      { pool4: '192.0.2.2' },
      { pool4Port: 61_002 },
      { port: 4001 },
    ]) {
      expect(holdingsOf([begun, line(2, 'mappingDeleted', fields)])).toHaveLength(2);
    }
    const [first] = holdingsOf([begun, line(2, 'mappingCreated', { port: 4001 })]);
    expect(secondOf(first?.replaced)).toBe(2);
  });

  it('may be a range of ports, or a pseudonym', () => {
    const block = line(1, 'blockAllocated', { pool4Port: undefined, ports: [1024, 1087], port: undefined });
    expect(holdingsOf([block])[0]).toMatchObject({ ports: [1024, 1087], kind: 'block', pseudonym: false });
    const hidden = line(1, 'mappingCreated', { client: undefined, pseudonym: 'ab'.repeat(16) });
    expect(holdingsOf([hidden])[0]).toMatchObject({
      client: 'ab'.repeat(16),
      pseudonym: true,
      ports: [61_001, 61_001],
    });
  });

  it('is not told by lines about something else', () => {
    const others = [
      line(1, 'linesLost'),
      line(1, 'mappingCreated', { pool4Port: undefined }),
      line(1, 'mappingCreated', { client: undefined }),
      line(1, 'mappingCreated', { pool4: undefined }),
    ];
    expect(holdingsOf(others)).toEqual([]);
  });
});

describe('with whom a client spoke', () => {
  const remote = (second: number, event: string, port: number): LogLine =>
    line(second, event, { remote: '198.51.100.7', remotePort: port });

  it('is said from the beginning of each session to its end', () => {
    const [holding] = holdingsOf([
      remote(1, 'sessionCreated', 443),
      remote(2, 'sessionCreated', 80),
      remote(3, 'sessionCreated', 443),
      remote(4, 'sessionEnded', 443),
      remote(5, 'sessionEnded', 9),
      remote(6, 'sessionEnded', 443),
    ]);
    const times = holding?.remotes.map(({ port, fromMs, toMs }) => [
      port,
      (fromMs - 1_767_225_600_000) / 1000,
      toMs === undefined ? undefined : (toMs - 1_767_225_600_000) / 1000,
    ]);
    expect(times).toEqual([
      [443, 1, 6],
      [80, 2, undefined],
      [443, 3, 4],
    ]);
  });

  it(`is remembered of ${MAX_REMOTES} sessions`, () => {
    const lines = Array.from({ length: MAX_REMOTES + 5 }, (_, index) => remote(1, 'sessionCreated', index));
    const [holding] = holdingsOf(lines);
    expect([holding?.remotes.length, holding?.open]).toEqual([MAX_REMOTES, MAX_REMOTES + 5]);
  });
});

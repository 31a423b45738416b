import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { finishSegment } from '../../../../src/agent/nat-log/finish-segment.ts';
import { type Found, type Question, searchLogs } from '../../../../src/agent/nat-log/search/log-search.ts';
import { judge } from '../../../../src/agent/nat-log/search/who-was.ts';
import { stemOf } from '../../../../src/agent/nat-log/segment-directory.ts';
import { parseIpv6 } from '../../../../src/net/ipv6-address.ts';

const BEGIN = Date.parse('2026-11-29T00:00:00Z');
const at = (hours: number): number => BEGIN + hours * 3_600_000;
const clock = (hours: number): string => new Date(at(hours)).toISOString();
type Fields = Readonly<Record<string, unknown>>;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'isthmus-log-search-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A closed file of gw1 that begins at an hour with the line that each begins with. */
const file = (hours: number, ...lines: readonly Fields[]): void => fileOf('gw1', hours, lines);
function fileOf(name: string, hours: number, lines: readonly Fields[]): void {
  const node = { node: name, slot: 1, epoch: 1 };
  const opening = { time: clock(hours), ...node, event: 'logContinued', nodes: [name], instances: {} };
  mkdirSync(join(directory, name), { recursive: true });
  const path = join(directory, name, `${stemOf(name, at(hours))}.jsonl`);
  const all = [opening, ...lines.map(({ time, ...rest }) => ({ time, ...node, ...rest }))];
  writeFileSync(path, all.map((line) => `${JSON.stringify(line)}\n`).join(''));
  finishSegment(path, true, undefined);
}

const mapping = { instance: 'internet', client: '2001:db8::a', port: 5000, pool4: '192.0.2.7', pool4Port: 40_312 };
const line = (event: string, hours: number, changes: Fields = {}): Fields => {
  return { time: clock(hours), event, protocol: 'tcp', ...mapping, ...changes };
};
const block = (event: string, hours: number): Fields => {
  const { client, pool4, instance } = mapping;
  return { time: clock(hours), event, instance, client, pool4, ports: [40_256, 40_319] };
};

function search(hours: number, changes: Partial<Question> = {}): Found {
  const pool4 = { address: 0xc000_0207, port: 40_312 };
  const places = readdirSync(directory).map((name) => join(directory, name));
  return searchLogs(places, { pool4, protocol: 'tcp', timeMs: at(hours), skewMs: 0, ...changes });
}
const hoursOf = (lines: Found['lines']): number[] => lines.map(({ timeMs }) => (timeMs - BEGIN) / 3_600_000);
const clientOf = (text: string, prefixLength: number): Partial<Question> => {
  return { pool4: undefined, client: { bytes: parseIpv6(text) ?? new Uint8Array(), prefixLength, pseudonym: false } };
};

describe('which of the files of hours are read for the holder of a port', () => {
  test('are those from its beginning to where the next one begins, and no others', () => {
    file(0, line('mappingCreated', 0.5));
    file(1);
    file(2, line('mappingCreated', 2.5));
    file(3);
    file(4, line('mappingDeleted', 4.1));
    file(5, line('mappingCreated', 5.5, { client: '2001:db8::b' }));
    file(6);
    const found = search(3.5);
    expect(hoursOf(found.lines)).toEqual([2.5, 4.1, 5.5]);
    expect(hoursOf(found.openings)).toEqual([2, 3, 4, 5]);
    expect(found.files).toBe(7);
    expect(found.unreadable).toEqual([]);
  });

  test('are searched until each protocol has its beginning, where none is asked for', () => {
    file(0, line('mappingCreated', 0.5, { protocol: 'icmp' }));
    file(1, line('mappingCreated', 1.5, { protocol: 'udp' }));
    file(2, line('mappingCreated', 2.5));
    file(3);
    expect(hoursOf(search(3.5, { protocol: undefined }).lines)).toEqual([0.5, 1.5, 2.5]);
    expect(hoursOf(search(3.5, { protocol: 'udp' }).lines)).toEqual([1.5]);
    expect(hoursOf(search(3.5, { protocol: 'udp' }).openings)).toEqual([1, 2, 3]);
  });

  test('end at a block, which is of all protocols', () => {
    file(0, block('blockAllocated', 0.5));
    file(1, block('blockAllocated', 1.5));
    file(2);
    file(3, block('blockReleased', 3.2), block('blockAllocated', 3.5));
    file(4);
    const found = search(2.5, { protocol: undefined });
    expect(hoursOf(found.lines)).toEqual([1.5, 3.2, 3.5]);
    expect(hoursOf(found.openings)).toEqual([1, 2, 3]);
  });

  test('do not end at a beginning that may be after the time, by a clock that may be wrong', () => {
    file(0, line('mappingCreated', 0.5));
    file(1);
    file(2, line('mappingCreated', 2.4, { client: '2001:db8::b' }));
    expect(hoursOf(search(2.5).lines)).toEqual([2.4]);
    expect(hoursOf(search(2.5, { skewMs: 900_000 }).lines)).toEqual([0.5, 2.4]);
    expect(hoursOf(search(1.99, { skewMs: 3_600_000 }).lines)).toEqual([0.5, 2.4]);
  });

  test('go a week back for sessions, of which any may be the first, and to the beginning for mappings', () => {
    const days = 24;
    file(0, line('mappingCreated', 0.5), line('sessionCreated', 0.6));
    file(2 * days);
    file(8 * days);
    file(9 * days);
    expect(hoursOf(search(9.5 * days).lines)).toEqual([0.5, 0.6]);
    file(9 * days + 1, line('sessionCreated', 9 * days + 1.5));
    const found = search(9.5 * days);
    expect(hoursOf(found.lines)).toEqual([9 * days + 1.5]);
    expect(hoursOf(found.openings)).toEqual([8 * days, 9 * days, 9 * days + 1]);
  });

  test('are all that there are for a client, who may have had many ports', () => {
    for (let hour = 0; hour < 5; hour++) file(hour, line('mappingCreated', hour + 0.5, { pool4Port: 2000 + hour }));
    const found = search(2.6, clientOf('2001:db8::a', 128));
    expect(hoursOf(found.lines)).toEqual([0.5, 1.5, 2.5, 3.5, 4.5]);
  });
});

test.each([
  ['2001:db8::', 32, ['2001:db8::a', '2001:db8:0:8::1', '2001:db8:0:f::1', '2001:db8:0:10::1']],
  ['2001:db8::', 60, ['2001:db8::a', '2001:db8:0:8::1', '2001:db8:0:f::1']],
  ['2001:db8:0:8::', 61, ['2001:db8:0:8::1', '2001:db8:0:f::1']],
  ['2001:db8:0:f::', 64, ['2001:db8:0:f::1']],
  ['2001:db8:0:f::2', 128, []],
])('the clients of %s/%i are found, and no others', (prefix, length, clients) => {
  const all = ['2001:db8::a', '2001:db8:0:8::1', '2001:db8:0:f::1', '2001:db8:0:10::1', '2001:db9::1'];
  file(0, ...all.map((client, index) => line('mappingCreated', 0.1 * (index + 1), { client })));
  expect(search(1, clientOf(prefix, length)).lines.map(({ client }) => client)).toEqual(clients);
});

test('a client with a pseudonym is found by it alone', () => {
  const pseudonym = '0123456789abcdef0123456789abcdef';
  const others = { client: undefined, pseudonym: '0123456789abcdefffffffffffffffff', pool4Port: 2 };
  file(0, line('mappingCreated', 0.5, { client: undefined, pseudonym }), line('mappingCreated', 0.6, others));
  const client = { bytes: Buffer.from(pseudonym, 'hex'), prefixLength: 128, pseudonym: true };
  expect(search(1, { pool4: undefined, client }).lines.map((one) => one.pseudonym)).toEqual([pseudonym]);
});

test('lines about the log are those of a day around the time and around what was found', () => {
  const alive = (hours: number): Fields => ({ time: clock(hours), event: 'logAlive' });
  file(0, alive(0.5));
  file(20, alive(20.5), line('mappingCreated', 21), line('mappingCreated', 21.5, { pool4Port: 1, lostBefore: 3 }));
  file(60, alive(60.5));
  file(85, alive(85.5));
  // The mapping begins at 21 hours: the notes begin 24 hours before.
  expect(hoursOf(search(60.7).notes)).toEqual([0, 0.5, 20, 20.5, 21.5, 60, 60.5]);
  expect(hoursOf(search(86, { protocol: 'udp' }).notes)).toEqual([85, 85.5]);
});

test('a question from before the log is answered with where it begins', () => {
  file(5);
  file(6);
  const found = search(2);
  expect(hoursOf(found.openings)[0]).toBe(5);
  expect(judge({ protocol: 'tcp', timeMs: at(2), skewMs: 0 }, [found]).missing).toContain(
    `the log begins at ${clock(5)}`,
  );
  expect(judge({ protocol: 'tcp', timeMs: at(5.5), skewMs: 0 }, [search(5.5)]).missing.join()).not.toContain('begins');
});

test('a log of more hours than are described does not seem to begin later than it does', () => {
  for (let hour = 0; hour < 90; hour++) file(hour);
  const question = { protocol: 'tcp', timeMs: at(1.5), skewMs: 0, ...clientOf('2001:db8::a', 128) };
  expect(judge(question, [search(1.5, question)]).missing.join()).not.toContain('the log begins at');
});

describe('the logs of two nodes', () => {
  test('both have what one of them had after the other', () => {
    fileOf('gw1', 0, [line('mappingCreated', 0.2, { client: '2001:db8::1' })]);
    fileOf('gw1', 1, [line('mappingCreated', 1.6, { client: '2001:db8::3' })]);
    fileOf('gw1', 2, []);
    fileOf('gw2', 1.1, [line('mappingCreated', 1.2, { client: '2001:db8::2' }), line('mappingDeleted', 1.7)]);
    fileOf('gw2', 2.1, []);
    expect(search(2.5).lines.map(({ client }) => client)).toContain('2001:db8::3');
  });

  test('are both read where their clocks may differ by more than what one had is older', () => {
    fileOf('gw1', 0, [line('mappingCreated', 1.1)]);
    fileOf('gw1', 2, []);
    fileOf('gw2', 1.15, [line('mappingCreated', 1.2), line('mappingDeleted', 1.3)]);
    expect(hoursOf(search(2.5).lines)).toEqual([1.2, 1.3]);
    expect(hoursOf(search(2.5, { skewMs: 720_000 }).lines)).toEqual([1.1, 1.2, 1.3]);
  });

  test('both have the end of what was mapped, whoever had the next mapping', () => {
    fileOf('gw1', 0, [line('mappingCreated', 0.2)]);
    fileOf('gw1', 2, [line('mappingCreated', 2.9, { client: '2001:db8::b' })]);
    fileOf('gw2', 2.1, [line('mappingDeleted', 2.2)]);
    expect(hoursOf(search(1).lines)).toEqual([0.2, 2.2, 2.9]);
    fileOf('gw2', 3, [line('mappingCreated', 3.1, { client: '2001:db8::c' })]);
    expect(hoursOf(search(1).lines)).toEqual([0.2, 2.2, 2.9]);
  });

  test('are both described, whichever the time is in', () => {
    fileOf('gw1', 0, []);
    fileOf('gw2', 100, [line('mappingCreated', 100.1)]);
    expect(hoursOf(search(110).openings)).toEqual([0, 100]);
  });
});

test('an agent that was off for more than a week before the time is known by what it did last', () => {
  file(0);
  file(1);
  file(240.5, line('sessionCreated', 240.6));
  const found = search(240.4, { skewMs: 3_600_000 });
  expect(hoursOf(found.lines)).toEqual([240.6]);
  expect(hoursOf(found.openings)).toEqual([1, 240.5]);
});

test('a file that cannot be read is named once, and the others are read', () => {
  file(0, line('mappingCreated', 0.5));
  mkdirSync(join(directory, 'gw1', `${stemOf('gw1', at(1))}.jsonl`));
  const { lines, unreadable } = search(1.5);
  expect(hoursOf(lines)).toEqual([0.5]);
  expect(unreadable).toHaveLength(1);
  expect(unreadable[0]).toContain(`${stemOf('gw1', at(1))}.jsonl: EISDIR`);
});

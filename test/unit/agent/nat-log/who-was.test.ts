import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { finishSegment } from '../../../../src/agent/nat-log/finish-segment.ts';
import { logPlacesIn } from '../../../../src/agent/nat-log/search/log-files.ts';
import { type Question, searchLogs } from '../../../../src/agent/nat-log/search/log-search.ts';
import { type Judgement, judge } from '../../../../src/agent/nat-log/search/who-was.ts';
import { stemOf } from '../../../../src/agent/nat-log/segment-directory.ts';
import { parseIpv4 } from '../../../../src/net/ipv4-address.ts';
import { parseIpv6 } from '../../../../src/net/ipv6-address.ts';

const BEGIN = Date.parse('2026-11-29T12:00:00Z');
const at = (minutes: number): string => new Date(BEGIN + minutes * 60_000).toISOString();
type Fields = Readonly<Record<string, unknown>>;

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'isthmus-who-was-'));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

/** The log of a node: lines in files of their own, the earlier ones closed as an agent closes them. */
class NodeLog {
  readonly #node: string;
  readonly #slot: number;
  readonly #directory: string;

  constructor(node: string, slot: number) {
    this.#node = node;
    this.#slot = slot;
    this.#directory = join(state, `${node}.nat-log.d`);
    mkdirSync(this.#directory);
  }

  file(
    minutes: number,
    lines: readonly Fields[],
    closed: 'open' | 'compressed' | 'indexed' = 'compressed',
    epoch = 1,
  ): this {
    const path = join(this.#directory, `${stemOf(this.#node, BEGIN + minutes * 60_000)}.jsonl`);
    const identity = { node: this.#node, slot: this.#slot, epoch };
    const opening = { time: at(minutes), ...identity, event: 'logContinued', nodes: ['gw1', 'gw2'], instances: {} };
    const all = [opening, ...lines.map(({ minute, ...rest }) => ({ time: at(Number(minute)), ...identity, ...rest }))];
    writeFileSync(path, all.map((line) => `${JSON.stringify(line)}\n`).join(''));
    if (closed !== 'open') finishSegment(path, closed === 'compressed', undefined);
    return this;
  }
}

const created = (minute: number, client: string, more: Fields = {}): Fields =>
  line('mappingCreated', minute, client, more);
const deleted = (minute: number, client: string, more: Fields = {}): Fields =>
  line('mappingDeleted', minute, client, more);
function line(event: string, minute: number, client: string, more: Fields): Fields {
  const mapping = { client, protocol: 'tcp', port: 5000, pool4: '192.0.2.7', pool4Port: 40_312 };
  return { minute, instance: 'internet', event, ...mapping, ...more };
}
/** What the log says each minute. */
const alive = (from: number, to: number): Fields[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ minute: from + index, event: 'logAlive' }));

function ask(minute: number, changes: Partial<Question> = {}): Judgement {
  const question: Question = {
    pool4: { address: parseIpv4('192.0.2.7') ?? 0, port: 40_312 },
    protocol: undefined,
    timeMs: BEGIN + minute * 60_000,
    skewMs: 0,
    ...changes,
  };
  return judge(question, [searchLogs(logPlacesIn(state), question)]);
}

const clients = ({ answers }: Judgement): string[][] => answers.map(({ client, certainty }) => [client, certainty]);

describe('whowas', () => {
  test.each(['open', 'compressed', 'indexed'] as const)('finds who had a port in files that are %s', (closed) => {
    const others = Array.from({ length: 3000 }, (_, index) =>
      created(2, `2001:db8:1::${index.toString(16)}`, { pool4Port: 1024 + index }),
    );
    new NodeLog('gw1', 1).file(
      0,
      [...alive(0, 30), created(1, '2001:db8::a'), ...others, deleted(10, '2001:db8::a'), created(12, '2001:db8::b')],
      closed,
    );
    new NodeLog('gw2', 2).file(0, alive(0, 30), closed);
    expect(clients(ask(5))).toEqual([['2001:db8::a', 'certain']]);
    expect(clients(ask(11))).toEqual([]);
    expect(clients(ask(13))).toEqual([['2001:db8::b', 'certain']]);
    expect(clients(ask(5, { protocol: 'udp' }))).toEqual([]);
    expect(ask(5).missing).toEqual([]);
  });

  test('joins the lines of a mapping whose node was killed and whose other node took it over', () => {
    new NodeLog('gw1', 1).file(0, [...alive(0, 6), created(1, '2001:db8::a')], 'open');
    const takeover = { minute: 7, instance: 'internet', event: 'takenOver', formerSlot: 1 };
    new NodeLog('gw2', 2).file(0, [...alive(0, 30), takeover, deleted(20, '2001:db8::a')]);
    const judgement = ask(12);
    expect(judgement.answers).toMatchObject([
      { client: '2001:db8::a', certainty: 'certain', fromNode: 'gw1', untilNode: 'gw2', untilMs: BEGIN + 20 * 60_000 },
    ]);
    expect(judgement.answers[0]?.remarks).toEqual([`taken over by gw2 at ${at(7)}`]);
    expect(judgement.missing).toEqual([`the log of gw1 ends at ${at(6)}`]);
  });

  test('says what it cannot know: lost lines, an agent that was killed, a node that is missing', () => {
    const lost = { minute: 8, event: 'linesLost', lines: 70, since: at(6) };
    new NodeLog('gw1', 1)
      .file(0, [...alive(0, 8), created(1, '2001:db8::a'), lost])
      .file(15, alive(15, 30), 'compressed', 2);
    const judgement = ask(7);
    expect(clients(judgement)).toEqual([['2001:db8::a', 'probable']]);
    expect(judgement.missing).toEqual([
      `gw1 lost 70 lines from ${at(6)} to ${at(8)}`,
      'the log of gw2 was not searched',
    ]);
    expect(ask(10).missing[0]).toBe(
      `gw1 has no lines from ${at(8)} to ${at(15)} for certain: its agent ended without a last line`,
    );
  });

  test('counts the sessions of a mapping, of which each has a beginning and an end', () => {
    const session = (event: string, minute: number, remotePort: number): Fields =>
      line(event, minute, '2001:db8::a', { remote: '198.51.100.1', remotePort });
    new NodeLog('gw1', 1).file(0, [
      ...alive(0, 30),
      session('sessionCreated', 1, 80),
      session('sessionCreated', 2, 443),
      session('sessionEnded', 3, 443),
      session('sessionEnded', 9, 80),
    ]);
    const [answer] = ask(5).answers;
    expect(answer).toMatchObject({ certainty: 'certain', fromMs: BEGIN + 60_000, untilMs: BEGIN + 9 * 60_000 });
    expect(answer?.remotes.map(({ port }) => port)).toEqual([80, 443]);
    expect(ask(10).answers).toEqual([]);
  });

  test('finds the block that a port belongs to', () => {
    const block = {
      minute: 1,
      instance: 'internet',
      event: 'blockAllocated',
      client: '2001:db8::a',
      pool4: '192.0.2.7',
      ports: [40_256, 40_319],
    };
    new NodeLog('gw1', 1).file(0, [...alive(0, 30), block]);
    expect(clients(ask(5))).toEqual([['2001:db8::a', 'certain']]);
    expect(clients(ask(5, { pool4: { address: parseIpv4('192.0.2.7') ?? 0, port: 40_320 } }))).toEqual([]);
  });

  test('takes clocks into account that may be wrong', () => {
    new NodeLog('gw1', 1).file(0, [
      ...alive(0, 30),
      created(1, '2001:db8::a'),
      deleted(10, '2001:db8::a'),
      created(11, '2001:db8::b'),
    ]);
    expect(clients(ask(10.5))).toEqual([]);
    expect(clients(ask(10.5, { skewMs: 60_000 }))).toEqual([
      ['2001:db8::a', 'possible'],
      ['2001:db8::b', 'possible'],
    ]);
  });

  test('answers what a client had', () => {
    new NodeLog('gw1', 1).file(0, [
      ...alive(0, 30),
      created(1, '2001:db8::a'),
      created(1, '2001:db8::a', { pool4Port: 2000, port: 6000 }),
      created(1, '2001:db8:0:1::a', { pool4Port: 2001 }),
    ]);
    const client = { bytes: parseIpv6('2001:db8::a') ?? new Uint8Array(16), prefixLength: 128, pseudonym: false };
    const ports = (prefixLength: number): number[] =>
      ask(5, { pool4: undefined, client: { ...client, prefixLength } }).answers.map(({ ports: [first] }) => first);
    expect(ports(128)).toEqual([40_312, 2000]);
    expect(ports(48)).toHaveLength(3);
  });

  test('reads the logs of versions before, compressed by logrotate or not', () => {
    const former = (event: string, minute: number): string =>
      `${JSON.stringify({ time: at(minute), node: 'gw1', instance: 'internet', event, client: '2001:db8::a', protocol: 'tcp', port: 5000, pool4: '192.0.2.7', pool4Port: 40_312, remote: '198.51.100.1', remotePort: 80 })}\n`;
    writeFileSync(join(state, 'gw1.nat-log.1.gz'), gzipSync(former('sessionCreated', 1)));
    writeFileSync(join(state, 'gw1.nat-log'), former('sessionEnded', 9));
    expect(clients(ask(5))).toEqual([['2001:db8::a', 'certain']]);
  });

  test('says that there may be more than it has read', () => {
    const many = Array.from({ length: 50_001 }, (_, index) =>
      created(1, `2001:db8:1::${index.toString(16)}`, { pool4Port: 1024 + index }),
    );
    new NodeLog('gw1', 1).file(0, [...alive(0, 30), ...many]);
    const client = { bytes: parseIpv6('2001:db8:1::') ?? new Uint8Array(16), prefixLength: 48, pseudonym: false };
    const { answers, missing } = ask(5, { pool4: undefined, client });
    expect(answers).toHaveLength(50_000);
    expect(missing).toContain(
      '50000 lines were read, and there may be more: ask for less, with --proto or a longer prefix',
    );
    expect(ask(5).missing.some((text) => text.includes('may be more'))).toBe(false);
  });

  test('names files that are damaged, and answers from the others', () => {
    const log = new NodeLog('gw1', 1).file(0, [...alive(0, 30), created(1, '2001:db8::a')]);
    writeFileSync(join(state, 'gw1.nat-log.d', `${stemOf('gw1', BEGIN - 60_000)}.jsonl.gz`), 'no gzip');
    expect(log).toBeDefined();
    const { answers, missing } = ask(5);
    expect(answers).toHaveLength(1);
    expect(missing.some((text) => text.includes('incorrect header check'))).toBe(true);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keyOf, pseudonymOf } from '../../../src/agent/nat-log/client-privacy.ts';
import { runWhoWas, type WhoWasOptions } from '../../../src/cli/whowas-run.ts';
import { strayAddress } from '../../../src/cli/whowas-sources.ts';
import { parseIpv6 } from '../../../src/net/ipv6-address.ts';

const PLACE = '192.0.2.7:40312';
/** 14:03:10 in Berlin. */
const TIME = '2026-11-29T13:03:10Z';
const KEY = 'a key of the operator\n';

let directory: string;
let printed: string[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'isthmus-whowas-log-'));
  printed = [];
  vi.useFakeTimers({ now: Date.parse('2026-11-29T14:00:00Z'), toFake: ['Date'] });
  vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
  vi.spyOn(console, 'error').mockImplementation((text: string) => void printed.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  process.exitCode = 0;
  rmSync(directory, { recursive: true, force: true });
});

function log(client: object): string {
  const identity = { node: 'gw1', slot: 1, epoch: 1 };
  const mapping = { instance: 'internet', ...client, port: 5000, pool4: '192.0.2.7', pool4Port: 40_312 };
  const at = (clock: string): string => `2026-11-29T${clock}.000Z`;
  const about = { nodes: ['gw1'], instances: {} };
  const lines = [
    { time: at('13:02:00'), ...identity, event: 'logStarted', ...about },
    { time: at('13:02:50'), ...identity, ...mapping, protocol: 'tcp', event: 'mappingCreated' },
    { time: at('13:02:55'), ...identity, ...mapping, protocol: 'udp', event: 'mappingCreated' },
    { time: at('13:03:10'), ...identity, event: 'logAlive' },
    { time: at('13:03:30'), ...identity, ...mapping, protocol: 'tcp', event: 'mappingDeleted' },
    { time: at('13:03:31'), ...identity, ...mapping, protocol: 'udp', event: 'mappingDeleted' },
    { time: at('13:04:00'), ...identity, event: 'logStopped' },
  ];
  const path = join(directory, '20261129T130200.000Z.gw1.jsonl');
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return path;
}

async function whoWas(
  place: string | undefined,
  time: string | undefined,
  more: Partial<WhoWasOptions> = {},
  client: object = { client: '2001:db8::a' },
): Promise<{ code: number; text: string }> {
  printed = [];
  process.exitCode = 0;
  const nowhere = { runDir: join(directory, 'none'), stateDir: join(directory, 'none') };
  await runWhoWas(place, time, { clockSkew: '0s', ...nowhere, logs: [log(client)], ...more });
  return { code: process.exitCode, text: printed.join('\n') };
}

describe('isthmus whowas', () => {
  it.each([
    TIME,
    '2026-11-29T14:03:10+01:00',
    '2026-11-29T14:03:10+0100',
    '2026-11-29 14:03:10+01:00',
    '2026-11-29T07:03:10.000-06:00',
    '2026-11-29T18:48:10+05:45',
    '2026-11-30T03:03:10+14:00',
  ])('takes %s for the same moment', async (time) => {
    const { code, text } = await whoWas(PLACE, time);
    expect(code).toBe(0);
    expect(text).toContain('at 2026-11-29T13:03:10.000Z\n');
    expect(text).toContain('2001:db8::a port 5000  had 192.0.2.7:40312 tcp  (internet)  certain');
  });

  it.each([
    [
      PLACE,
      undefined,
      {},
      'the time is missing (only --config has a default: now); write it like 2026-11-29T14:03:10+01:00',
    ],
    [PLACE, '2026-11-29', {}, '2026-11-29 is not a time for this: expected a time, such as 03:12'],
    [PLACE, 'yesterday', {}, 'yesterday is not a time for this: expected a time'],
    [PLACE, '2026-02-30T00:00:00Z', {}, '2026-02-30T00:00:00Z is not a time for this: expected a time'],
    [PLACE, '2026-13-01T00:00:00Z', {}, '2026-13-01T00:00:00Z is not a time for this: expected a time'],
    [PLACE, '2026-11-29T25:00:00Z', {}, '2026-11-29T25:00:00Z is not a time for this: expected a time'],
    [PLACE, '2026-11-29T14:03:10+99:99', {}, '2026-11-29T14:03:10+99:99 is not a time for this: expected a time'],
    [
      PLACE,
      '2027-01-01T00:00:00Z',
      {},
      '2027-01-01T00:00:00.000Z is in the future; now it is 2026-11-29T14:00:00.000Z',
    ],
    [TIME.replace('2026', '2027'), undefined, { client: '2001:db8::a' }, '2027-11-29T13:03:10.000Z is in the future'],
    [undefined, undefined, {}, 'no one to search for; write it like 192.0.2.7:40312, or use --client'],
    ['192.0.2.7', TIME, {}, '192.0.2.7 is not an IPv4 address and port'],
    ['192.0.2.7:65536', TIME, {}, '65536 is not a port; ports are 0 to 65535'],
    ['192.0.2.7:99999999', TIME, {}, '99999999 is not a port; ports are 0 to 65535'],
    ['192.0.2.300:80', TIME, {}, '192.0.2.300:80 is not an IPv4 address and port'],
    ['[2001:db8::1]:80', TIME, {}, '[2001:db8::1]:80 is not an IPv4 address and port'],
    [PLACE, TIME, { clockSkew: 'half a minute' }, '--clock-skew half a minute is not a time; write it like 30s'],
    [PLACE, TIME, { clockSkew: '-30s' }, '--clock-skew -30s is not a time; write it like 30s'],
    [TIME, undefined, { client: '192.0.2.1' }, '192.0.2.1 is not an IPv6 address or prefix'],
    [undefined, undefined, { client: '2001:db8::a' }, 'the time is missing'],
    [PLACE, TIME, { keyFile: '/nowhere/key' }, '/nowhere/key: the key cannot be read: ENOENT'],
    [PLACE, TIME, { logs: ['/nowhere/logs'] }, 'the NAT log cannot be read: ENOENT: no such file or directory'],
  ] as const)('%s %s %j: exits with 2 and one line', async (place, time, more, said) => {
    const { code, text } = await whoWas(place, time, more);
    expect(text).toContain(said);
    expect(text.split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });

  it('takes a time without its zone, or of the day, as UTC, and says so', async () => {
    const said = (time: string): string => `isthmus: the time has no zone: ${time} is taken as UTC`;
    for (const time of ['2026-11-29T13:03:10', '13:03:10']) {
      const { code, text } = await whoWas(PLACE, time);
      expect(text).toContain(`${said(time)}\nat 2026-11-29T13:03:10.000Z\n`);
      expect(code).toBe(0);
    }
    expect((await whoWas(PLACE, '57m')).text).toMatch(/^at 2026-11-29T13:03:00.000Z\n/);
  });

  it('says of an address that is in no pool4 that it is in none', () => {
    const pools = ['192.0.2.0/28 of internet', '192.0.2.0/28 of internet', '198.51.100.0/30 of lab'];
    expect(strayAddress(0xcb00_7109, pools)).toEqual([
      '203.0.113.9 is in no pool4 now: there are 192.0.2.0/28 of internet, 198.51.100.0/30 of lab',
    ]);
    expect(strayAddress(0xc633_6403, pools)).toEqual([]);
    expect(strayAddress(0xcb00_7109, [])).toEqual([]);
  });

  it('answers for the protocol that is asked for', async () => {
    const { text } = await whoWas(PLACE, TIME, { proto: 'udp' });
    expect(text).toContain('had 192.0.2.7:40312 udp');
    expect(text).not.toContain(' tcp ');
    expect((await whoWas(PLACE, TIME, { proto: 'icmp' })).text).toContain('no match in the log');
  });

  it('with a clock that may be wrong finds what was so before or after', async () => {
    const justBefore = '2026-11-29T13:02:40Z';
    expect(await whoWas(PLACE, justBefore)).toMatchObject({
      code: 1,
      text: expect.stringContaining('no match in the log'),
    });
    const { code, text } = await whoWas(PLACE, justBefore, { clockSkew: '30s', proto: 'tcp' });
    expect(code).toBe(1);
    expect(text).toContain('at 2026-11-29T13:02:40.000Z ± 30 s\n');
    expect(text).toContain('(internet)  possible\n');
  });

  it('answers what a client, or a prefix, had', async () => {
    const json = async (client: string): Promise<unknown> =>
      JSON.parse((await whoWas(TIME, undefined, { client, json: true })).text);
    const both = { answers: [{ protocol: 'tcp' }, { protocol: 'udp' }], missing: [] };
    expect(await json('2001:db8::a')).toMatchObject(both);
    expect(await json('2001:db8::/56')).toMatchObject(both);
    expect(await json('2001:db8:0:1::/64')).toMatchObject({ answers: [] });
  });

  it('resolves pseudonyms with their key, and finds a client by it; without it the pseudonym is the answer', async () => {
    const keyFile = join(directory, 'key');
    writeFileSync(keyFile, KEY);
    const pseudonym = pseudonymOf(keyOf(Buffer.from(KEY)), parseIpv6('2001:db8::a') ?? new Uint8Array(16)).toString(
      'hex',
    );
    expect((await whoWas(PLACE, TIME, { keyFile }, { pseudonym })).text).toContain('\n2001:db8::a port 5000  had');
    expect((await whoWas(PLACE, TIME, {}, { pseudonym })).text).toContain(`\npseudonym ${pseudonym} port 5000  had`);
    const found = await whoWas(TIME, undefined, { keyFile, client: '2001:db8::a' }, { pseudonym });
    expect(found.text).toContain('had 192.0.2.7:40312 tcp');
    const other = await whoWas(TIME, undefined, { keyFile, client: '2001:db8::b' }, { pseudonym });
    expect(other.text).toContain('no match in the log');
  });
});

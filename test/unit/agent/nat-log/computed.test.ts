import { describe, expect, it } from 'vitest';
import { accountsOf } from '../../../../src/agent/nat-log/log-settings.ts';
import { parseLogLine } from '../../../../src/agent/nat-log/search/log-line.ts';
import type { Found, Question } from '../../../../src/agent/nat-log/search/log-search.ts';
import { type Judgement, judge } from '../../../../src/agent/nat-log/search/who-was.ts';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import { parseIpv4 } from '../../../../src/net/ipv4-address.ts';
import { parseIpv6 } from '../../../../src/net/ipv6-address.ts';

const BEGIN = Date.parse('2026-11-29T12:00:00Z');
const at = (minutes: number): string => new Date(BEGIN + minutes * 60_000).toISOString();

/** 16 clients on one address, 2016 ports each in the slice of each of two nodes: 1024 + 2016 × number, and + 32,256. */
const fileWith = (clients: string, more = ''): string => `cluster: campus
secretFile: /etc/isthmus/cluster.key
slots: 2
nodes:
  gw1: { slot: 1, links: [ring0] }
  gw2: { slot: 2, links: [ring0] }
instances:
  internet:
    kind: nat64
    pool6: 64:ff9b::/96
    pool4:
      - { prefix: 192.0.2.7/32, assignment: deterministic, clients: [${clients}] }
${more}`;
const accounts = (text: string): object => accountsOf(parseClusterText(text, 'cluster.yaml'));

type Fields = Readonly<Record<string, unknown>>;
const said = (minute: number, node: string, event: string, more: Fields = {}): Fields => ({
  time: at(minute),
  node,
  slot: node === 'gw1' ? 1 : 2,
  epoch: 1,
  event,
  nodes: ['gw1', 'gw2'],
  ...more,
});
const alive = (node: string, from: number, to: number): Fields[] =>
  Array.from({ length: to - from + 1 }, (_, index) => said(from + index, node, 'logAlive'));

function foundIn(openings: readonly Fields[], notes: readonly Fields[]): Found {
  const parsed = (lines: readonly Fields[]): Found['lines'] =>
    lines.flatMap((line) => parseLogLine(JSON.stringify(line)) ?? []);
  return { lines: [], openings: parsed(openings), notes: parsed(notes), unreadable: [], files: 1 };
}

const port = (number: number): Partial<Question> => ({ pool4: { address: parseIpv4('192.0.2.7') ?? 0, port: number } });
function ask(found: readonly Found[], minute: number, changes: Partial<Question>): Judgement {
  return judge({ protocol: undefined, timeMs: BEGIN + minute * 60_000, skewMs: 0, ...changes }, found);
}
const brief = ({ answers }: Judgement): unknown[] =>
  answers.map(({ client, certainty, computed, ports }) => [client, certainty, computed, ports]);

const CONFIGURED = { revision: 'aaaa', instances: accounts(fileWith('2001:db8::/60')) };
const PAIR = ['gw1', 'gw2'].map((node) => foundIn([said(0, node, 'logStarted', CONFIGURED)], alive(node, 1, 30)));

describe('whowas where ports follow from clients', () => {
  it('names the client of a port for certain, though no mapping was logged', () => {
    expect(brief(ask(PAIR, 5, port(1024 + 2016 * 3)))).toEqual([
      ['2001:db8:0:3::/64', 'certain', true, [1024 + 2016 * 3, 1024 + 2016 * 4 - 1]],
    ]);
    expect(brief(ask(PAIR, 5, port(1024 + 32_256 + 2015)))).toEqual([
      ['2001:db8::/64', 'certain', true, [33_280, 35_295]],
    ]);
    const { answers, missing } = ask(PAIR, 5, port(1024));
    expect(answers[0]?.remarks).toEqual([
      'computed from the port assignment of configuration aaaa: mappings need not be logged',
    ]);
    expect(missing).toEqual([]);
    expect(brief(ask(PAIR, 5, port(1023)))).toEqual([]);
    expect(brief(ask(PAIR, -5, port(1024)))).toEqual([]);
  });

  it('lists what a client had at each node', () => {
    const client = { bytes: parseIpv6('2001:db8:0:f::99') ?? new Uint8Array(16), prefixLength: 128, pseudonym: false };
    const judgement = ask(PAIR, 5, { client });
    expect(brief(judgement)).toEqual([
      ['2001:db8:0:f::/64', 'certain', true, [31_264, 33_279]],
      ['2001:db8:0:f::/64', 'certain', true, [63_520, 65_535]],
    ]);
    const network = ask(PAIR, 5, { client: { ...client, prefixLength: 48 } });
    expect(network.answers).toEqual([]);
    expect(network.missing).toEqual([
      'ports of internet follow from clients of /64: ask for one of them, not for all of a /48',
    ]);
    const pseudonym = { bytes: new Uint8Array(16), prefixLength: 128, pseudonym: true };
    expect(ask(PAIR, 5, { client: pseudonym }).answers).toEqual([]);
    expect(brief(ask(PAIR, 5, { client: { ...pseudonym, address: client.bytes } }))).toHaveLength(2);
  });

  it('goes by the configuration of the time, and says whose the port was before', () => {
    const later = { revision: 'bbbb', instances: accounts(fileWith('2001:db8:1::/60')) };
    const nodes = ['gw1', 'gw2'].map((node) =>
      foundIn(
        [said(0, node, 'logStarted', CONFIGURED)],
        [...alive(node, 1, 9), said(10, node, 'logConfigured', later), ...alive(node, 11, 30)],
      ),
    );
    expect(brief(ask(nodes, 5, port(1024)))).toEqual([['2001:db8::/64', 'certain', true, [1024, 3039]]]);
    const [answer] = ask(nodes, 15, port(1024)).answers;
    expect(answer).toMatchObject({ client: '2001:db8:1::/64', certainty: 'probable' });
    expect(answer?.remarks).toEqual([
      'computed from the port assignment of configuration bbbb: mappings need not be logged',
      `the assignment changed at ${at(10)}; sessions from before kept their ports`,
      'before, the port was one of 2001:db8::/64',
    ]);
    const around = ask(nodes, 10.5, { ...port(1024), skewMs: 60_000 });
    expect(around.answers.map(({ client, certainty }) => [client, certainty])).toEqual([
      ['2001:db8::/64', 'possible'],
      ['2001:db8:1::/64', 'possible'],
    ]);
  });

  it('is certain where a change left the client its ports', () => {
    const wider = fileWith(
      '2001:db8::/60',
      '      - { prefix: 192.0.2.8/32, assignment: deterministic, clients: [2001:db8:9::/60] }\n',
    );
    const later = { revision: 'bbbb', instances: accounts(wider) };
    const found = (first: Fields, second: Fields): Found[] => [
      foundIn(
        [said(0, 'gw1', 'logStarted', first)],
        [said(10, 'gw1', 'logConfigured', second), ...alive('gw1', 11, 30)],
      ),
    ];
    expect(brief(ask(found(CONFIGURED, later), 15, port(1024)))).toEqual([
      ['2001:db8::/64', 'certain', true, [1024, 3039]],
    ]);
    expect(brief(ask(found(later, CONFIGURED), 15, port(1024)))).toEqual([
      ['2001:db8::/64', 'certain', true, [1024, 3039]],
    ]);
    const none = { revision: '', instances: { internet: { natLog: 'bib' } } };
    expect(brief(ask(found(none, CONFIGURED), 15, port(1024)))).toEqual([
      ['2001:db8::/64', 'probable', true, [1024, 3039]],
    ]);
  });

  it('does not go by a node that has long been silent', () => {
    const later = { revision: 'bbbb', instances: accounts(fileWith('2001:db8:1::/60')) };
    const nodes = [
      foundIn([said(0, 'gw1', 'logStarted', CONFIGURED)], alive('gw1', 1, 5)),
      foundIn([said(0, 'gw2', 'logStarted', later)], alive('gw2', 1, 30)),
    ];
    expect(brief(ask(nodes, 20, port(1024)))).toEqual([['2001:db8:1::/64', 'certain', true, [1024, 3039]]]);
  });

  it('says what is not recorded: an entry that clients share, with natLog: off', () => {
    const shared = '      - { prefix: 192.0.2.8/32 }\n';
    const configured = { revision: 'cccc', instances: accounts(fileWith('2001:db8::/60', shared)) };
    const nodes = ['gw1', 'gw2'].map((node) => foundIn([said(0, node, 'logStarted', configured)], alive(node, 1, 30)));
    expect(ask(nodes, 5, port(1024)).missing).toEqual(['instance internet recorded no mappings then (natLog: off)']);
  });

  it.each([
    { prefix: '192.0.2.1/24' },
    { ports: [5, 4] },
    { ports: [0, 65_536] },
    { ports: 7 },
    { protocols: ['sctp'] },
    { clients: ['2001:db8::1/64'] },
    { clients: 'all' },
    { clientPrefixLength: 0 },
    { slots: 1e9 },
    { shards: 0 },
  ])('does not go by a plan that no node wrote: %j', (wrong) => {
    const plan = { prefix: '192.0.2.7/32', ports: [1024, 65_535], protocols: ['tcp'], clients: ['2001:db8::/60'] };
    const whole = { ...plan, clientPrefixLength: 64, slots: 2, shards: 1 };
    const asked = (one: object): number => {
      const configured = { revision: 'dddd', instances: { internet: { natLog: 'off', assigned: [one] } } };
      const node = foundIn([said(0, 'gw1', 'logStarted', configured)], alive('gw1', 1, 30));
      return ask([node], 5, port(1024)).answers.length;
    };
    expect([asked(whole), asked({ ...whole, ...wrong })]).toEqual([1, 0]);
  });
});

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InstanceOptions } from '../../../src/dataplane/instance-options.ts';
import { NetworkSetup } from '../../../src/dataplane/network-setup.ts';
import { readRule, rulesOf, ruleText, sameRule, type Steering } from '../../../src/dataplane/steering.ts';
import type { RunCommand } from '../../../src/linux/command.ts';
import { INSTANCE } from './instance-fixture.ts';

const steering: Steering = {
  clients: ['2001:db8:a::/48', '2001:db8:b::1/128'],
  table: 64_001,
  priority: 6401,
  refused: ['64:ff9b::/97'],
};

/** What `ip -Numeric -json -6 rule show` of iproute2 6.1 prints after these rules were added. */
const PRINTED = [
  { priority: 0, src: 'all', table: '255' },
  { priority: 6401, src: '2001:db8:a::', srclen: 48, table: '64001' },
  { priority: 6401, src: '2001:db8:b::1', table: '64001' },
  { priority: 7401, src: 'all', dst: '64:ff9b::', dstlen: 97, action: '7' },
  { priority: 32_766, src: 'all', table: '254' },
];

describe('the rules of policy routing', () => {
  it('lead the clients to the table, and refuse what others send to pool6 behind that', () => {
    expect(rulesOf(steering).map(ruleText)).toEqual([
      'from 2001:db8:a::/48 lookup 64001 priority 6401',
      'from 2001:db8:b::1/128 lookup 64001 priority 6401',
      'to 64:ff9b::/97 unreachable priority 7401',
    ]);
  });

  it('are found again in what ip(8) prints', () => {
    const there = PRINTED.flatMap((entry) => readRule(entry) ?? []);
    for (const rule of rulesOf(steering)) expect(there.filter((other) => sameRule(rule, other))).toHaveLength(1);
    const foreign = rulesOf({ ...steering, table: 64_002 });
    expect(foreign.filter((rule) => there.some((other) => sameRule(rule, other)))).toHaveLength(1);
  });

  it('can lead everybody', () => {
    const [rule] = rulesOf({ ...steering, clients: ['::/0'] });
    expect(rule).toBeDefined();
    const read = readRule({ priority: 6401, src: 'all', table: '64001' });
    expect(rule !== undefined && read !== undefined && sameRule(rule, read)).toBe(true);
  });
});

describe('the network of an instance with clients of its own', () => {
  let directory: string;
  let rules: string[];
  let commands: string[];
  /** Those of fallback-routes.ts, of both families: by family and priority. */
  let fallback: Set<string>;
  /** A kernel that has rules and nothing else. */
  const run: RunCommand = async (argv, { input } = {}) => {
    const command = argv.join(' ');
    const [, how, of = ''] = / (add|del) (?=lookup (?:main|64000) ).*priority (\d+)$/.exec(command) ?? [];
    if (how !== undefined) {
      const changes = how === 'add' ? !fallback.has(`${argv[1]} ${of}`) : fallback.delete(`${argv[1]} ${of}`);
      if (!changes) throw new Error('RTNETLINK refuses it');
      if (how === 'add') fallback.add(`${argv[1]} ${of}`);
      return '';
    }
    if (command.endsWith('rule show')) {
      const family = argv.includes('-6') ? '-6' : '-4';
      const own = [...fallback].flatMap((one) => (one.startsWith(family) ? [{ priority: Number(one.slice(3)) }] : []));
      return JSON.stringify([...rules.map(printed), ...own]);
    }
    const [, what = '', rule = ''] = /^ip -6 rule (add|del) (.*)$/.exec(command) ?? [];
    if (what === 'add' && rules.includes(rule)) throw new Error('RTNETLINK answers: File exists');
    if (what === 'del' && !rules.includes(rule)) throw new Error('RTNETLINK answers: No such file or directory');
    if (what === 'add') rules.push(rule);
    if (what === 'del') rules = rules.filter((other) => other !== rule);
    if (input !== undefined && input.includes('route')) commands.push(...input.trim().split('\n'));
    return command.startsWith('cat') ? '1\n' : '';
  };

  function printed(rule: string): object {
    const [word, prefix = '', action, ...rest] = rule.split(' ');
    const [address, length] = prefix.split('/');
    const side = word === 'from' ? { src: address, srclen: Number(length) } : { dst: address, dstlen: Number(length) };
    const priority = Number(rest.at(-1));
    return action === 'lookup' ? { priority, ...side, table: rest[0] } : { priority, ...side, action };
  }

  function setup(changes: Partial<InstanceOptions> = {}): NetworkSetup {
    const options = { ...INSTANCE, runDirectory: directory, steering, ...changes };
    return new NetworkSetup({ ...options, routes: ['64:ff9b::/97', '11.64.0.0/29'] }, run);
  }

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'steering-'));
    rules = ['from 2001:db8:ff::/48 lookup 7 priority 100'];
    commands = [];
    fallback = new Set();
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('has its IPv6 routes in the table and its IPv4 routes in the main one', async () => {
    const network = setup();
    await network.prepare();
    await network.connect();
    expect(commands.slice(2)).toEqual([
      'route add 64:ff9b::/97 dev isthmus0 table 64001',
      'route add 11.64.0.0/29 dev isthmus0',
      'route replace 192.0.2.1/32 dev isthmus0 table 253',
      'route replace blackhole 64:ff9b::/97 table 64000',
      'route replace blackhole 11.64.0.0/29 table 64000',
    ]);
    expect(rules).toHaveLength(4);
    expect([...fallback].toSorted()).toEqual(['-4 32700', '-4 32701', '-6 32700', '-6 32701']);
    await network.undo();
    expect(rules).toEqual(['from 2001:db8:ff::/48 lookup 7 priority 100']);
    expect([...fallback]).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('makes again what somebody has deleted, and only that', async () => {
    const network = setup();
    await network.prepare();
    await network.connect();
    const all = [...rules];
    rules = rules.filter((rule) => !rule.startsWith('from 2001:db8:a::'));
    await network.connect('replace');
    expect(new Set(rules)).toEqual(new Set(all));
  });

  it('removes the rules of a life that could not, also when it wants others now', async () => {
    const killed = setup();
    await killed.prepare();
    await killed.connect();
    const next = setup({ steering: { ...steering, clients: ['2001:db8:c::/48'], refused: [] } });
    await next.prepare();
    expect(rules).toEqual(['from 2001:db8:ff::/48 lookup 7 priority 100']);
    // What drops packets while there is no TUN stays until the TUN is there.
    expect(fallback.size).toBe(4);
    await next.connect();
    await next.undo();
    expect(fallback.size).toBe(0);
    expect(rules).toEqual(['from 2001:db8:ff::/48 lookup 7 priority 100']);
  });

  it('removes them too when what else it changed is left to another instance', async () => {
    const [first, second] = [setup(), setup({ name: 'other' })];
    await first.prepare();
    await first.connect();
    await second.prepare();
    await first.undo();
    expect(rules).toEqual(['from 2001:db8:ff::/48 lookup 7 priority 100']);
    expect(fallback.size).toBe(0);
    expect(readdirSync(directory)).toEqual(['network-other.json']);
  });
});

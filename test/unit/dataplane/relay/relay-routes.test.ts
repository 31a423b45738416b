import { expect, it } from 'vitest';
import {
  addRelayRules,
  relayRoutes,
  relayRules,
  removeRelayRules,
} from '../../../../src/dataplane/relay/relay-routes.ts';
import type { RunCommand } from '../../../../src/linux/command.ts';

const INTERNET = { number: 1, prefixes: ['64:ff9b::/96', '192.0.2.0/28'], clients: [] };
const GUESTS = {
  number: 2,
  prefixes: ['64:ff9b::/96', '198.51.100.0/28'],
  clients: ['2001:db8:1::/48', '2001:db8:2::/48'],
};

/** Rules by family, as lines of `ip rule add`. */
class SimulatedKernel {
  readonly rules: Record<'-4' | '-6', string[]> = { '-4': ['priority 0'], '-6': ['priority 0'] };

  readonly run: RunCommand = async ([, first, family = ''], { input = '' } = {}) => {
    if (first === '-json') return JSON.stringify(this.#of(family).map(shown));
    const rules = this.#of(first);
    for (const line of input.trim().split('\n')) {
      const [, verb, ...rest] = line.split(' ');
      const text = rest.join(' ');
      if (verb === 'add') rules.push(text);
      else if (rules.includes(text)) rules.splice(rules.indexOf(text), 1);
      else throw new Error(`there is no rule ${text}`);
    }
    return '';
  };

  #of(family: string | undefined): string[] {
    return this.rules[family === '-6' ? '-6' : '-4'];
  }
}

/** As `ip -json rule show` has it. */
function shown(rule: string): object {
  const [, to] = /goto (\d+)/.exec(rule) ?? [];
  const [, table] = /lookup (\w+)/.exec(rule) ?? [];
  const [, src, srclen] = /from ([^/ ]+)\/?(\d*)/.exec(rule) ?? [undefined, 'all', ''];
  const source = srclen === '' ? { src } : { src, srclen: Number(srclen) };
  const nop = rule.endsWith('nop') ? { nop: null } : source;
  return { priority: priorityOf(rule), ...(to ? { goto: Number(to) } : {}), ...(table ? { table } : {}), ...nop };
}

function priorityOf(rule: string): number {
  return Number(/priority (\d+)/.exec(rule)?.[1]);
}

it('lead what arrives, and not what the machine itself sends, to a table of the instance', () => {
  expect(relayRules(INTERNET, '-4')).toEqual(['not iif lo lookup 63901 priority 32601']);
  expect(relayRules(INTERNET, '-6')).toEqual(['not iif lo lookup 63901 priority 32601']);
  expect(relayRoutes(INTERNET, 'isthmus-out1')).toEqual([
    'route replace 64:ff9b::/96 dev isthmus-out1 table 63901',
    'route replace 192.0.2.0/28 dev isthmus-out1 table 63901',
  ]);
  expect(relayRules({ ...INTERNET, prefixes: ['192.0.2.0/28'] }, '-6')).toEqual([]);
});

it('lead only packets of its clients, where an instance serves certain ones, before the rules that lead to TUNs', () => {
  expect(relayRules(GUESTS, '-4')).toEqual(['not iif lo lookup 63902 priority 32602']);
  expect(relayRules(GUESTS, '-6')).toEqual([
    'priority 6008 nop',
    'iif lo goto 6008 priority 6006',
    'from 2001:db8:1::/48 lookup 63902 priority 6007',
    'from 2001:db8:2::/48 lookup 63902 priority 6007',
  ]);
});

it('go, of one instance or of all, and nobody else loses a rule', async () => {
  const kernel = new SimulatedKernel();
  // Among them an operator's, with priorities that are between ours.
  const others = [
    'lookup main priority 32700',
    'from 2001:db8::/32 lookup 7 priority 6401',
    'lookup 63900 priority 32600',
    'lookup 100 priority 32602',
    'lookup 63907 priority 6007',
    'goto 6010 priority 6009',
    'lookup 5 priority 6008',
  ];
  for (const rules of Object.values(kernel.rules)) rules.push(...others);
  const before = structuredClone(kernel.rules);
  for (const relayed of [INTERNET, GUESTS]) await addRelayRules(relayed, undefined, kernel.run);
  expect(kernel.rules['-6']).toHaveLength(before['-6'].length + 5);
  await removeRelayRules(undefined, kernel.run, 2);
  expect(kernel.rules['-6']).toEqual([...before['-6'], ...relayRules(INTERNET, '-6')]);
  expect(kernel.rules['-4']).toEqual([...before['-4'], ...relayRules(INTERNET, '-4')]);
  await addRelayRules(GUESTS, undefined, kernel.run);
  await removeRelayRules(undefined, kernel.run);
  expect(kernel.rules).toEqual(before);
});

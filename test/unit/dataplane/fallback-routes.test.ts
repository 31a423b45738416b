import { beforeEach, expect, it } from 'vitest';
import { addFallback, removeFallback } from '../../../src/dataplane/fallback-routes.ts';
import { CommandError, type RunCommand } from '../../../src/linux/command.ts';

const TABLE = 'table 64000';

/** The kernel's rules and routes, as far as they matter here. */
class SimulatedKernel {
  readonly rules = { '-4': new Set([0, 32_766]), '-6': new Set([0, 32_766]) };
  readonly routes = new Set<string>();

  readonly run: RunCommand = async ([, first = '', ...args], { input = '' } = {}) => {
    if (first === '-batch' || first === '-force') return this.#batch(input, first === '-force');
    const rules = first === '-json' ? this.#rulesOf(args[0]) : this.#rulesOf(first);
    if (first === '-json') return JSON.stringify([...rules].map((priority) => ({ priority })));
    const [, verb] = args;
    const priority = Number(args.at(-1));
    if (verb === 'add' ? rules.has(priority) : !rules.delete(priority)) throw new CommandError('ip rule', 2, 'refused');
    if (verb === 'add') rules.add(priority);
    return '';
  };

  #rulesOf(family: string | undefined): Set<number> {
    return family === '-6' ? this.rules['-6'] : this.rules['-4'];
  }

  #batch(input: string, force: boolean): string {
    let failed = false;
    for (const line of input.trim().split('\n')) {
      const [, verb, , prefix = ''] = line.split(' ');
      if (!line.endsWith(TABLE)) throw new Error(`not of ${TABLE}: ${line}`);
      if (verb === 'replace') this.routes.add(prefix);
      else if (!this.routes.delete(prefix)) failed = true;
      if (failed && !force) break;
    }
    if (failed) throw new CommandError('ip -batch', 1, 'No such process');
    return '';
  }
}

let kernel: SimulatedKernel;
beforeEach(() => {
  kernel = new SimulatedKernel();
});

function ownRules(): number[][] {
  return [kernel.rules['-4'], kernel.rules['-6']].map((rules) => [...rules].filter((one) => one > 0 && one < 32_766));
}

it('are made once, with rules for the families that have some', async () => {
  await addFallback(['64:ff9b::/96'], undefined, kernel.run);
  expect(ownRules()).toEqual([[], [32_700, 32_701]]);
  await addFallback(['64:ff9b::/96', '192.0.2.0/28'], undefined, kernel.run);
  expect([...kernel.routes]).toEqual(['64:ff9b::/96', '192.0.2.0/28']);
  expect(ownRules()).toEqual([
    [32_700, 32_701],
    [32_700, 32_701],
  ]);
});

it('stay where another instance has the prefix, and the rules where it has any of the family', async () => {
  await addFallback(['64:ff9b::/96', '192.0.2.0/28', '198.51.100.0/28'], undefined, kernel.run);
  await removeFallback(['64:ff9b::/96', '192.0.2.0/28'], ['64:ff9b::/96', '198.51.100.0/28'], undefined, kernel.run);
  expect([...kernel.routes]).toEqual(['64:ff9b::/96', '198.51.100.0/28']);
  expect(ownRules()).toEqual([
    [32_700, 32_701],
    [32_700, 32_701],
  ]);
  await removeFallback(['64:ff9b::/96', '198.51.100.0/28'], [], undefined, kernel.run);
  expect([kernel.routes.size, ownRules()]).toEqual([0, [[], []]]);
});

it('are as wanted where somebody has removed them before', async () => {
  await addFallback(['64:ff9b::/96', '2001:db8:64::/96'], undefined, kernel.run);
  kernel.routes.delete('64:ff9b::/96');
  kernel.rules['-6'].delete(32_700);
  await removeFallback(['64:ff9b::/96', '2001:db8:64::/96'], [], undefined, kernel.run);
  expect([kernel.routes.size, ownRules()]).toEqual([0, [[], []]]);
});

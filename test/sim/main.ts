import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { addMet, catchMutations, reportOf } from './seed-runs.ts';
import { runSeed } from './simulation.ts';

/*
 * npm run sim -- --seeds N --from S --json FILE    runs N seeds from S on, then the mutations
 * npm run sim -- --seed S --verbose                runs one and prints all that happens
 */
const USAGE = 'usage: npm run sim -- [--seeds N] [--from S] [--json FILE] | --seed S [--verbose]';
/** Failures that are printed with their last events; of the others the seed. */
const PRINTED = 3;
const PROGRESS = 500;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function wholeNumber(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`--${option} ${text}: not a whole number\n${USAGE}`);
  return value;
}

async function one(seed: number, verbose: boolean): Promise<number> {
  const result = await runSeed(seed, verbose ? { print: say } : {});
  say(reportOf(result));
  say(`trace ${result.hash}, ${result.events} events, ${result.packets} packets, ${result.records} records`);
  return result.violation === undefined ? 0 : 1;
}

async function many(seeds: number, from: number, json: string | undefined): Promise<number> {
  const failures: { seed: number; invariant: string; message: string }[] = [];
  const met: Record<string, number> = {};
  const began = performance.now();
  for (let seed = from; seed < from + seeds; seed++) {
    const result = await runSeed(seed);
    const { violation } = result;
    addMet(met, result.met);
    if (violation !== undefined) {
      failures.push({ seed, invariant: violation.invariant, message: violation.message });
      say(failures.length <= PRINTED ? reportOf(result) : `seed ${seed} fails: ${violation.invariant}`);
    }
    const done = seed - from + 1;
    if (done % PROGRESS === 0)
      say(`${done} seeds, ${failures.length} failures, ${Math.round((performance.now() - began) / 1000)} s`);
  }
  for (const [name, count] of Object.entries(met)) say(`${String(count).padStart(9)} ${name}`);
  const mutations = await catchMutations(from);
  for (const { name, seed, invariant } of mutations) {
    say(seed === undefined ? `NOT caught: ${name}` : `caught by seed ${seed} (${invariant}): ${name}`);
  }
  const caught = mutations.filter(({ seed }) => seed !== undefined).length;
  say(`${seeds} seeds from ${from}: ${failures.length} failures; ${caught} of ${mutations.length} mutations caught`);
  const report = { seeds, from, failures, met, mutations: mutations.length, caught, details: mutations };
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  return failures.length === 0 && caught === mutations.length ? 0 : 1;
}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    json: { type: 'string' },
    seed: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
process.exitCode =
  values.seed === undefined
    ? await many(wholeNumber(values.seeds, 'seeds'), wholeNumber(values.from, 'from'), values.json)
    : await one(wholeNumber(values.seed, 'seed'), values.verbose);

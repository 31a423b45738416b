import { MUTATIONS, type Mutation } from './mutations.ts';
import { planOf } from './plan.ts';
import { SeededRandom } from './seeded-random.ts';
import { type RunResult, runSeed } from './simulation.ts';

/** Runs that a deliberate fault may take to be caught. */
export const SEEDS_PER_MUTATION = 150;

/** A mutation and the first seed that has caught it. */
export interface MutationResult {
  readonly name: string;
  readonly seed: number | undefined;
  readonly invariant: string;
}

/** The first seed from `from` on in which an invariant is broken with the mutation in place. */
export async function catchMutation({ name, apply, runs }: Mutation, from: number): Promise<MutationResult> {
  const undo = apply();
  try {
    let left = SEEDS_PER_MUTATION;
    for (let seed = from; left > 0; seed++) {
      if (runs?.(planOf(new SeededRandom(seed))) === false) continue;
      left -= 1;
      const { violation } = await runSeed(seed);
      if (violation !== undefined) return { name, seed, invariant: violation.invariant };
    }
    return { name, seed: undefined, invariant: '' };
  } finally {
    undo();
  }
}

export async function catchMutations(from: number): Promise<readonly MutationResult[]> {
  const results: MutationResult[] = [];
  for (const mutation of MUTATIONS) results.push(await catchMutation(mutation, from));
  return results;
}

/** Adds what one run has met to what the ones before have. */
export function addMet(sum: Record<string, number>, met: RunResult['met']): void {
  for (const [name, count] of Object.entries(met)) sum[name] = (sum[name] ?? 0) + count;
}

/** What a person needs who wants to know why a seed has failed. */
export function reportOf({ seed, violation, virtualMs, last }: RunResult): string {
  if (violation === undefined) return `seed ${seed}: nothing is wrong`;
  const head = `seed ${seed} fails after ${(virtualMs / 1000).toFixed(3)} s: ${violation.message}`;
  return [head, 'the last events:', ...last, `to replay it: npm run sim -- --seed ${seed} --verbose`].join('\n');
}

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** One change of the source, as StrykerJS's instrumenter makes it. */
export interface Mutant {
  readonly id: string;
  readonly fileName: string;
  readonly mutatorName: string;
  readonly replacement: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
  /** `Ignored`: it is of a kind that is not made. */
  readonly status?: string;
}

export interface Instrumented {
  readonly files: readonly { readonly name: string; readonly content: string }[];
  readonly mutants: readonly Mutant[];
}

interface Instrumenter {
  instrument(files: readonly object[], options: object): Promise<Instrumented>;
}

const silent = { isDebugEnabled: () => false, debug: nothing, info: nothing, warn: nothing };

function nothing(): void {}

/**
 * Puts all changes of the files into them at once; which one is active is asked at each of its places, but for those
 * that are not wanted: each question costs as much as what it is about.
 */
export async function instrument(paths: readonly string[], wanted: (id: string) => boolean): Promise<Instrumented> {
  const core = createRequire(import.meta.url).resolve('@stryker-mutator/core');
  const url = pathToFileURL(join(dirname(core), '../../../instrumenter/dist/src/instrumenter.js')).href;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the package has no types for what it exports here
  const { Instrumenter: Made } = (await import(url)) as { Instrumenter: new (logger: object) => Instrumenter };
  const files = paths.map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }));
  // Text that people read is held by the tests of pages and words, where it matters.
  const options = { plugins: null, excludedMutations: ['StringLiteral'], ignorers: [] };
  const made = await new Made(silent).instrument(files, options);
  return { ...made, files: made.files.map(({ name, content }) => ({ name, content: thinned(content, wanted) })) };
}

/** Leaves what asks for wanted changes, and notes whether anything is to be counted before it is. */
function thinned(content: string, wanted: (id: string) => boolean): string {
  return content
    .replaceAll(/stryMutAct_\w+\("(\d+)"\)/g, (text, id: string) => (wanted(id) ? text : 'false'))
    .replaceAll(/(stryCov_\w+)\(((?:"\d+"(?:, )?)+)\)/g, (_text, name: string, list: string) => {
      const ids = list.split(', ').filter((id) => wanted(id.slice(1, -1)));
      return ids.length === 0 ? '0' : `${name}(${ids.join(', ')})`;
    })
    .replaceAll(/(function cover\(\) \{)/g, '$1 if (ns.counts === false) return;');
}

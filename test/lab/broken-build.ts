import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DIST, PROGRAM } from '../../src/lab/programs.ts';

/** A line of the compiled program that is exchanged for another one. */
export interface Fault {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A copy of the compiled program with faults in it. */
export interface BrokenBuild {
  /** In place of `isthmus`. */
  readonly program: string;
  remove(): Promise<void>;
}

/** @throws Error when the program has not, or not once, what is to be exchanged: then the fault means nothing any more */
export async function breakBuild(faults: readonly Fault[]): Promise<BrokenBuild> {
  // Beside dist/: the packages of the program are found from there, and machines of the lab see it.
  const folder = await mkdtemp(join(PROGRAM, '.broken-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true });
  try {
    await cp(DIST, folder, { recursive: true, filter: (source) => !source.endsWith('.map') });
    for (const { file, from, to } of faults) {
      const path = join(folder, file);
      const text = await readFile(path, 'utf8');
      if (text.split(from).length !== 2) throw new Error(`${file} does not have once: ${from}`);
      await writeFile(
        `${path}.new`,
        text.replace(from, () => to),
      );
      await rename(`${path}.new`, path);
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { program: join(folder, 'main.js'), remove };
}

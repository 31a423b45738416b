import {
  isTree,
  type Release,
  type ReleaseTree,
  releaseTree,
  type TreePackage,
} from '../../src/lab/releases/release-tree.ts';
import { labTest } from './needs-root.ts';

const RELEASES: readonly Release[] = ['trixie', 'sid'];

/** Trees that can be had; for each of the others a line says why not. */
async function treesOf(names: readonly TreePackage[], releases: readonly Release[] = RELEASES): Promise<ReleaseTree[]> {
  const trees: ReleaseTree[] = [];
  if (!labTest) return trees;
  for (const release of releases) {
    for (const name of names) {
      const found = await releaseTree(release, name);
      if (isTree(found)) trees.push(found);
      else process.stdout.write(`lab tests with ${name} of Debian ${release} are skipped: ${found.reason}\n`);
    }
  }
  return trees;
}

/** FRR of other Debian releases, of all of them or of these. */
export async function frrTrees(releases?: readonly Release[]): Promise<ReleaseTree[]> {
  return treesOf(['frr'], releases);
}

/** BIRD of other Debian releases. */
export async function birdTrees(): Promise<ReleaseTree[]> {
  return treesOf(['bird2', 'bird3']);
}

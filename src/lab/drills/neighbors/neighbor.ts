import { dropsOnAdminDown } from '../../../frr/withdrawal-methods.ts';
import { isTree, type Release, type ReleaseTree, releaseTree, type TreePackage } from '../../releases/release-tree.ts';
import { runProgram } from '../../world/lab-process.ts';

/** A router of the drill: program and version. */
export interface Neighbor {
  /** `frr-10.7.1`, `bird-3.1.8`. */
  readonly name: string;
  readonly program: 'frr' | 'bird';
  readonly version: string;
  /** From another Debian release; absent: the machine's own program. */
  readonly tree?: ReleaseTree;
}

const OTHERS: readonly (readonly [Release, TreePackage])[] = [
  ['trixie', 'frr'],
  ['sid', 'frr'],
  ['trixie', 'bird2'],
  ['trixie', 'bird3'],
];

/** The gateway's FRR. */
export type GatewayFrr = Neighbor & { readonly program: 'frr' };

export interface Routers {
  readonly neighbors: readonly Neighbor[];
  readonly gateways: readonly GatewayFrr[];
}

/** FRR and BIRD of the machine and of other releases. @param missing called for each that is not available */
export async function findRouters(missing: (reason: string) => void): Promise<Routers> {
  const neighbors = [
    neighbor('frr', await versionOf(['/usr/lib/frr/zebra', '--version'])),
    neighbor('bird', await versionOf(['bird', '--version'])),
  ];
  for (const [release, name] of OTHERS) {
    const tree = await releaseTree(release, name);
    if (!isTree(tree)) missing(tree.reason);
    else neighbors.push({ ...neighbor(name === 'frr' ? 'frr' : 'bird', tree.version), tree });
  }
  return { neighbors, gateways: neighbors.filter((one): one is GatewayFrr => one.program === 'frr') };
}

function neighbor(program: 'frr' | 'bird', version: string): Neighbor {
  return { name: `${program}-${version}`, program, version };
}

async function versionOf(argv: readonly string[]): Promise<string> {
  const { stdout, stderr } = await runProgram(argv);
  return /version (\d[\d.]*\d)/.exec(stdout + stderr)?.[1] ?? 'unknown';
}

/** FRR supports static routes with BFD since 8.5. */
export function hasStaticBfd({ program, version }: Neighbor): boolean {
  return program === 'bird' || atLeast(version, 8, 5);
}

/** Whether a cluster file that names this router permits AdminDown. */
export function acceptsAdminDown({ program, version }: Neighbor): boolean {
  return dropsOnAdminDown(program === 'bird' ? 'bird' : atLeast(version, 10, 7) ? 'frr' : 'frr<10.7');
}

function atLeast(version: string, wantedMajor: number, wantedMinor: number): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

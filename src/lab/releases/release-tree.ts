import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../world/lab-process.ts';

/*
 * Programs of other Debian releases in separate root trees: their daemons run on this machine's kernel, chrooted into
 * the tree, inside a machine of the lab. apt resolves and verifies dependencies with its own lists and status, dpkg
 * unpacks it; no maintainer script runs, and the machine's own packages are not touched.
 */

/** Debian releases with the programs. */
export type Release = 'bookworm' | 'trixie' | 'sid';
/** Purpose of a tree; separate trees, because bird2 and bird3 own the same paths. */
export type TreePackage = 'frr' | 'bird2' | 'bird3';

/** A package of another release, unpacked with its dependencies. */
export interface ReleaseTree {
  readonly release: Release;
  readonly package: TreePackage;
  /** Upstream version: `10.7.1`, without Debian's revision. */
  readonly version: string;
  readonly root: string;
}

/** There is no tree, with the reason in one line. */
export interface NoTree {
  readonly reason: string;
}

/** The folder of the trees; ISTHMUS_LAB_CACHE overrides it. It may be removed while no lab runs. */
export function treeFolder(): string {
  return process.env['ISTHMUS_LAB_CACHE'] ?? '/var/cache/isthmus-lab';
}

/** Debian's archive, or a mirror set by ISTHMUS_LAB_MIRROR. */
function mirror(): string {
  return process.env['ISTHMUS_LAB_MIRROR'] ?? 'http://deb.debian.org/debian';
}

/** Written last: a tree without it is incomplete. */
const STAMP = 'isthmus-tree.json';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** Enough for 30 MB of packages over a slow line. */
const DOWNLOAD_MS = 240_000;
const UNPACK_MS = 120_000;
/** Symbolic links in every release since Debian 12; dpkg would create directories if base-files is unpacked late. */
const MERGED = ['bin', 'sbin', 'lib', 'lib64'] as const;
/** Mount points in a tree, and writable directories. */
const MOUNT_POINTS = ['proc', 'dev', 'run', 'tmp', 'etc/frr', 'etc/bird', 'var/lib/frr', 'var/tmp/frr'] as const;

const made = new Map<string, Promise<ReleaseTree | NoTree>>();

/** A tree from the cache, created if missing; at most once per process. */
export async function releaseTree(release: Release, name: TreePackage): Promise<ReleaseTree | NoTree> {
  const key = `${release}-${name}`;
  const known = made.get(key) ?? findOrMake(release, name);
  made.set(key, known);
  return known;
}

export function isTree(found: ReleaseTree | NoTree): found is ReleaseTree {
  return 'root' in found;
}

async function findOrMake(release: Release, name: TreePackage): Promise<ReleaseTree | NoTree> {
  const root = join(treeFolder(), `${release}-${name}`);
  try {
    if (!existsSync(join(root, STAMP))) await make(release, name, root);
    const stamp: unknown = JSON.parse(await readFile(join(root, STAMP), 'utf8'));
    return { release, package: name, version: versionOf(stamp), root };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { reason: `no ${name} of Debian ${release}: ${text.trim().split('\n').slice(0, 3).join(' | ')}` };
  }
}

/** Several processes may create the same tree: the first complete one is kept. */
async function make(release: Release, name: TreePackage, root: string): Promise<void> {
  await mkdir(treeFolder(), { recursive: true });
  await sweep();
  const work = await mkdtemp(join(treeFolder(), `making-${process.pid}-`));
  try {
    const tree = join(work, 'tree');
    for (const place of MERGED) await mkdir(join(tree, 'usr', place), { recursive: true });
    for (const place of MERGED) await symlink(`usr/${place}`, join(tree, place));
    await download(release, name, work);
    const archives = (await readdir(join(work, 'archives'))).filter((file) => file.endsWith('.deb'));
    for (const file of archives) {
      const argv = ['dpkg-deb', '--extract', join(work, 'archives', file), tree];
      await runProgram(argv, { timeoutMs: UNPACK_MS });
    }
    await complete(tree);
    const version = await installedVersion(work, archives, name);
    await writeFile(join(tree, STAMP), `${JSON.stringify({ release, package: name, version, mirror: mirror() })}\n`);
    await rename(tree, root).catch((error: unknown) => {
      if (!existsSync(join(root, STAMP))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Removes leftovers of processes that have ended early. */
async function sweep(): Promise<void> {
  for (const entry of await readdir(treeFolder())) {
    const pid = /^making-(\d+)-/.exec(entry)?.[1];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    await rm(join(treeFolder(), entry), { recursive: true, force: true });
  }
}

async function download(release: Release, name: TreePackage, work: string): Promise<void> {
  await mkdir(join(work, 'lists', 'partial'), { recursive: true });
  await mkdir(join(work, 'archives', 'partial'), { recursive: true });
  const source = `Types: deb\nURIs: ${mirror()}\nSuites: ${release}\nComponents: main\nSigned-By: ${KEYRING}\n`;
  await writeFile(join(work, 'debian.sources'), source);
  await writeFile(join(work, 'status'), '');
  const settings = [
    `Dir::State::Lists=${work}/lists`,
    `Dir::Cache::Archives=${work}/archives`,
    'Dir::Cache::pkgcache=',
    'Dir::Cache::srcpkgcache=',
    `Dir::Etc::SourceList=${work}/debian.sources`,
    'Dir::Etc::SourceParts=/dev/null',
    `Dir::State::status=${work}/status`,
    'APT::Sandbox::User=root',
    // Overrides settings of container images that would remove the packages.
    'APT::Keep-Downloaded-Packages=true',
    'APT::Update::Post-Invoke=',
    'DPkg::Post-Invoke=',
    'Acquire::Languages=none',
    'Acquire::Retries=1',
    'Acquire::http::Timeout=15',
    'Acquire::https::Timeout=15',
  ].flatMap((setting) => ['-o', setting]);
  const apt = ['apt-get', '-q', ...settings];
  await runProgram([...apt, '--error-on=any', 'update'], { timeoutMs: DOWNLOAD_MS });
  const install = ['--yes', '--no-install-recommends', '--download-only', 'install', name];
  await runProgram([...apt, ...install], { timeoutMs: DOWNLOAD_MS });
}

/** Files that maintainer scripts would have created, as far as the daemons need them. */
async function complete(tree: string): Promise<void> {
  for (const place of MOUNT_POINTS) await mkdir(join(tree, place), { recursive: true });
  await rm(join(tree, 'var', 'run'), { recursive: true, force: true });
  await symlink('/run', join(tree, 'var', 'run'));
  // Bind-mounted over with the machine's files, because a daemon's user must have the same id inside and outside.
  for (const file of ['passwd', 'group']) await writeFile(join(tree, 'etc', file), '');
  await mkdir(join(tree, 'etc', 'pam.d'), { recursive: true });
  const open = ['auth', 'account', 'password', 'session'].map((kind) => `${kind} required pam_permit.so\n`).join('');
  for (const file of ['frr', 'other']) await writeFile(join(tree, 'etc', 'pam.d', file), open);
}

async function installedVersion(work: string, archives: readonly string[], name: TreePackage): Promise<string> {
  const file = archives.find((archive) => archive.startsWith(`${name}_`));
  if (file === undefined) throw new Error(`apt has not downloaded ${name}`);
  const { stdout } = await runProgram(['dpkg-deb', '--field', join(work, 'archives', file), 'Version']);
  return stdout
    .trim()
    .replace(/^\d+:/, '')
    .replace(/-[^-]*$/, '');
}

function versionOf(stamp: unknown): string {
  const version = typeof stamp === 'object' && stamp !== null && 'version' in stamp ? stamp.version : undefined;
  if (typeof version !== 'string') throw new Error(`${STAMP} names no version: remove the tree`);
  return version;
}

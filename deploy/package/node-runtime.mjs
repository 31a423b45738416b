// Fetches what is pinned from the npm registry, and only that: `npm pack`, the hash, one file out of it.
// Usage: node-runtime.mjs amd64|arm64 FILE    writes the pinned Node.js
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PINNED = JSON.parse(readFileSync(new URL('./node-runtime.json', import.meta.url), 'utf8'));
const STORE = process.env.ISTHMUS_PACKAGES ?? join(homedir(), '.cache', 'isthmus-packages');

export const NODE_VERSION = PINNED.version;

/** Writes the Node.js of the package for `architecture` to `file`. */
export function fetchNode(architecture, file) {
  const { name, integrity } = PINNED.packages[architecture];
  extract(fetchPackage(name, PINNED.version, integrity), 'package/bin/node', file);
}

/** @returns the path of the package's archive, once its hash is the pinned one */
export function fetchPackage(name, version, integrity) {
  const path = join(STORE, `${name.replace('/', '-').replace('@', '')}-${version}.tgz`);
  if (existsSync(path) && integrityOf(path) === integrity) return path;
  mkdirSync(STORE, { recursive: true });
  const folder = mkdtempSync(join(STORE, 'fetching-'));
  try {
    const argv = ['pack', '--silent', '--pack-destination', folder, `${name}@${version}`];
    const fetched = join(folder, execFileSync('npm', argv, { encoding: 'utf8' }).trim().split('\n').at(-1));
    const found = integrityOf(fetched);
    if (found !== integrity) throw new Error(`${name}@${version} has the hash ${found}; pinned is ${integrity}`);
    renameSync(fetched, path);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return path;
}

/** Takes one file out of a package's archive. */
export function extract(archive, member, file) {
  const folder = mkdtempSync(join(STORE, 'extracting-'));
  try {
    execFileSync('tar', ['-C', folder, '-xzf', archive, member]);
    copyFileSync(join(folder, member), file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function integrityOf(path) {
  return `sha512-${createHash('sha512').update(readFileSync(path)).digest('base64')}`;
}

if (process.argv[1] !== undefined && basename(process.argv[1]) === basename(fileURLToPath(import.meta.url))) {
  const [architecture, file] = process.argv.slice(2);
  if (!(architecture in PINNED.packages) || file === undefined) {
    process.stderr.write('usage: node-runtime.mjs amd64|arm64 FILE\n');
    process.exit(2);
  }
  fetchNode(architecture, file);
}

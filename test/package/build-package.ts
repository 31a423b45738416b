import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const { version }: { version: string } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Builds package and tarball for an architecture, as dpkg names it, into a folder. @returns the name of the package */
export function buildPackage(architecture: string, out: string): string {
  const argv = ['deploy/package/package.mjs', '--arch', architecture, '--compression', '0', '--out', out];
  execFileSync(process.execPath, argv, { stdio: 'pipe' });
  return `isthmus_${version}-1_${architecture}.deb`;
}

/** A hash of each file of a folder, by its name. */
export function hashes(folder: string): Record<string, string> {
  const names = readdirSync(folder).toSorted();
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

/** What lintian says of a package. @throws where it knows an error */
export function lintian(path: string): string {
  const argv = ['--allow-root', '--fail-on', 'error', '--no-tag-display-limit', path];
  return execFileSync('lintian', argv, { encoding: 'utf8', stdio: 'pipe' });
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPackage, hashes, lintian } from './build-package.ts';

/** The machine that a program is for, of ELF's header (elf.h: e_machine, EM_AARCH64 and EM_X86_64). */
const MACHINES = { arm64: { elf: 183, koffi: 'linux_arm64' }, amd64: { elf: 62, koffi: 'linux_x64' } };
const other = process.arch === 'x64' ? 'arm64' : 'amd64';

function machineOf(path: string): number {
  const header = readFileSync(path).subarray(0, 20);
  expect(header.subarray(0, 4).toString('latin1')).toBe('\x7fELF');
  return header.readUInt16LE(18);
}

describe(`the Debian package for ${other}, built on another machine`, () => {
  let folder = '';
  let deb = '';
  const first = (): string => join(folder, 'first');

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'isthmus-package-test-'));
    deb = buildPackage(other, first());
    execFileSync('dpkg-deb', ['-x', join(first(), deb), join(folder, 'root')]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`has Node.js and the native part of koffi for ${other}`, () => {
    const program = join(folder, 'root/usr/lib/isthmus/package');
    const { elf, koffi } = MACHINES[other];
    expect(machineOf(join(program, 'bin/node'))).toBe(elf);
    expect(machineOf(join(program, `build/koffi/${koffi}/koffi.node`))).toBe(elf);
    const manifest: unknown = JSON.parse(readFileSync(join(program, 'lib/program/package.json'), 'utf8'));
    expect(manifest).toMatchObject({ build: { architecture: other } });
    const field = execFileSync('dpkg-deb', ['-f', join(first(), deb), 'Architecture'], { encoding: 'utf8' });
    expect(field.trim()).toBe(other);
  });

  it('has no error that lintian knows', () => {
    expect(lintian(join(first(), deb))).not.toMatch(/^E:/m);
  });

  it('is the same, byte for byte, when the commit is built again', () => {
    const second = join(folder, 'second');
    buildPackage(other, second);
    expect(hashes(second)).toEqual(hashes(first()));
  });
});

import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

/** A process, as /proc shows it. */
export interface Process {
  readonly pid: number;
  /** The name of its program, without the folder. */
  readonly name: string;
  readonly argv: readonly string[];
  /** Identity of its network namespace, `net:[4026531840]`; undefined: it has ended, or permission is denied. */
  readonly networkNamespace: string | undefined;
}

/** All processes visible to this one. */
export async function runningProcesses(): Promise<Process[]> {
  const names = await readdir('/proc');
  const found = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(async (pid) => readProcess(pid)));
  return found.flatMap((process) => process ?? []);
}

async function readProcess(pid: string): Promise<Process | undefined> {
  try {
    const argv = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').slice(0, -1);
    const [program] = argv;
    if (program === undefined) return undefined; // a thread of the kernel
    const networkNamespace = await readlink(`/proc/${pid}/ns/net`).catch(() => undefined);
    return { pid: Number(pid), name: basename(program), argv, networkNamespace };
  } catch {
    return undefined; // it has ended meanwhile
  }
}

import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { RunCommand } from '../../linux/command.ts';
import { AnnouncementError } from '../announcer.ts';
import { processNamed } from '../guard/process-identity.ts';
import { isSeenWithin } from '../read-back.ts';

/** A VRRP instance as shown by keepalived. */
export interface VrrpInstance {
  readonly name: string;
  readonly interface: string;
  readonly state: 'INIT' | 'BACKUP' | 'MASTER' | 'FAULT';
  /** Effective priority, including tracking. */
  readonly priority: number;
}

/** VRRP_STATE_* of keepalived (vrrp/include/vrrp.h). */
const STATES = ['INIT', 'BACKUP', 'MASTER', 'FAULT'] as const;

/** The fields used of the dump; others vary with the version. */
const dump = z.array(
  z.object({
    data: z.object({
      iname: z.string(),
      state: z.number().int().min(0).max(3),
      ifp_ifname: z.string().default(''),
      effective_priority: z.number(),
    }),
  }),
);

/** @throws SyntaxError, ZodError: incomplete, or not a dump */
export function parseKeepalivedDump(text: string): VrrpInstance[] {
  return dump.parse(JSON.parse(text)).map(({ data }) => ({
    name: data.iname,
    interface: data.ifp_ifname,
    state: STATES[data.state] ?? 'INIT',
    priority: data.effective_priority,
  }));
}

/** Path of keepalived's dump, in that process's file system. */
const DUMP_FILE = '/tmp/keepalived.json';
/** Maximum time for a dump to be written. */
const DUMP_MS = 1000;

/** Reads the state of VRRP instances; called rarely, because keepalived logs each dump. */
export interface VrrpReader {
  /** The pid; undefined: it does not run. */
  readonly pid: number | undefined;
  /** @throws AnnouncementError when it does not answer */
  read(): Promise<readonly VrrpInstance[]>;
}

/** A keepalived process of this machine, which writes a JSON dump on a signal. */
export class Keepalived implements VrrpReader {
  readonly #pidFile: string;
  readonly #run: RunCommand;
  readonly #dumpFile: string;
  #signal: number | undefined;

  constructor(pidFile: string, run: RunCommand, dumpFile = DUMP_FILE) {
    this.#pidFile = pidFile;
    this.#run = run;
    this.#dumpFile = dumpFile;
  }

  get pid(): number | undefined {
    return processNamed({ pidFile: this.#pidFile, name: 'keepalived' })?.pid;
  }

  async read(): Promise<readonly VrrpInstance[]> {
    const { pid } = this;
    if (pid === undefined) throw new AnnouncementError(`keepalived does not run (${this.#pidFile})`);
    const path = `/proc/${pid}/root${this.#dumpFile}`;
    const before = stampOf(path);
    try {
      // A real-time signal, whose number depends on the C library.
      this.#signal ??= Number(await this.#run(['keepalived', '--signum=JSON']));
      process.kill(pid, this.#signal);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new AnnouncementError(`keepalived cannot be asked: ${why}`, { cause: error });
    }
    let seen: VrrpInstance[] | undefined;
    await isSeenWithin(DUMP_MS, async () => {
      if (stampOf(path) === before) return false;
      try {
        seen = parseKeepalivedDump(textOf(path));
      } catch {
        // It is being written.
      }
      return seen !== undefined;
    });
    if (seen === undefined) throw new AnnouncementError(`keepalived writes no ${this.#dumpFile} when it is asked`);
    return seen;
  }
}

function stampOf(path: string): string {
  try {
    const { ino, mtimeNs } = statSync(path, { bigint: true });
    return `${ino} ${mtimeNs}`;
  } catch {
    return ''; // there was none yet
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // no such file: no such process, or no dump
  }
}

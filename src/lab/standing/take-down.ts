import { readdir, readFile } from 'node:fs/promises';
import { killSame, startTimeOf } from '../../frr/guard/process-identity.ts';
import { waitFor } from '../world/wait.ts';
import { isHeld, LAB_IDENTITY, type LabRecord, readRecord, removeRecord } from './lab-record.ts';

/** Time for the holder to end gracefully, and for the kernel to remove its processes. */
const GRACE_MS = 10_000;
const GONE_MS = 15_000;

/** Result of `takeDown`. */
export interface TakenDown {
  /** The holder was running: the lab was complete, or being built. */
  readonly held: boolean;
  /** Number of processes that had outlived the holder and were killed. */
  readonly left: number;
}

/**
 * Ends a lab in any state and removes everything of it: its holder, identified by pid and start time, and every process
 * with its identity. Nothing else is touched.
 * @throws WaitTimeout naming the processes that do not end
 */
export async function takeDown(name: string): Promise<TakenDown> {
  const record = await readRecord(name);
  const held = record !== undefined && isHeld(record);
  if (record !== undefined) {
    if (held) await endHolder(record);
    const left = await endLeft(record.id);
    await removeRecord(name);
    return { held, left };
  }
  await removeRecord(name);
  return { held: false, left: 0 };
}

async function endHolder(record: LabRecord): Promise<void> {
  process.kill(record.pid, 'SIGTERM');
  const deadline = performance.now() + GRACE_MS;
  await waitFor(
    'the holder of the lab to end',
    () => {
      if (!isHeld(record)) return true;
      if (performance.now() > deadline) killSame(record.pid, record.startTime);
      return false;
    },
    { timeoutMs: GRACE_MS + GONE_MS, everyMs: 50 },
  );
}

/** Processes end with the holder; remaining ones are killed. @returns their number */
async function endLeft(id: string): Promise<number> {
  const begun = performance.now();
  const ended = new Set<number>();
  await waitFor(
    'the processes of the lab to end',
    async () => {
      const left = await processesOf(id);
      if (left.length === 0) return true;
      if (performance.now() - begun < GRACE_MS / 2) return false;
      for (const { pid, startTime } of left) if (killSame(pid, startTime)) ended.add(pid);
      return false;
    },
    {
      timeoutMs: GONE_MS,
      everyMs: 50,
      diagnose: async () => (await processesOf(id)).map(({ pid }) => String(pid)).join(', '),
    },
  );
  return ended.size;
}

interface Marked {
  readonly pid: number;
  readonly startTime: string;
}

/** Processes with the identity of a lab, except this one. */
async function processesOf(id: string): Promise<Marked[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const startTime = startTimeOf(pid);
      if (pid === process.pid || startTime === undefined) return [];
      // It may have ended meanwhile; the environment of kernel threads cannot be read.
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return environment.split('\0').includes(`${LAB_IDENTITY}=${id}`) ? [{ pid, startTime }] : [];
    }),
  );
  return found.flat();
}

import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { conditionOf } from '../../frr/guard/process-identity.ts';
import { EXIT_USAGE } from '../lab-run.ts';
import { ROUTERS } from '../topology/bgp-routing.ts';
import { TOPOLOGIES } from '../topology/replication-links.ts';

/*
 * A standing lab has a folder with everything outside its namespaces:
 *
 *   /run/isthmus-lab/NAME/lab.json    this record, exchanged as a whole
 *   /run/isthmus-lab/NAME/log         what its holder writes
 *   /run/isthmus-lab/NAME/gw1.log     what the agent of gw1 writes; gw1.log.1 is what it wrote before that
 */
const FOLDER = '/run/isthmus-lab';

/** Address of each gateway's metrics and status page in a standing lab. */
export const LAB_HTTP = '127.0.0.1:9464';
/** Environment variable with the lab's identity in every process of a standing lab. */
export const LAB_IDENTITY = 'ISTHMUS_LAB_ID';

const record = z.object({
  name: z.string(),
  /** Unique, also among labs of the same name. */
  id: z.string(),
  nodes: z.number(),
  topology: z.enum(TOPOLOGIES),
  router: z.enum(ROUTERS),
  /** Milliseconds since 1970. */
  begun: z.number(),
  /** The process that holds the lab, identified with its start time; 0: not started yet. */
  pid: z.number(),
  startTime: z.string(),
  state: z.enum(['building', 'up']),
  /** First processes of the machines, as seen by the host. */
  machines: z.record(z.string(), z.number()),
  operatorNode: z.string(),
  probeAt: z.string(),
  detectionMs: z.number(),
});
export type LabRecord = z.output<typeof record>;

/** The requested lab. */
export type LabShape = Pick<LabRecord, 'name' | 'nodes' | 'topology' | 'router'>;

/** A lab cannot be created, found or entered; the message is for the operator. */
export class LabError extends Error {
  override readonly name = 'LabError';
  readonly exitStatus: number;

  constructor(message: string, exitStatus = EXIT_USAGE) {
    super(message);
    this.exitStatus = exitStatus;
  }
}

export function folderOf(name: string): string {
  return join(FOLDER, name);
}

export function logOf(name: string): string {
  return join(folderOf(name), 'log');
}

export function agentLogOf(name: string, node: string): string {
  return join(folderOf(name), `${node}.log`);
}

/** Creates the folder of a lab with a first record. @throws LabError: there is a lab of this name */
export async function createRecord(shape: LabShape): Promise<LabRecord> {
  await mkdir(FOLDER, { recursive: true, mode: 0o755 });
  try {
    await mkdir(folderOf(shape.name), { mode: 0o700 });
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    throw new LabError(
      `there is a lab "${shape.name}" already: choose another --name, or "isthmus lab down --name ${shape.name}"`,
    );
  }
  const first: LabRecord = {
    ...shape,
    id: randomUUID(),
    begun: Date.now(),
    pid: 0,
    startTime: '',
    state: 'building',
    machines: {},
    operatorNode: '',
    probeAt: '',
    detectionMs: 0,
  };
  await writeRecord(first);
  return first;
}

/** Replaced by rename, so that readers see one complete version or the other. */
export async function writeRecord(one: LabRecord): Promise<void> {
  const file = join(folderOf(one.name), 'lab.json');
  await writeFile(`${file}.new`, `${JSON.stringify(one)}\n`);
  await rename(`${file}.new`, file);
}

/** @returns undefined: there is no such lab, or its record is unreadable */
export async function readRecord(name: string): Promise<LabRecord | undefined> {
  try {
    const parsed = record.safeParse(JSON.parse(await readFile(join(folderOf(name), 'lab.json'), 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (isCode(error, 'ENOENT') || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Names of the labs with a folder. */
export async function labNames(): Promise<string[]> {
  try {
    return (await readdir(FOLDER)).toSorted();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Removes the folder of a lab, and the folder of all labs with the last one. */
export async function removeRecord(name: string): Promise<void> {
  await rm(folderOf(name), { recursive: true, force: true });
  await rmdir(FOLDER).catch((error: unknown) => {
    if (!isCode(error, 'ENOTEMPTY') && !isCode(error, 'ENOENT')) throw error;
  });
}

/** Whether the process that holds the lab runs. */
export function isHeld({ pid, startTime }: Pick<LabRecord, 'pid' | 'startTime'>): boolean {
  return pid > 0 && conditionOf(pid, startTime) !== 'dying';
}

/** The running lab with this name. @throws LabError */
export async function standingLab(name: string): Promise<LabRecord> {
  const found = await readRecord(name);
  if (found === undefined) {
    const names = await labNames();
    throw new LabError(
      `there is no lab "${name}"; ${names.length === 0 ? '"isthmus lab up" makes one' : `there are ${names.join(', ')}`}`,
    );
  }
  if (!isHeld(found)) {
    throw new LabError(
      `lab "${name}" is gone: its holder has ended; "isthmus lab down --name ${name}" removes the rest`,
    );
  }
  if (found.state !== 'up') throw new LabError(`lab "${name}" is still being built: ${logOf(name)}`);
  return found;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT_FAILED } from '../lab-run.ts';
import { DIST } from '../programs.ts';
import { pause } from '../world/wait.ts';
import {
  createRecord,
  LAB_IDENTITY,
  LabError,
  type LabRecord,
  type LabShape,
  logOf,
  readRecord,
} from './lab-record.ts';
import { takeDown } from './take-down.ts';

const WITHIN_MS = 300_000;
const POLL_MS = 200;
const LOG_BYTES = 4000;

/**
 * Starts the holder of a lab and waits until the lab is up. On failure, or when `stopped` aborts, it is removed.
 * @param say called with each line of the holder
 * @throws LabError
 */
export async function raiseLab(shape: LabShape, stopped: AbortSignal, say: (line: string) => void): Promise<LabRecord> {
  const { id, name } = await createRecord(shape);
  try {
    const holder = await startHolder(name, id);
    return await untilUp(name, holder, stopped, say);
  } catch (error) {
    await takeDown(name);
    throw error;
  }
}

interface Holder {
  readonly ended: () => boolean;
}

async function startHolder(name: string, id: string): Promise<Holder> {
  const log = await open(logOf(name), 'a');
  try {
    const child = spawn(process.execPath, [join(DIST, 'lab', 'standing', 'hold-main.js'), name], {
      detached: true,
      cwd: '/',
      stdio: ['ignore', log.fd, log.fd],
      env: { ...process.env, [LAB_IDENTITY]: id },
    });
    child.unref();
    return { ended: () => child.exitCode !== null || child.signalCode !== null };
  } finally {
    await log.close();
  }
}

async function untilUp(
  name: string,
  holder: Holder,
  stopped: AbortSignal,
  say: (line: string) => void,
): Promise<LabRecord> {
  const deadline = performance.now() + WITHIN_MS;
  let said = 0;
  while (performance.now() < deadline) {
    if (stopped.aborted) throw new LabError('interrupted: nothing of the lab is left', EXIT_FAILED);
    const gone = holder.ended();
    const lines = (await tailOf(name)).split('\n').slice(0, -1);
    if (gone) throw new LabError(`the lab could not be built:\n${lines.slice(-20).join('\n')}`, EXIT_FAILED);
    for (const line of lines.slice(said)) say(line);
    said = Math.max(said, lines.length);
    const record = await readRecord(name);
    if (record?.state === 'up') return record;
    await pause(POLL_MS);
  }
  throw new LabError(`the lab was not up within ${WITHIN_MS / 1000} s:\n${await tailOf(name)}`, EXIT_FAILED);
}

async function tailOf(name: string): Promise<string> {
  const file = await open(logOf(name));
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(LOG_BYTES),
      position: Math.max(0, size - LOG_BYTES),
    });
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

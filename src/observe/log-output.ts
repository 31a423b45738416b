import { fstatSync, write } from 'node:fs';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';
import { LineWriter } from '../agent/files/line-writer.ts';
import type { Clock } from '../replication/clock.ts';

/** Destination of the log. */
export interface LogOutput {
  readonly isTerminal: boolean;
  /** Whether it is the stream to systemd's journal with which this process was started. */
  readonly isJournal: boolean;
  /** Never fails and never blocks. */
  write(line: string): void;
  /** Lines that were lost. */
  readonly lost: number;
  /** Resolves when all is written, or after the time limit, milliseconds. */
  flush(limitMs: number): Promise<void>;
}

/** Maximum number of characters queued for a slow or stopped reader. */
const MAX_WAITING = 1024 * 1024;
/** Retry interval for a full pipe. Milliseconds. */
const FULL_MS = 20;

const writeTo = promisify(write);

/**
 * Uses a descriptor of the process as log output. Node.js' own streams write to files and terminals synchronously, so a
 * stalled disk, or Ctrl-S, would block the agent; and an unhandled error would end it. Here a blocked write only
 * occupies one of Node's file threads.
 */
export function openLogOutput(
  descriptor: number,
  clock: Clock,
  onChange: (failure: string | undefined) => void,
): LogOutput {
  const writer = new LineWriter({
    write: (text) => writeWhole(descriptor, Buffer.from(text), clock),
    clock,
    maxWaiting: MAX_WAITING,
    onChange,
  });
  return {
    isTerminal: isatty(descriptor),
    isJournal: isJournalStream(descriptor, process.env['JOURNAL_STREAM']),
    write: (line) => writer.add(line),
    get lost() {
      return writer.lost;
    },
    flush: (limitMs) => writer.flush(limitMs),
  };
}

/** systemd provides device and inode of the stream (systemd.exec(5)): it may have been redirected since. */
export function isJournalStream(descriptor: number, stream: string | undefined): boolean {
  if (stream === undefined) return false;
  const { dev, ino } = fstatSync(descriptor);
  return stream === `${dev}:${ino}`;
}

/** A descriptor that another program has made non-blocking accepts a part, or nothing for now. */
async function writeWhole(descriptor: number, bytes: Buffer, clock: Clock): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    try {
      const { bytesWritten } = await writeTo(descriptor, bytes, done, bytes.length - done, null);
      done += bytesWritten;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      await new Promise<void>((resolve) => void clock.after(FULL_MS, resolve));
    }
  }
}

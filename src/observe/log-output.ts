import { fstatSync, write } from 'node:fs';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';
import { LineWriter } from '../agent/files/line-writer.ts';
import type { Clock } from '../replication/clock.ts';

/** Where the log goes. */
export interface LogOutput {
  readonly isTerminal: boolean;
  /** It is the stream to systemd's journal that this process was started with. */
  readonly isJournal: boolean;
  /** Never fails and never waits. */
  write(line: string): void;
  /** Lines that were lost. */
  readonly lost: number;
  /** Returns when all is written, or after so many milliseconds. */
  flush(limitMs: number): Promise<void>;
}

/** Characters of the log that wait for a reader that is slow or stopped. */
const MAX_WAITING = 1024 * 1024;
/** A pipe whose reader is slow is tried again after this. Milliseconds. */
const FULL_MS = 20;

const writeTo = promisify(write);

/**
 * A descriptor of the process as output of the log. Node.js' own streams write to files and terminals synchronously, so
 * that a disk that stalls, or Ctrl-S, would stop the agent; and an error that nobody hears ends it. Here a write that
 * does not come back holds one of Node's file threads, and no more.
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

/** systemd names the device and the inode of the stream (systemd.exec(5)): it may have been redirected since. */
export function isJournalStream(descriptor: number, stream: string | undefined): boolean {
  if (stream === undefined) return false;
  const { dev, ino } = fstatSync(descriptor);
  return stream === `${dev}:${ino}`;
}

/** A descriptor that another program has made non-blocking takes a part, or nothing for now. */
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

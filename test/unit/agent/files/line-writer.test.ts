import { describe, expect, it } from 'vitest';
import { LineWriter } from '../../../../src/agent/files/line-writer.ts';
import { SimulatedClock } from '../simulated-clock.ts';

/** Something that is written to, whose calls end when the test says so. */
class Disk {
  readonly texts: string[] = [];
  readonly #pending: { resolve: () => void; reject: (error: Error) => void }[] = [];

  readonly write = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      this.texts.push(text);
      this.#pending.push({ resolve, reject });
    });

  async end(error?: Error): Promise<void> {
    const call = this.#pending.shift();
    if (error === undefined) call?.resolve();
    else call?.reject(error);
    await new Promise(setImmediate);
  }
}

function setUp(maxWaiting = 100) {
  const clock = new SimulatedClock();
  const disk = new Disk();
  const changes: (string | undefined)[] = [];
  const onChange = (failure: string | undefined): void => void changes.push(failure);
  return { clock, disk, changes, writer: new LineWriter({ write: disk.write, clock, maxWaiting, onChange }) };
}

describe('a line writer', () => {
  it('has one write at a time, and what came meanwhile goes with the next', async () => {
    const { disk, writer } = setUp();
    for (const line of ['a\n', 'b\n', 'c\n']) writer.add(line);
    expect(disk.texts).toEqual(['a\n']);
    await disk.end();
    expect(disk.texts).toEqual(['a\n', 'b\nc\n']);
    expect(writer.lost).toBe(0);
  });

  it('holds so much while a write does not come back, and counts the rest', () => {
    const { disk, writer } = setUp(10);
    writer.add('first\n');
    for (let index = 0; index < 9; index++) writer.add('1234\n');
    expect(disk.texts).toEqual(['first\n']);
    expect(writer.lost).toBe(7);
  });

  it('tries a failing disk once a second, and says once that it fails and once that it works again', async () => {
    const { clock, disk, changes, writer } = setUp();
    writer.add('a\n');
    await disk.end(new Error('ENOSPC'));
    for (let index = 0; index < 5; index++) writer.add('b\n');
    expect(disk.texts).toHaveLength(1);
    await clock.advance(1000);
    await disk.end(new Error('ENOSPC'));
    expect(changes).toEqual(['ENOSPC']);
    expect(writer.lost).toBe(6);
    writer.add('c\n');
    await clock.advance(999);
    expect(disk.texts).toHaveLength(2);
    await clock.advance(1);
    await disk.end();
    expect(disk.texts.at(-1)).toBe('c\n');
    expect(changes).toEqual(['ENOSPC', undefined]);
  });

  it('flushes within its limit though the disk stalls', async () => {
    const { clock, disk, writer } = setUp();
    writer.add('a\n');
    const steps: string[] = [];
    const flushing = (async () => {
      await writer.flush(500);
      steps.push('flushed');
    })();
    await clock.advance(499);
    expect(steps).toEqual([]);
    await clock.advance(1);
    await flushing;
    await disk.end();
    writer.add('b\n');
    await disk.end();
    await writer.flush(500);
    expect(disk.texts).toEqual(['a\n', 'b\n']);
  });
});

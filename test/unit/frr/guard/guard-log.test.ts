import { describe, expect, it } from 'vitest';
import { GuardLog } from '../../../../src/frr/guard/guard-log.ts';

/** A destination whose writes end when the test says so. */
class Destination {
  readonly texts: string[] = [];
  readonly #waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];

  readonly write = async (text: string): Promise<void> => {
    this.texts.push(text);
    await new Promise<void>((resolve, reject) => void this.#waiting.push({ resolve, reject }));
  };

  end(): void {
    this.#waiting.shift()?.resolve();
  }

  fail(): void {
    this.#waiting.shift()?.reject(new Error('EPIPE'));
  }
}

async function settled(): Promise<void> {
  await new Promise((resolve) => void setImmediate(resolve));
}

describe('the log of the guard', () => {
  it('never has more than one write in progress, and writes in order what came meanwhile', async () => {
    const destination = new Destination();
    const log = new GuardLog(destination.write);
    for (const line of ['one', 'two', 'three']) log.add(line);
    expect(destination.texts).toEqual(['one\n']);
    destination.end();
    await settled();
    expect(destination.texts).toEqual(['one\n', 'two\nthree\n']);
    expect(log.isIdle).toBe(false);
    destination.end();
    await log.flushed();
    expect(log.isIdle).toBe(true);
  });

  it('keeps no more than its limit for a reader that has stopped', async () => {
    const destination = new Destination();
    const log = new GuardLog(destination.write);
    for (let line = 0; line <= 1000; line++) log.add(`line ${line}`);
    destination.end();
    await settled();
    expect(destination.texts[1]?.split('\n').length).toBe(256 + 1);
    expect(destination.texts[1]).toMatch(/^line 1\n/);
    // There is room again.
    log.add('later');
    destination.end();
    await settled();
    expect(destination.texts[2]).toBe('later\n');
  });

  it('continues after a failure, without what could not be written', async () => {
    const destination = new Destination();
    const log = new GuardLog(destination.write);
    log.add('one');
    log.add('two');
    destination.fail();
    await settled();
    expect(destination.texts).toEqual(['one\n', 'two\n']);
    destination.fail();
    await log.flushed();
    expect(log.isIdle).toBe(true);
  });
});

import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endWithoutReader } from '../../../src/cli/reader-gone.ts';

const failure = (code: string, message: string): Error => Object.assign(new Error(message), { code });

describe('a command whose output nobody reads', () => {
  const exit = vi.spyOn(process, 'exit');
  const told = vi.spyOn(console, 'error');

  beforeEach(() => {
    exit.mockImplementation(() => {
      throw new Error('ended');
    });
    told.mockImplementation(() => {});
  });

  afterEach(() => {
    process.stdout.removeAllListeners('error');
    vi.clearAllMocks();
  });

  async function run(...words: readonly string[]): Promise<void> {
    const program = new Command();
    endWithoutReader(program);
    program.command('events').action(() => {});
    program.command('agent').action(() => {});
    program
      .command('lab')
      .command('events')
      .action(() => {});
    await program.parseAsync(words, { from: 'user' });
  }

  it('ends as a program that SIGPIPE ended, without a word', async () => {
    await run('events');
    expect(() => process.stdout.emit('error', failure('EPIPE', 'write EPIPE'))).toThrow('ended');
    expect(exit).toHaveBeenCalledWith(141);
    expect(told).not.toHaveBeenCalled();
  });

  it('says so where the output could not be written', async () => {
    await run('events');
    expect(() => process.stdout.emit('error', failure('ENOSPC', 'no space left on device'))).toThrow('ended');
    expect(exit).toHaveBeenCalledWith(1);
    expect(told).toHaveBeenCalledWith('isthmus: the output cannot be written: no space left on device');
  });

  it.each([['agent'], ['lab', 'events']])('leaves %s to its own way', async (...words) => {
    const before = process.stdout.listenerCount('error');
    await run(...words);
    expect(process.stdout.listenerCount('error')).toBe(before);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildProgram } from '../../../src/cli/program.ts';
import { registerLabCommand } from '../../../src/lab/lab-command.ts';

const WRONG: (readonly [argv: readonly string[], sentence: RegExp])[] = [
  [['bench', '--only', 'nothing'], /^no row is called nothing; there are tcp64/],
  [['bench', '--runs', 'x'], /^error: .*expected a number from 1 to 1000/],
  [['bench', '--worker', 'x'], /^--worker: "x" is not possible; write it like \{"spinUs":100\}/],
  [['drills', '--nodes', '9'], /^error: .*expected a number from 2 to 8/],
  [['hostile', '--kills', 'many'], /^error: .*expected a number from 1 to 10000/],
  [['soak', '--minutes', '-1'], /^error: .*expected a number from 1 to 10000/],
  [['soak', '--half', 'both'], /^error: .*Allowed choices are slow, fast/],
];

describe('input of a lab command that is wrong', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  it.each(WRONG)('isthmus lab %j: one sentence, exit status 2, and no lab', async (argv, sentence) => {
    const said: string[] = [];
    vi.spyOn(console, 'error').mockImplementation((line: unknown) => void said.push(String(line)));
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
    const exited = vi.spyOn(process, 'exit').mockImplementation((status) => {
      process.exitCode = Number(status);
      throw new Error('exited');
    });
    const program = buildProgram();
    registerLabCommand(program);
    await program.parseAsync(['lab', ...argv], { from: 'user' }).catch((error: unknown) => {
      if (exited.mock.calls.length === 0) throw error;
    });
    expect([process.exitCode, said[0]]).toEqual([2, expect.stringMatching(sentence)]);
  });
});

import { beforeEach, expect, it, vi } from 'vitest';
import { buildProgram } from '../../../../src/cli/program.ts';
import { registerLabCommand } from '../../../../src/lab/lab-command.ts';
import type * as StandingRun from '../../../../src/lab/standing/standing-run.ts';

const runShell = vi.hoisted(() => vi.fn<typeof StandingRun.runShell>(() => Promise.resolve(0)));
vi.mock('../../../../src/lab/standing/standing-run.ts', () => ({ runShell }));

async function shell(...words: string[]): Promise<void> {
  const program = buildProgram();
  registerLabCommand(program);
  await program.parseAsync(['lab', 'shell', ...words], { from: 'user' });
}

beforeEach(() => {
  vi.restoreAllMocks();
  runShell.mockClear();
});

it.each([
  [['gw1'], ['gw1', [], 'lab']],
  [
    ['gw1', 'isthmus', '--help'],
    ['gw1', ['isthmus', '--help'], 'lab'],
  ],
  [
    ['gw1', '--', 'isthmus', '--help'],
    ['gw1', ['isthmus', '--help'], 'lab'],
  ],
  [
    ['--', 'gw1', 'ip', '-6', 'route'],
    ['gw1', ['ip', '-6', 'route'], 'lab'],
  ],
  [
    ['gw1', 'sh', '-c', 'x', '--', 'y'],
    ['gw1', ['sh', '-c', 'x', '--', 'y'], 'lab'],
  ],
  [
    ['--name', 'one', 'gw1', 'ip', '--name', 'x'],
    ['gw1', ['ip', '--name', 'x'], 'one'],
  ],
])('options behind the machine are those of the command: %j', async (words, expected) => {
  await shell(...words);
  expect(runShell.mock.calls).toEqual([expected]);
});

it('refuses an option where a command is expected, instead of running it', async () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  vi.spyOn(process, 'exit').mockImplementation((status) => {
    throw new Error(`exit ${status}`);
  });
  await expect(shell('gw1', '--name', 'one')).rejects.toThrow('exit 2');
  expect(written.mock.calls.join('')).toMatch(
    /^error: --name comes after the machine, .*see isthmus lab shell --help\n$/,
  );
  expect(runShell).not.toHaveBeenCalled();
});

import type { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildProgram } from '../../../src/cli/program.ts';
import { registerLabCommand } from '../../../src/lab/lab-command.ts';

function wholeProgram(): Command {
  const program = buildProgram();
  registerLabCommand(program);
  return program;
}

/** Every command and group of commands, as the words after `isthmus`. */
function commandsOf(command: Command, words: readonly string[] = []): [words: readonly string[], command: Command][] {
  const below = command.commands.filter((child) => child.name() !== 'help');
  return [[words, command], ...below.flatMap((child) => commandsOf(child, [...words, child.name()]))];
}

const COMMANDS = commandsOf(wholeProgram()).map(([words, command]) => ({
  name: ['isthmus', ...words].join(' '),
  words,
  mandatory: command.options.flatMap(({ mandatory, long }) =>
    mandatory && typeof long === 'string' ? [long, '1'] : [],
  ),
  groups: command.commands.length > 0,
  needsArgument: command.registeredArguments.some(({ required }) => required),
  maximum: command.registeredArguments.some(({ variadic }) => variadic)
    ? undefined
    : command.registeredArguments.length,
}));
const GROUPS = COMMANDS.filter(({ groups, words }) => groups && words.length > 0);
/** Groups that also do something of their own, such as `isthmus sessions`, reject a surplus word. */
const ACTING: ReadonlySet<string> = new Set(['sessions', 'pool']);

/** Everything written to standard error until the process would exit, and the exit status. */
async function refusal(argv: readonly string[]): Promise<[written: string, status: unknown]> {
  const written: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: unknown) => void written.push(`${String(line)}\n`));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  const exited = vi.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('exited');
  });
  await wholeProgram()
    .parseAsync(argv, { from: 'user' })
    .catch((error: unknown) => {
      if (exited.mock.calls.length === 0) throw error;
    });
  return [written.join(''), exited.mock.calls[0]?.[0]];
}

describe('wrong usage: one line that names the help, exit status 2', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('is tried with all commands', () => {
    const names = COMMANDS.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['isthmus', 'isthmus status', 'isthmus config check']));
    expect(names).toEqual(expect.arrayContaining(['isthmus lab bench', 'isthmus probe run', 'isthmus joold load']));
    expect(names.length).toBeGreaterThan(60);
  });

  it.each(COMMANDS)('$name with an unknown option', async ({ name, words, mandatory }) => {
    expect(await refusal([...words, ...mandatory, '--qqqqqqqq'])).toEqual([
      `error: unknown option '--qqqqqqqq'; see ${name} --help\n`,
      2,
    ]);
  });

  it.each(COMMANDS.filter(({ needsArgument }) => needsArgument))('$name without its argument', async (command) => {
    const [written, status] = await refusal([...command.words, ...command.mandatory]);
    expect(written).toMatch(/^error: missing required argument '[a-z0-9-]+'; see [^\n]* --help\n$/);
    expect([written.endsWith(`see ${command.name} --help\n`), status]).toEqual([true, 2]);
  });

  it.each(COMMANDS.filter(({ maximum, groups }) => maximum !== undefined && !groups))(
    '$name with an argument too many',
    async ({ name, words, maximum = 0 }) => {
      const [written, status] = await refusal([...words, ...Array.from({ length: maximum + 1 }, () => '1')]);
      expect(written).toMatch(/^error: [^\n]+\n$/);
      expect([written.endsWith(`see ${name} --help\n`), status]).toEqual([true, 2]);
    },
  );

  it.each(GROUPS)('$name with an unknown command', async ({ name, words }) => {
    const [written, status] = await refusal([...words, 'qqqqqqqq']);
    const wrong = ACTING.has(words.join(' ')) ? 'too many arguments for [^\\n]*' : "unknown command 'qqqqqqqq'";
    expect(written).toMatch(new RegExp(`^error: ${wrong}; see ${name} --help\\n$`));
    expect(status).toBe(2);
  });

  it.each(GROUPS.filter(({ words }) => !ACTING.has(words.join(' '))))('$name alone', async ({ name, words }) => {
    const [written, status] = await refusal(words);
    expect(written).toMatch(new RegExp(`^error: ${name} needs a command: [a-z, -]+; see ${name} --help\\n$`));
    expect(status).toBe(2);
  });

  it.each(GROUPS)('$name with an unknown command and --help', async ({ name, words }) => {
    const [written, status] = await refusal([...words, 'qqqqqqqq', '--help']);
    expect(written).toBe(`error: unknown command 'qqqqqqqq'; see ${name} --help\n`);
    expect(status).toBe(2);
  });

  it('is an unknown command also with --help, and a value that is none of the choices', async () => {
    expect(await refusal(['stats-of', '--help'])).toEqual([
      "error: unknown command 'stats-of'; see isthmus --help\n",
      2,
    ]);
    expect(await refusal(['statis', '--help'])).toEqual([
      "error: unknown command 'statis' (Did you mean one of status, stats?); see isthmus --help\n",
      2,
    ]);
    const [written, status] = await refusal(['top', 'client']);
    expect(written).toContain("value 'client' is invalid for argument 'group'.");
    expect(written).toMatch(/ports\. \(Did you mean clients\?\); see isthmus top --help\n$/);
    expect(status).toBe(2);
    expect((await refusal(['top', '--sort', 'age']))[0]).not.toContain('Did you mean');
  });

  it('is a time that has not been, or that comes after the other', async () => {
    const [future, status] = await refusal(['events', '--since', '2999-01-01T00:00Z']);
    expect(future).toMatch(
      /^error: option '--since <time>' .* 2999-01-01T00:00:00\.000Z is in the future; now it is 20.*; see isthmus events --help\n$/,
    );
    expect(status).toBe(2);
    expect((await refusal(['history', '--at', '2999-01-01T00:00Z']))[0]).toContain('is in the future');
    for (const command of ['events', 'history'])
      expect(await refusal([command, '--since', '10m', '--until', '2020-01-01T00:00Z'])).toEqual([
        expect.stringMatching(/^error: --since \(20.*Z\) is after --until \(2020-01-01T00:00:00.000Z\); see .*\n$/),
        2,
      ]);
  });

  it('suggests what is similar on the same line', async () => {
    expect(await refusal(['status', '--jsn'])).toEqual([
      "error: unknown option '--jsn' (Did you mean --json?); see isthmus status --help\n",
      2,
    ]);
    expect(await refusal(['statu'])).toEqual([
      "error: unknown command 'statu' (Did you mean one of stats, status?); see isthmus --help\n",
      2,
    ]);
  });

  it.each([
    ['help traffic', "unknown command 'traffic'; see isthmus --help"],
    ['help statu', "unknown command 'statu' (Did you mean one of status, stats?); see isthmus --help"],
    ['help config chek', "unknown command 'chek' (Did you mean check?); see isthmus config --help"],
    ['config help chek', "unknown command 'chek' (Did you mean check?); see isthmus config --help"],
    ['help status more', "unknown command 'more'; see isthmus status --help"],
  ])('is help for a command that does not exist: isthmus %s', async (line, expected) => {
    expect(await refusal(line.split(' '))).toEqual([`error: ${expected}\n`, 2]);
  });

  it('prints the whole help for the bare name of the program', async () => {
    const [written, status] = await refusal([]);
    expect(written).toMatch(/^Usage: isthmus \[options\] \[command\]\n/);
    expect(status).toBe(2);
  });
});

describe('help', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** Everything written to standard output, and the exit status. */
  async function printed(argv: readonly string[]): Promise<[written: string, status: unknown]> {
    const written: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    const [refused, status] = await refusal(argv);
    expect(refused).toBe('');
    return [written.join(''), status];
  }

  it.each(COMMANDS.filter(({ words }) => words.length > 0))('of $name is the same in every way to ask', async (one) => {
    const asked = await printed([...one.words, '--help']);
    expect(asked[0].startsWith(`Usage: ${one.name} `) || asked[0].startsWith(`Usage: ${one.name}\n`)).toBe(true);
    expect(asked[1]).toBe(0);
    expect(await printed(['help', ...one.words])).toEqual(asked);
    const [group = '', ...rest] = one.words;
    if (rest.length > 0 && !ACTING.has(group)) expect(await printed([group, 'help', ...rest])).toEqual(asked);
  });

  it('of the program is printed by the word alone', async () => {
    expect(await printed(['help'])).toEqual(await printed(['--help']));
  });
});

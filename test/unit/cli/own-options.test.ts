import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../src/cli/program.ts';

/** Commands that have no others below them, with the words that lead there. */
function leaves(command: Command, words: readonly string[] = []): [words: readonly string[], leaf: Command][] {
  if (command.commands.length === 0) return [[words, command]];
  return command.commands.flatMap((child) => leaves(child, [...words, child.name()]));
}

describe('an option behind the name of a command', () => {
  const program = buildProgram();
  const below = leaves(program).filter(
    ([words, { options }]) => words.length > 1 && options.some(({ long }) => long === '--run-dir'),
  );

  it('is looked at for every command below another one that asks an agent', () => {
    const names = below.map(([words]) => words.join(' '));
    expect(names).toEqual(expect.arrayContaining(['sessions end', 'pool take', 'joold done', 'drill run']));
  });

  it.each(below)('is that of isthmus %s', async (words, leaf) => {
    const seen: unknown[] = [];
    leaf.action(() => {
      seen.push(leaf.opts()['runDir']);
    });
    const given = leaf.registeredArguments.map(() => '1');
    await program.parseAsync([...words, ...given, '--run-dir', '/elsewhere'], { from: 'user' });
    expect(seen).toEqual(['/elsewhere']);
  });
});

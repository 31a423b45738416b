import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandTree } from '../../../src/cli/pages/command-tree.ts';
import { bashCompletion, fishCompletion, zshCompletion } from '../../../src/cli/pages/completion.ts';
import { buildProgram } from '../../../src/cli/program.ts';

/** A line that is being typed, and what is offered for its last word. */
const LINES: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['isthmus config c', ['check']],
  ['isthmus statu', ['status']],
  ['isthmus status --wat', ['--watch']],
  ['isthmus status --node gw', ['gw1', 'gw2']],
  ['isthmus sessions --instance ', ['internet', 'v6only']],
  ['isthmus sessions --protocol ', ['icmp', 'tcp', 'udp']],
  ['isthmus config check pa', ['pair.yaml']],
  ['isthmus doctor --config pa', ['pair.yaml']],
];

/** Prints what zsh, which completes at a terminal only, offers on a pseudo terminal. */
const ASK_ZSH = join(import.meta.dirname, 'ask-zsh.zsh');

/** Shells that are really there complete what a person types. */
describe('completion', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'isthmus-completion-'));
    const tree = commandTree(buildProgram());
    for (const name of ['bin', 'work']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'isthmus.bash'), bashCompletion(tree));
    writeFileSync(join(folder, 'isthmus.fish'), fishCompletion(tree));
    writeFileSync(join(folder, '_isthmus'), zshCompletion(tree));
    // Two nodes and two instances, as a cluster file would have them.
    const names = '#!/bin/sh\n[ "$3" = node ] && printf "gw1\\ngw2\\n" || printf "internet\\nv6only\\n"\n';
    writeFileSync(join(folder, 'bin/isthmus'), names);
    chmodSync(join(folder, 'bin/isthmus'), 0o755);
    for (const name of ['pair.yaml', 'other.yaml']) writeFileSync(join(folder, 'work', name), '');
    const path = `${join(folder, 'bin')}:${process.env['PATH']}`;
    env = {
      PATH: path,
      HOME: folder,
      TERM: 'dumb',
      LC_ALL: 'C.UTF-8',
      XDG_CONFIG_HOME: folder,
      XDG_DATA_HOME: folder,
      FOLDER: folder,
    };
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const has = (shell: string): boolean => {
    const found = spawnSync(shell, ['--version']).status === 0;
    if (!found) process.stdout.write(`completion of ${shell} is not tried: it is missing (prepare.sh test)\n`);
    return found;
  };
  const run = (shell: string, args: readonly string[]): string[] =>
    execFileSync(shell, args, {
      env,
      cwd: join(folder, 'work'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 60_000,
    })
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');

  it.runIf(has('bash'))('of bash', () => {
    for (const [line, offered] of LINES) {
      const words = line.split(' ').map((word) => `'${word}'`);
      const script = `source ${folder}/isthmus.bash; compopt() { :; }; COMP_WORDS=(${words.join(' ')})
        COMP_CWORD=${words.length - 1}; _isthmus; printf '%s\\n' "\${COMPREPLY[@]}"`;
      expect([line, run('bash', ['--norc', '-c', script]).sort()]).toEqual([line, offered]);
    }
  });

  it.runIf(has('zsh'))('of zsh', () => {
    for (const [line, offered] of LINES) {
      const answers = run('zsh', ['-f', ASK_ZSH, line]);
      const words = answers.flatMap((answer) => /offer=(.*)$/.exec(answer)?.[1] ?? []);
      expect([line, [...new Set(words)].sort()]).toEqual([line, offered]);
    }
  });

  it.runIf(has('fish'))('of fish', () => {
    for (const [line, offered] of LINES) {
      const answers = run('fish', ['--no-config', '-c', `source ${folder}/isthmus.fish; complete -C '${line}'`]);
      expect([line, answers.map((answer) => answer.split('\t')[0]).sort()]).toEqual([line, offered]);
    }
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../src/cli/program.ts';

const root = resolve(import.meta.dirname, '../../..');
const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))];

function textOf(page: string): string {
  return readFileSync(join(root, page === 'README.md' ? page : `docs/${page}`), 'utf8');
}

/** Each `isthmus …` of a page: in blocks of shell commands a line each, and in running text between backticks. */
function commandsIn(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block]) => (block ?? '').split('\n'));
  const inline = [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/`(isthmus [^`]+)`/g)];
  return [...blocks, ...inline.map(([, command]) => command ?? '')]
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line.startsWith('isthmus '));
}

/** The command that the words lead to, and the words that are left. */
function find(words: readonly string[]): { readonly command: Command; readonly rest: readonly string[] } {
  let command: Command = buildProgram();
  let taken = 0;
  for (const word of words) {
    const child = command.commands.find((one) => one.name() === word);
    if (child === undefined) break;
    command = child;
    taken++;
  }
  return { command, rest: words.slice(taken) };
}

/** What the line has that no command knows. */
function mistakesIn(line: string): string[] {
  const words =
    line
      .split(/[|;>#]/)[0]
      ?.trim()
      .split(' ')
      .slice(1) ?? [];
  const { command, rest } = find(words);
  const options = command.options.flatMap(({ long, short }) => [long, short]);
  const known = new Set<string | undefined>([...options, '--help', '--version', '-h']);
  const [first = '-'] = rest;
  const isGroup = command.commands.length > 0 && command.registeredArguments.length === 0;
  const unknown = rest.filter((word) => word.startsWith('-') && !known.has(word.split('=')[0]));
  if (isGroup && !/^[-A-Z…(]/.test(first)) unknown.push(first);
  return unknown.map((word) => `${line}: ${word}`);
}

describe('commands in the documentation', () => {
  it.each(pages)('%s names only commands and options that exist', (page) => {
    expect(commandsIn(textOf(page)).flatMap((line) => mistakesIn(line))).toEqual([]);
  });

  it('are found in blocks and in running text', () => {
    const text = 'Say `isthmus status --json`.\n```sh\nisthmus drain --reason x\nls\n```\n';
    expect(commandsIn(text)).toEqual(['isthmus drain --reason x', 'isthmus status --json']);
  });
});

describe('links in the documentation', () => {
  it.each(pages)('%s leads to files and headings that exist', (page) => {
    const folder = page === 'README.md' ? root : join(root, 'docs');
    const targets = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
    expect(targets.filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(folder, page, target))).toEqual([]);
  });
});

function leadsSomewhere(folder: string, page: string, target: string): boolean {
  const [file = '', heading] = target.split('#');
  const text = file === '' ? textOf(page) : readNear(folder, file);
  if (text === undefined) return false;
  return heading === undefined || anchorsOf(text).includes(heading);
}

function readNear(folder: string, file: string): string | undefined {
  try {
    return file.endsWith('/') ? readdirSync(join(folder, file)).join('\n') : readFileSync(join(folder, file), 'utf8');
  } catch {
    return undefined;
  }
}

/** Headings as the usual viewers turn them into anchors. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    (heading ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );
}

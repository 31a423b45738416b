import type { z } from 'zod';
import type { ConfigMistake } from './config-error.ts';
import { adviceOn, pathsMeant } from './unknown-keys.ts';
import type { Path, YamlText } from './yaml-text.ts';

/**
 * Translates schema errors into the terms of the file's author. One slip is one mistake: a misspelled key is not also
 * reported as missing, nor a text in place of a list as too long.
 */
export function mistakesOf(issues: readonly z.core.$ZodIssue[], source: YamlText): ConfigMistake[] {
  const misspelled = new Set(issues.flatMap(meantPaths));
  const noLists = new Set(issues.filter(isNoList).map(({ path }) => path.join('\n')));
  return issues
    .filter((issue) => !(isMissing(issue) && misspelled.has(issue.path.join('\n'))))
    .filter((issue) => !(issue.code === 'too_big' && noLists.has(issue.path.join('\n'))))
    .flatMap((issue) => mistakesOfOne(issue, source));
}

/** The keys probably meant by unknown ones, with their paths. */
function meantPaths(issue: z.core.$ZodIssue): string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  return issue.keys.flatMap((key) => pathsMeant(issue.path, key, issue.input)).map((path) => path.join('\n'));
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  return (issue.code === 'invalid_type' || issue.code === 'invalid_value') && issue.input === undefined;
}

function isNoList(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' && issue.expected === 'array';
}

function mistakesOfOne(issue: z.core.$ZodIssue, source: YamlText): ConfigMistake[] {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        source.ofKey(path, key, `unknown key ${JSON.stringify(key)}`, adviceOn(path, key, issue.input)),
      );
    case 'invalid_type':
      return [invalidType(issue, source)];
    case 'invalid_value':
      return issue.input === undefined
        ? [source.of(path, 'missing', oneOf(issue.values))]
        : [source.of(path, 'not one of the values that are possible here', oneOf(issue.values))];
    case 'invalid_union':
      return [invalidUnion(issue, source)];
    case 'invalid_key':
      return issue.issues.map(({ message }) => split(path, message, source));
    case 'too_small':
      return [source.of(path, 'too small', leastOf(issue))];
    case 'too_big':
      return [source.of(path, 'too big', `at most ${issue.maximum} ${unitOf(issue.origin, issue.maximum)}possible`)];
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'not_multiple_of':
      break;
  }
  return [split(path, issue.message, source)];
}

function invalidType({ path, expected, input }: z.core.$ZodIssueInvalidType, source: YamlText): ConfigMistake {
  if (input === undefined) return source.of(path, 'missing', `${article(expected)} is needed here`);
  return source.of(path, `${kindOf(input)} where ${article(expected)} belongs`, insteadOf(expected, path, input));
}

/** What to write in place of a value of another type; empty if there is no suggestion. */
function insteadOf(expected: string, path: Path, input: unknown): string {
  if (expected === 'boolean' && typeof input === 'string') {
    const word = BOOLEANS[input.toLowerCase()];
    return word === undefined ? 'write true or false' : `write ${word}`;
  }
  if (expected !== 'array' || (typeof input !== 'string' && typeof input !== 'number')) return '';
  const items = String(input)
    .split(/[\s,]+/)
    .filter((item) => item !== '');
  if (path.at(-1) === 'pool4') return `write [{ prefix: ${items[0]}, ports: 1024-65535 }]`;
  if (items.length > 1) return `a list is written [${items.join(', ')}]`;
  return `a list of one is written [${input}]`;
}

/** YAML 1.1 read these as booleans; YAML 1.2 has only true and false. */
const BOOLEANS: Readonly<Record<string, 'true' | 'false'>> = {
  yes: 'true',
  on: 'true',
  y: 'true',
  no: 'false',
  off: 'false',
  n: 'false',
};

function invalidUnion(issue: z.core.$ZodIssueInvalidUnion, source: YamlText): ConfigMistake {
  const { path, discriminator, input, message } = issue;
  if (discriminator !== undefined) {
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
      const [kinds, what] = KINDS[String(path[0])] ?? KINDS_OF_INSTANCE;
      const typed = 'type' in input && !('kind' in input) ? 'write kind: instead of type:; ' : '';
      return source.of(path, `not a kind of ${what}`, `${typed}kind is ${kinds}`);
    }
    return source.of(path, `${kindOf(input)} where a mapping belongs`, '');
  }
  return split(path, message, source);
}

/** What `kind` may be, by the section of the file. */
const KINDS: Readonly<Record<string, readonly [kinds: string, what: string]>> = {
  coordinator: ["'static' or 'etcd'", 'coordinator'],
  natLog: ["'file', 'syslog' or 'ipfix'", 'sink'],
  notify: ["'exec' or 'webhook'", 'target'],
};
const KINDS_OF_INSTANCE = ["'nat64' or 'siit'", 'instance'] as const;

function leastOf({ origin, minimum }: z.core.$ZodIssueTooSmall): string {
  return `at least ${minimum} ${unitOf(origin, minimum)}needed`;
}

/** Unit counted in a value that is too small or too large. */
function unitOf(origin: string, count: number | bigint): string {
  const one = Number(count) === 1;
  if (origin === 'array') return one ? 'entry is ' : 'entries are ';
  if (origin === 'string') return one ? 'character is ' : 'characters are ';
  return 'is ';
}

function split(path: Path, message: string, source: YamlText): ConfigMistake {
  const [what, ...remedy] = message.split('; ');
  return source.of(path, what ?? message, remedy.join('; '));
}

function oneOf(values: readonly unknown[]): string {
  return `possible are ${values.map((value) => JSON.stringify(value)).join(', ')}`;
}

function article(expected: string): string {
  const names: Readonly<Record<string, string>> = { array: 'a list', object: 'a mapping', record: 'a mapping' };
  return names[expected] ?? (expected === 'int' ? 'a whole number' : `a ${expected}`);
}

const MAX_SHOWN = 40;

function kindOf(input: unknown): string {
  if (input === null || input === undefined) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a mapping';
  const text = typeof input === 'number' || typeof input === 'boolean' ? `${input}` : JSON.stringify(input);
  return text.length > MAX_SHOWN ? `a ${typeof input}` : text;
}

import type { z } from 'zod';
import { readText, whyUnreadable } from './bounded-file.ts';
import { ConfigError, type ConfigMistake } from './config-error.ts';
import { crossCheck } from './cross-checks.ts';
import type { CrossMistake } from './cross-mistake.ts';
import { withEamFiles } from './eam-file.ts';
import { nearest } from './nearest-name.ts';
import { type ClusterConfig, clusterSchema, withDerivedDefaults } from './schema.ts';
import { type Path, YamlText } from './yaml-text.ts';

/** A cluster file with 100,000 mappings of its own has 6 MB; what is much larger is something else. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/**
 * Reads the file, and the files of mappings that it names. @throws ConfigError with every mistake of a file, or that it
 * cannot be read
 */
export async function loadClusterFile(file: string): Promise<ClusterConfig> {
  let text: string;
  try {
    text = await readText(file, MAX_FILE_BYTES);
  } catch (error) {
    const what = `the file cannot be read: ${whyUnreadable(error)}`;
    throw new ConfigError([{ file, line: 1, column: 1, path: '', what, remedy: 'name the cluster file' }]);
  }
  return withEamFiles(parseClusterText(text, file));
}

/** @throws ConfigError with every mistake of the text */
export function parseClusterText(text: string, file: string): ClusterConfig {
  const source = new YamlText(text, file);
  const result = clusterSchema.safeParse(source.read(), { reportInput: true });
  if (!result.success) throw new ConfigError(result.error.issues.flatMap((issue) => mistakesOf(issue, source)));
  const config = withDerivedDefaults(result.data);
  const crossed = crossCheck(config);
  if (crossed.length === 0) return config;
  throw new ConfigError(crossed.map(({ path, what, remedy }) => source.of(path, what, remedy)));
}

/** Where in a file, that has been read before, mistakes are that showed only later. */
export async function placesIn(file: string, mistakes: readonly CrossMistake[]): Promise<ConfigMistake[]> {
  const source = new YamlText(await readText(file, MAX_FILE_BYTES), file);
  return mistakes.map(({ path, what, remedy }) => source.of(path, what, remedy));
}

function mistakesOf(issue: z.core.$ZodIssue, source: YamlText): ConfigMistake[] {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => source.ofKey(path, key, `unknown key ${JSON.stringify(key)}`, meant(key)));
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
  const what = `${kindOf(input)} where ${article(expected)} belongs`;
  const one = expected === 'array' && (typeof input === 'string' || typeof input === 'number');
  return source.of(path, what, one ? `a list of one is written [${input}]` : '');
}

function invalidUnion(issue: z.core.$ZodIssueInvalidUnion, source: YamlText): ConfigMistake {
  const { path, discriminator, input, message } = issue;
  if (discriminator !== undefined) {
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
      const [kinds, what] = path[0] === 'coordinator' ? ["'static' or 'etcd'", 'coordinator'] : KINDS_OF_INSTANCE;
      return source.of(path, `not a kind of ${what}`, `kind is ${kinds}`);
    }
    return source.of(path, `${kindOf(input)} where a mapping belongs`, '');
  }
  return split(path, message, source);
}

const KINDS_OF_INSTANCE = ["'nat64' or 'siit'", 'instance'] as const;

function leastOf({ origin, minimum }: z.core.$ZodIssueTooSmall): string {
  return `at least ${minimum} ${unitOf(origin, minimum)}needed`;
}

/** What is counted in a value that is too small or too big. */
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

function meant(key: string): string {
  const known = nearest(key, KEYS);
  return known === undefined ? 'remove it; docs/config.md lists all keys' : `did you mean ${JSON.stringify(known)}?`;
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

/** Every key that the file may have anywhere. */
const KEYS: readonly string[] = [...keysOf(clusterSchema, new Set())];

function keysOf(schema: unknown, seen: Set<unknown>): Set<string> {
  const keys = new Set<string>();
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return keys;
  seen.add(schema);
  const definition: unknown = 'def' in schema ? schema.def : schema;
  if (typeof definition !== 'object' || definition === null) return keys;
  if ('shape' in definition && typeof definition.shape === 'object' && definition.shape !== null) {
    for (const [key, inner] of Object.entries(definition.shape)) {
      keys.add(key);
      for (const below of keysOf(inner, seen)) keys.add(below);
    }
  }
  for (const part of ['innerType', 'element', 'valueType', 'in', 'out', 'options'] as const) {
    const inner: unknown = Reflect.get(definition, part);
    for (const child of Array.isArray(inner) ? inner : [inner])
      for (const below of keysOf(child, seen)) keys.add(below);
  }
  return keys;
}

import { readFile, stat } from 'node:fs/promises';
import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigError, type ConfigMistake } from './config-error.ts';
import { crossCheck } from './cross-checks.ts';
import type { CrossMistake } from './cross-mistake.ts';
import { withEamFiles } from './eam-file.ts';
import { nearest } from './nearest-name.ts';
import { type ClusterConfig, clusterSchema, defaultSlots } from './schema.ts';

type Path = readonly PropertyKey[];

/** A cluster file with 100,000 mappings of its own has 6 MB; what is much larger is something else. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** Reads the file, and the files of mappings that it names. @throws ConfigError with every mistake of a file, or that it cannot be read */
export async function loadClusterFile(file: string): Promise<ClusterConfig> {
  let text: string;
  try {
    const { size } = await stat(file);
    if (size > MAX_FILE_BYTES) throw new Error(`it has ${size} bytes`);
    text = await readFile(file, 'utf8');
  } catch (error) {
    const what = `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    throw new ConfigError([{ file, line: 1, column: 1, path: '', what, remedy: 'name the cluster file' }]);
  }
  return withEamFiles(parseClusterText(text, file));
}

/** @throws ConfigError with every mistake of the text */
export function parseClusterText(text: string, file: string): ClusterConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const places = new Places(document, lines, file);
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors.map(({ pos, message }) => places.at(pos[0], '', `not readable as YAML: ${message}`, '')),
    );
  }
  const result = clusterSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!result.success) throw new ConfigError(result.error.issues.flatMap((issue) => mistakesOf(issue, places)));
  const config = { ...result.data, slots: result.data.slots ?? defaultSlots(result.data.nodes) };
  const crossed = crossCheck(config);
  if (crossed.length === 0) return config;
  throw new ConfigError(crossed.map(({ path, what, remedy }) => places.of(path, what, remedy)));
}

/** Where in a file, that has been read before, mistakes are that showed only later. */
export async function placesIn(file: string, mistakes: readonly CrossMistake[]): Promise<ConfigMistake[]> {
  const lines = new LineCounter();
  const document = parseDocument(await readFile(file, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const places = new Places(document, lines, file);
  return mistakes.map(({ path, what, remedy }) => places.of(path, what, remedy));
}

/** Finds where in the text a path is. */
class Places {
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #file: string;

  constructor(document: Document, lines: LineCounter, file: string) {
    this.#document = document;
    this.#lines = lines;
    this.#file = file;
  }

  /** The value at the path; where it is missing, the nearest that holds it. */
  of(path: Path, what: string, remedy: string): ConfigMistake {
    for (let length = path.length; length >= 0; length--) {
      const node: unknown = this.#document.getIn(path.slice(0, length), true);
      const offset = rangeStart(node);
      if (offset !== undefined) return this.at(offset, textOf(path), what, remedy);
    }
    return this.at(0, textOf(path), what, remedy);
  }

  /** The key itself, and not its value. */
  ofKey(path: Path, key: string, what: string, remedy: string): ConfigMistake {
    const holder: unknown = this.#document.getIn(path, true);
    const items = isMap(holder) ? holder.items : [];
    const pair = items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
    const offset = rangeStart(pair?.key);
    return offset === undefined ? this.of(path, what, remedy) : this.at(offset, textOf([...path, key]), what, remedy);
  }

  at(offset: number, path: string, what: string, remedy: string): ConfigMistake {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.#file, line: Math.max(1, line), column: Math.max(1, col), path, what, remedy };
  }
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const [start] = node.range;
  return typeof start === 'number' ? start : undefined;
}

function textOf(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

function mistakesOf(issue: z.core.$ZodIssue, places: Places): ConfigMistake[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => places.ofKey(issue.path, key, `unknown key ${JSON.stringify(key)}`, meant(key)));
    case 'invalid_type':
      return [
        issue.input === undefined
          ? places.of(issue.path, 'missing', `${article(issue.expected)} is needed here`)
          : places.of(issue.path, `${kindOf(issue.input)} where ${article(issue.expected)} belongs`, ''),
      ];
    case 'invalid_value':
      return [places.of(issue.path, 'not one of the values that are possible here', oneOf(issue.values))];
    case 'invalid_union':
      return invalidUnion(issue, places);
    case 'invalid_key':
      return issue.issues.map(({ message }) => split(issue.path, message, places));
    case 'too_small':
      return [places.of(issue.path, 'too small', `at least ${issue.minimum} is needed`)];
    case 'too_big':
      return [places.of(issue.path, 'too big', `at most ${issue.maximum} is possible`)];
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'not_multiple_of':
      break;
  }
  return [split(issue.path, issue.message, places)];
}

function invalidUnion(issue: z.core.$ZodIssueInvalidUnion, places: Places): ConfigMistake[] {
  if (issue.discriminator !== undefined) {
    return [places.of(issue.path, 'not a kind of instance', "kind is 'nat64' or 'siit'")];
  }
  return [places.of(issue.path, 'not a value that is possible here', 'see docs/config.md')];
}

function split(path: Path, message: string, places: Places): ConfigMistake {
  const [what, ...remedy] = message.split('; ');
  return places.of(path, what ?? message, remedy.join('; '));
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

function kindOf(input: unknown): string {
  if (input === null) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  return typeof input === 'object' ? 'a mapping' : `a ${typeof input}`;
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

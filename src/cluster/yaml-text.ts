import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { ConfigError, type ConfigMistake } from './config-error.ts';
import { MappingLines } from './mapping-lines.ts';

export type Path = readonly PropertyKey[];

/** More aliases than this are treated as an attack (exponential expansion). */
const MAX_ALIASES = 100;

/** Replacements for messages of the parser that are hard to understand. */
const IN_OTHER_WORDS: readonly (readonly [RegExp, what: string, remedy: string])[] = [
  [/multiple documents/, 'a second document begins here', 'the cluster file is one document: remove the line ---'],
  [/call stack/, 'not readable as YAML: it is nested far too deeply', ''],
  [
    /Block collections are not allowed within flow collections/,
    'not readable as YAML: inside braces a text that ends in a colon is taken for a key',
    'put it in quotes, such as "2001:db8::"',
  ],
  [/alias count/i, 'not readable as YAML: its aliases stand for far more than there is', 'write it out'],
];

/** YAML text with the locations of its values. */
export class YamlText {
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #mappings: MappingLines;
  readonly #file: string;

  constructor(text: string, file: string) {
    this.#file = file;
    const mappings = new MappingLines(text);
    const short = parse(mappings.text);
    const found = mappings.find(short.document);
    this.#mappings = found ? mappings : new MappingLines('');
    ({ document: this.#document, lines: this.#lines } = found ? short : parse(text));
  }

  /** The text as plain data. @throws ConfigError if it is not YAML, or cannot be represented as plain data */
  read(): unknown {
    const { errors, warnings } = this.#document;
    const unreadable = [...errors, ...warnings].map(({ pos, message }) => this.#unreadable(pos[0], message));
    if (unreadable.length > 0) throw new ConfigError(unreadable);
    const unfit = this.#unfit();
    if (unfit.length > 0) throw new ConfigError(unfit);
    try {
      const data: unknown = this.#document.toJS({ maxAliasCount: MAX_ALIASES });
      this.#mappings.restore(data);
      return data;
    } catch (error) {
      if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
      throw new ConfigError([this.#unreadable(0, error.message)]);
    }
  }

  /** A mistake at the value of the path, or at its nearest existing parent. */
  of(path: Path, what: string, remedy: string): ConfigMistake {
    const within = this.#mappings.inDocument(path);
    if ('line' in within) return { file: this.#file, ...within, path: textOf(path), what, remedy };
    for (let length = within.length; length >= 0; length--) {
      const node: unknown = this.#document.getIn(within.slice(0, length), true);
      const offset = rangeStart(node);
      if (offset !== undefined) return this.#at(offset, textOf(path), what, remedy);
    }
    return this.#at(0, textOf(path), what, remedy);
  }

  /** A mistake at the key itself instead of its value. */
  ofKey(path: Path, key: string, what: string, remedy: string): ConfigMistake {
    const within = this.#mappings.inDocument(path);
    const holder: unknown = 'line' in within ? undefined : this.#document.getIn(within, true);
    const items = isMap(holder) ? holder.items : [];
    const pair = items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
    const offset = rangeStart(pair?.key);
    return offset === undefined ? this.of(path, what, remedy) : this.#at(offset, textOf([...path, key]), what, remedy);
  }

  /** Keys that plain data would lose, and undefined aliases. */
  #unfit(): ConfigMistake[] {
    const found: ConfigMistake[] = [];
    visit(this.#document, {
      Pair: (_, { key }) => {
        const at = rangeStart(key) ?? 0;
        if (!isScalar(key)) found.push(this.#at(at, '', 'a key that is a list or a mapping', 'a key is a word'));
        else if (key.value === '__proto__') found.push(this.#at(at, '', '__proto__ cannot be a key', 'rename it'));
      },
      Alias: (_, alias) => {
        if (alias.resolve(this.#document) !== undefined) return;
        const what = `the alias *${alias.source} stands for nothing`;
        found.push(this.#at(rangeStart(alias) ?? 0, '', what, `write &${alias.source} before what it is to stand for`));
      },
    });
    return found;
  }

  #unreadable(offset: number, message: string): ConfigMistake {
    const known = IN_OTHER_WORDS.find(([pattern]) => pattern.test(message));
    if (known === undefined) return this.#at(offset, '', `not readable as YAML: ${message}`, '');
    const [, what, remedy] = known;
    return this.#at(offset, '', what, remedy);
  }

  #at(offset: number, path: string, what: string, remedy: string): ConfigMistake {
    const { line, col } = this.#lines.linePos(offset);
    const hidden = this.#mappings.hiddenBefore(offset);
    return { file: this.#file, line: Math.max(1, line) + hidden, column: Math.max(1, col), path, what, remedy };
  }
}

function parse(text: string): { document: Document; lines: LineCounter } {
  const lines = new LineCounter();
  return { document: parseDocument(text, { lineCounter: lines, prettyErrors: false }), lines };
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const range: readonly unknown[] = node.range;
  const [start] = range;
  return typeof start === 'number' ? start : undefined;
}

function textOf(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

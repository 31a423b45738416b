import { type Document, isMap, isScalar, isSeq } from 'yaml';

type Path = readonly PropertyKey[];

/** Shorter runs are left to the parser. */
const SHORTEST_RUN = 1000;

/**
 * Without quotes, only what YAML also parses as text: addresses and prefixes that neither begin nor end with a colon.
 */
const VALUE = '("[0-9a-fA-F.:/]+"|[0-9a-fA-F]+:[0-9a-fA-F.:/]*[0-9a-fA-F]|[0-9]+(?:[.][0-9]+){3}(?:/[0-9]+)?)';
const LINE = new RegExp(`^ *- [{] *(v[46]): ${VALUE}, *(v[46]): ${VALUE} *[}] *$`);

/** Consecutive lines that are items of one list. */
interface Run {
  /** The first line, from 0. */
  readonly from: number;
  readonly items: Readonly<Record<string, string>>[];
  /** Offset of the first item's `{` in the remaining text, and of the end of its line. */
  at: number;
  end: number;
  /** The list of these items, and the index of the first one. */
  list: Path;
  first: number;
}

/** A location in a text, starting at 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Long tables of explicit address mappings inside YAML, one mapping per line. The parser would need seconds for 100,000
 * of them, so only the first line of each run is parsed, and the others are restored afterwards.
 *
 *     eam:
 *       - { v6: "2001:db8::1", v4: 192.0.2.1 }      stays
 *       - { v6: "2001:db8::2", v4: 192.0.2.2 }      is taken out, and all that follow
 */
export class MappingLines {
  /** The remaining text. */
  readonly text: string;
  readonly #lines: readonly string[];
  readonly #runs: readonly Run[];

  constructor(text: string) {
    this.#lines = text.split('\n');
    this.#runs = runsOf(this.#lines);
    const left: string[] = [];
    let length = 0;
    let next = 0;
    for (const run of this.#runs) {
      for (; next <= run.from; next++) {
        const line = this.#lines[next] ?? '';
        run.at = length + line.indexOf('{');
        length += line.length + 1;
        run.end = length;
        left.push(line);
      }
      next = run.from + run.items.length;
    }
    this.text = this.#runs.length === 0 ? text : [...left, ...this.#lines.slice(next)].join('\n');
  }

  /**
   * Locates the lists of the runs. @returns whether each run is in one list; otherwise the lines are something else,
   * and must not be removed
   */
  find(document: Document): boolean {
    const missing = new Map(this.#runs.map((run) => [run.at, run]));
    if (missing.size > 0) findIn(document.contents, [], missing);
    return missing.size === 0;
  }

  /** Restores the removed items in the document's data. */
  restore(data: unknown): void {
    for (const { list, first, items } of this.#runs) {
      const holder = list.reduce<unknown>(
        (value, key) => (isObject(value) ? Reflect.get(value, key) : undefined),
        data,
      );
      if (!Array.isArray(holder)) continue;
      const behind: unknown[] = holder.splice(first + 1);
      for (const item of items.slice(1)) holder.push(item);
      for (const item of behind) holder.push(item);
    }
  }

  /** The path of the same item in the document, or its location if it was removed. */
  inDocument(path: Path): Path | Place {
    let hidden = 0;
    let depth = 0;
    for (const { list, first, items, from } of this.#runs) {
      const index = path[list.length];
      if (typeof index !== 'number' || index <= first || list.some((key, at) => key !== path[at])) continue;
      depth = list.length;
      if (index < first + items.length) return this.#placeOf(from + index - first, path[depth + 1]);
      hidden += items.length - 1;
    }
    return hidden === 0 ? path : path.map((key, at) => (at === depth && typeof key === 'number' ? key - hidden : key));
  }

  /** Number of lines removed before this offset of the remaining text. */
  hiddenBefore(offset: number): number {
    return this.#runs.reduce((sum, { end, items }) => (end <= offset ? sum + items.length - 1 : sum), 0);
  }

  /** Location of a value in an item's line, or of the item. */
  #placeOf(line: number, key: PropertyKey | undefined): Place {
    const text = this.#lines[line] ?? '';
    const name = `${String(key)}: `;
    const at = text.indexOf(name);
    return { line: line + 1, column: 1 + (at < 0 ? text.indexOf('{') : at + name.length) };
  }
}

function runsOf(lines: readonly string[]): Run[] {
  const runs: Run[] = [];
  let run: Run | undefined;
  let indent = 0;
  for (const [index, line] of lines.entries()) {
    const found = LINE.exec(line);
    const place = line.indexOf('-');
    if (found === null || found[1] === found[3]) {
      run = undefined;
      continue;
    }
    if (run === undefined || place !== indent) {
      run = { from: index, items: [], at: 0, end: 0, list: [], first: 0 };
      indent = place;
      runs.push(run);
    }
    const [, oneKey = '', one = '', otherKey = '', other = ''] = found;
    run.items.push({ [oneKey]: unquoted(one), [otherKey]: unquoted(other) });
  }
  return runs.filter(({ items }) => items.length >= SHORTEST_RUN);
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1) : text;
}

function findIn(node: unknown, path: Path, missing: Map<number, Run>): void {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      findIn(value, [...path, isScalar(key) ? String(key.value) : ''], missing);
    }
  } else if (isSeq(node)) {
    let index = 0;
    for (const item of node.items) {
      const start = isMap(item) ? item.range?.[0] : undefined;
      const run = start === undefined ? undefined : missing.get(start);
      if (run === undefined) findIn(item, [...path, index], missing);
      else {
        missing.delete(run.at);
        run.list = path;
        run.first = index;
        index += run.items.length - 1;
      }
      index += 1;
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

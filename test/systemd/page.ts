import { readFileSync } from 'node:fs';

interface Block {
  readonly section: string;
  readonly text: string;
}

/** A page of the documentation as blocks of code, each of which is taken once by whoever follows the page. */
export class Page {
  readonly #blocks: readonly Block[];
  readonly #taken = new Set<Block>();

  constructor(path: string) {
    let section = '';
    const blocks: Block[] = [];
    const source = readFileSync(path, 'utf8');
    for (const [, heading, text] of source.matchAll(/^#+ (.*)$|^```\w*\n([\s\S]*?)^```$/gm)) {
      if (heading !== undefined && text === undefined) section = heading;
      if (text !== undefined) blocks.push({ section, text });
    }
    this.#blocks = blocks;
  }

  /** The next block under a heading that begins with `section`. @throws where there is none that has `mark` */
  take(section: string, mark = ''): string {
    const found = this.#blocks.find((block) => {
      return !this.#taken.has(block) && block.section.startsWith(section) && block.text.includes(mark);
    });
    if (found === undefined) throw new Error(`no further block with "${mark}" under "${section}"`);
    this.#taken.add(found);
    return found.text;
  }

  /** A block that begins with the name of a file, as `take` gives it. */
  file(name: string): string {
    const found = this.#blocks.find(({ text }) => text.startsWith(`# ${name}\n`));
    if (found === undefined) throw new Error(`no block that begins with "# ${name}"`);
    this.#taken.add(found);
    return found.text;
  }

  /** First lines of the blocks that nobody has taken. */
  left(): string[] {
    return this.#blocks.filter((block) => !this.#taken.has(block)).map(({ text }) => text.split('\n')[0] ?? '');
  }
}

import { stdout } from 'node:process';

/** Output of the demo: plain lines, with colours on a terminal. */
export class Screen {
  readonly #colour: boolean;
  readonly #write: (text: string) => void;
  #step = 0;
  #title = 'before the first';

  constructor(write: (text: string) => void = (text) => void stdout.write(text), colour = wantsColour()) {
    this.#write = write;
    this.#colour = colour;
  }

  /** The current step. */
  get current(): string {
    return `${this.#step} (${this.#title})`;
  }

  /** Starts a numbered step. */
  step(title: string): void {
    this.#step++;
    this.#title = title;
    this.#write(`\n${this.#paint('1', `${this.#step}. ${title}`)}\n`);
  }

  line(text = ''): void {
    this.#write(`${text}\n`);
  }

  /** Output of a lab program. */
  quote(text: string): void {
    for (const line of text.trimEnd().split('\n')) this.#write(`   ${this.#paint('2', '│')} ${line}\n`);
  }

  command(machine: string, text: string): void {
    this.#write(`   ${this.#paint('36', `${machine}#`)} ${text}\n`);
  }

  good(text: string): void {
    this.#write(`   ${this.#paint('32', '✓')} ${text}\n`);
  }

  bad(text: string): void {
    this.#write(`   ${this.#paint('31', '✗')} ${text}\n`);
  }

  note(text: string): void {
    this.#write(`   · ${text}\n`);
  }

  /** Rows of a name and a value, in columns; the mark shows whether the value is as expected. */
  table(rows: ReadonlyArray<{ readonly name: string; readonly value: string; readonly ok?: boolean }>): void {
    const width = Math.max(...rows.map(({ name }) => name.length));
    for (const { name, value, ok } of rows) {
      const mark = ok === undefined ? ' ' : ok ? this.#paint('32', '✓') : this.#paint('31', '✗');
      this.#write(`   ${mark} ${name.padEnd(width)}  ${value}\n`);
    }
  }

  #paint(code: string, text: string): string {
    return this.#colour ? `\u001B[${code}m${text}\u001B[0m` : text;
  }
}

function wantsColour(): boolean {
  return stdout.isTTY && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb';
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

export function milliseconds(ms: number): string {
  return `${Math.round(ms)} ms`;
}

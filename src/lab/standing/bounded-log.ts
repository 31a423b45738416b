import { appendFileSync, renameSync, statSync } from 'node:fs';

/**
 * Lines in a file of limited size: at the limit it is renamed to FILE.1, replacing the previous one, and a new file is
 * started. So between `limitBytes` and twice that are kept.
 */
export class BoundedLog {
  readonly #file: string;
  readonly #limitBytes: number;
  readonly #onLost: (reason: string) => void;
  #bytes: number;
  #lost = 0;

  /** @param onLost called with the reason at the first line that could not be written */
  constructor(file: string, limitBytes: number, onLost: (reason: string) => void) {
    this.#file = file;
    this.#limitBytes = limitBytes;
    this.#onLost = onLost;
    this.#bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Lines that could not be written. */
  get lost(): number {
    return this.#lost;
  }

  write(line: string): void {
    const text = `${line}\n`;
    const bytes = Buffer.byteLength(text);
    try {
      if (this.#bytes > 0 && this.#bytes + bytes > this.#limitBytes) {
        renameSync(this.#file, `${this.#file}.1`);
        this.#bytes = 0;
      }
      appendFileSync(this.#file, text);
      this.#bytes += bytes;
    } catch (error) {
      this.#lost += 1;
      if (this.#lost === 1) this.#onLost(error instanceof Error ? error.message : String(error));
    }
  }
}

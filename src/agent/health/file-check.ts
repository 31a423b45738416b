import type { CheckStatus } from '../control/messages.ts';
import type { BackgroundCheck } from './check.ts';

/** Whether the agent's files can be written. A node whose disk is full or stalls continues to serve. */
export class FileCheck implements BackgroundCheck {
  readonly shared = false;
  readonly known = true;
  readonly pending = false;
  readonly lastFailed = false;
  readonly #files: { readonly problem: string };

  constructor(files: { readonly problem: string }) {
    this.#files = files;
  }

  get latest(): CheckStatus {
    const { problem } = this.#files;
    const text = problem === '' ? 'the disk takes what the agent stores' : problem;
    const ok = problem === '';
    return { name: 'state files', ok, result: ok ? 'ok' : 'failed', effect: 'degrade', text };
  }

  async start(): Promise<void> {
    // Passive: it has no probe of its own.
  }

  async stop(): Promise<void> {
    // Passive, as above.
  }
}

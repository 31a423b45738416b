import type { GuardStatus } from '../../frr/guard/keeper.ts';
import type { CheckStatus } from '../control/messages.ts';
import type { BackgroundCheck } from './check.ts';

/**
 * Whether the guard runs, holds the latest orders and reaches FRR. Without a guard the node serves on, less safely.
 */
export class GuardCheck implements BackgroundCheck {
  readonly shared = false;
  readonly known = true;
  readonly pending = false;
  readonly lastFailed = false;
  readonly #guard: { guardStatus(): GuardStatus | undefined };

  constructor(guard: { guardStatus(): GuardStatus | undefined }) {
    this.#guard = guard;
  }

  get latest(): CheckStatus {
    const status = this.#guard.guardStatus();
    const problem = status?.problem ?? '';
    const fine = status === undefined ? 'nothing to withdraw' : `process ${status.pid} is ready to withdraw`;
    const ok = problem === '';
    return { name: 'guard', ok, result: ok ? 'ok' : 'failed', effect: 'degrade', text: ok ? fine : problem };
  }

  async start(): Promise<void> {
    // It is asked for its status; it looks at nothing by itself.
  }

  async stop(): Promise<void> {
    // As above.
  }
}

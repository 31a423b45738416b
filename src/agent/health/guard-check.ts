import type { GuardStatus } from '../../frr/guard/keeper.ts';
import type { CheckStatus } from '../control/messages.ts';
import type { BackgroundCheck } from './check.ts';

/**
 * Whether the guard runs, has its latest orders and is connected to FRR. Without a guard the node continues to serve,
 * less safely.
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
    // Passive: it has no probe of its own.
  }

  async stop(): Promise<void> {
    // Passive, as above.
  }
}

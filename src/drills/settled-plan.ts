import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterAccess } from './cluster-access.ts';
import type { Drill } from './drill-file.ts';
import { type Consent, type Plan, planDrill } from './plan.ts';
import { ratesBetween, sampleOf } from './samples.ts';

/** Time over which packets are counted to find the node that carries the traffic. */
const RATE_MS = 1000;
/** Waiting time after which a message is printed. */
const SAID_MS = 3000;

export interface Patience {
  /** Maximum time to wait; 0: no waiting. Milliseconds. */
  readonly waitMs: number;
  /** Aborts the wait. */
  readonly interrupted: AbortSignal;
  /** Called once with what is being waited for. */
  readonly onWait: (refusals: readonly string[]) => void;
}

/**
 * Plans a drill according to the current traffic. After another drill the traffic may be returning, or a check not
 * repeated yet: temporary refusals are waited for.
 */
export async function settledPlan(
  drill: Drill,
  cluster: Pick<ClusterAccess, 'views'>,
  consent: Consent,
  { waitMs, interrupted, onWait }: Patience,
): Promise<Plan> {
  const begunMs = Date.now();
  let said = false;
  for (;;) {
    const before = sampleOf(Date.now(), await cluster.views(), undefined);
    await delay(RATE_MS);
    const views = await cluster.views();
    const carried = ratesBetween(before, sampleOf(Date.now(), views, before));
    const plan = planDrill(drill, views, carried, consent);
    const waitedMs = Date.now() - begunMs;
    if (plan.refusals.length === 0 || plan.lasting || waitedMs >= waitMs || interrupted.aborted) return plan;
    if (!said && waitedMs >= SAID_MS) onWait(plan.refusals);
    said ||= waitedMs >= SAID_MS;
  }
}

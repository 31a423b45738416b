import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterAccess } from './cluster-access.ts';
import type { Drill } from './drill-file.ts';
import { type Consent, type Plan, planDrill } from './plan.ts';
import { ratesBetween, sampleOf } from './samples.ts';

/** Over so long it is counted which node carries the traffic. */
const RATE_MS = 1000;
/** What has not passed after so long is worth a line. */
const SAID_MS = 3000;

export interface Patience {
  /** At most so long; 0: the first answer counts. Milliseconds. */
  readonly waitMs: number;
  /** Nothing is waited for any more. */
  readonly interrupted: AbortSignal;
  /** Is told once what is waited for. */
  readonly onWait: (refusals: readonly string[]) => void;
}

/**
 * Plans a drill by what the cluster carries now. After another drill the traffic may be on its way back, or a check not
 * repeated yet: what may pass by itself is waited for.
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

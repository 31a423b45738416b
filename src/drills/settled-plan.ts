import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterAccess } from './cluster-access.ts';
import type { Drill } from './drill-file.ts';
import { type Consent, type Plan, planDrill } from './plan.ts';
import { ratesBetween, sampleOf } from './samples.ts';

/** Over so long it is counted which node carries the traffic. */
const RATE_MS = 1000;

/**
 * Plans a drill by what the cluster carries now. After another drill the traffic may be on its way back, or a check not
 * repeated yet: what may pass by itself is waited for.
 * @param waitMs at most; 0: the first answer counts
 */
export async function settledPlan(
  drill: Drill,
  cluster: Pick<ClusterAccess, 'views'>,
  consent: Consent,
  waitMs: number,
): Promise<Plan> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const before = sampleOf(Date.now(), await cluster.views(), undefined);
    await delay(RATE_MS);
    const views = await cluster.views();
    const carried = ratesBetween(before, sampleOf(Date.now(), views, before));
    const plan = planDrill(drill, views, carried, consent);
    if (plan.refusals.length === 0 || plan.lasting || Date.now() >= deadline) return plan;
  }
}

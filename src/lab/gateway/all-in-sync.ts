import type { Screen } from '../screen.ts';
import { type GatewayAgent, inSyncWith } from './agent.ts';
import { waitFor } from '../world/wait.ts';

/**
 * Waits until every node has verified replicas of every other node's sessions. @throws WaitTimeout with the differences
 */
export async function untilAllInSync(agents: readonly GatewayAgent[], timeoutMs: number): Promise<void> {
  const pairs = agents.flatMap((agent) =>
    agents.filter((other) => other !== agent).map((other) => [agent, other] as const),
  );
  await waitFor(
    'all nodes to be in sync with each other',
    async () => {
      for (const [agent, other] of pairs) {
        const status = await agent.status();
        if (status === undefined || !inSyncWith(status, other.node)) return false;
      }
      return true;
    },
    { timeoutMs, everyMs: 200, diagnose: () => syncStates(agents) },
  );
}

async function syncStates(agents: readonly GatewayAgent[]): Promise<string> {
  const statuses = await Promise.all(agents.map((agent) => agent.status()));
  return statuses
    .flatMap((status) =>
      (status?.nodes ?? [])
        .filter(({ self }) => !self)
        .flatMap(({ name, instances }) =>
          instances.map(
            (one) =>
              `${status?.node ?? '?'} of ${name}, ${one.name}: ${one.sync}, holds ${one.heldHere} of ${one.ownSessions}`,
          ),
        ),
    )
    .join('\n');
}

/** As `untilAllInSync`, but differences are only printed. @returns whether they are in sync */
export async function areAllInSync(agents: readonly GatewayAgent[], screen: Screen): Promise<boolean> {
  try {
    await untilAllInSync(agents, 30_000);
    return true;
  } catch (error) {
    screen.bad(error instanceof Error ? error.message : String(error));
    return false;
  }
}

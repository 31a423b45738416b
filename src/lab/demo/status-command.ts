import { z } from 'zod';
import type { GatewayAgent } from '../gateway/agent.ts';

/** The fields of `isthmus status --json` used by the demo. */
const counted = z.object({
  instances: z.array(z.object({ sessions: z.number(), ownSessions: z.number() })),
  replication: z.object({ duplicatesDropped: z.number() }),
});

export type CountedStatus = z.infer<typeof counted>;

/** Runs `isthmus status --json` on the agent's machine, as an operator would. */
export async function statusAsSeenBy(agent: GatewayAgent): Promise<CountedStatus> {
  const { stdout, stderr } = await agent.isthmus(['status', '--json']);
  try {
    return counted.parse(JSON.parse(stdout));
  } catch (error) {
    throw new Error(
      `isthmus status --json on ${agent.node} wrote something else than was expected:\n${stdout}${stderr}`,
      { cause: error },
    );
  }
}

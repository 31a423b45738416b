import type { GatewayAgent } from '../../gateway/agent.ts';

/**
 * Log messages of an agent whose node leaves `active`, and of a guard that withdraws: the agent may be dead by then.
 */
const WORDS = [/"msg":"active → \w+/, /isthmus guard: (?!.*NOT withdrawn).*withdrawn/];

/**
 * Counts how often nodes have stopped announcing, from two sources, because either may fail in a drill: log lines of
 * agent and guard, and the agent's events.
 */
export class Withdrawals {
  readonly #lines = new Map<string, string[]>();
  readonly #reasons = new Set<string>();
  readonly #sinceMs = Date.now();

  /** Follows an agent's current process. */
  follow({ node, process }: GatewayAgent): void {
    const lines = this.#lines.get(node) ?? [];
    this.#lines.set(node, lines);
    process.onLine((line) => {
      if (!WORDS.some((word) => word.test(line))) return;
      lines.push(line);
      this.#reasons.add(`${node}: ${line}`);
    });
  }

  /** Total over all nodes since construction. */
  async count(agents: readonly GatewayAgent[]): Promise<number> {
    const counts = await Promise.all(agents.map(async (agent) => this.#countOf(agent)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Reasons given by agents and guards. */
  get reasons(): readonly string[] {
    return [...this.#reasons];
  }

  async #countOf(agent: GatewayAgent): Promise<number> {
    const left = (await agent.events()).filter(
      ({ time, subject, name, from }) =>
        time >= this.#sinceMs && subject === 'node' && name === agent.node && from === 'active',
    );
    for (const { time, reason } of left) this.#reasons.add(`${new Date(time).toISOString()} ${agent.node}: ${reason}`);
    return Math.max(left.length, this.#lines.get(agent.node)?.length ?? 0);
  }
}

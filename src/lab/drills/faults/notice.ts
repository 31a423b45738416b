import type { FaultStage } from './stage.ts';

/** The first report of a fault: by the guard, the agent, or neither, so that it was the router. */
export interface Notice {
  /** @param begunMs when the fault was made, ms since the epoch */
  describe(begunMs: number): string;
}

/** A line of the agent's log about leaving a state: the message is `active → failed`. */
const LEAVES = /"msg":"\w+ → (failed|withdrawn|draining)"/;

/** Watches the output of the gateway's guard and agent: an agent that has ended can no longer be queried for events. */
export function firstNotice({ agent, bfdDetectionMs }: FaultStage): Notice {
  const lines: { readonly at: number; readonly text: string }[] = [];
  agent.process.onLine((line) => {
    const at = Date.now();
    const guard = /isthmus guard: (.*(?:withdrawn|ended).*)$/.exec(line)?.[1];
    if (guard !== undefined) lines.push({ at, text: `guard: ${guard}` });
    const state = LEAVES.exec(line)?.[1];
    const reason = /"reason":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? '';
    if (state !== undefined) lines.push({ at, text: `${agent.node} is ${state}: ${reason}` });
  });
  return {
    describe: (begunMs) => {
      const [first] = lines;
      if (first === undefined) return `by the router alone, whose BFD waits ${bfdDetectionMs} ms`;
      return `after ${Math.round(first.at - begunMs)} ms; ${first.text}`;
    },
  };
}

import type { FaultStage } from './stage.ts';

/** What first told of a fault: the guard, a check of the agent, or nothing on the gateway, so that it was the router. */
export interface Notice {
  /** @param begunMs when the fault was made, ms since the epoch */
  describe(begunMs: number): Promise<string>;
}

/** Watches the gateway's guard and agent from now on. */
export function firstNotice({ agent, bfdDetectionMs }: FaultStage): Notice {
  const lines: { readonly at: number; readonly text: string }[] = [];
  agent.process.onLine((line) => {
    const found = /isthmus guard: (.*(?:withdrawn|ended).*)$/.exec(line);
    if (found !== null) lines.push({ at: Date.now(), text: `guard: ${found[1] ?? ''}` });
  });
  return {
    describe: async (begunMs) => {
      const events = await agent.events();
      const own = events
        .filter(({ subject, name, time }) => subject === 'node' && name === agent.node && time >= begunMs)
        .map(({ time, to, reason }) => ({ at: time, text: `${agent.node} is ${to}: ${reason}` }));
      const first = [...lines, ...own].toSorted((one, two) => one.at - two.at)[0];
      if (first === undefined) return `by the router alone, whose BFD waits ${bfdDetectionMs} ms`;
      return `after ${Math.round(first.at - begunMs)} ms; ${first.text}`;
    },
  };
}

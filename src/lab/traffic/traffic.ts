import { join } from 'node:path';
import { DIST } from '../programs.ts';
import type { LabProcess } from '../world/lab-process.ts';
import type { Machine } from '../world/machine.ts';
import { waitFor } from '../world/wait.ts';
import { type TrafficEvent, trafficEvent } from './events.ts';

type EventOf<K extends TrafficEvent['event']> = Extract<TrafficEvent, { event: K }>;

/** A traffic program of this folder on one of the machines, and its events. */
export class TrafficProgram {
  readonly process: LabProcess;
  readonly #events: TrafficEvent[] = [];

  constructor(
    machine: Machine,
    program:
      | 'server'
      | 'download'
      | 'sessions'
      | 'churn'
      | 'swarm'
      | 'impair'
      | 'stream'
      | 'fill'
      | 'first-answers'
      | 'steady'
      | 'flood'
      | 'epochs'
      | 'pipeline',
    args: readonly string[] = [],
  ) {
    const script = join(DIST, 'lab', 'traffic', `${program}-main.js`);
    this.process = machine.start(program, [process.execPath, script, ...args]);
    this.process.onLine((line) => {
      if (!line.startsWith('{')) return; // a warning or a stack trace, kept in the tail
      this.#events.push(trafficEvent.parse(JSON.parse(line)));
    });
  }

  send(line: string): void {
    this.process.writeLine(line);
  }

  latest<K extends TrafficEvent['event']>(kind: K): EventOf<K> | undefined {
    return this.#events.findLast((event): event is EventOf<K> => event.event === kind);
  }

  count(kind: TrafficEvent['event']): number {
    return this.#events.filter(({ event }) => event === kind).length;
  }

  /** Waits for the next event of a kind, beyond the first `seen` of them. */
  async next<K extends TrafficEvent['event']>(kind: K, timeoutMs: number, seen = 0): Promise<EventOf<K>> {
    return waitFor(
      `${this.process.name}: "${kind}"`,
      () => {
        if (this.count(kind) > seen) return this.latest(kind);
        if (!this.process.running) throw new Error(`${this.process.name} ended:\n${this.process.tail()}`);
        return undefined;
      },
      { timeoutMs, everyMs: 5, diagnose: () => this.process.tail(5) },
    );
  }
}

/** Tests every connection and flow of a `sessions` program once. */
export async function checkFlows(sessions: TrafficProgram, withinMs: number): Promise<EventOf<'checked'>> {
  const seen = sessions.count('checked');
  sessions.send(`check ${withinMs}`);
  return sessions.next('checked', withinMs + 5_000, seen);
}

/** Makes a `fill` program send a packet for each of this number of sessions. */
export async function filled(fill: TrafficProgram, count: number, pps: number): Promise<EventOf<'filled'>> {
  const seen = fill.count('filled');
  fill.send(JSON.stringify({ first: 0, count, pps }));
  return fill.next('filled', 10_000 + (20_000 * count) / pps, seen);
}

/** Number of packets sent by a `flood` or `epochs` program. */
export async function flooded(program: TrafficProgram): Promise<EventOf<'flooded'>> {
  const seen = program.count('flooded');
  program.send('flooded');
  return program.next('flooded', 20_000, seen);
}

/** Answer times of a `first-answers` program. */
export async function firstAnswers(program: TrafficProgram): Promise<EventOf<'firsts'>> {
  const seen = program.count('firsts');
  program.send('firsts');
  return program.next('firsts', 20_000, seen);
}

/** Allocations seen by the server. */
export async function seenAllocations(server: TrafficProgram): Promise<EventOf<'allocations'>> {
  const seen = server.count('allocations');
  server.send('allocations');
  return server.next('allocations', 5_000, seen);
}

/** Results of a `churn` program. */
export async function churned(churn: TrafficProgram): Promise<EventOf<'churned'>> {
  const seen = churn.count('churned');
  churn.send('churned');
  return churn.next('churned', 5_000, seen);
}

/** Results of a `stream` program since its mark. */
export async function streamed(stream: TrafficProgram): Promise<EventOf<'streamed'>> {
  const seen = stream.count('streamed');
  stream.send('account');
  return stream.next('streamed', 15_000, seen);
}

import { spawn } from 'node:child_process';
import type { Coordinator } from '../../cluster/coordinator/coordinator.ts';
import type { FrrDaemon } from '../../frr/daemon-shell.ts';
import { daemonEnder, pathspaceOf } from '../../frr/daemon-process.ts';
import type { Upstreams } from '../../frr/upstreams.ts';
import { runningProcesses } from '../../linux/processes.ts';
import type { Outcome } from '../control/messages.ts';
import { type NodeFaultsWorld, notHere } from '../drills/node-faults.ts';
import type { Agent } from './agent.ts';
import type { LiveInstance } from './live-instance.ts';

/** The node's time of day, which a drill can step. */
export class TimeOfDay {
  #offsetMs = 0;

  /** Milliseconds since 1970. */
  readonly now = (): number => Date.now() + this.#offsetMs;

  /** @param offsetMs from the machine's clock */
  step(offsetMs: number): void {
    this.#offsetMs = offsetMs;
  }
}

/** The parts of a running node used by drills. */
interface Parts {
  readonly node: string;
  readonly cuts: NodeFaultsWorld['cuts'];
  readonly agent: Pick<Agent, 'drain' | 'undrain'>;
  readonly live: readonly LiveInstance[];
  readonly coordinator: Coordinator;
  readonly timeOfDay: TimeOfDay;
  readonly upstreams: Pick<Upstreams, 'options'>;
  readonly fatal: (reason: string) => void;
}

export function faultsOf({
  node,
  cuts,
  agent,
  live,
  coordinator,
  timeOfDay,
  upstreams,
  fatal,
}: Parts): NodeFaultsWorld {
  return {
    node,
    cuts,
    // Not stored, because it must end with the agent.
    drain: (reason) => agent.drain(reason, false, false),
    undrain: () => agent.undrain(),
    end: (how, reason) => {
      if (how === 'kill') process.kill(process.pid, 'SIGKILL');
      else fatal(reason);
    },
    // Set by systemd (systemd.exec(5)).
    supervised: process.env['INVOCATION_ID'] !== undefined,
    hang: stopForAWhile,
    crashWorker: () => {
      const running = live.find((instance) => instance.summary().state === 'running');
      running?.crash();
      return running?.name;
    },
    loseChanges: (lose) => {
      const replicas = live.filter(({ kind }) => kind === 'nat64');
      for (const instance of replicas) instance.loseChanges(lose);
      return replicas.length > 0;
    },
    setClock: (offsetMs) => timeOfDay.step(offsetMs),
    cutCoordinator: (cut) => {
      coordinator.setCut?.(cut);
      return coordinator.setCut !== undefined;
    },
    endDaemon: (daemon) => endWatchedDaemon(node, daemon, upstreams.options),
  };
}

/** A separate process continues this one, which cannot do so itself while stopped. */
function stopForAWhile(ms: number): void {
  const script = 'kill -STOP "$1"; sleep "$2"; kill -CONT "$1"';
  const argv = ['-c', script, 'isthmus-drill', String(process.pid), String(ms / 1000)];
  spawn('/bin/sh', argv, { detached: true, stdio: 'ignore' }).unref();
}

const DAEMONS: ReadonlySet<string> = new Set(['zebra', 'bfdd', 'bgpd'] satisfies readonly FrrDaemon[]);

function isDaemon(name: string): name is FrrDaemon {
  return DAEMONS.has(name);
}

/** Only if FRR's watchfrr restarts it. */
async function endWatchedDaemon(node: string, daemon: string, upstreams: Upstreams['options']): Promise<Outcome> {
  if (!isDaemon(daemon))
    return notHere(`${JSON.stringify(daemon)} is no daemon of FRR; it is one of zebra, bfdd, bgpd`);
  const place = upstreams[0]?.frr;
  if (place === undefined) return notHere(`${node} has no upstream`);
  const watchers = (await runningProcesses()).filter(({ name }) => name === 'watchfrr');
  if (!watchers.some((watcher) => pathspaceOf(watcher) === place.pathspace)) {
    return notHere(`watchfrr does not run on ${node}: nothing starts ${daemon} again`);
  }
  const ended = await daemonEnder(daemon, place)();
  const text = ended ? `${daemon} of ${node} is ended` : `${daemon} does not run on ${node}`;
  return { done: ended, code: ended ? 'drill-step' : 'not-allowed', text };
}

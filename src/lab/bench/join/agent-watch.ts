import { readFileSync } from 'node:fs';
import type { GatewayAgent } from '../../gateway/agent.ts';
import { pause } from '../../world/wait.ts';
import { HTTP } from './join-site.ts';

const POLL_MS = 100;
/** Metric of Node.js: maximum lateness of the main loop's timers since the last scrape. */
const LAG = /^nodejs_eventloop_lag_max_seconds (\S+)$/m;
const MEBIBYTE_KB = 1024;
/** Clock ticks per second in user space (USER_HZ). */
const TICKS = 100;

/** Worst values observed of an agent. */
export interface Watched {
  /** Resident memory, MiB. */
  readonly residentMiB: number;
  /** Maximum lateness of its main loop, ms. */
  readonly mainLoopMs: number;
  /** Maximum observed age of its worker's heartbeat, ms. */
  readonly workerMs: number;
  /** CPU time of all its threads in the observation time. */
  readonly cpuSeconds: number;
}

/** Observes an agent. */
export class AgentWatch {
  readonly #agent: GatewayAgent;
  readonly #running: Promise<void>;
  #stopped = false;
  #residentKb = 0;
  #workerMs = 0;
  #cpuBegin: number | undefined;
  #cpuEnd = 0;

  private constructor(agent: GatewayAgent) {
    this.#agent = agent;
    this.#running = this.#run();
  }

  /** Observes a running agent. Earlier lateness of its main loop is discarded. */
  static async ofRunning(agent: GatewayAgent): Promise<AgentWatch> {
    await mainLoopLag(agent);
    return new AgentWatch(agent);
  }

  /** Observes an agent from its start. */
  static ofStarted(agent: GatewayAgent): AgentWatch {
    return new AgentWatch(agent);
  }

  async stop(): Promise<Watched> {
    this.#stopped = true;
    await this.#running;
    const mainLoopMs = await mainLoopLag(this.#agent);
    const cpuSeconds = this.#cpuEnd - (this.#cpuBegin ?? this.#cpuEnd);
    return { residentMiB: this.#residentKb / MEBIBYTE_KB, mainLoopMs, workerMs: this.#workerMs, cpuSeconds };
  }

  async #run(): Promise<void> {
    const pid = await this.#agent.process.hostPid();
    while (!this.#stopped) {
      const text = readFileSync(`/proc/${pid}/status`, 'utf8');
      this.#residentKb = Math.max(this.#residentKb, Number(/^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0));
      this.#cpuEnd = cpuSeconds(pid);
      this.#cpuBegin ??= this.#cpuEnd;
      const ages = (await this.#agent.status())?.instances.map(({ heartbeatAgeMs }) => heartbeatAgeMs) ?? [];
      this.#workerMs = Math.max(this.#workerMs, ...ages);
      await pause(POLL_MS);
    }
  }
}

/** utime and stime (proc_pid_stat(5)), which follow the name in parentheses. */
function cpuSeconds(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

async function mainLoopLag({ machine }: GatewayAgent): Promise<number> {
  const { stdout } = await machine.run(['curl', '-sg', `http://${HTTP}/metrics`]);
  return 1000 * Number(LAG.exec(stdout)?.[1] ?? Number.NaN);
}

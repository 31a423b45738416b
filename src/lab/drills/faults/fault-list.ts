import { join } from 'node:path';
import type { StatusReply } from '../../../agent/control/messages.ts';
import type { GatewayAgent } from '../../gateway/agent.ts';
import { DIST } from '../../programs.ts';
import { DATA_PLANE, POOL6 } from '../../topology/site.ts';
import type { Allowance } from './result.ts';
import type { FaultStage } from './stage.ts';

export interface Fault {
  readonly name: string;
  /** Description of the fault. */
  readonly done: string;
  readonly allowed: Allowance;
  /** The same node must carry the traffic afterwards; otherwise the other one. */
  readonly stays?: true;
  /** Returns when it occurred, ms since the epoch, if that is later than the call. */
  make(stage: FaultStage): Promise<number | void>;
}

/** Faults of gw1, which carries the traffic. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'agent-sigkill',
    done: 'kill -9 of the agent',
    allowed: 'at-once',
    make: ({ agent }) => agent.process.signal('SIGKILL'),
  },
  {
    name: 'agent-sigstop',
    done: 'kill -STOP of the agent: every thread of it stands still',
    allowed: 'at-once',
    make: ({ agent }) => agent.process.signal('SIGSTOP'),
  },
  {
    name: 'worker-crash',
    done: 'an exception in the thread that translates',
    allowed: 'at-once',
    make: (stage) =>
      inAgent(stage, 'dataplane/worker-main', 'performance.now = () => { throw new Error("a fault of the drill") }'),
  },
  {
    name: 'event-loop-blocked',
    done: "the agent's main thread runs an endless loop",
    allowed: 'at-once',
    make: (stage) => inAgent(stage, 'main', 'for (;;);'),
  },
  {
    name: 'memory-limit',
    done: 'the agent may take no more memory from the kernel (prlimit --data), and asks for more and more',
    allowed: 'at-once',
    make: exhaustMemory,
  },
  {
    name: 'bfdd-killed',
    done: 'kill -9 of bfdd',
    allowed: 'detection',
    make: ({ gateway }) => daemonOf(gateway.frr.processes.get('bfdd')).signal('SIGKILL'),
  },
  {
    name: 'zebra-killed',
    done: 'kill -9 of zebra',
    allowed: 'detection',
    make: ({ gateway }) => daemonOf(gateway.frr.processes.get('zebra')).signal('SIGKILL'),
  },
  {
    name: 'vty-socket-dead',
    done: "bfdd's VTY socket is gone",
    allowed: 'detection',
    make: async ({ gateway }) => {
      await gateway.machine.run(['rm', `/run/frr/${DATA_PLANE}/bfdd.vty`]);
    },
  },
  {
    name: 'tun-deleted',
    done: "ip link delete of the instance's TUN",
    allowed: 'any',
    make: async ({ gateway }) => {
      await gateway.machine.ip([`link delete ${await tunOf(gateway)}`], { namespace: DATA_PLANE });
    },
  },
  {
    name: 'route-deleted',
    done: `ip -6 route delete ${POOL6}`,
    allowed: 'any',
    make: async ({ gateway }) => {
      await gateway.machine.run(['ip', '-6', 'route', 'delete', POOL6], { namespace: DATA_PLANE });
    },
  },
  {
    name: 'uplink-carrier-lost',
    done: 'the cable between the router and gw1 is pulled',
    allowed: 'detection',
    make: ({ site, gateway }) => site.router.ip([`link set ${gateway.path.interface} down`]),
  },
  {
    name: 'upstream-unreachable',
    done: 'the router passes nothing on any more from gw1 to the IPv4 internet; BFD goes on',
    allowed: 'any',
    make: isolate,
  },
  {
    name: 'guard-killed',
    done: 'kill -9 of the guard',
    allowed: 'nothing',
    stays: true,
    make: killGuard,
  },
  {
    name: 'drain',
    done: 'isthmus drain',
    allowed: 'nothing',
    make: async ({ agent }) => {
      const { code, stdout, stderr } = await agent.isthmus(['drain', '--reason', 'the drill']);
      if (code !== 0) throw new Error(`isthmus drain was refused: ${stdout}${stderr}`);
    },
  },
];

const INSPECTOR_PORT = 9229;

/**
 * Opens the agent's inspector by Node.js' signal (SIGUSR1) and runs an expression in one of its threads. @returns when,
 * ms since the epoch
 */
async function inAgent({ agent }: FaultStage, thread: string, expression: string): Promise<number> {
  await agent.process.signal('SIGUSR1');
  await agent.process.waitForLine(/Debugger listening on /, 5_000);
  const script = join(DIST, 'lab', 'gateway', 'debugger-main.js');
  const { stdout } = await agent.machine.run([process.execPath, script, String(INSPECTOR_PORT), thread, expression]);
  return Number(/^done at (\d+)$/m.exec(stdout)?.[1]);
}

/** The limit is set last, because the inspector needs memory too. */
async function exhaustMemory(stage: FaultStage): Promise<number> {
  const pid = await stage.agent.process.hostPid();
  const grow = 'globalThis.hog = []; setInterval(() => hog.push(new Array(1e5).fill({})), 1)';
  await inAgent(stage, 'main', grow);
  const begun = Date.now();
  await stage.site.world.run(['prlimit', '--pid', String(pid), '--data=1']);
  return begun;
}

/** Kills the guard, and waits until the agent has started another one and reports it ready. */
async function killGuard({ agent }: FaultStage): Promise<void> {
  const pid = await guardPid(agent);
  await agent.machine.run(['kill', '-KILL', String(pid)]);
  await agent.until('to have another guard', (status) => ![undefined, pid].includes(readyGuard(status)), 10_000);
}

async function guardPid(agent: GatewayAgent): Promise<number> {
  const pid = readyGuard(await agent.until('to have a guard', (status) => readyGuard(status) !== undefined, 5_000));
  if (pid === undefined) throw new Error('the agent has no guard');
  return pid;
}

/** The guard's process, once it is ready to withdraw. */
function readyGuard({ checks }: StatusReply): number | undefined {
  const text = checks.find(({ name, ok }) => name === 'guard' && ok)?.text;
  const found = /^process (\d+) is ready/.exec(text ?? '');
  return found === null ? undefined : Number(found[1]);
}

/**
 * The router drops packets from gw1 to IPv4 hosts behind it. Packets to the router itself, such as BFD, are matched
 * before any rule (table `local`).
 */
async function isolate({ site, gateway }: FaultStage): Promise<void> {
  await site.router.ip([`rule add pref 1 iif ${gateway.path.interface} blackhole`]);
}

async function tunOf({ machine }: FaultStage['gateway']): Promise<string> {
  const { stdout } = await machine.run(['ip', '-6', 'route', 'show', POOL6], { namespace: DATA_PLANE });
  const name = / dev (\S+)/.exec(stdout)?.[1];
  if (name === undefined) throw new Error(`no route to ${POOL6} on ${machine.name}: ${stdout}`);
  return name;
}

function daemonOf<T>(process: T | undefined): T {
  if (process === undefined) throw new Error('FRR does not run');
  return process;
}

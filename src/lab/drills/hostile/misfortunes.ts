import { readFile } from 'node:fs/promises';
import type { CheckStatus } from '../../../agent/control/messages.ts';
import { type GatewayAgent, ownState } from '../../gateway/agent.ts';
import { DATA_PLANE, SERVER4 } from '../../topology/site.ts';
import { TrafficProgram } from '../../traffic/traffic.ts';
import type { Machine } from '../../world/machine.ts';
import { pause } from '../../world/wait.ts';
import { type Attack, CALM, type Finding } from './attack.ts';
import { type HostileStage, LARGE_POOL4, untilActive } from './stage.ts';

const WITHIN_MS = 30_000;
/** Limit stated in docs/failures.md; systemd's own is longer. */
const END_WITHIN_MS = 15_000;
const MIB = 1024 * 1024;

export const [HTTP_HOST, HTTP_PORT] = ['127.0.0.1', '9464'];
const HTTP_GROWTH = 150 * MIB;

/** Resident memory of an agent, bytes. */
export async function residentBytes(agent: GatewayAgent): Promise<number> {
  const status = await readFile(`/proc/${await agent.process.hostPid()}/status`, 'utf8');
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** CPU time used by an agent, seconds. */
async function processorSeconds(agent: GatewayAgent): Promise<number> {
  const stat = await readFile(`/proc/${await agent.process.hostPid()}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100; // utime and stime, USER_HZ (proc(5))
}

async function http({ one }: HostileStage): Promise<Finding> {
  const before = await residentBytes(one);
  const args = [HTTP_HOST, HTTP_PORT, '8', '3000'];
  const program = new TrafficProgram(one.machine, 'pipeline', args);
  await program.next('ready', WITHIN_MS);
  let most = before;
  const until = performance.now() + 10_000;
  while (performance.now() < until) {
    most = Math.max(most, await residentBytes(one));
    await pause(200);
  }
  await program.process.stop();
  const grown = most - before;
  return { found: `the agent grew by ${Math.round(grown / MIB)} MB`, asStated: grown < HTTP_GROWTH };
}

/** Triggers some events. */
async function makeEvents(agent: GatewayAgent): Promise<void> {
  for (const state of ['down', 'up', 'down', 'up']) {
    await agent.machine.ip([`link set ring1 ${state}`]);
    await pause(700);
  }
}

async function logReaderGone({ one }: HostileStage): Promise<Finding> {
  await makeEvents(one);
  const [before, begun] = [await processorSeconds(one), performance.now()];
  await pause(3_000);
  const used = (await processorSeconds(one)) - before;
  const percent = Math.round((used * 100_000) / (performance.now() - begun));
  const answers = (await one.status()) !== undefined;
  const endMs = await endTime(one);
  return {
    found: `${percent} % of a CPU, status ${answers ? 'answers' : 'silent'}, ends ${endMs} ms after SIGTERM`,
    asStated: percent < 60 && answers && endMs <= END_WITHIN_MS,
  };
}

/** How long the agent takes to end after SIGTERM, ms; Infinity when it had to be killed. It is restarted. */
async function endTime(agent: GatewayAgent): Promise<number> {
  const begun = performance.now();
  const { signal } = await agent.process.stop(END_WITHIN_MS + 5_000);
  const took = signal === 'SIGKILL' ? Infinity : Math.round(performance.now() - begun);
  agent.start();
  return took;
}

const SMALL_DISK = '/run/small';

async function fullDisk(machine: Machine): Promise<void> {
  const fill = 'dd if=/dev/zero of=$0/filler bs=1k count=100 2>/dev/null || true';
  await machine.run(['sh', '-ec', `mkdir -p $0; mount -t tmpfs -o size=64k tmpfs $0; ${fill}`, SMALL_DISK]);
}

async function diskFull({ one }: HostileStage): Promise<Finding> {
  const status = await one.until(
    'to say that its disk is full',
    ({ checks }) => checks.some(({ name, ok }) => name === 'state files' && !ok),
    WITHIN_MS,
  );
  const { state } = ownState(status);
  const { code, stdout, stderr } = await one.isthmus(['drain', '--reason', 'the drill']);
  const said = `${stdout}${stderr}`.trim().split('\n')[0] ?? '';
  await one.isthmus(['undrain']);
  return {
    found: `${state} and reported; drain exits ${code}: "${said}"`,
    asStated: state === 'active' && code === 1 && said.includes('restart'),
  };
}

const SLOW_DISK = '/run/slow';

async function mountDisk(machine: Machine): Promise<void> {
  const script = `truncate -s 16M /run/disk.img; mkfs.ext4 -q /run/disk.img; mkdir -p $0; mount -o loop /run/disk.img $0`;
  await machine.run(['sh', '-ec', script, SLOW_DISK]);
}

async function diskStalls({ one }: HostileStage): Promise<Finding> {
  await one.machine.run(['fsfreeze', '-f', SLOW_DISK]);
  try {
    await one.machine.ip(['link set ring1 down']);
    await pause(2_000);
  } finally {
    await one.machine.run(['fsfreeze', '-u', SLOW_DISK]);
  }
  await one.machine.ip(['link set ring1 up']);
  await pause(1_000);
  const state = ownState(await one.until('an answer', () => true, WITHIN_MS)).state;
  return { found: `frozen for 2 s with events to store; the node is ${state}`, asStated: state === 'active' };
}

async function endsWithoutFrr(stage: HostileStage, signal: 'SIGSTOP' | 'SIGKILL'): Promise<Finding> {
  const { one, site } = stage;
  const frr = site.gateways[0]?.frr;
  for (const daemon of frr?.processes.values() ?? []) await daemon.signal(signal);
  const begun = performance.now();
  const { signal: ended } = await one.process.stop(END_WITHIN_MS + 10_000);
  const took = Math.round(performance.now() - begun);
  if (signal === 'SIGSTOP') for (const daemon of frr?.processes.values() ?? []) daemon.resume();
  return { found: `ended after ${took} ms`, asStated: ended !== 'SIGKILL' && took <= END_WITHIN_MS };
}

/** The packet's hop limit expires in the translator, whose error must pass the kernel's reverse path filter. */
async function reversePath({ site }: HostileStage): Promise<Finding> {
  const target = LARGE_POOL4.replace('.0/28', '.1');
  const ping = ['ping', '-c', '5', '-i', '0.2', '-W', '2', '-t', '3', '-I', SERVER4, target];
  const { stdout } = await site.server4.run(ping, { allowFailure: true });
  const errors = stdout.split('\n').filter((line) => line.includes('Time to live exceeded')).length;
  return { found: `${errors} of 5 ICMPv4 errors arrive`, asStated: errors === 5 };
}

async function strictFilter(machine: Machine): Promise<void> {
  const script = 'for name in all default; do echo 1 >/proc/sys/net/ipv4/conf/$name/rp_filter; done';
  await machine.run(['sh', '-ec', script], { namespace: DATA_PLANE });
}

async function noDefaultRoute({ site, one, two }: HostileStage): Promise<Finding> {
  const [gateway] = site.gateways;
  if (gateway === undefined) throw new Error('the site has no gateway');
  for (const family of ['-4', '-6']) {
    await one.machine.run(['ip', family, 'route', 'del', 'default'], { namespace: DATA_PLANE });
  }
  const seen = await one.until(
    'to fail for want of a route',
    (status) => ownState(status).state === 'failed' && status.checks.some(isRouteFailure),
    WITHIN_MS,
  );
  const text = seen.checks.find(isRouteFailure)?.text ?? '';
  const routes = [gateway.peer4, gateway.peer6].map((peer) => `route add default via ${peer}`);
  await one.machine.ip(routes, { namespace: DATA_PLANE });
  const other = ownState((await two.status()) ?? seen).state;
  await untilActive(one);
  return { found: `"${text}"; the other node is ${other}`, asStated: other === 'active' };
}

function isRouteFailure({ name, ok }: CheckStatus): boolean {
  return !ok && name.startsWith('default route');
}

export const MISFORTUNES: readonly Attack[] = [
  {
    name: 'http-pipelined',
    done: '8 connections send 3,000 times GET /metrics each and read nothing',
    allowed: CALM,
    needs: { start: { args: ['--http', `${HTTP_HOST}:${HTTP_PORT}`] } },
    make: http,
  },
  {
    name: 'log-reader-gone',
    done: "what reads the agent's log has ended (EPIPE)",
    // It is ended at the end, and restarted.
    allowed: { withdrawals: 1 },
    needs: { start: { under: ['bash', '-c', 'exec "$@" > >(head -n 2 >/dev/null) 2>&1', 'bash'] } },
    make: logReaderGone,
  },
  {
    name: 'disk-full',
    done: 'state directory and log on a disk that is full from the start; a drain',
    allowed: { withdrawals: 1 },
    needs: {
      machine: fullDisk,
      start: {
        args: ['--state-dir', SMALL_DISK],
        under: ['sh', '-c', `exec "$@" >${SMALL_DISK}/log 2>&1`, 'sh'],
      },
    },
    make: diskFull,
  },
  {
    name: 'disk-stalls',
    done: 'the disk of the state directory is frozen for 2 s',
    allowed: CALM,
    needs: { machine: mountDisk, start: { args: ['--state-dir', SLOW_DISK] } },
    make: diskStalls,
  },
  {
    name: 'sigterm-frr-stopped',
    done: 'SIGTERM while FRR is stopped',
    allowed: { withdrawals: 2 },
    make: (stage) => endsWithoutFrr(stage, 'SIGSTOP'),
  },
  {
    name: 'sigterm-frr-gone',
    done: 'SIGTERM while FRR does not run',
    allowed: { withdrawals: 2 },
    make: (stage) => endsWithoutFrr(stage, 'SIGKILL'),
  },
  {
    name: 'rp-filter-strict',
    done: 'rp_filter is 1 for all interfaces; packets expire in the translator',
    allowed: CALM,
    needs: { machine: strictFilter },
    make: reversePath,
  },
  {
    name: 'default-route-lost',
    done: 'the default routes of the data plane of gw1 are deleted',
    // Two polls of the check, the withdrawal, and the router's detection time.
    allowed: { withdrawals: 1, fastStallMs: 2_000 },
    make: noDefaultRoute,
  },
];

import { readdir } from 'node:fs/promises';
import type { StatusReply } from '../../../agent/control/messages.ts';
import { CLUSTER_FILE, ownState } from '../../gateway/agent.ts';
import { DATA_PLANE } from '../../topology/site.ts';
import { TrafficProgram } from '../../traffic/traffic.ts';
import { runProgram } from '../../world/lab-process.ts';
import type { Machine } from '../../world/machine.ts';
import { pause, waitFor } from '../../world/wait.ts';
import { type Attack, CALM, type Finding } from './attack.ts';
import { OTHERS, othersServed } from './floods.ts';
import { type HostileStage, SERVER6 } from './stage.ts';

const WITHIN_MS = 30_000;
const OUT_OF_FILES_MS = 8_000;

/** Everything that opens a file fails with EMFILE: sockets of probes, programs, accepted connections. */
async function outOfFiles({ one }: HostileStage): Promise<Finding> {
  const pid = await one.process.hostPid();
  const open = (await readdir(`/proc/${pid}/fd`)).length;
  const { stdout } = await runProgram(
    ['prlimit', '--pid', `${pid}`, '--nofile', '--raw', '--noheadings', '-o', 'SOFT'],
    {},
  );
  await runProgram(['prlimit', '--pid', `${pid}`, `--nofile=${open}:`], {});
  const seen: StatusReply[] = [];
  const until = performance.now() + OUT_OF_FILES_MS;
  try {
    while (performance.now() < until) {
      const status = await one.status();
      if (status !== undefined) seen.push(status);
      await pause(200);
    }
  } finally {
    await runProgram(['prlimit', '--pid', `${pid}`, `--nofile=${stdout.trim()}:`], {});
  }
  const unknown = new Set(seen.flatMap(({ checks }) => checks.filter(isUnknown).map(({ name }) => name)));
  const states = new Set(seen.map((status) => ownState(status).state));
  return {
    found:
      `no file left for ${OUT_OF_FILES_MS / 1000} s: the node was ${[...states].join(', ')}; ` +
      `unknown: ${[...unknown].join(', ') || 'none'}`,
    asStated: states.size === 1 && states.has('active'),
  };
}

function isUnknown({ result }: StatusReply['checks'][number]): boolean {
  return result === 'unknown';
}

const ACCEPT_RA = '/proc/sys/net/ipv6/conf/up0/accept_ra';

/** The gateway's default route comes from router advertisements, and the machine does not forward yet. */
async function advertisedRoute(machine: Machine): Promise<void> {
  const script = [
    `echo 0 >/proc/sys/net/ipv6/conf/all/forwarding`,
    `echo 1 >${ACCEPT_RA}`,
    `ip -6 route delete default`,
    // Waits for an advertisement; setting the interface up makes the kernel solicit one.
    `for try in $(seq 100); do ip -6 route show default | grep -q 'proto ra' && exit 0; sleep 0.1; done`,
    `echo 'no router advertisement came' >&2; exit 1`,
  ];
  await machine.run(['sh', '-ec', script.join('\n')], { namespace: DATA_PLANE });
}

async function advertisements(stage: HostileStage): Promise<Finding> {
  const { one } = stage;
  const read = async (command: string): Promise<string> => {
    const { stdout } = await one.machine.run(['sh', '-c', command], { namespace: DATA_PLANE });
    return stdout.trim();
  };
  const kept = async (): Promise<boolean> => (await read('ip -6 route show default')).includes('proto ra');
  const atOnce = await kept();
  await pause(ADVERTISED_MS * 2);
  const later = await kept();
  const [accepts, forwards] = [
    await read(`cat ${ACCEPT_RA}`),
    await read('cat /proc/sys/net/ipv6/conf/all/forwarding'),
  ];
  return {
    found: `forwarding ${forwards}, accept_ra ${accepts}; the advertised route is ${atOnce && later ? 'kept' : 'LOST'}`,
    asStated: forwards === '1' && accepts === '2' && atOnce && later,
  };
}

/** Maximum interval of advertisements. */
const ADVERTISED_MS = 4_000;

/** Router advertisements by a BIRD of its own. */
async function advertise({ router, gateways }: HostileStage['site']): Promise<void> {
  const interfaces = gateways.map(
    ({ name }) => `  interface "${name}" { min ra interval 3; max ra interval ${ADVERTISED_MS / 1000}; };`,
  );
  const lines = ['router id 11.4.0.1;', 'protocol device {}', 'protocol radv {', ...interfaces, '}'];
  await router.writeFile('/run/radv.conf', `${lines.join('\n')}\n`);
  router.start('radv', ['bird', '-f', '-c', '/run/radv.conf', '-s', '/run/radv.ctl', '-P', '/run/radv.pid']);
}

/** So few that one client exhausts them with established connections, which are never evicted. */
const [FEW, MORE] = ['1024-1087', '1024-4095'];
const HELD = 700;
/** The reserve for clients that hold little is 6 %. */
const USED_UP = 0.9;
const HOLDER6 = '2001:db8:6::68';

async function widened(stage: HostileStage): Promise<Finding> {
  const { site, agents, one } = stage;
  await site.client6.ip([`addr replace ${HOLDER6}/64 dev eth0 nodad`]);
  const holder = new TrafficProgram(site.client6, 'sessions', [SERVER6, String(HELD), '0', HOLDER6]);
  await waitFor(
    'the ports of gw1 to be used up',
    async () => {
      const pools = ((await one.status())?.instances ?? []).flatMap(({ pool }) => pool);
      const own = pools.filter(({ protocol, slot }) => protocol === 'tcp' && slot === 1);
      return own.length > 0 && own.every(({ size, used }) => used >= size * USED_UP);
    },
    { timeoutMs: WITHIN_MS, diagnose: () => holder.process.tail(5) },
  );
  const before = await othersServed(stage, OTHERS, 8_000);
  for (const agent of agents) {
    const file = await agent.machine.readFile(CLUSTER_FILE);
    await agent.machine.writeFile(CLUSTER_FILE, file.replace(`ports: ${FEW}`, `ports: ${MORE}`));
    const { code, stdout, stderr } = await agent.isthmus(['reload']);
    if (code !== 0) throw new Error(`reload of ${agent.node} exits ${code}: ${stdout}${stderr}`);
  }
  const after = await othersServed(stage);
  await holder.process.stop();
  return {
    found: `with ${FEW} used up, others opened ${before} of ${OTHERS}; widened to ${MORE}: ${after} of ${OTHERS}`,
    asStated: before < OTHERS && after === OTHERS,
  };
}

/** HSR needs kernel support, which is tested in a temporary namespace. */
async function withoutHsr(): Promise<string | undefined> {
  const script = 'ip link add a type veth peer name b; ip link add hsr0 type hsr slave1 a slave2 b';
  const { code, stderr } = await runProgram(['unshare', '--net', 'sh', '-ec', script], { allowFailure: true });
  if (code === 0) return undefined;
  return `no HSR here (${stderr.trim()}); test/unit/agent/health/redundant-ring.test.ts has a simulated driver`;
}

async function makeHsr(machine: Machine): Promise<void> {
  await machine.ip(['link add hsr0 type hsr slave1 ring0 slave2 ring1 version 1', 'link set hsr0 up']);
}

async function hsrCut({ one, two }: HostileStage): Promise<Finding> {
  await two.machine.ip(['link set ring1 down']);
  const texts: string[] = [];
  for (const agent of [one, two]) {
    const status = await agent.until(
      'to report the ring',
      ({ checks }) => checks.some(({ name, ok }) => name.startsWith('ring') && !ok),
      WITHIN_MS,
    );
    texts.push(status.checks.find(({ name }) => name.startsWith('ring'))?.text ?? '');
  }
  return { found: texts.join('; '), asStated: texts.every((text) => text.includes('ring1')) };
}

export const SURROUNDINGS: readonly Attack[] = [
  {
    name: 'own-errors',
    done: `the agent has no file descriptor left for ${OUT_OF_FILES_MS / 1000} s (EMFILE)`,
    allowed: CALM,
    make: outOfFiles,
  },
  {
    name: 'ra-default-route',
    done: 'the IPv6 default route comes by router advertisements, accept_ra is 1; the agents switch forwarding on',
    allowed: CALM,
    needs: { site: advertise, machine: advertisedRoute },
    make: advertisements,
  },
  {
    name: 'pool4-widened',
    done: 'connections that last use up all TCP ports of gw1; then a reload widens pool4',
    allowed: CALM,
    needs: { file: (text) => text.replace('ports: 1024-65535', `ports: ${FEW}`) },
    make: widened,
  },
  {
    name: 'hsr-way-cut',
    done: 'one of both ways of an HSR ring (links: [hsr0]) is cut',
    allowed: CALM,
    onlyTwo: true,
    leftOut: withoutHsr,
    needs: { file: (text) => text.replaceAll('links: [ring0, ring1]', 'links: [hsr0]'), machine: makeHsr },
    make: hsrCut,
  },
];

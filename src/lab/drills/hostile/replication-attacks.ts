import type { Event } from '../../../agent/control/messages.ts';
import { type GatewayAgent, ownState, sessionCounts } from '../../gateway/agent.ts';
import { connect } from '../../world/link.ts';
import type { Machine } from '../../world/machine.ts';
import { flooded, TrafficProgram } from '../../traffic/traffic.ts';
import { pause, waitFor } from '../../world/wait.ts';
import { type Attack, CALM, type Finding } from './attack.ts';
import { type HostileStage, untilActive } from './stage.ts';

const GROUP = 'ff02::4953:5448';
const PORT = 6464;
const RINGS = ['ring0', 'ring1'];
const WITHIN_MS = 30_000;
const TABLE = 'attack';

/** Makes a machine drop received replication frames that match `match` (nft). @returns a function that ends it */
async function dropFrames(machine: Machine, match = ''): Promise<() => Promise<void>> {
  await machine.run(['nft', '-f', '-'], { input: dropRules(match) });
  return async () => {
    await machine.run(['nft', 'delete', 'table', 'ip6', TABLE]);
  };
}

function dropRules(match: string): string {
  const rules = [
    `add table ip6 ${TABLE}`,
    `add chain ip6 ${TABLE} input { type filter hook input priority 0; }`,
    `add rule ip6 ${TABLE} input udp dport ${PORT} ${match} drop`,
  ];
  return `${rules.join('\n')}\n`;
}

/**
 * Makes a machine drop all frames for a while, with one program on it, whose timing is hardly affected by a busy
 * machine.
 * @returns the actual duration, ms
 */
async function cutFor(machine: Machine, ms: number): Promise<number> {
  const script = [
    `nft -f -`,
    'begun=$(date +%s%3N)',
    `sleep ${ms / 1000}`,
    `nft delete table ip6 ${TABLE}`,
    'echo $(($(date +%s%3N) - begun))',
  ];
  const { stdout } = await machine.run(['sh', '-ec', script.join('\n')], { input: dropRules('') });
  return Number(stdout);
}

/** The first matching event since then. */
async function eventSince(
  agent: GatewayAgent,
  sinceMs: number,
  what: string,
  wanted: (event: Event) => boolean,
  timeoutMs = WITHIN_MS,
): Promise<Event> {
  return waitFor(
    `an event of ${agent.node}: ${what}`,
    async () => (await agent.events()).find((event) => event.time >= sinceMs && wanted(event)),
    { timeoutMs, everyMs: 50 },
  );
}

/** Opens the source of frames in gw2's name on its link to gw1; `rate N` starts it. */
export async function openEpochs({ two }: HostileStage): Promise<TrafficProgram> {
  const program = new TrafficProgram(two.machine, 'epochs', ['ring0', GROUP, String(PORT), '2']);
  await program.next('ready', WITHIN_MS);
  return program;
}

async function inventedEpochs(stage: HostileStage): Promise<Finding> {
  const { one } = stage;
  const since = Date.now();
  const program = await openEpochs(stage);
  program.send('rate 20000');
  await pause(8_000);
  program.send('rate 0');
  const { sent, seconds } = await flooded(program);
  const lost = (await one.events()).filter(({ time, code }) => time >= since && code === 'peer-down');
  const rate = Math.round(sent / seconds);
  return { found: `${rate} frames/s; the peer was lost ${lost.length} times`, asStated: lost.length === 0 };
}

/** gw2 no longer receives frames of gw1; gw1 still receives those of gw2. */
async function oneWay({ one, two }: HostileStage): Promise<Finding> {
  const called = Date.now();
  const restore = await dropFrames(two.machine);
  // Measured from the start of the command, because starting nft takes most of the time.
  const begun = Date.now();
  const [here, there] = await Promise.all([
    eventSince(one, called, 'one-way', ({ code }) => code === 'peer-one-way'),
    eventSince(two, called, 'peer down', ({ code }) => code === 'peer-down'),
  ]);
  const drain = await one.isthmus(['drain', '--force', '--reason', 'the drill']);
  await restore();
  await one.isthmus(['undrain']);
  const times = [here.time - begun, there.time - begun].map(Math.round);
  return {
    found: `reported after ${times.join(' and ')} ms; drain exits ${drain.code}`,
    asStated: times.every((time) => time <= ONE_WAY_MS) && drain.code === 1,
  };
}

/** Stated in docs/failures.md, plus an allowance for a busy machine. */
const ONE_WAY_MS = 1_250 + 750;

const FLAPS = 10;
const FLAP_MS = 1_600;

async function flaps({ one, two }: HostileStage): Promise<Finding> {
  const begun = Date.now();
  const before = sessionCounts((await one.status()) ?? { instances: [] }).own;
  let longestMs = 0;
  for (let flap = 0; flap < FLAPS; flap++) {
    const cuts = await Promise.all([one, two].map(async ({ machine }) => cutFor(machine, FLAP_MS)));
    longestMs = Math.max(longestMs, ...cuts);
    await pause(FLAP_MS);
  }
  await pause(2_000);
  const events = [...(await one.events()), ...(await two.events())].filter(({ time }) => time >= begun);
  const taken = events.filter(({ code }) => code === 'sessions-taken-over').length;
  const lost = events.filter(({ code }) => code === 'peer-down').length;
  const after = sessionCounts((await one.status()) ?? { instances: [] }).own;
  return {
    found:
      `${lost} times a peer was lost, for ${longestMs} ms at most, and ${taken} take-overs; ` +
      `own sessions ${before} before, ${after} after`,
    asStated: taken === 0 && lost > 0,
  };
}

async function etcdAndPeerCut({ one, two }: HostileStage): Promise<Finding> {
  for (const agent of [one, two]) {
    await agent.until(
      'the coordinator to answer',
      ({ checks }) => checks.some(({ name, ok }) => name === 'coordinator' && ok),
      WITHIN_MS,
    );
  }
  const begun = Date.now();
  await one.machine.ip([...RINGS, 'mgmt0'].map((name) => `link set ${name} down`));
  const fenced = await eventSince(one, begun, 'fenced', ({ code }) => code === 'slices-fenced');
  const taken = await eventSince(
    two,
    begun,
    'the slice is taken',
    ({ subject, to }) => subject === 'slices' && to.includes('that of gw1'),
    60_000,
  );
  await one.machine.ip([...RINGS, 'mgmt0'].map((name) => `link set ${name} up`));
  await one.machine.ip(['addr replace 10.99.1.2/24 dev mgmt0', 'route replace 10.99.0.1 via 10.99.1.1']);
  const [fencedMs, takenMs] = [fenced.time - begun, taken.time - begun].map(Math.round);
  return {
    found: `fenced after ${fencedMs} ms, its slice taken after ${takenMs} ms`,
    asStated: (fencedMs ?? Infinity) <= FENCED_MS && (takenMs ?? 0) >= TAKEN_MS,
  };
}

/** From docs/failures.md, plus an allowance for a busy machine. */
const FENCED_MS = 8_200 + 500;
const TAKEN_MS = 12_000;

async function linkAgain({ site, one, two }: HostileStage): Promise<Finding> {
  const begun = Date.now();
  await one.machine.ip(['link delete ring1']);
  for (const agent of [one, two]) {
    await eventSince(
      agent,
      begun,
      'the link is missing',
      ({ code, name }) => code === 'link-missing' && name === 'ring1',
    );
  }
  const missing = Date.now();
  await connect(site.world, { machine: one.machine, interface: 'ring1' }, { machine: two.machine, interface: 'ring1' });
  for (const agent of [one, two]) {
    await eventSince(agent, missing, 'the link is back', ({ code, name }) => code === 'link-ok' && name === 'ring1');
  }
  return { found: `missing and back on both nodes ${Date.now() - missing} ms after it was made again`, asStated: true };
}

/** A switch between the nodes has a smaller MTU than their interfaces: larger packets are dropped silently. */
async function smallPath(stage: HostileStage, mtu: number): Promise<Finding> {
  const { one, two } = stage;
  for (const { machine } of [one, two]) {
    for (const ring of RINGS) {
      // Otherwise several datagrams cross a veth as one GSO packet, longer than on a wire.
      await machine.run(['ethtool', '-K', ring, 'tx-udp-segmentation', 'off', 'gso', 'off', 'gro', 'off']);
    }
    await dropFrames(machine, `meta length > ${mtu}`);
  }
  await two.process.stop(20_000);
  two.start();
  stage.withdrawals.follow(two);
  await untilActive(two);
  const begun = performance.now();
  const seen = await one.until(
    'to know the MTU of the path',
    ({ links }) => links.every(({ pathMtu }) => pathMtu > 0 && pathMtu <= mtu),
    60_000,
  );
  const state = ownState((await two.status()) ?? seen).state;
  const known = seen.links.map(({ name, pathMtu }) => `${name} ${pathMtu}`).join(', ');
  const tookMs = Math.round(performance.now() - begun);
  return { found: `gw2 is ${state} again; ${known} known ${tookMs} ms later`, asStated: state === 'active' };
}

export const REPLICATION_ATTACKS: readonly Attack[] = [
  {
    name: 'invented-epochs',
    done: '20,000 frames a second of invented later epochs on a replication link',
    allowed: CALM,
    make: inventedEpochs,
  },
  {
    name: 'replication-one-way',
    done: 'no frame of gw1 reaches gw2 any more; gw1 receives all of gw2',
    allowed: { withdrawals: 1 },
    onlyTwo: true,
    make: oneWay,
  },
  {
    name: 'silence-of-a-second',
    done: `all links cut ${FLAPS} times for ${FLAP_MS / 1000} s`,
    allowed: CALM,
    onlyTwo: true,
    make: flaps,
  },
  {
    name: 'etcd-and-peers-lost',
    done: 'gw1 reaches neither etcd nor gw2 any more',
    allowed: CALM,
    needs: { etcd: true },
    onlyTwo: true,
    make: etcdAndPeerCut,
  },
  {
    name: 'link-deleted',
    done: 'ring1 is deleted and made again',
    allowed: CALM,
    onlyTwo: true,
    make: linkAgain,
  },
  ...[1300, 1400].map((mtu): Attack => ({
    name: `path-mtu-${mtu}`,
    done: `the ring carries ${mtu} bytes, its interfaces 1500; gw2 is started again`,
    allowed: { withdrawals: 1 },
    onlyTwo: true,
    make: (stage) => smallPath(stage, mtu),
  })),
];

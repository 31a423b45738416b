import { CLIENT6 } from '../../topology/site.ts';
import type { Flood } from '../../traffic/flood-packets.ts';
import { checkFlows, churned, flooded, TrafficProgram } from '../../traffic/traffic.ts';
import type { Machine } from '../../world/machine.ts';
import { pause } from '../../world/wait.ts';
import { type Attack, type Finding, FLOODED } from './attack.ts';
import { type HostileStage, LARGE_POOL4, routeFloods, SERVER6 } from './stage.ts';

/** An unused address behind the server: packets to it are dropped silently. */
const NOBODY6 = '64:ff9b::11.5.0.80';
const DISCARD = 9;
const WITHIN_MS = 30_000;
const FLOOD_MS = 8_000;
const OTHER_CLIENT6 = '2001:db8:6::66';
/** Connections opened by another client during the attack. */
export const OTHERS = 40;
const OTHERS_PER_SECOND = 20;

/** Opens a flood source; `rate N` starts it. */
export async function openFlood(
  { site }: HostileStage,
  flood: Flood,
  target: { readonly address: string; readonly port: number } = { address: NOBODY6, port: DISCARD },
): Promise<TrafficProgram> {
  const from4 = flood === 'strangers' || flood === 'fragments';
  const machine: Machine = from4 ? site.server4 : site.client6;
  await routeFloods(site);
  const tun = `f-${flood}`;
  const program = new TrafficProgram(machine, 'flood', [tun, flood, target.address, String(target.port)]);
  await program.next('ready', WITHIN_MS);
  await machine.ip([`link set ${tun} up`, ...(from4 ? [] : [`route replace fd77::/16 dev ${tun}`])]);
  return program;
}

/** Runs a flood for a while. @returns packets per second actually sent */
async function flood(stage: HostileStage, kind: Flood, perSecond: number, meanwhile?: () => Promise<void>) {
  const program = await openFlood(stage, kind);
  program.send(`rate ${perSecond}`);
  await Promise.all([pause(FLOOD_MS), meanwhile?.()]);
  program.send('rate 0');
  const { sent, seconds } = await flooded(program);
  await program.process.stop();
  return Math.round(sent / seconds);
}

/** Number of new connections that another client gets, one attempt each. */
export async function othersServed({ site }: HostileStage, count = OTHERS, withinMs = 20_000): Promise<number> {
  await site.client6.ip([`addr replace ${OTHER_CLIENT6}/64 dev eth0 nodad`]);
  const args = [SERVER6, String(OTHERS_PER_SECOND), OTHER_CLIENT6, String(count), String(withinMs)];
  const others = new TrafficProgram(site.client6, 'churn', args);
  await others.next('ready', WITHIN_MS);
  const until = performance.now() + withinMs;
  let account = await churned(others);
  while (account.answered + account.failed < count && performance.now() < until) {
    await pause(100);
    account = await churned(others);
  }
  await others.process.stop();
  return account.answered;
}

async function newFlows(stage: HostileStage, kind: Flood, perSecond: number): Promise<Finding> {
  const sent = await flood(stage, kind, perSecond);
  return { found: `${sent} packets/s sent for ${FLOOD_MS / 1000} s`, asStated: true };
}

/** Ports of the node's own slice of pool4: used and total. */
async function sliceOf(
  { one }: HostileStage,
  protocol: 'udp' | 'tcp',
): Promise<{ readonly used: number; readonly size: number }> {
  const slot = ownSlot(one.node);
  const slices = ((await one.status())?.instances ?? []).flatMap(({ pool }) => pool);
  const own = slices.filter((slice) => slice.slot === slot && slice.protocol === protocol);
  return {
    used: own.reduce((sum, { used }) => sum + used, 0),
    size: own.reduce((sum, { size }) => sum + size, 0),
  };
}

/** The lab's gateways are called `gw` and their slot. */
function ownSlot(node: string): number {
  return Number(node.replace('gw', ''));
}

/** Floods from one network until it gets nothing more: its share is the limit, and others continue to be served. */
async function shareOf(stage: HostileStage, kind: Flood, percent: number): Promise<Finding> {
  const before = await sliceOf(stage, 'udp');
  const program = await openFlood(stage, kind);
  program.send('rate 60000');
  const share = Math.floor((before.size * percent) / 100);
  const taken = async (): Promise<number> => (await sliceOf(stage, 'udp')).used - before.used;
  const until = performance.now() + 40_000;
  while ((await taken()) < share && performance.now() < until) await pause(500);
  await pause(3_000); // time for further growth
  const entries = await taken();
  const served = await othersServed(stage);
  program.send('rate 0');
  // Probes and the drill's own flows are included.
  const near = Math.abs(entries - share) <= share / 50;
  return {
    found: `${entries} of ${before.size} ports (${percent} %: ${share}); others open ${served} of ${OTHERS}`,
    asStated: near && served === OTHERS,
  };
}

/** Few enough to be exhausted at a rate that the machine can handle: 65,536 for each of two nodes. */
const FEW_PORTS = '1024-9215';

/**
 * Half-open sessions are evicted from an age of 4 s: a flood of up to a quarter of the slice per second can be
 * absorbed. Per port, this corresponds to 79,000 packets per second for a pool of all ports.
 */
const SPOOFED_PER_SECOND = 10_000;

async function spoofed(stage: HostileStage): Promise<Finding> {
  const program = await openFlood(stage, 'syn');
  program.send(`rate ${SPOOFED_PER_SECOND}`);
  await pause(12_000); // enough to fill the slice, and for half-open sessions to be old enough for eviction
  const { used, size } = await sliceOf(stage, 'tcp');
  const begun = performance.now();
  const served = await othersServed(stage);
  const tookMs = Math.round(performance.now() - begun);
  program.send('rate 0');
  const { sent, seconds } = await flooded(program);
  return {
    found:
      `${Math.round(sent / seconds)} packets/s, ${used} of ${size} ports in use; ` +
      `others open ${served} of ${OTHERS} within ${tookMs} ms`,
    asStated: served === OTHERS,
  };
}

/** Random sources send to the mapped port of one client, which must still be able to open sessions. */
async function strangers(stage: HostileStage): Promise<Finding> {
  const { client6 } = stage.site;
  await client6.ip([`addr replace ${OTHER_CLIENT6}/64 dev eth0 nodad`]);
  const victim = new TrafficProgram(client6, 'sessions', [SERVER6, '0', '1', OTHER_CLIENT6]);
  await victim.next('ready', WITHIN_MS);
  await checkFlows(victim, 5_000);
  const mapped = (await stage.one.bib()).find(({ client, protocol }) => client === OTHER_CLIENT6 && protocol === 'udp');
  if (mapped === undefined) throw new Error('the victim has no mapping');
  const program = await openFlood(stage, 'strangers', { address: mapped.pool4, port: mapped.pool4Port });
  program.send('rate 20000');
  await pause(FLOOD_MS);
  const served = await othersServed(stage);
  program.send('rate 0');
  return { found: `the victim opens ${served} of ${OTHERS}`, asStated: served === OTHERS };
}

const PROBES = 20;

/** Number of Packet Too Big answers for this number of packets, each to a different destination. */
async function tooBigAnswers({ client6 }: HostileStage['site']): Promise<number> {
  const ping = async (index: number): Promise<number> => {
    await pause(index * 100);
    const target = `64:ff9b::11.5.1.${index + 1}`;
    const { stdout, stderr } = await client6.run(
      ['ping', '-6', '-M', 'do', '-s', '1400', '-c', '1', '-W', '2', '-I', CLIENT6, target],
      { allowFailure: true },
    );
    return /too (big|long)/i.test(stdout + stderr) ? 1 : 0;
  };
  const answers = await Promise.all(Array.from({ length: PROBES }, (_, index) => ping(index)));
  return answers.reduce((sum, one) => sum + one, 0);
}

async function expired(stage: HostileStage): Promise<Finding> {
  let answered = 0;
  const sent = await flood(stage, 'expired', 3_000, async () => {
    await pause(1_000);
    answered = await tooBigAnswers(stage.site);
  });
  return {
    found: `${sent} expired packets/s; Packet Too Big for ${answered} of ${PROBES} others`,
    asStated: answered === PROBES,
  };
}

/** Echo messages in two fragments, among incomplete fragments of others. */
async function fragments(stage: HostileStage): Promise<Finding> {
  const program = await openFlood(stage, 'fragments', { address: LARGE_POOL4.replace('/28', ''), port: DISCARD });
  program.send('rate 5000');
  await pause(2_000);
  const ping = ['ping', '-6', '-s', '1992', '-i', '0.2', '-W', '3', '-c', String(PROBES), SERVER6];
  const { stdout } = await stage.site.client6.run(ping, { allowFailure: true, timeoutMs: 30_000 });
  program.send('rate 0');
  const answered = Number(/(\d+) received/.exec(stdout)?.[1] ?? 0);
  return { found: `${answered} of ${PROBES} fragmented echoes answered`, asStated: answered === PROBES };
}

export const FLOOD_ATTACKS: readonly Attack[] = [
  {
    name: 'new-flows-60k',
    done: '60,000 new UDP flows a second from as many networks',
    allowed: FLOODED,
    make: (stage) => newFlows(stage, 'networks', 60_000),
  },
  {
    name: 'new-flows-200k',
    done: '200,000 new UDP flows a second from as many networks',
    allowed: FLOODED,
    make: (stage) => newFlows(stage, 'networks', 200_000),
  },
  {
    name: 'one-64-takes-all',
    done: 'random hosts of one /64 open 60,000 UDP flows a second',
    allowed: FLOODED,
    make: (stage) => shareOf(stage, 'one-64', 25),
  },
  {
    name: 'one-48-takes-all',
    done: 'random /64s of one /48 open 60,000 UDP flows a second',
    allowed: FLOODED,
    needs: { file: (text) => text.replace('ports: 1024-65535', `ports: ${FEW_PORTS}`) },
    make: (stage) => shareOf(stage, 'one-48', 75),
  },
  {
    name: 'spoofed-networks',
    done: '10,000 TCP SYNs a second from random /48s, which nobody answers, to a pool of 65,536 ports a node',
    allowed: FLOODED,
    needs: { file: (text) => text.replace('ports: 1024-65535', `ports: ${FEW_PORTS}`) },
    make: spoofed,
  },
  {
    name: 'strangers-to-one-port',
    done: 'random IPv4 sources send 20,000 UDP packets a second to one mapped port',
    allowed: FLOODED,
    make: strangers,
  },
  {
    name: 'expired-packets',
    done: '3,000 packets a second whose hop limit ends in the translator',
    allowed: FLOODED,
    needs: { file: (text) => text.replace('    kind: nat64\n', '    kind: nat64\n    mtu4: 1300\n') },
    make: expired,
  },
  {
    name: 'fragments-of-strangers',
    done: '5,000 fragments a second from random IPv4 sources, without their first ones',
    allowed: FLOODED,
    make: fragments,
  },
];

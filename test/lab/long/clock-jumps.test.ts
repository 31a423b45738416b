import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agentOf,
  type GatewayAgent,
  inSyncWith,
  makeSecret,
  ownState,
  RUN_DIR,
} from '../../../src/lab/gateway/agent.ts';
import { untilAllInSync } from '../../../src/lab/gateway/all-in-sync.ts';
import { clusterFile } from '../../../src/lab/topology/cluster-file.ts';
import { buildSite, gatewayNamed, SERVER4, type Site } from '../../../src/lab/topology/site.ts';
import { gatewaysInUse, untilRoutedTo } from '../../../src/lab/topology/steering.ts';
import { checkFlows, TrafficProgram } from '../../../src/lab/traffic/traffic.ts';
import type { LabProcess } from '../../../src/lab/world/lab-process.ts';
import { WallClock } from '../../../src/lab/world/wall-clock.ts';
import { waitFor } from '../../../src/lab/world/wait.ts';
import { readCapture } from '../../../src/net/capture-file.ts';
import { emptyHeader, HEADER_BYTES, readHeader, FrameKind, streamOf } from '../../../src/replication/frame-header.ts';
import { labTest } from '../needs-root.ts';

const WITHIN_MS = 60_000;
const TCP = 12;
const UDP = 6;
const ALL = { tcp: TCP, tcpTotal: TCP, tcpBroken: 0, udp: UDP, udpTotal: UDP };
const HOUR_S = 3600;
/** What a step that was noticed may differ from. */
const MINUTE_MS = 60_000;
/** Frames on the two links together that say that more than the second has passed after which a silent node is dead. */
const FRAMES = 30;
const MAGIC = 'ISTH';
const CAPTURE = '/run/lab/frames.pcap';

/** Real agents whose time of day is set while they run; everything else of them is as it is. */
describe.runIf(labTest)('the clock of a node', () => {
  let site: Site;
  let flows: TrafficProgram;
  let capture: LabProcess;
  let agents: readonly GatewayAgent[];
  let one: GatewayAgent;
  let two: GatewayAgent;
  const clocks = new Map<GatewayAgent, WallClock>();

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    [one, two] = [agentOf(gatewayNamed(site, 'gw1')), agentOf(gatewayNamed(site, 'gw2'))];
    agents = [one, two];
    const [file, secret] = [clusterFile(site.gateways), makeSecret()];
    const tcpdump = ['tcpdump', '-i', 'ring0', '-w', CAPTURE, '-U', '--immediate-mode', 'udp', 'port', '6464'];
    capture = one.machine.start('tcpdump', tcpdump);
    await capture.waitForLine(/listening on/, WITHIN_MS);
    for (const agent of agents) {
      await agent.install(file, secret);
      clocks.set(agent, await WallClock.create(agent.machine, `${RUN_DIR}/clock`));
      start(agent);
    }
    for (const agent of agents) await untilActive(agent);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    await new TrafficProgram(site.server4, 'server').next('ready', WITHIN_MS);
    flows = new TrafficProgram(site.client6, 'sessions', [`64:ff9b::${SERVER4}`, String(TCP), String(UDP)]);
    await flows.next('ready', WITHIN_MS);
    await expectAllFlows();
    await untilAllInSync(agents, WITHIN_MS);
  }, 60_000);

  afterAll(async () => {
    await site?.world.close();
  });

  async function expectAllFlows(): Promise<void> {
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
  }

  function clockOf(agent: GatewayAgent): WallClock {
    const clock = clocks.get(agent);
    if (clock === undefined) throw new Error(`${agent.node} has no clock`);
    return clock;
  }

  function start(agent: GatewayAgent): void {
    agent.start({ under: clockOf(agent).command });
  }

  async function untilActive(agent: GatewayAgent): Promise<void> {
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
  }

  /** Sets the clock of an agent that runs, and waits until it tells another time. */
  async function step(agent: GatewayAgent, seconds: number): Promise<void> {
    await clockOf(agent).set(seconds);
    const offBy = (time: number): number => Math.abs(time - Date.now() - seconds * 1000);
    await agent.until(`a clock that is ${seconds} s off`, ({ time }) => offBy(time) < MINUTE_MS, WITHIN_MS);
  }

  async function framesIn(agent: GatewayAgent): Promise<number> {
    const { links } = await agent.until('an answer', () => true, WITHIN_MS);
    return links.reduce((sum, link) => sum + link.framesIn, 0);
  }

  /** Waits until both have heard the other for a while. */
  async function hearEachOther(): Promise<void> {
    const hear = async (agent: GatewayAgent): Promise<void> => {
      const before = await framesIn(agent);
      await waitFor('frames', async () => (await framesIn(agent)) > before + FRAMES, { timeoutMs: WITHIN_MS });
    };
    await Promise.all(agents.map(hear));
  }

  /** How long the established connections of a node still live, ms. */
  async function lifetimes(agent: GatewayAgent): Promise<number[]> {
    const { stdout } = await agent.isthmus(['sessions', '--json', '--protocol', 'tcp', '--run-dir', RUN_DIR]);
    const lines = stdout.split('\n').filter((line) => line.includes('"state":"established"'));
    return lines.map((line) => Number(/"expiresInMs":(\d+)/.exec(line)?.[1]));
  }

  /** Entries of the BIB without their age, a line for each. */
  async function mappings(agent: GatewayAgent): Promise<string[]> {
    return (await agent.bib()).map(({ protocol, client, clientPort, pool4, pool4Port, sessions }) =>
      [protocol, client, clientPort, pool4, pool4Port, sessions].join(' '),
    );
  }

  async function epochOf(agent: GatewayAgent): Promise<number> {
    const { nodes } = await agent.until('an answer', () => true, WITHIN_MS);
    return nodes.find(({ self }) => self)?.epoch ?? 0;
  }

  it.each(['gw2', 'gw1'])('of %s is set forth and back by hours: no session ends, and no route moves', async (node) => {
    const agent = agents.find((candidate) => candidate.node === node) ?? one;
    const epochs = await Promise.all(agents.map(epochOf));
    const bib = await mappings(one);
    const before = await Promise.all(agents.map((each) => each.events()));
    for (const seconds of [3 * HOUR_S, -5 * HOUR_S, HOUR_S]) {
      await step(agent, seconds);
      await hearEachOther();
      await expectAllFlows();
    }
    await untilAllInSync(agents, WITHIN_MS);
    for (const [index, each] of agents.entries()) {
      const left = await lifetimes(each);
      expect(left).toHaveLength(TCP);
      expect(Math.min(...left)).toBeGreaterThan(2 * HOUR_S * 1000);
      const status = await each.until('to be healthy', ({ health }) => health === 'healthy', WITHIN_MS);
      expect(status.announcements.every(({ observed }) => observed === 'announced')).toBe(true);
      const events = (await each.events()).slice(before[index]?.length);
      expect(events.filter(({ severity }) => severity !== 'info')).toEqual([]);
      expect(events.filter(({ subject }) => subject === 'node' || subject === 'peer')).toEqual([]);
    }
    expect(await Promise.all(agents.map(epochOf))).toEqual(epochs);
    expect(await mappings(one)).toEqual(expect.arrayContaining(bib));
    expect(await gatewaysInUse(site.router)).toEqual(['gw1', 'gw1']);
  });

  it('is set back before it is started again: its epoch grows, the other believes it, and no nonce comes twice', async () => {
    const epochs = [await epochOf(two)];
    for (const [seconds, signal] of [
      [-5 * HOUR_S, 'SIGTERM'],
      [-48 * HOUR_S, 'SIGKILL'],
    ] as const) {
      await two.process.signal(signal);
      await two.process.exited;
      await clockOf(two).set(seconds);
      start(two);
      await untilActive(two);
      await untilAllInSync(agents, WITHIN_MS);
      const { time } = await two.until('an answer', () => true, WITHIN_MS);
      expect(time).toBeLessThan(epochs[0] ?? 0);
      epochs.push(await epochOf(two));
      await expectAllFlows();
    }
    expect(epochs).toEqual([...new Set(epochs)].toSorted((a, b) => a - b));
    const seen = await one.until('the new life', (status) => inSyncWith(status, 'gw2'), WITHIN_MS);
    expect(seen.nodes.find(({ name }) => name === 'gw2')?.epoch).toBe(epochs.at(-1));
    // Its state is lost too: the other one knows better, and what it knows is kept for the next start.
    await two.process.stop();
    await two.machine.run(['rm', `${RUN_DIR}/gw2.epoch`]);
    start(two);
    expect((await two.process.exited).code).toBe(1);
    expect(two.process.tail()).toContain('the clock was set back and the epoch file is gone');
    start(two);
    await untilActive(two);
    await untilAllInSync(agents, WITHIN_MS);
    const now = await epochOf(two);
    expect(now).toBe((epochs.at(-1) ?? 0) + 1);
    await expectAllFlows();
    await capture.stop();
    const frames = capturedFrames(readFileSync(one.machine.outsidePath(CAPTURE)));
    expect(frames.epochs.get(2)).toEqual([...epochs, expect.any(Number), now]);
    expect(frames.epochs.get(1)).toHaveLength(1);
    expect(frames.seen).toBeGreaterThan(FRAMES);
    expect(frames.reused).toEqual([]);
  });
});

/** What was sealed with which nonce, and the epochs of each slot in the order in which they appeared. */
function capturedFrames(file: Uint8Array): { seen: number; reused: string[]; epochs: Map<number, number[]> } {
  const bodies = new Map<string, string>();
  const reused: string[] = [];
  const epochs = new Map<number, number[]>();
  const header = emptyHeader();
  for (const { ip } of readCapture(file).packets) {
    for (const frame of ip === undefined ? [] : framesOf(Buffer.from(ip))) {
      if (readHeader(frame, header) !== undefined) continue;
      const { slot, epoch, keyTag, kind, sequence } = header;
      // A proof of an epoch has a key and nonces of its own (src/replication/frame-seal.ts).
      const stream = kind === FrameKind.proof ? 'proof' : streamOf(kind);
      const nonce = [slot, keyTag, epoch, stream, sequence].join(' ');
      const body = frame.subarray(HEADER_BYTES).toString('base64');
      if ((bodies.get(nonce) ?? body) !== body) reused.push(nonce);
      bodies.set(nonce, body);
      const known = epochs.get(slot) ?? [];
      if (!known.includes(epoch)) epochs.set(slot, [...known, epoch]);
    }
  }
  return { seen: bodies.size, reused, epochs };
}

/** The frames of one packet: the kernel cuts several out of one only behind the place where they are captured. */
function framesOf(packet: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let at = packet.indexOf(MAGIC); at >= 0; at = packet.indexOf(MAGIC, at + 1)) starts.push(at);
  return starts.map((start, index) => packet.subarray(start, starts[index + 1]));
}

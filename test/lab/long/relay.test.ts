import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event, StatusReply } from '../../../src/agent/control/messages.ts';
import {
  agentOf,
  type GatewayAgent,
  inSyncWith,
  makeSecret,
  ownState,
  RUN_DIR,
} from '../../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../../src/lab/topology/cluster-file.ts';
import {
  buildSite,
  DATA_PLANE,
  type Gateway,
  gatewayNamed,
  POOL4,
  POOL6,
  SERVER4,
  type Site,
} from '../../../src/lab/topology/site.ts';
import { replicationLinks } from '../../../src/lab/topology/replication-links.ts';
import { gatewaysInUse, untilRoutedTo } from '../../../src/lab/topology/steering.ts';
import { Ping } from '../../../src/lab/traffic/ping.ts';
import { checkFlows, TrafficProgram } from '../../../src/lab/traffic/traffic.ts';
import { waitFor } from '../../../src/lab/world/wait.ts';
import { breakBuild, type BrokenBuild } from '../broken-build.ts';
import { labTest } from '../needs-root.ts';

/*
 * A router that keeps its routes to gw1 whatever gw1 withdraws, and a worker of gw1 that sleeps while a file is there:
 * what arrives at gw1 goes over the ring to gw2, which translates it, both ways.
 */
const WITHIN_MS = 60_000;
const TARGET = `64:ff9b::${SERVER4}`;
const HANG = `${RUN_DIR}/hang`;
const [TCP, UDP] = [8, 4];
const ALL = { tcp: TCP, tcpTotal: TCP, udp: UDP, udpTotal: UDP };
const SLEEPS =
  `while (process.getBuiltinModule('node:fs').existsSync('${HANG}'))` +
  ' Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);';

const TITLE = 'a gateway whose worker hangs, behind a router that goes on sending to it';
/** Two wires with multicast; and no wire, but streams of gRPC. */
describe.runIf(labTest).each(['ring', 'two-sites'] as const)(`${TITLE} (%s)`, (topology) => {
  if (topology !== 'ring')
    process.stdout.write(`${topology}: a killed agent and the end are skipped: as with the ring\n`);
  let site: Site;
  let gw1: Gateway;
  let one: GatewayAgent;
  let two: GatewayAgent;
  let build: BrokenBuild;
  let flows: TrafficProgram;

  beforeAll(async () => {
    const line = 'let busy = this.#packets(nowMs);';
    build = await breakBuild([{ file: 'dataplane/worker-loop.js', from: line, to: `${SLEEPS} ${line}` }]);
    const { join, head, entryOf, prepare } = replicationLinks(topology, 2);
    site = await buildSite({ gateways: 2, mode: 'preferred', join });
    gw1 = gatewayNamed(site, 'gw1');
    [one, two] = [agentOf(gw1), agentOf(gatewayNamed(site, 'gw2'))];
    const file = `${clusterFile(site.gateways, { head, entryOf })}states: { hold: 300ms, calm: 1s }\n`;
    const secret = makeSecret();
    await prepare(site, file);
    for (const agent of [one, two]) await agent.install(file, secret);
    one.start({ program: build.program });
    two.start();
    for (const agent of [one, two]) await untilState(agent, 'active');
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    await new TrafficProgram(site.server4, 'server').next('ready', WITHIN_MS);
    flows = new TrafficProgram(site.client6, 'sessions', [TARGET, String(TCP), String(UDP)]);
    await flows.next('ready', WITHIN_MS);
    await two.until('to hold the sessions', (status) => inSyncWith(status, 'gw1'), WITHIN_MS);
    const { interface: out, gateway6, gateway4 } = gw1.path;
    await site.router.ip([
      `route add ${POOL6} via ${gateway6} dev ${out} metric 1`,
      `route add ${POOL4} via ${gateway4} dev ${out} metric 1`,
    ]);
  }, 120_000);

  afterAll(async () => {
    await site?.world.close();
    await build?.remove();
  });

  async function untilState(agent: GatewayAgent, wanted: string): Promise<void> {
    await agent.until(wanted, (status) => ownState(status).state === wanted, WITHIN_MS);
  }

  async function untilEvent(agent: GatewayAgent, what: string, wanted: (event: Event) => boolean): Promise<Event> {
    return waitFor(what, async () => (await agent.events()).findLast(wanted), { timeoutMs: WITHIN_MS, everyMs: 50 });
  }

  async function hang(): Promise<void> {
    await gw1.machine.writeFile(HANG, '');
    await untilState(one, 'failed');
  }

  async function inDataPlane(gateway: Gateway, command: string): Promise<string> {
    return (await gateway.machine.run(command.split(' '), { namespace: DATA_PLANE })).stdout;
  }

  async function rulesOfRelay(): Promise<string> {
    const families = ['-4', '-6'].map((family) => inDataPlane(gw1, `ip ${family} rule show`));
    return (
      (await Promise.all(families))
        .join('')
        .match(/^.*lookup 639\d\d.*$/gm)
        ?.join('\n') ?? ''
    );
  }

  const relayed = (status: StatusReply | undefined, name: string): number =>
    status?.relay?.counters.find((counter) => counter.name === name)?.value ?? 0;

  it('is answered by way of the other one, connections that stand and packets of every size', async () => {
    const ping = new Ping(site.client6, TARGET, 20);
    await ping.flowing(20, WITHIN_MS);
    const begun = Date.now();
    await hang();
    await ping.flowing(150, WITHIN_MS);
    process.stdout.write(
      `relay over ${topology}: ${Math.round(ping.outageMs(begun))} ms without an answer from the hang on\n`,
    );
    expect(await gatewaysInUse(site.router)).toEqual(['gw1', 'gw1']);
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
    // Both ways in two frames each: 1428 bytes of IPv6, and what the server answers.
    const long = ['ping', '-6', '-M', 'do', '-s', '1380', '-c', '20', '-i', '0.05', '-W', '5', TARGET];
    const { stdout } = await site.client6.run(long);
    // On a busy machine a link has frames waiting now and then: relayed packets are what is dropped first.
    expect(Number(/(\d+) received/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(15);

    const status = await one.until('to say so', ({ relay }) => (relay?.targets[0]?.packets ?? 0) > 0, WITHIN_MS);
    expect(status.relay?.targets).toMatchObject([{ instance: 'internet', node: 'gw2' }]);
    expect(status.problems.map(({ code }) => code)).toContain('relay-started');
    expect(relayed(status, 'relayMalformed')).toBe(0);
    expect(relayed(await two.status(), 'relayTaken')).toBeGreaterThan(150);
    await untilEvent(one, 'the begin', ({ code, to }) => code === 'relay-started' && to === 'forwarded to gw2');
    await ping.process.stop();
  }, 120_000);

  it('leaves the nodes in touch: each hears the other, no frame of a log is lost, the one that serves stays', async () => {
    for (const agent of [one, two]) {
      const alive = ({ nodes }: StatusReply): boolean => nodes.every((node) => node.alive);
      const { nodes } = await agent.until('to hear the other', alive, WITHIN_MS);
      expect(nodes.map(({ framesLost }) => framesLost)).toEqual([0, 0]);
    }
    expect(ownState((await two.status()) ?? fail()).state).toBe('active');
  });

  it.runIf(topology === 'ring')(
    'leaves the kernel as it was when its agent is killed, and the next one takes the rules away',
    async () => {
      expect(await rulesOfRelay()).toContain('not from all iif lo lookup 63901');
      await one.process.signal('SIGKILL');
      await one.process.exited;
      await waitFor(
        'the devices to be gone',
        async () => !(await inDataPlane(gw1, 'ip link')).includes('isthmus-out'),
        {
          timeoutMs: WITHIN_MS,
        },
      );
      const found = await gw1.machine.run(['ip', 'route', 'get', '11.64.0.1', 'from', SERVER4, 'iif', 'up0'], {
        namespace: DATA_PLANE,
        allowFailure: true,
      });
      expect(found.stdout + found.stderr).toMatch(/blackhole|Invalid argument/);
      await gw1.machine.run(['rm', HANG]);
      one.start({ program: build.program });
      await untilState(one, 'active');
      expect(await rulesOfRelay()).toBe('');
      await two.until('to hold the sessions', (status) => inSyncWith(status, 'gw1'), WITHIN_MS);
      expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
    },
    120_000,
  );

  it.runIf(topology === 'ring')(
    'ends it when the translator works again, and says how much it was',
    async () => {
      await hang();
      expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
      await gw1.machine.run(['rm', HANG]);
      await untilState(one, 'active');
      const ended = await untilEvent(one, 'the end', ({ code }) => code === 'relay-ended');
      expect(ended.reason).toMatch(
        /^the translator works again; \d+ packets went to gw2 in [\d.]+ s, \d+ were dropped$/,
      );
      await waitFor('no rule to be left', async () => (await rulesOfRelay()) === '', { timeoutMs: WITHIN_MS });
      expect(await inDataPlane(gw1, 'ip link')).not.toContain('isthmus-out');
      expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
      const before = relayed(await two.status(), 'relayTaken');
      expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
      expect(relayed(await two.status(), 'relayTaken')).toBe(before);
      const gw2 = gatewayNamed(site, 'gw2');
      await waitFor('the device to be gone', async () => !(await inDataPlane(gw2, 'ip link')).includes('isthmus-in'), {
        timeoutMs: WITHIN_MS,
      });
    },
    120_000,
  );
});

function fail(): never {
  throw new Error('no agent answered');
}

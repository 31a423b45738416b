import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { StatusReply } from '../../../src/agent/control/messages.ts';
import { agentOf, type GatewayAgent, makeSecret, ownState, RUN_DIR } from '../../../src/lab/gateway/agent.ts';
import { DIST } from '../../../src/lab/programs.ts';
import { clusterFile } from '../../../src/lab/topology/cluster-file.ts';
import { buildSite, CLIENT6, gatewayNamed, SERVER4, type Site } from '../../../src/lab/topology/site.ts';
import { untilRoutedTo } from '../../../src/lab/topology/steering.ts';
import { checkFlows, filled, TrafficProgram } from '../../../src/lab/traffic/traffic.ts';
import { waitFor } from '../../../src/lab/world/wait.ts';
import { labTest } from '../needs-root.ts';
import { bundleProgram } from '../../bundle-program.ts';

const WITHIN_MS = 90_000;
const TCP = 50;
const LATER = 10;
const UDP = 10_000;
/** A node has sessions of its own, which count with those of the clients; these are fewer. */
const SPARE = 50;
const GROUP = 'ff02::db8:64:64';
const PORT = 6400;
const PROXY = join(DIST, 'lab-session-proxy.mjs');
/** What sends all sessions of a translator once. */
type Tell = () => Promise<void>;
/** Looks at the table between two times that all of it is told. */
const LOOKS_EACH = 5;

const session = z.object({
  protocol: z.string(),
  client: z.string(),
  clientPort: z.number(),
  pool4: z.string(),
  pool4Port: z.number(),
  remote: z.string(),
  remotePort: z.number(),
});

/** A busy machine is no failure here. */
const TOLERANT = '  eventLoop: { limit: 10s }\n  memory: { effect: off }\n';
/** Clients of addresses of their own, each with a session: `fill`. */
const FILL = { tun: 'fill0', prefix: 'fd77::/16', nobody: '64:ff9b::11.5.0.9' };

/**
 * The evening on which a site leaves Jool, and returns. Each gateway is a cluster of its own, which knows nothing of the
 * other but what Jool's session synchronisation says. The pair of Jool that has the traffic is a translator whose
 * sessions an independent sender says in Jool's layouts; those are proven by recordings of the kernel module
 * (test/unit/replication/joold).
 */
describe.runIf(labTest)('a site that leaves Jool', () => {
  let site: Site;
  let one: GatewayAgent;
  let two: GatewayAgent;
  let flows: TrafficProgram;
  let later: TrafficProgram;

  beforeAll(async () => {
    await bundleProgram(join(import.meta.dirname, '../session-proxy-main.ts'), PROXY);
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    [one, two] = [agentOf(gatewayNamed(site, 'gw1')), agentOf(gatewayNamed(site, 'gw2'))];
    await Promise.all([install(one, two, ''), install(two, one, exported('4.1.9'))]);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    await new TrafficProgram(site.server4, 'server').next('ready', WITHIN_MS);
    flows = await openFlows(TCP);
    await fill();
  }, 300_000);
  afterAll(() => site?.world.close());

  const exported = (format: string): string =>
    `    export: { joold: { group: "${GROUP}", port: ${PORT}, interface: ring0, format: ${format} } }\n`;

  /** A cluster of one node that takes over what the other says, and serves. */
  async function install(agent: GatewayAgent, other: GatewayAgent, options: string): Promise<void> {
    const place = `group: "${GROUP}", port: ${PORT}, interface: ring0`;
    const sizes = '    limits: { sessions: 40000, bibEntries: 40000 }\n    timeouts: { udp: 60m }\n';
    const adopt = `    adopt: { joold: { ${place}, from: ["${await linkLocal(other)}"] } }\n`;
    const file = clusterFile([gatewayNamed(site, agent.node)])
      .replace('cluster: lab', `cluster: ${agent.node}`)
      .replace('links: [ring0, ring1]', 'links: [ring1]')
      .replace('    kind: nat64\n', `    kind: nat64\n${sizes}${adopt}${options}`);
    await agent.install(`${file}${TOLERANT}`, makeSecret());
    agent.start();
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
  }

  async function linkLocal({ machine }: GatewayAgent): Promise<string> {
    const { stdout } = await machine.run(['ip', '-6', '-o', 'addr', 'show', 'dev', 'ring0', 'scope', 'link']);
    const address = /inet6 (fe80::[0-9a-f:]+)/.exec(stdout)?.[1];
    if (address === undefined) throw new Error(`ring0 has no link-local address: ${stdout}`);
    return address;
  }

  async function openFlows(count: number): Promise<TrafficProgram> {
    const program = new TrafficProgram(site.client6, 'sessions', [`64:ff9b::${SERVER4}`, String(count), '0']);
    await program.next('ready', WITHIN_MS);
    await expectAll(program, count);
    return program;
  }

  async function expectAll(program: TrafficProgram, count: number): Promise<void> {
    expect(await checkFlows(program, WITHIN_MS)).toMatchObject({ tcp: count, tcpTotal: count });
  }

  /** UDP sessions of as many clients; packets that a full queue drops are sent again. */
  async function fill(): Promise<void> {
    await site.router.ip([`route add 11.5.0.0/16 via ${SERVER4}`, `route add ${FILL.prefix} via ${CLIENT6}`]);
    await site.client6.enableForwarding();
    const program = new TrafficProgram(site.client6, 'fill', [FILL.tun, FILL.nobody]);
    await program.next('ready', WITHIN_MS);
    await site.client6.ip([`link set ${FILL.tun} up`, `route add ${FILL.prefix} dev ${FILL.tun}`]);
    await waitFor(
      'a table that is full',
      async () => {
        if ((await own(one)) >= UDP + TCP + SPARE) return true;
        await filled(program, UDP + 2 * SPARE, 4000);
        return undefined;
      },
      { timeoutMs: WITHIN_MS, everyMs: 1500, diagnose: async () => `${await own(one)} sessions` },
    );
    await program.process.stop();
  }

  const status = (agent: GatewayAgent): Promise<StatusReply> => agent.until('to answer', () => true, WITHIN_MS);
  const own = async (agent: GatewayAgent): Promise<number> => (await status(agent)).instances[0]?.ownSessions ?? 0;
  const held = ({ instances: [instance] }: StatusReply): number => instance?.adoption?.held ?? 0;

  async function command(agent: GatewayAgent, ...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await agent.isthmus([...args, '--node', agent.node, '--run-dir', RUN_DIR]);
    expect([args, code, stderr]).toEqual([args, 0, '']);
    return stdout;
  }

  /** The sessions of the client and of those that stand behind it: a node also has some by which it probes itself. */
  async function tableOf(agent: GatewayAgent): Promise<{ readonly text: string; readonly keys: readonly string[] }> {
    const text = await command(agent, 'sessions', '--json', '--limit', '0');
    const rows = text.split('\n').filter((line) => line.startsWith('{'));
    const keys = rows
      .map((line) => session.parse(JSON.parse(line)))
      .filter(({ client }) => client === CLIENT6 || client.startsWith('fd77:'))
      .map((row) => Object.values(row).join(' '));
    return { text, keys };
  }

  /** What `jool session proxy` and `jool session advertise` do, for the sessions of this translator. */
  async function advertise(agent: GatewayAgent, layouts: readonly string[]): Promise<void> {
    const { text } = await tableOf(agent);
    const order = JSON.stringify({ interface: 'ring0', group: GROUP, port: PORT, layouts });
    const { stdout } = await agent.machine.run([process.execPath, PROXY, order], { input: text });
    expect(stdout).toMatch(/^said \d{5} sessions$/m);
  }

  /**
   * Waits until this node has every session of the other one, with the same addresses and ports. Datagrams that the
   * node's socket has no room for are lost: what is missing is told again.
   */
  async function untilTold(agent: GatewayAgent, from: GatewayAgent, count: number, tell: Tell): Promise<void> {
    const wanted = (await tableOf(from)).keys;
    expect(wanted.length).toBeGreaterThanOrEqual(count);
    let missing: readonly string[] = wanted;
    let looks = 0;
    await waitFor(
      `${agent.node} to have the sessions of ${from.node}`,
      async () => {
        if (++looks % LOOKS_EACH === 0) await tell();
        const there = new Set((await tableOf(agent)).keys);
        missing = wanted.filter((key) => !there.has(key));
        return missing.length === 0;
      },
      {
        timeoutMs: WITHIN_MS,
        everyMs: 500,
        diagnose: async () =>
          `${missing.length} are missing: ${missing[0]}\n${await command(agent, 'joold', 'status')}`,
      },
    );
    const { instances, problems } = await status(agent);
    const refused = instances[0]?.adoption?.refused ?? [];
    // A worker that had no room for a moment is no mistake in what was said.
    expect(refused.filter(({ name }) => name !== 'busy')).toEqual([]);
    expect(problems.map(({ code }) => code)).toContain('adoption-listening');
  }

  /** The routes leave a translator; what is under way meanwhile is translated. */
  async function move(from: GatewayAgent, to: GatewayAgent): Promise<void> {
    if (ownState(await status(to)).state !== 'active') await command(to, 'undrain');
    await to.until('to serve', (now) => ownState(now).state === 'active', WITHIN_MS);
    await drained(from);
    await untilRoutedTo(site, to.node, WITHIN_MS);
  }

  async function drained(agent: GatewayAgent): Promise<void> {
    if (ownState(await status(agent)).state === 'active') await command(agent, 'drain', '--force');
  }

  /**
   * The takeover comes when Jool is silent and a packet of its sessions has come, or when the operator ends it. A
   * session counts as the node's own once it is written into the log, which is after it has left the foreign owner.
   */
  async function untilOwned(agent: GatewayAgent, count: number): Promise<void> {
    await waitFor(
      `${agent.node} to own what it has been told`,
      async () => {
        await checkFlows(flows, WITHIN_MS);
        return held(await status(agent)) === 0 && (await own(agent)) >= count;
      },
      {
        timeoutMs: WITHIN_MS,
        everyMs: 500,
        diagnose: async () => `${held(await status(agent))} are held, ${await own(agent)} of ${count} are its own`,
      },
    );
    expect((await agent.events()).map(({ code }) => code)).toContain('sessions-adopted');
  }

  /** A translator that has lost everything and is not to serve yet. */
  async function restartEmpty(agent: GatewayAgent): Promise<void> {
    await drained(agent);
    await agent.process.stop();
    agent.start();
    await agent.until('to be withdrawn', (now) => ownState(now).state === 'withdrawn', WITHIN_MS);
    // Of its own there are only those by which it probes itself.
    expect(await own(agent)).toBeLessThan(SPARE);
  }

  it('of 4.1.13 brings 10,000 sessions, and breaks none of 50 connections', async () => {
    const tell = (): Promise<void> => advertise(one, ['4.1.13']);
    await tell();
    await untilTold(two, one, UDP + TCP, tell);
    await move(one, two);
    await expectAll(flows, TCP);
    await untilOwned(two, UDP + TCP);
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject({ tcp: TCP, tcpTotal: TCP });
  }, 300_000);

  it('returns to one of 4.1.9 with them and with what has begun since', async () => {
    await restartEmpty(one);
    const tell = async (): Promise<void> =>
      expect(await command(two, 'joold', 'advertise')).toContain('sends the standby all sessions');
    await tell();
    await untilTold(one, two, UDP + TCP, tell);
    later = await openFlows(LATER);
    await untilTold(one, two, UDP + TCP + LATER, tell);
    await move(two, one);
    await expectAll(flows, TCP);
    await expectAll(later, LATER);
    await untilOwned(one, UDP + TCP + LATER);
  }, 300_000);

  it('leaves again in layouts of 4.1.9 and 4.1.12, and ends the takeover', async () => {
    await restartEmpty(two);
    const tell = (): Promise<void> => advertise(one, ['4.1.9', '4.1.12']);
    await tell();
    await untilTold(two, one, UDP + TCP + LATER, tell);
    await move(one, two);
    expect(await command(two, 'joold', 'done')).toContain('takes nothing over any more');
    await two.until(
      'to be without a warning of the takeover',
      ({ problems }) => problems.every(({ code }) => code !== 'adoption-listening'),
      WITHIN_MS,
    );
    await expectAll(flows, TCP);
    await expectAll(later, LATER);
    await untilOwned(two, UDP + TCP + LATER);
  }, 300_000);
});

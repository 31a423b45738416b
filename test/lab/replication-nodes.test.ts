import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event, StatusReply } from '../../src/agent/control/messages.ts';
import {
  agentOf,
  CLUSTER_FILE,
  type GatewayAgent,
  inSyncWith,
  makeSecret,
  ownState,
  RUN_DIR,
} from '../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, gatewayNamed, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import { untilRoutedTo } from '../../src/lab/topology/steering.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

const WITHIN_MS = 60_000;
const NEW_SECRET_FILE = `${RUN_DIR}/new.key`;

/** Refused frames on all links, by reason. */
function refused({ links }: StatusReply, reason: string): number {
  const counters = links.flatMap(({ refusals }) => refusals).filter(({ name }) => name === reason);
  return counters.reduce((sum, { value }) => sum + value, 0);
}

/** Real agents over real multicast: what is done to the keys, the links and the slots of nodes that run. */
describe.runIf(labTest)('replication between two agents', () => {
  let site: Site;
  let one: GatewayAgent;
  let two: GatewayAgent;
  let file: string;

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    file = clusterFile(site.gateways).replace('    kind: nat64\n', '    kind: nat64\n    deferFirstPacket: 500ms\n');
    const secret = makeSecret();
    for (const gateway of site.gateways) await agentOf(gateway).install(file, secret);
    // The second link is smaller than any frame of full size.
    for (const { machine } of site.gateways) await machine.run(['ip', 'link', 'set', 'ring1', 'mtu', '1290']);
    [one, two] = [agentOf(gatewayNamed(site, 'gw1')), agentOf(gatewayNamed(site, 'gw2'))];
    for (const agent of [one, two]) agent.start();
    await bothInSync();
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
  }, 60_000);

  afterAll(async () => {
    await site?.world.close();
  });

  async function bothInSync(): Promise<void> {
    await one.until('the sessions of gw2', (status) => inSyncWith(status, 'gw2'), WITHIN_MS);
    await two.until('the sessions of gw1', (status) => inSyncWith(status, 'gw1'), WITHIN_MS);
  }

  function counter({ instances }: StatusReply, name: string): number {
    const counters = instances.flatMap(({ counters: all }) => all).filter((one) => one.name === name);
    return counters.reduce((sum, { value }) => sum + value, 0);
  }

  it('lets the first packet of a session wait until the other node has its record', async () => {
    // While a node joins, its own checks may find the other one slow to confirm.
    const before = await one.until('an answer', () => true, WITHIN_MS);
    const since = (now: StatusReply, name: string): number => counter(now, name) - counter(before, name);
    for (let round = 0; round < 5; round++) {
      await site.client6.run(['ping', '-6', '-c', '1', '-W', '3', `64:ff9b::${SERVER4}`]);
    }
    const status = await one.until('five first packets', (now) => since(now, 'peerConfirmed') >= 5, WITHIN_MS);
    expect(since(status, 'heldForPeer')).toBeGreaterThanOrEqual(5);
    expect(since(status, 'peerLate')).toBe(0);
  });

  it('says on which link nothing comes in while it is cut, and has no gap', async () => {
    const cut = async (state: 'down' | 'up'): Promise<void> => {
      await two.machine.run(['ip', 'link', 'set', 'ring1', state]);
    };
    const until = async (health: string): Promise<StatusReply[]> =>
      Promise.all(
        [one, two].map((agent) =>
          agent.until(
            `${health} on ring1`,
            ({ links }) => links.every((link) => link.health === (link.name === 'ring1' ? health : 'ok')),
            WITHIN_MS,
          ),
        ),
      );
    await until('ok');
    await cut('down');
    const [there] = await until('silent');
    expect(there.links.map(({ problem }) => problem)).toEqual(['', 'nothing from gw2 comes in on ring1']);
    await site.client6.run(['ping', '-6', '-c', '3', '-i', '0.2', '-W', '3', `64:ff9b::${SERVER4}`]);
    await cut('up');
    await until('ok');
    await bothInSync();
    for (const agent of [one, two]) {
      const told = (await agent.events()).filter(({ subject, name }) => subject === 'link' && name === 'ring1');
      expect(told.map(({ to }) => to)).toEqual(expect.arrayContaining(['silent', 'ok']));
      const status = await agent.until('an answer', () => true, WITHIN_MS);
      expect(status.replication?.framesLost).toBe(0);
    }
  });

  /** What the reloads so far have applied. */
  async function applied(agent: GatewayAgent): Promise<string[]> {
    const events = await agent.events();
    return events
      .filter(({ subject, to }) => subject === 'configuration' && to === 'applied')
      .map(({ reason }) => reason);
  }

  it('goes from one secret to another, node by node, and no frame is refused', async () => {
    const secret = makeSecret();
    const steps = [
      `previousSecretFile: ${NEW_SECRET_FILE}\n${file}`,
      file.replace(/^secretFile: (.*)$/m, `secretFile: ${NEW_SECRET_FILE}\npreviousSecretFile: $1`),
      file.replace(/^secretFile: .*$/m, `secretFile: ${NEW_SECRET_FILE}`),
    ];
    for (const { machine } of [one, two]) await machine.writeFile(NEW_SECRET_FILE, secret, 0o600);
    for (const text of steps) {
      for (const agent of [one, two]) {
        await agent.machine.writeFile(CLUSTER_FILE, text);
        const before = (await applied(agent)).length;
        await agent.process.signal('SIGHUP');
        const more = async (): Promise<boolean> => (await applied(agent)).length > before;
        await waitFor('the reload', more, { timeoutMs: WITHIN_MS, diagnose: () => agent.process.tail() });
      }
    }
    await bothInSync();
    for (const agent of [one, two]) {
      const status = await agent.until('an answer', () => true, WITHIN_MS);
      expect(refused(status, 'key')).toBe(0);
      const { stdout } = await agent.machine.run(['cat', '/proc/net/snmp6']);
      expect(stdout).toMatch(/^Ip6FragCreates\s+0$/m);
      expect((await applied(agent)).join('\n')).toMatch(
        /a new one is accepted beside it[^]*another secret seals[^]*no other one is accepted/,
      );
      expect((await agent.events()).filter(({ subject, to }) => subject === 'peer' && to === 'down')).toEqual([]);
    }
  });

  it('ends a second node that is given the slot of one that runs', async () => {
    await two.process.stop();
    const rival = agentOf({ name: 'gw1', machine: two.machine });
    const run = rival.start();
    const { code } = await run.exited;
    expect(code).not.toBe(0);
    expect(run.tail()).toContain('duplicate slot: a node that started earlier uses slot 1');
    const status = await one.until('an answer', () => true, WITHIN_MS);
    expect(ownState(status).state).toBe('active');
    expect(refused(status, 'sameSlot')).toBeGreaterThan(0);
    const toldOf = async (): Promise<Event | undefined> =>
      (await one.events()).find(({ name, to }) => name === 'slot of gw1' && to === 'duplicate');
    const told = await waitFor('the event', toldOf, { timeoutMs: WITHIN_MS, diagnose: () => one.process.tail() });
    expect(told).toMatchObject({ severity: 'warning', code: 'slot-duplicate', to: 'duplicate' });
    const { stdout } = await one.isthmus(['status', '--run-dir', RUN_DIR]);
    expect(stdout).toMatch(/^ {2}ring0 refused since the start: .*another node uses our slot/m);
  });
});

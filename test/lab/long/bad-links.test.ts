import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event, StatusReply } from '../../../src/agent/control/messages.ts';
import { agentOf, type GatewayAgent, inSyncWith, makeSecret, ownState } from '../../../src/lab/gateway/agent.ts';
import { translated } from '../../../src/drills/samples.ts';
import { clusterFile } from '../../../src/lab/topology/cluster-file.ts';
import { buildSite, POOL6, SERVER4, type Site } from '../../../src/lab/topology/site.ts';
import { BLOCK } from '../../../src/lab/traffic/content.ts';
import { churned, TrafficProgram } from '../../../src/lab/traffic/traffic.ts';
import { waitFor } from '../../../src/lab/world/wait.ts';
import { labTest } from '../needs-root.ts';

const WITHIN_MS = 60_000;
const SERVER6 = `${POOL6.split('/')[0]}${SERVER4}`;
const CLIENTS = ['2001:db8:6::41', '2001:db8:6::42', '2001:db8:6::43'];
/** Connections opened each second, until so many were answered. */
const CHURN = 60;
const CHURN_ANSWERED = 240;
/** 64 MiB in packets of 1500 bytes. */
const BULK_BLOCKS = 4096;
const BULK_PACKETS = (BULK_BLOCKS * BLOCK) / 1460;

function counter({ instances }: StatusReply, name: string): number {
  const values = instances.flatMap(({ counters }) => counters).filter((one) => one.name === name);
  return values.reduce((sum, { value }) => sum + value, 0);
}

/** Real agents on two ring links that can be told to go wrong: replication goes over them and nothing else does. */
describe.runIf(labTest)('two agents on links that go wrong', () => {
  let site: Site;
  let agents: readonly GatewayAgent[];

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred', faultyRing: true });
    const { client6, server4, gateways } = site;
    const [file, secret] = [clusterFile(gateways), makeSecret()];
    agents = gateways.map(agentOf);
    for (const agent of agents) {
      await agent.install(file, secret);
      agent.start();
    }
    await client6.ip(CLIENTS.map((address) => `addr add ${address}/64 dev eth0 nodad`));
    const server = new TrafficProgram(server4, 'server');
    await server.next('ready', WITHIN_MS);
    server.send('rate 50000000');
    await all('to be active', (status) => ownState(status).state === 'active');
    await all('to hold what the other owns', holdsAll);
  }, 90_000);

  afterAll(async () => {
    await site?.world.close();
  });

  async function all(what: string, wanted: (status: StatusReply) => boolean): Promise<StatusReply[]> {
    return Promise.all(agents.map((agent) => agent.until(what, wanted, WITHIN_MS)));
  }

  /** The last mark agreed, and what is held is as much as the owner has by now. */
  function holdsAll(status: StatusReply): boolean {
    const others = status.nodes.filter(({ self }) => !self);
    return others.every(
      ({ name, instances }) =>
        inSyncWith(status, name) && instances.every(({ ownSessions, heldHere }) => ownSessions === heldHere),
    );
  }

  async function startChurn(): Promise<TrafficProgram> {
    const churn = new TrafficProgram(site.client6, 'churn', [SERVER6, String(CHURN), CLIENTS.join(',')]);
    await churn.next('ready', WITHIN_MS);
    return churn;
  }

  /** Each node's BIB, a line for each entry, with the number of its sessions. */
  async function tables(): Promise<string[][]> {
    const bibs = await Promise.all(agents.map((agent) => agent.bib()));
    return bibs.map((entries) =>
      entries
        .map(({ protocol, client, clientPort, pool4, pool4Port, sessions }) =>
          [protocol, client, clientPort, pool4, pool4Port, sessions].join(' '),
        )
        .toSorted(),
    );
  }

  async function events(wanted: (event: Event) => boolean): Promise<Event[]> {
    const lists = await Promise.all(agents.map((agent) => agent.events()));
    return lists.flat().filter(wanted);
  }

  it('have the same sessions soon after churn over links that lose a tenth, double every frame and reorder', async () => {
    for (const wire of site.ringWires) wire.set({ loss: 0.1, duplicate: 1, reorder: 0.3, delayMs: 10 });
    const churn = await startChurn();
    const { opened } = await waitFor(
      'connections that were answered',
      async () => {
        const so = await churned(churn);
        return so.answered > CHURN_ANSWERED && so;
      },
      { timeoutMs: WITHIN_MS, everyMs: 200 },
    );
    await churn.process.stop();
    const stopped = performance.now();
    await all('to hold what the other owns', holdsAll);
    const agreedMs = Math.round(performance.now() - stopped);
    const statuses = await all('an answer', () => true);
    const [here, there] = await tables();
    expect(here?.length).toBeGreaterThan(CHURN);
    expect(there).toEqual(here);
    for (const { replication, links, nodes } of statuses) {
      expect(replication?.framesLost).toBe(0);
      expect(links.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBeGreaterThan(CHURN);
      expect(nodes.every(({ alive }) => alive)).toBe(true);
    }
    expect(await events(({ to }) => to === 'differs')).toEqual([]);
    process.stdout.write(`${opened} connections; the digests agreed ${agreedMs} ms after the last one\n`);
  });

  it.each([0, 1])('tell that ring%i is cut and that it is mended, and no record waits for it', async (index) => {
    for (const wire of site.ringWires) wire.set({});
    const name = `ring${index}`;
    const until = (health: string): Promise<StatusReply[]> =>
      all(`${health} on ${name}`, ({ links }) =>
        links.every((link) => link.health === (link.name === name ? health : 'ok')),
      );
    await until('ok');
    const churn = await startChurn();
    const before = (await events(({ subject }) => subject === 'link')).length;
    site.ringWires[index]?.set({ loss: 1 });
    const cut = performance.now();
    await until('silent');
    const reportedMs = Math.round(performance.now() - cut);
    site.ringWires[index]?.set({});
    const mended = performance.now();
    await until('ok');
    const mendedMs = Math.round(performance.now() - mended);
    await churn.process.stop();
    const statuses = await all('to hold what the other owns', holdsAll);
    expect(statuses.map(({ replication }) => replication?.framesLost)).toEqual([0, 0]);
    const told = (await events(({ subject }) => subject === 'link')).slice(before);
    expect(told.filter((event) => event.name === name).map(({ to }) => to)).toEqual(
      expect.arrayContaining(['silent', 'ok']),
    );
    expect(await events(({ subject, to }) => subject === 'peer' && to === 'down')).toEqual([]);
    process.stdout.write(`${name}: the cut was told after ${reportedMs} ms, the repair after ${mendedMs} ms\n`);
  });

  it('write a record for less than one in a thousand packets of a download', async () => {
    // Each packet by itself, as from a network card: nothing is joined on the way.
    for (const machine of [site.client6, site.server4]) {
      await machine.run(['ethtool', '-K', 'eth0', 'tso', 'off', 'gso', 'off', 'gro', 'off']);
    }
    const before = await all('an answer', () => true);
    const download = new TrafficProgram(site.client6, 'download', [
      `http://[${SERVER6}]/download?blocks=${BULK_BLOCKS}`,
    ]);
    await download.next('end', 60_000);
    const after = await all('an answer', () => true);
    const grown = (of: (status: StatusReply) => number): number =>
      after.reduce((sum, status, index) => sum + of(status) - of(before[index] ?? status), 0);
    const packets = grown(translated);
    const records = grown((status) => counter(status, 'recordsWritten'));
    expect(packets).toBeGreaterThan(BULK_PACKETS);
    expect(records).toBeGreaterThan(0);
    expect(records / packets).toBeLessThan(0.001);
    const marks = grown((status) => counter(status, 'marksWritten'));
    process.stdout.write(`${records} records and ${marks} marks for ${packets} packets\n`);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StatusReply } from '../../src/agent/control/messages.ts';
import { agentOf, type GatewayAgent, makeSecret, ownState } from '../../src/lab/gateway/agent.ts';
import { untilAllInSync } from '../../src/lab/gateway/all-in-sync.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import { churned, TrafficProgram } from '../../src/lab/traffic/traffic.ts';
import type { Faults } from '../../src/lab/world/impaired-link.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

const WITHIN_MS = 60_000;
const SERVER6 = `64:ff9b::${SERVER4}`;
const CLIENTS = ['2001:db8:6::41', '2001:db8:6::42', '2001:db8:6::43'];
/** Connections opened each second, until so many were answered. */
const CHURN = 120;
const CHURN_ANSWERED = 360;
/** The second copy comes by the longer way round the ring, after others that were sent later. */
const BOTH_WAYS: Faults = { echo: 1, echoFromMs: 5, echoToMs: 30 };

/** What both nodes have counted. */
interface Counts {
  readonly firstCopies: number;
  readonly secondCopies: number;
  readonly logFrames: number;
  readonly resent: number;
  readonly gaps: number;
}

/**
 * Two agents with one interface each, on which every frame comes twice: at once, and once more by a longer way. So an
 * HSR interface delivers frames whose first copy its kernel no longer remembers, and one that discards nothing.
 */
describe.runIf(labTest)('two agents on one link that brings every frame twice', () => {
  let site: Site;
  let agents: readonly GatewayAgent[];
  /** What each node had reported and lost before the test. */
  let earlier: { readonly events: readonly number[]; readonly lost: readonly number[] };

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred', faultyRing: true });
    site.ringWires[0]?.set(BOTH_WAYS);
    const { client6, server4, gateways } = site;
    const file = clusterFile(gateways).replaceAll('links: [ring0, ring1]', 'links: [ring0]');
    const secret = makeSecret();
    agents = gateways.map(agentOf);
    for (const agent of agents) {
      await agent.install(file, secret);
      agent.start();
    }
    await client6.ip(CLIENTS.map((address) => `addr add ${address}/64 dev eth0 nodad`));
    await new TrafficProgram(server4, 'server').next('ready', WITHIN_MS);
    for (const agent of agents) {
      await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    }
    await untilAllInSync(agents, WITHIN_MS);
  }, 60_000);

  beforeEach(async () => {
    const events = await Promise.all(agents.map(async (agent) => (await agent.events()).length));
    earlier = { events, lost: await framesLost() };
  });

  afterAll(async () => {
    await site?.world.close();
  });

  async function framesLost(): Promise<number[]> {
    return (await statuses()).map(({ replication }) => replication?.framesLost ?? Number.NaN);
  }

  async function statuses(): Promise<StatusReply[]> {
    return Promise.all(agents.map((agent) => agent.until('an answer', () => true, WITHIN_MS)));
  }

  async function counts(): Promise<Counts> {
    const all = await statuses();
    const sum = (of: (status: StatusReply) => number): number => all.reduce((total, status) => total + of(status), 0);
    const onLink = (of: (link: StatusReply['links'][number]) => number) => (status: StatusReply) =>
      status.links.reduce((total, link) => total + of(link), 0);
    return {
      firstCopies: sum(onLink(({ firstCopies }) => firstCopies)),
      secondCopies: sum(onLink(({ duplicates }) => duplicates)),
      logFrames: sum(({ replication }) => replication?.sequence ?? 0),
      resent: sum(({ replication }) => replication?.framesResent ?? 0),
      gaps: sum(({ nodes }) => nodes.reduce((total, { gaps }) => total + gaps, 0)),
    };
  }

  /**
   * Connections come and go; then both nodes have the same, proven by the digests. @returns what was counted meanwhile
   */
  async function churn(): Promise<Counts> {
    const before = await counts();
    const program = new TrafficProgram(site.client6, 'churn', [SERVER6, String(CHURN), CLIENTS.join(',')]);
    await program.next('ready', WITHIN_MS);
    await waitFor('connections', async () => (await churned(program)).answered > CHURN_ANSWERED, {
      timeoutMs: WITHIN_MS,
      everyMs: 100,
    });
    await program.process.stop();
    await waitFor('the same BIB at both nodes', async () => (await tables()).size === 1, {
      timeoutMs: WITHIN_MS,
      everyMs: 100,
    });
    await untilAllInSync(agents, WITHIN_MS);
    const after = await counts();
    return {
      firstCopies: after.firstCopies - before.firstCopies,
      secondCopies: after.secondCopies - before.secondCopies,
      logFrames: after.logFrames - before.logFrames,
      resent: after.resent - before.resent,
      gaps: after.gaps - before.gaps,
    };
  }

  async function tables(): Promise<Set<string>> {
    const bibs = await Promise.all(agents.map((agent) => agent.bib()));
    return new Set(
      bibs.map((entries) =>
        entries
          .map(({ client, clientPort, pool4, pool4Port, sessions }) =>
            [client, clientPort, pool4, pool4Port, sessions].join(' '),
          )
          .toSorted()
          .join('\n'),
      ),
    );
  }

  /** Since the test began nobody was missed, nothing differed, and the link was never called bad. */
  async function expectQuiet(): Promise<void> {
    for (const [index, agent] of agents.entries()) {
      const events = (await agent.events()).slice(earlier.events[index]);
      expect(events.filter(({ to }) => ['down', 'differs', 'silent', 'lossy'].includes(to))).toEqual([]);
    }
    expect(await framesLost()).toEqual(earlier.lost);
    for (const { links, nodes } of await statuses()) {
      expect(links.map(({ name, health, problem }) => [name, health, problem])).toEqual([['ring0', 'ok', '']]);
      expect(nodes.every(({ alive }) => alive)).toBe(true);
    }
  }

  it('take each frame once, count the other copy, and ask for nothing', async () => {
    const { firstCopies, secondCopies, logFrames, resent, gaps } = await churn();
    expect(logFrames).toBeGreaterThan(CHURN);
    expect(secondCopies).toBeGreaterThan(0.9 * firstCopies);
    expect(secondCopies).toBeLessThan(1.1 * firstCopies);
    // Nothing is lost; a socket of the lab's wire that overflows on a busy machine may lose a frame.
    expect(gaps).toBeLessThan(logFrames / 100);
    expect(resent).toBeLessThan(logFrames / 100);
    await expectQuiet();
    process.stdout.write(
      `${logFrames} frames of the logs; ${secondCopies} second copies of ${firstCopies} frames; ${gaps} gaps, ${resent} frames sent again\n`,
    );
  });

  it('ask once at most for each frame whose first copy is lost, and the late one fills the gap as well', async () => {
    site.ringWires[0]?.set({ ...BOTH_WAYS, loss: 0.1 });
    const { logFrames, resent, gaps, firstCopies, secondCopies } = await churn();
    expect(gaps).toBeGreaterThan(0);
    expect(secondCopies).toBeLessThan(0.95 * firstCopies);
    // One frame in ten is late, one in a hundred is lost; each goes again once, or twice when that is lost too.
    expect(resent).toBeLessThan(logFrames / 4);
    await expectQuiet();
    process.stdout.write(`${logFrames} frames of the logs: ${gaps} gaps, ${resent} frames sent again\n`);
  });
});

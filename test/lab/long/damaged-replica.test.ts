import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Event, StatusReply } from '../../../src/agent/control/messages.ts';
import { agentOf, type GatewayAgent, inSyncWith, makeSecret } from '../../../src/lab/gateway/agent.ts';
import { DIST } from '../../../src/lab/programs.ts';
import { clusterFile } from '../../../src/lab/topology/cluster-file.ts';
import { buildSite, gatewayNamed, SERVER4, type Site } from '../../../src/lab/topology/site.ts';
import { untilRoutedTo } from '../../../src/lab/topology/steering.ts';
import { waitFor } from '../../../src/lab/world/wait.ts';
import { parseIpv4 } from '../../../src/net/ipv4-address.ts';
import { parseIpv6 } from '../../../src/net/ipv6-address.ts';
import * as record from '../../../src/translator/nat64/records/session-record.ts';
import { labTest } from '../needs-root.ts';
import { bundleProgram } from '../../bundle-program.ts';

const { RecordKind } = record;
const WITHIN_MS = 60_000;
const ROUNDS = 3;
/** Another snapshot of the same set is not asked for sooner. */
const NEXT_SNAPSHOT_MS = 3000;
const PROGRAM = join(DIST, 'lab-forge.mjs');
/** ICMP in both families. */
const PING = 1;
const GW1 = 1;

const session = z.object({
  protocol: z.string(),
  client: z.string(),
  clientPort: z.number(),
  pool4: z.string(),
  pool4Port: z.number(),
  remote: z.string(),
  owner: z.string(),
});
type Session = z.infer<typeof session>;

/** A record of gw1 about a ping. */
function recordOf(kind: number, { client, clientPort, pool4, pool4Port, remote }: Session): Buffer {
  const bytes = Buffer.alloc(record.SESSION_RECORD_SIZE);
  bytes[record.RECORD_KIND] = kind;
  bytes[record.RECORD_OWNER] = GW1;
  bytes[record.RECORD_WRITER] = GW1;
  bytes[record.RECORD_PROTOCOL] = PING;
  bytes.writeUInt16BE(clientPort, record.RECORD_CLIENT_PORT);
  bytes.set(parseIpv6(client) ?? [], record.RECORD_CLIENT_ADDRESS);
  bytes.writeUInt32BE(parseIpv4(pool4) ?? 0, record.RECORD_POOL4_ADDRESS);
  bytes.writeUInt16BE(pool4Port, record.RECORD_POOL4_PORT);
  bytes.writeUInt32BE(parseIpv4(remote) ?? 0, record.RECORD_REMOTE_ADDRESS);
  bytes.writeUInt32BE(60_000, record.RECORD_LIFETIME);
  bytes.writeUInt32BE(1000, record.RECORD_VERSION + 4);
  return bytes;
}

/** Two real agents, and somebody who has the cluster's secret and lies to one of them in the name of the other. */
describe.runIf(labTest)('a replica that is damaged', () => {
  let site: Site;
  let one: GatewayAgent;
  let two: GatewayAgent;
  const secret = makeSecret();

  beforeAll(async () => {
    await bundleProgram(join(import.meta.dirname, '../forge-main.ts'), PROGRAM);
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    [one, two] = [agentOf(gatewayNamed(site, 'gw1')), agentOf(gatewayNamed(site, 'gw2'))];
    for (const agent of [one, two]) {
      await agent.install(clusterFile(site.gateways), secret);
      agent.start();
    }
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    for (let client = 0; client < 10; client++) {
      await site.client6.run(['ping', '-6', '-c', '1', '-W', '3', `64:ff9b::${SERVER4}`]);
    }
    await two.until('the sessions of gw1', (status) => inSyncWith(status, 'gw1'), WITHIN_MS);
  }, 60_000);

  afterAll(async () => {
    await site?.world.close();
  });

  async function sessionsOf(agent: GatewayAgent): Promise<Session[]> {
    const { stdout } = await agent.isthmus(['sessions', '--json']);
    return stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => session.parse(JSON.parse(line)));
  }

  function counter({ instances }: StatusReply, wanted: string): number {
    const counters = instances.flatMap(({ counters: all }) => all).filter(({ name }) => name === wanted);
    return counters.reduce((sum, { value }) => sum + value, 0);
  }

  const differing = (status: StatusReply): number => counter(status, 'setsDiffering');
  const marks = (status: StatusReply): number => counter(status, 'marksRead') + differing(status);

  /** @returns when it was sent */
  async function forge(forged: Buffer): Promise<number> {
    const order = {
      cluster: 'lab',
      secret: secret.trim(),
      slot: GW1,
      instance: 'internet',
      interface: 'ring0',
      group: 'ff02::4953:5448',
      port: 6464,
      record: forged.toString('hex'),
    };
    const { stdout } = await two.machine.run([process.execPath, PROGRAM, JSON.stringify(order)]);
    return Number(/forged at (\d+)/.exec(stdout)?.[1]);
  }

  /** Forges until the frame has come before the one whose number it takes. @returns when it was sent */
  async function damage(forged: Buffer): Promise<number> {
    for (let tries = 0; tries < 20; tries++) {
      const before = await two.until('an answer', () => true, WITHIN_MS);
      const at = await forge(forged);
      const sent = await two.until('an answer', () => true, WITHIN_MS);
      const after = await two.until('more marks', (status) => marks(status) >= marks(sent) + 5, WITHIN_MS);
      if (differing(after) > differing(before)) return at;
    }
    throw new Error('none of twenty forged frames was taken: the true ones were always there before');
  }

  /** What gw2 has told of its replica of gw1 since then. */
  async function told(since: number): Promise<Event[]> {
    const events = await two.events();
    return events.filter(({ subject, name, time }) => subject === 'peer' && name.startsWith('gw1, ') && time >= since);
  }

  it.each(['has a session too many', 'lacks a session'])('and %s is found, told and repaired', async (what) => {
    const times: { found: number; repaired: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const real = (await sessionsOf(two)).find(({ protocol, owner }) => protocol === 'icmp' && owner === 'gw1');
      if (real === undefined) throw new Error('gw1 has no session of a ping');
      const strange = { ...real, client: '2001:db8:6::bad', clientPort: 7, pool4Port: 2000 + round };
      const forged =
        what === 'lacks a session' ? recordOf(RecordKind.delete, real) : recordOf(RecordKind.create, strange);
      const at = await damage(forged);
      const events = await waitFor(
        'the events of difference and repair',
        async () => {
          const so = await told(at);
          return so.some(({ to }) => to === 'inSync') && so;
        },
        { timeoutMs: WITHIN_MS, everyMs: 100, diagnose: () => two.process.tail() },
      );
      expect(events.map(({ from, to }) => [from, to])).toEqual([
        ['inSync', 'differs'],
        ['differs', 'inSync'],
      ]);
      const [found = 0, repaired = 0] = events.map(({ time }) => Math.round(time - at));
      times.push({ found, repaired });
      expect(await sessionsOf(two)).toEqual(expect.arrayContaining([real]));
      expect((await sessionsOf(two)).filter(({ client }) => client === strange.client)).toEqual([]);
      await waitFor('the time of the next snapshot', () => Date.now() - at > repaired + NEXT_SNAPSHOT_MS, {
        timeoutMs: WITHIN_MS,
      });
    }
    const list = (of: 'found' | 'repaired'): string =>
      times
        .map((one) => one[of])
        .toSorted((a, b) => a - b)
        .join(' ');
    process.stdout.write(
      `a replica that ${what}: told after ${list('found')} ms, repaired after ${list('repaired')} ms\n`,
    );
  });
});

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { agentOf, type GatewayAgent, makeSecret, ownState } from '../../src/lab/gateway/agent.ts';
import { ISTHMUS } from '../../src/lab/programs.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, CLIENT6, gatewayNamed, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import type { Output } from '../../src/lab/world/lab-process.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

const WITHIN_MS = 60_000;
const WITHIN = { timeoutMs: 20_000, everyMs: 100 };
const SERVER6 = `64:ff9b::${SERVER4}`;

const top = z.object({
  rows: z.array(
    z.object({
      address: z.string(),
      sessions: z.number(),
      packets: z.number(),
      newLastMinute: z.number(),
      poolPorts: z.number(),
    }),
  ),
  groups: z.number(),
});
const end = z.object({ address: z.string(), protocol: z.string(), source: z.string(), destination: z.string() });
const drops = z.object({
  reasons: z.array(
    z.object({ reason: z.string(), packets: z.number(), sources: z.array(end), destinations: z.array(end) }),
  ),
});
type Drops = z.infer<typeof drops>['reasons'][number];
const followed = z.object({ change: z.string(), session: z.object({ client: z.string(), protocol: z.string() }) });

const traced = z.object({
  direction: z.string(),
  verdict: z.string(),
  steps: z.array(z.string()),
  counted: z.array(z.object({ name: z.string() })),
  after: z.array(z.object({ summary: z.object({ destination: z.string() }) })),
});

/** Commands about sessions and packets, on one of two gateways that carries the traffic of a client. */
describe.runIf(labTest)('commands about sessions', () => {
  let site: Site;
  let gateway: GatewayAgent;
  let other: GatewayAgent;

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    const agents = ['gw1', 'gw2'].map((name) => agentOf(gatewayNamed(site, name)));
    const [first, second] = agents;
    if (first === undefined || second === undefined) throw new Error('the site has two gateways');
    [gateway, other] = [first, second];
    const secret = makeSecret();
    for (const agent of agents) {
      await agent.install(`${clusterFile(site.gateways)}remoteCommands: changing\n`, secret);
      agent.start();
    }
    for (const agent of agents)
      await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    await waitFor('the client to reach the server', () => ping(1), { timeoutMs: WITHIN_MS, everyMs: 200 });
  }, 300_000);

  afterAll(async () => {
    await site?.world.close();
  });

  /** @returns true when all echo requests of one more session were answered */
  async function ping(count: number): Promise<true | undefined> {
    const command = ['ping', '-c', `${count}`, '-i', '0.1', '-W', '2', SERVER6];
    const { stdout } = await site.client6.run(command, { timeoutMs: 30_000, allowFailure: true });
    return stdout.includes(`${count} received`) ? true : undefined;
  }

  it('print JSON as docs/json.schema.json describes it, they and all others that look', async () => {
    expect(await ping(2)).toBe(true);
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { 'date-time': true } });
    ajv.addVocabulary(['x-unit']);
    ajv.addSchema(JSON.parse(readFileSync('docs/json.schema.json', 'utf8')), 'isthmus');
    const flow = ['--protocol', 'udp', '--sport', '4000', '--dport', '53'];
    const wanted: readonly [definition: string, shape: 'object' | 'list' | 'lines', ...argv: string[]][] = [
      ['StatusReply', 'object', 'status'],
      ['StatsReply', 'object', 'stats'],
      ['Session', 'lines', 'sessions'],
      ['Count', 'object', 'sessions', '--count'],
      ['BibEntry', 'lines', 'bib'],
      ['PoolUse', 'list', 'pool'],
      ['TopReply', 'object', 'top'],
      ['DropsReply', 'object', 'drops'],
      ['ExplainReply', 'object', 'explain', CLIENT6, SERVER6, ...flow],
      ['Event', 'lines', 'events'],
      ['Event', 'lines', 'history'],
      ['ReloadReply', 'object', 'reload'],
      ['Outcome', 'object', 'undrain'],
      ['Failure', 'object', 'sessions', '--instance', 'nowhere'],
    ];
    for (const [definition, shape, ...argv] of wanted) {
      const { stdout } = await gateway.isthmus([...argv, '--json']);
      const values: unknown[] =
        shape === 'lines'
          ? stdout
              .trim()
              .split('\n')
              .map((line): unknown => JSON.parse(line))
          : [JSON.parse(stdout)];
      const each = shape === 'list' ? values.flat() : values;
      expect([argv, each.length > 0]).toEqual([argv, true]);
      const validate = ajv.getSchema(`isthmus#/$defs/${definition}`);
      for (const value of each) {
        const fits = validate?.(value);
        expect([argv, fits, validate?.errors]).toEqual([argv, true, null]);
      }
    }
  });

  it('show who has most, as a table, as CSV and as JSON', async () => {
    expect(await ping(5)).toBe(true);
    const json = await gateway.isthmus(['top', '--sort', 'packets', '--client', CLIENT6, '--json']);
    const { rows, groups } = top.parse(JSON.parse(json.stdout));
    expect(groups).toBe(1);
    expect(rows[0]).toMatchObject({ address: CLIENT6 });
    expect(rows[0]?.packets).toBeGreaterThanOrEqual(10);
    expect(rows[0]?.newLastMinute).toBeGreaterThanOrEqual(1);
    expect(rows[0]?.poolPorts).toBeGreaterThanOrEqual(1);
    const table = await gateway.isthmus(['top', 'remotes', '--limit', '5']);
    expect(table.stdout).toMatch(new RegExp(`^internet +${SERVER4} +\\d+ `, 'm'));
    const csv = await gateway.isthmus(['top', 'ports', '--protocol', 'icmp', '--csv']);
    expect(csv.stdout).toMatch(
      /^instance,address,protocol,port,sessions,newLastMinute,packets,bytes,excess,poolPorts,newFromOutside,oldestMs,own,checkedBy\ninternet,,icmp,0,\d+,/,
    );
    const pool = await gateway.isthmus(['pool']);
    const [, named = ''] = /who has the most ports: isthmus (.*)/.exec(pool.stdout) ?? [];
    expect((await gateway.isthmus(named.split(' '))).stdout).toMatch(
      /^INSTANCE +CLIENT +SESSIONS +NEW\/S +IN\/S +OLDEST +PORTS /,
    );
    const far = await other.isthmus(['top', 'pool4', '--node', 'gw1', '--json']);
    expect(top.parse(JSON.parse(far.stdout)).rows[0]?.address).toMatch(/^11\.64\.0\./);
    const wrong = await gateway.isthmus(['top', '--limit', '1001']);
    expect([wrong.code, wrong.stderr.split('\n')[0]]).toEqual([
      2,
      "error: option '--limit <count>' argument '1001' is invalid. expected a number from 1 to 1000; see isthmus top --help",
    ]);
  });

  it('say where packets come from that reach no mapping, also those for a port of another node', async () => {
    const scan = 'for port in 1111 2222 40000 50000; do echo x > /dev/udp/11.64.0.1/$port; done';
    const found = async (): Promise<Drops | undefined> => {
      await site.server4.run(['bash', '-c', scan]);
      const all = await Promise.all([gateway, other].map((agent) => agent.isthmus(['drops', '--json'])));
      const reasons = all.flatMap(({ stdout }) => drops.parse(JSON.parse(stdout)).reasons);
      return reasons.find(({ reason, packets }) => reason === 'dropNoMapping' && packets >= 4);
    };
    const scanned = await waitFor('the scan to be seen', found, WITHIN);
    expect(scanned.sources).toMatchObject([{ address: SERVER4, protocol: 'udp', destination: '11.64.0.1' }]);
    expect(scanned.destinations).toMatchObject([{ address: '11.64.0.1', source: SERVER4 }]);
    const { stdout } = await gateway.isthmus(['drops', '--reason', 'dropNoMapping', '--all']);
    expect(stdout).toMatch(new RegExp(`^  ${SERVER4} +\\d+ +- +udp ${SERVER4}:\\d+ → 11\\.64\\.0\\.1:\\d+$`, 'm'));
  });

  it('show each session as it is made and as it ends', async () => {
    const lines: string[] = [];
    const follow = gateway.machine.start('follow', [
      process.execPath,
      ISTHMUS,
      'sessions',
      'follow',
      '--client',
      CLIENT6,
      '--json',
    ]);
    follow.onLine((line) => lines.push(line));
    const changes = (): string[] =>
      lines
        .map((line) => followed.parse(JSON.parse(line)))
        .map(({ change, session }) => `${change} ${session.protocol}`);
    await waitFor(
      'a session that was made',
      async () => {
        await ping(1);
        return changes().includes('created icmp');
      },
      WITHIN,
    );
    const ended = await gateway.isthmus(['sessions', 'end', '--client', CLIENT6]);
    // On standard error where some of them are the other node's, from before this one was active.
    expect(ended.stdout + ended.stderr).toMatch(/^\d+ sessions ended/);
    await waitFor('a session that ended', () => changes().includes('ended icmp'), WITHIN);
    await follow.stop();
  });

  it('show the packets of a client with what decides about each, in words and in a capture file', async () => {
    const whilePinging = async (args: readonly string[]): Promise<Output> => {
      const running = gateway.isthmus(args);
      const state = { ended: false };
      void running.finally(() => {
        state.ended = true;
      });
      while (!state.ended) await ping(1);
      return running;
    };
    const { stdout, code } = await whilePinging([
      'trace',
      '--client',
      CLIENT6,
      '--remote',
      SERVER4,
      '-n',
      '4',
      '--json',
    ]);
    expect(code).toBe(0);
    const packets = stdout
      .trim()
      .split('\n')
      .map((line) => traced.parse(JSON.parse(line)));
    expect(packets).toHaveLength(4);
    const out = packets.find(({ direction }) => direction === '6to4');
    expect(out?.verdict).toBe('translated');
    expect(out?.steps[0]).toContain(`stands for ${SERVER4}`);
    expect(out?.counted.map(({ name }) => name)).toContain('translated6to4');
    expect(out?.after[0]?.summary.destination).toBe(SERVER4);
    expect(
      packets.some(({ direction, after }) => direction === '4to6' && after[0]?.summary.destination === CLIENT6),
    ).toBe(true);
    const file = '/run/client.pcapng';
    const captured = await whilePinging(['capture', '--client', CLIENT6, '-n', '6', '-w', file]);
    expect(captured.stdout).toMatch(/^6 packets of the client, /);
    const fields = ['frame.interface_name', 'frame.comment', 'ip.dst', 'ipv6.dst', 'icmp.checksum.status'];
    const shown = await gateway.machine.run([
      'tshark',
      '-r',
      file,
      '-T',
      'fields',
      '-E',
      'separator=|',
      ...fields.flatMap((field) => ['-e', field]),
    ]);
    const lines = shown.stdout.trim().split('\n');
    expect(lines).toHaveLength(12);
    expect(lines[0]).toMatch(/^before\|instance internet: translated; counted: .*translated/);
    expect(lines[1]).toMatch(/^after\|/);
    const none = await gateway.isthmus(['trace', '--client', '2001:db8:6::7', '--seconds', '1']);
    expect(none.code).toBe(1);
    expect(none.stderr).toContain('isthmus: no packet of 2001:db8:6::7 came to this node within 1 s\n');
    expect(none.stderr).toContain('leave the fast path for the time of the trace');
    const wrong = await gateway.isthmus(['trace', '--client', '192.0.2.1']);
    expect([wrong.code, wrong.stderr]).toEqual([2, 'isthmus: 192.0.2.1 is not an IPv6 address; such as 2001:db8::1\n']);
    const requests = (await gateway.events()).map(({ to }) => to).filter((to) => /^(trace|capture) /.test(to));
    expect(requests).toEqual([
      `trace of client ${CLIENT6}, remote ${SERVER4} requested`,
      `capture of client ${CLIENT6} requested`,
      'trace of client 2001:db8:6::7 requested',
    ]);
  });

  it('pause the checks of a node, and move traffic from one node to the other', async () => {
    expect((await gateway.isthmus(['pause', '--reason', 'new router', '--all'])).code).toBe(0);
    await gateway.until(
      'both nodes to be paused',
      ({ problems }) => problems.filter(({ code }) => code === 'node-paused').length === 2,
      WITHIN_MS,
    );
    const moved = await gateway.isthmus(['switchover', 'gw1', 'gw2', '--json']);
    expect(JSON.parse(moved.stdout)).toMatchObject({ done: true, code: 'node-drained' });
    expect(await ping(3)).toBe(true);
    const back = await gateway.isthmus(['switchover', 'gw2', 'gw1']);
    expect([back.code, back.stdout]).toEqual([
      0,
      'node gw2 is drained and its routes are withdrawn; node gw1 serves\n',
    ]);
    expect(await ping(3)).toBe(true);
    expect((await other.isthmus(['undrain'])).code).toBe(0);
    expect((await gateway.isthmus(['resume', '--all'])).code).toBe(0);
    const wrong = await gateway.isthmus(['switchover', 'gw1', 'gw9']);
    expect([wrong.code, wrong.stderr]).toEqual([2, 'isthmus: there is no node gw9; there are: gw1, gw2\n']);
    await gateway.until('no pause', ({ problems }) => problems.every(({ code }) => code !== 'node-paused'), WITHIN_MS);
  });
});

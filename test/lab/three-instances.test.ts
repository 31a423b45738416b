import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { InstanceStatus } from '../../src/agent/control/messages.ts';
import {
  agentOf,
  CLUSTER_FILE,
  type GatewayAgent,
  inSyncWith,
  makeSecret,
  ownState,
  RUN_DIR,
  SECRET_FILE,
} from '../../src/lab/gateway/agent.ts';
import { DIST } from '../../src/lab/programs.ts';
import { upstreamOf } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, CLIENT6, DATA_PLANE, gatewayNamed, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import { checkFlows, TrafficProgram } from '../../src/lab/traffic/traffic.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';
import { bundleProgram } from '../bundle-program.ts';

/*
 * The worked example of docs/from-jool.md: two gateways with a ring of two links, three instances of Jool in one namespace
 * (NAT64 for each half of the IPv4 internet, and SIIT), and a router with static routes and BFD. The evening is followed
 * as the page has it, with the cluster file that `config import jool` writes of the three files of Jool. The Jool that has
 * the traffic first is a translator on gw1 that knows nothing of the new cluster; an independent sender says its sessions.
 */
const WITHIN_MS = 60_000;
const PORT = 6400;
const HALVES = [
  { name: 'lower', pool6: '64:ff9b::/97', pool4: '11.64.0.0/29', server: SERVER4, group: 'ff02::db8:64:1' },
  { name: 'upper', pool6: '64:ff9b::8000:0/97', pool4: '11.64.1.0/29', server: '190.4.0.80', group: 'ff02::db8:64:2' },
] as const;
/** Mappings of SIIT, for the client too, and the prefix behind which it finds IPv4 servers. */
const SIIT = { pool6: '2001:db8:46::', v6: '2001:db8:6::/125', v4: '11.65.0.0/29', client4: '11.65.0.6' };
/** Connections, a third of them through each instance. */
const FLOWS = 36;
const PROXY = join(DIST, 'lab-session-proxy.mjs');
/** Where the configuration of Jool is. */
const JOOL = '/run/jool';
/** A busy machine is no failure here. */
const TOLERANT = 'checks:\n  eventLoop: { limit: 10s }\n  memory: { effect: off }\n';

const session = z.object({
  protocol: z.string(),
  client: z.string(),
  clientPort: z.number(),
  pool4: z.string(),
  pool4Port: z.number(),
  remote: z.string(),
  remotePort: z.number(),
});

/** What `jool file handle` was given. */
function joolFiles(): ReadonlyMap<string, object> {
  const nat64 = HALVES.map(({ name, pool4 }) => {
    const entries = ['TCP', 'UDP', 'ICMP'].map((protocol) => ({
      protocol,
      prefix: pool4,
      'port range': '1024-65535',
      comment: `addresses of ${name}`,
    }));
    const global = { pool6: '64:ff9b::/96', 'ss-enabled': true };
    return [name, { comment: 'a half', instance: name, framework: 'netfilter', global, pool4: entries }] as const;
  });
  const siit = {
    instance: 'siit',
    framework: 'netfilter',
    global: { pool6: `${SIIT.pool6}/96`, 'amend-udp-checksum-zero': true },
    eamt: [{ 'ipv6 prefix': SIIT.v6, 'ipv4 prefix': SIIT.v4 }],
  };
  return new Map<string, object>([...nat64, ['siit', siit]]);
}

describe.runIf(labTest)('a site of three instances that leaves Jool', () => {
  let site: Site;
  let flows: TrafficProgram;
  let one: GatewayAgent;
  let two: GatewayAgent;
  /** The cluster file as the importer wrote it, completed, without and with what the move needs. */
  let lasting = '';
  let moving = '';
  const secret = makeSecret();

  beforeAll(async () => {
    await bundleProgram(join(import.meta.dirname, 'session-proxy-main.ts'), PROXY);
    site = await buildSite({
      gateways: 2,
      mode: 'preferred',
      prefixes6: [...HALVES.map(({ pool6 }) => pool6), `${SIIT.pool6}/96`],
      prefixes4: [...HALVES.map(({ pool4 }) => pool4), SIIT.v4],
    });
    await site.server4.ip([`addr add ${HALVES[1].server}/24 dev eth0`]);
    await site.router.ip(['addr add 190.4.0.1/24 dev lan4']);
    [one, two] = [agentOf(gatewayNamed(site, 'gw1')), agentOf(gatewayNamed(site, 'gw2'))];
    await startJool();
    await new TrafficProgram(site.server4, 'server').next('ready', WITHIN_MS);
    const servers = [...HALVES.map(({ server }) => `64:ff9b::${server}`), `${SIIT.pool6}${SERVER4}`].join(',');
    flows = new TrafficProgram(site.client6, 'sessions', [servers, String(FLOWS), '0']);
    await flows.next('ready', WITHIN_MS);
    await expectAll();
  }, 120_000);
  afterAll(() => site?.world.close());

  /** Imports Jool's files on a gateway with the command of the page. @returns the cluster file */
  async function imported(agent: GatewayAgent, ...options: readonly string[]): Promise<string> {
    const { machine } = agent;
    const files: string[] = [];
    for (const [name, json] of joolFiles()) {
      files.push(`${JOOL}/${name}.json`);
      await machine.writeFile(`${JOOL}/${name}.json`, JSON.stringify(json));
    }
    const namespaces = [...joolFiles().keys()].flatMap((name) => ['--namespace', `${name}=${DATA_PLANE}`]);
    const halves = ['--destinations', 'lower=0.0.0.0/1', '--destinations', 'upper=128.0.0.0/1'];
    const out = `${JOOL}/cluster.yaml`;
    await machine.run(['rm', '-f', out]);
    const args = ['config', 'import', 'jool', ...options, ...namespaces, ...halves, '--out', out, ...files];
    expect(await agent.isthmus(args)).toMatchObject({ code: 0 });
    expect(await agent.isthmus(['config', 'check', out])).toMatchObject({ code: 0 });
    return (await machine.readFile(out)).replace('/etc/isthmus/cluster.key', SECRET_FILE);
  }

  /** What the page has an operator add to an instance. */
  const withKeys = (file: string, name: string, ...lines: readonly string[]): string =>
    file.replace(`  ${name}:\n`, `  ${name}:\n${lines.map((line) => `    ${line}\n`).join('')}`);
  const withUpstreams = (file: string, agents: readonly GatewayAgent[]): string =>
    `${file}upstreams:\n${agents.map(({ node }) => upstreamOf(gatewayNamed(site, node))).join('\n')}\n${TOLERANT}`;

  /** The translator that has the traffic when the evening begins. */
  async function startJool(): Promise<void> {
    const file = await imported(one, '--nodes', 'gw1', '--links', 'ring1', '--cluster', 'jool');
    await one.install(withUpstreams(file, [one]), secret);
    one.start();
    await one.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    await untilRoutedTo('gw1');
  }

  /** The interface towards a gateway is called like it: where the router sends each instance's addresses. */
  async function untilRoutedTo(gateway: string): Promise<void> {
    const addresses = [
      ...HALVES.flatMap(({ server, pool4 }) => [`64:ff9b::${server}`, pool4.replace(/0\/\d+$/, '1')]),
      `${SIIT.pool6}${SERVER4}`,
      SIIT.client4,
    ];
    await waitFor(
      `the router to send all three instances to ${gateway}`,
      async () => {
        const routes = await Promise.all(
          addresses.map((address) => site.router.run(['ip', 'route', 'get', address], { allowFailure: true })),
        );
        return routes.every(({ stdout }) => stdout.includes(` dev ${gateway} `));
      },
      { timeoutMs: WITHIN_MS, everyMs: 50, diagnose: () => site.bird.show('bfd sessions') },
    );
  }

  /** Every connection goes on, through each of the instances; SIIT is tried from the IPv4 side, too. */
  async function expectAll(): Promise<void> {
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject({ tcp: FLOWS, tcpTotal: FLOWS });
    await site.server4.run(['ping', '-c', '1', '-W', '5', SIIT.client4]);
  }

  async function command(agent: GatewayAgent, ...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await agent.isthmus([...args, '--node', agent.node, '--run-dir', RUN_DIR]);
    expect([args, code, stderr]).toEqual([args, 0, '']);
    return stdout;
  }

  /** The sessions of the client in an instance, as lines of JSON. */
  async function sessionsOf(agent: GatewayAgent, instance: string): Promise<string[]> {
    const text = await command(
      agent,
      'sessions',
      '--json',
      '--limit',
      '0',
      '--instance',
      instance,
      '--client',
      CLIENT6,
    );
    return text.split('\n').filter((line) => line.startsWith('{'));
  }

  /** What `jool session display --csv --numeric` would print of them. */
  const displayed = (lines: readonly string[]): string =>
    lines
      .map((line) => session.parse(JSON.parse(line)))
      .map(({ protocol, client, clientPort, pool4, pool4Port, remote, remotePort }) => {
        const six = `${client},${clientPort},64:ff9b::${remote},${remotePort}`;
        return `${protocol.toUpperCase()},${six},${pool4},${pool4Port},${remote},${remotePort},1:30:00,ESTABLISHED\n`;
      })
      .join('');

  /** What a session proxy sends of some sessions. */
  async function say(group: string, layout: string, lines: readonly string[]): Promise<void> {
    const order = JSON.stringify({ interface: 'ring0', group, port: PORT, layouts: [layout] });
    const { stdout } = await one.machine.run([process.execPath, PROXY, order], { input: `${lines.join('\n')}\n` });
    expect(stdout).toBe(`said ${lines.length} sessions\n`);
  }

  async function instanceOf(agent: GatewayAgent, name: string): Promise<InstanceStatus> {
    const status = await agent.until('to answer', () => true, WITHIN_MS);
    const found = status.instances.find((instance) => instance.name === name);
    if (found === undefined) throw new Error(`no instance ${name}`);
    return found;
  }

  async function untilHeld(name: string, wanted: (held: number) => boolean): Promise<void> {
    await waitFor(
      `sessions of ${name} to be held as wanted`,
      async () => wanted((await instanceOf(two, name)).adoption?.held ?? 0),
      { timeoutMs: WITHIN_MS, everyMs: 200, diagnose: () => command(two, 'joold', 'status') },
    );
  }

  it('is imported, and completed to a file that each node accepts (steps 1 and 2)', async () => {
    const { stdout } = await one.machine.run(['ip', '-6', '-o', 'addr', 'show', 'dev', 'ring0', 'scope', 'link']);
    const [, from = ''] = /inet6 (fe80::[0-9a-f:]+)/.exec(stdout) ?? [];
    const file = await imported(two, '--nodes', 'gw1,gw2', '--links', 'ring0,ring1', '--cluster', 'campus');
    const preferred = withKeys(withKeys(file, 'lower', 'prefer: [gw1, gw2]'), 'upper', 'prefer: [gw2, gw1]');
    lasting = withUpstreams(preferred, [one, two]);
    moving = HALVES.reduce((text, { name, group }) => {
      const place = `group: "${group}", port: ${PORT}, interface: ring0`;
      const adopt = `adopt: { joold: { ${place}, from: ["${from}"] } }`;
      return withKeys(text, name, adopt, `export: { joold: { ${place}, format: 4.1.9 } }`);
    }, lasting);
    await two.install(moving, secret);
    expect(await two.isthmus(['config', 'check', '--node', 'gw2', '--here', CLUSTER_FILE])).toMatchObject({ code: 0 });
  }, 60_000);

  it('has gw2 hold the sessions of both halves while Jool translates (steps 5 and 6)', async () => {
    two.start();
    await two.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    const drain = await two.isthmus(['drain', '--force', '--node', 'gw2', '--run-dir', RUN_DIR]);
    expect([drain.code, `${drain.stdout}${drain.stderr}`]).toEqual([1, expect.stringContaining('no other node')]);
    await untilRoutedTo('gw1');
    const [lower, upper] = [await sessionsOf(one, 'lower'), await sessionsOf(one, 'upper')];
    expect([lower.length, upper.length]).toEqual([FLOWS / 3, FLOWS / 3]);
    // A Jool of 4.1.13 and one of 4.1.9, which tells only what the last packets touched: its table is loaded.
    await say(HALVES[0].group, '4.1.13', lower);
    await say(HALVES[1].group, '4.1.9', upper.slice(0, 1));
    await two.machine.writeFile(`${JOOL}/upper.csv`, displayed(upper));
    expect(await command(two, 'joold', 'load', `${JOOL}/upper.csv`, '--instance', 'upper')).toBe(
      `${FLOWS / 3} sessions taken over\n`,
    );
    for (const { name } of HALVES) await untilHeld(name, (held) => held === FLOWS / 3);
    const { problems } = await two.until('to answer', () => true, WITHIN_MS);
    expect(problems.map(({ code }) => code)).toContain('adoption-listening');
    for (const { name } of HALVES) expect((await instanceOf(two, name)).adoption?.refused).toEqual([]);
    await expectAll();
  }, 120_000);

  it('moves with all connections of the three instances (step 7)', async () => {
    expect(await command(two, 'undrain')).not.toBe('');
    await two.until('to serve', (status) => ownState(status).state === 'active', WITHIN_MS);
    await one.process.stop();
    await untilRoutedTo('gw2');
    await expectAll();
    for (const { name } of HALVES) await untilHeld(name, (held) => held === 0);
    const adopted = (await two.events()).filter(({ code }) => code === 'sessions-adopted').map(({ name }) => name);
    expect(adopted.toSorted()).toEqual(['lower', 'upper']);
    for (const { name } of HALVES) {
      expect(await instanceOf(two, name)).toMatchObject({ adoption: { held: 0 } });
      expect((await sessionsOf(two, name)).length).toBe(FLOWS / 3);
    }
    await expectAll();
  }, 120_000);

  it('has gw1 as the second node, in sync, when Jool is gone (step 8)', async () => {
    for (const { name } of HALVES) {
      expect(await command(two, 'joold', 'done', '--instance', name)).toContain('takes nothing over any more');
    }
    await two.machine.writeFile(CLUSTER_FILE, lasting);
    await command(two, 'reload');
    await one.install(lasting, secret);
    one.start();
    for (const [agent, other] of [
      [one, 'gw2'],
      [two, 'gw1'],
    ] as const) {
      await agent.until(
        'to be active, in sync and without a problem',
        (status) => ownState(status).state === 'active' && inSyncWith(status, other) && status.problems.length === 0,
        WITHIN_MS,
      );
    }
    await untilRoutedTo('gw1');
    await expectAll();
  }, 120_000);

  it('has no connection break when the active node is killed (step 9)', async () => {
    await one.process.signal('SIGKILL');
    await untilRoutedTo('gw2');
    await expectAll();
    for (const { name } of HALVES) expect((await sessionsOf(two, name)).length).toBe(FLOWS / 3);
  }, 120_000);
});

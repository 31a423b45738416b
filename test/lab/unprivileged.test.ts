import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agentOf,
  CLUSTER_FILE,
  type GatewayAgent,
  makeSecret,
  ownState,
  RUN_DIR,
} from '../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, DATA_PLANE, gatewayNamed, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import { gatewaysInUse, untilRoutedTo } from '../../src/lab/topology/steering.ts';
import { checkFlows, TrafficProgram } from '../../src/lab/traffic/traffic.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { maskOfThread, THREAD_CAPABILITIES, type ThreadKind } from '../../src/linux/capabilities.ts';
import { labTest } from './needs-root.ts';

const WITHIN_MS = 60_000;
const [TCP, UDP] = [6, 3];
const ALL = { tcp: TCP, tcpTotal: TCP, udp: UDP, udpTotal: UDP };
const UNIT = new URL('../../deploy/systemd/isthmus@.service', import.meta.url);

/** What the unit gives, as setpriv(1) writes it. */
function boundingSet(): string {
  const lines = readFileSync(UNIT, 'utf8').matchAll(/^CapabilityBoundingSet=(.+)$/gm);
  const names = [...lines].flatMap(([, text = '']) => text.split(' '));
  return ['-all', ...names.map((name) => name.replace('CAP_', '+').toLowerCase())].join(',');
}

/** The agent as the unit starts it: its capabilities, and no way to more. */
describe.runIf(labTest)('an agent with the capabilities of its unit', () => {
  let site: Site;
  let agent: GatewayAgent;
  let flows: TrafficProgram;

  beforeAll(async () => {
    site = await buildSite({ gateways: 1, mode: 'preferred' });
    agent = agentOf(gatewayNamed(site, 'gw1'));
    await agent.install(configuration(), makeSecret());
    const under = ['setpriv', '--bounding-set', boundingSet(), '--inh-caps', '-all', '--no-new-privs'];
    agent.start({ under, args: ['--http', '127.0.0.1:9464'] });
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    const server = new TrafficProgram(site.server4, 'server');
    await server.next('ready', WITHIN_MS);
    flows = new TrafficProgram(site.client6, 'sessions', [`64:ff9b::${SERVER4}`, String(TCP), String(UDP)]);
    await flows.next('ready', WITHIN_MS);
  }, 120_000);
  afterAll(() => site?.world.close());

  function configuration(): string {
    const more = '    fastPath: { interfaces: [up0] }\n    shards: 2\n    natLog: sessions\n';
    return clusterFile(site.gateways).replace('    prefer:', `${more}    prefer:`);
  }

  async function text(...argv: readonly string[]): Promise<string> {
    return (await agent.machine.run(argv)).stdout.trim();
  }

  async function untilWhole(): Promise<void> {
    await agent.until(
      'the fast path to be on',
      ({ instances }) => instances[0]?.state === 'running' && instances[0].fastPath.startsWith('on'),
      WITHIN_MS,
    );
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
  }

  /** The permitted capabilities of each thread, as numbers. */
  async function threads(pid: string): Promise<bigint[]> {
    const lines = await text('sh', '-c', `cat /proc/${pid}/task/*/status | grep -E '^(CapPrm|CapEff)'`);
    return lines.split('\n').map((line) => BigInt(`0x${line.split('\t')[1] ?? ''}`));
  }

  it('serves, by the fast path too', async () => {
    await untilWhole();
    const [internet] = (await agent.status())?.instances ?? [];
    expect(internet?.queues).toBe('by the kernel');
  });

  it('has dropped in each thread what that one does not need', async () => {
    const pid = await text('cat', `${RUN_DIR}/gw1.lock`);
    expect(await text('grep', 'NoNewPrivs', `/proc/${pid}/status`)).toMatch(/1$/);
    const kinds = ['main', 'worker', 'keeper', 'namespaceView', 'http', 'files'] as const;
    const unit = BigInt(`0x${(await text('grep', 'CapBnd', `/proc/${pid}/status`)).split('\t')[1] ?? ''}`);
    const wanted = (kind: ThreadKind): bigint => maskOfThread(THREAD_CAPABILITIES[kind]) & unit;
    const seen = new Set(await threads(pid));
    for (const kind of kinds) expect(seen, `${kind} of ${[...seen].join(' ')}`).toContain(wanted(kind));
    // The threads of Node.js, which run none of the program, have all that the unit gives.
    expect([...seen].filter((mask) => !kinds.map(wanted).includes(mask) && mask !== unit)).toEqual([]);
    expect(BigInt(`0x${(await text('grep', 'CapPrm', `/proc/${pid}/status`)).split('\t')[1] ?? ''}`)).toBe(
      wanted('main'),
    );
    const guard = await text('pgrep', '-x', 'isthmus-guard');
    expect(new Set(await threads(guard))).toEqual(new Set([wanted('keeper')]));
  });

  it('opens a device again that somebody has deleted, with its steering and its fast path', async () => {
    await agent.machine.run(['ip', 'link', 'delete', 'nat-internet'], { namespace: DATA_PLANE });
    await waitFor(
      'the device',
      async () => {
        const { stdout } = await agent.machine.run(['ip', '-br', 'link'], { namespace: DATA_PLANE });
        return stdout.includes('nat-internet') ? true : undefined;
      },
      { timeoutMs: WITHIN_MS },
    );
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    await untilWhole();
    const [internet] = (await agent.status())?.instances ?? [];
    expect(internet?.queues).toBe('by the kernel');
  });

  it('reloads: workers of a new instance begin with what they need', async () => {
    const second = `  second:
    kind: nat64
    namespace: ${DATA_PLANE}
    pool6: 2001:db8:65::/96
    pool4: [{ prefix: 11.65.0.0/29 }]
    fastPath: { interfaces: [up0] }
upstreams:`;
    await agent.machine.writeFile(CLUSTER_FILE, configuration().replace('upstreams:', second));
    expect(await agent.isthmus(['reload', '--node', 'gw1'])).toMatchObject({ code: 0 });
    await agent.until(
      'both to run',
      ({ instances }) =>
        instances.length === 2 &&
        instances.every(({ state, fastPath }) => state === 'running' && fastPath.startsWith('on')),
      WITHIN_MS,
    );
    await untilWhole();
  });

  async function untilNowhere(): Promise<void> {
    await waitFor(
      'the router to have no route',
      async () => ((await gatewaysInUse(site.router)).every((name) => name === 'none') ? true : undefined),
      { timeoutMs: WITHIN_MS, diagnose: () => agent.process.tail() },
    );
  }

  it('withdraws when it is drained, and its guard when it is killed', async () => {
    const at = ['--node', 'gw1'];
    expect(await agent.isthmus(['drain', '--reason', 'test', '--force', ...at])).toMatchObject({ code: 0 });
    await untilNowhere();
    expect(await agent.isthmus(['undrain', ...at])).toMatchObject({ code: 0 });
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    await agent.process.signal('SIGKILL');
    await untilNowhere();
  });
});

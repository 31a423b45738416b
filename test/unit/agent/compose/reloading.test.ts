import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Reloading } from '../../../../src/agent/compose/reloading.ts';
import { type NodeConfig, readNodeConfig } from '../../../../src/agent/config/node-config.ts';
import type { EventInput } from '../../../../src/agent/events/event-log.ts';
import type { UpstreamOptions } from '../../../../src/frr/upstreams.ts';

// The thread runs the same function; a test of sources has no compiled one.
vi.mock('../../../../src/agent/config/config-thread.ts', async () => ({
  readNodeConfigAside: (await import('../../../../src/agent/config/node-config.ts')).readNodeConfig,
}));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-reload-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const FILE = `nodes: { gw1: { slot: 1 }, gw2: { slot: 2 } }
instances:
  internet: { kind: nat64, pool6: 64:ff9b::/96, pool4: [{ prefix: 11.64.0.0/29 }], timeouts: { udp: 5m } }
  servers: { kind: siit, pool6: 2001:db8:46::/96, eam: [{ v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }] }
upstreams:
  core: { bfd: [{ peer: 10.0.0.1 }], withdraw: bfd-remove }
logLevel: info
`;
const LABS =
  '  labs: { kind: siit, pool6: 2001:db8:47::/96, eam: [{ v6: 2001:db8:4::/120, v4: 203.0.113.0/24 }] }\nupstreams:';

function write(text: string, secret = 'a'): string {
  const file = join(folder, 'cluster.yaml');
  writeFileSync(join(folder, 'key'), secret.repeat(32), { mode: 0o600 });
  writeFileSync(file, `cluster: campus\nsecretFile: ${folder}/key\n${text}`);
  return file;
}

/** A running node of which every part notes what it is told, and may refuse it. */
class Node {
  readonly told: string[] = [];
  readonly events: EventInput[] = [];
  readonly live: { name: string }[] = [];
  /** What these say of it; or throw. */
  refuses = new Map<string, string>();
  proofs: string | undefined;
  readonly reloading: Reloading;

  private constructor(start: NodeConfig) {
    for (const name of Object.keys(start.cluster.instances)) this.live.push(this.#instance(name));
    const parts = {
      agent: {
        instances: {
          add: async ({ name }: { name: string }, known: () => void) => {
            this.#tell(`add ${name}`);
            known();
            this.#tell(`fill ${name}`);
          },
          remove: async (name: string) => this.#tell(`remove ${name}`),
        },
        configured: ({ revision }: NodeConfig) => this.#tell(`configured ${revision.length > 0}`),
      },
      replication: {
        changeSecrets: (secrets: readonly Uint8Array[]) => this.#tell(`secrets ${secrets.length}`),
        setInstances: (all: readonly { instance: string }[]) =>
          this.#tell(`fingerprints ${all.map(({ instance }) => instance).join('+')}`),
      },
      upstreams: {
        reconfigure: async (all: readonly UpstreamOptions[]) =>
          this.#tell(`upstreams ${all.flatMap(({ bfd }) => bfd.map(({ peer }) => peer)).join('+')}`),
      },
      events: { add: (event: EventInput) => void this.events.push(event) },
      live: this.live,
      makeInstance: (_config: NodeConfig, name: string) => this.#instance(name),
      setChecks: async () => this.#tell('checks'),
      setLogLevel: (level: string) => this.#tell(`level ${level}`),
      http: {
        read: async () => ({}),
        difference: () => this.proofs,
        use: () => this.#tell('http'),
      },
      setNatLog: () => this.#tell('nat log'),
      setNotify: () => this.#tell('notify'),
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a reload uses nothing else of its parts
    this.reloading = new Reloading(start, parts as never);
  }

  static async start(text = FILE): Promise<Node> {
    return new Node(await readNodeConfig(write(text), 'gw1'));
  }

  #instance(name: string) {
    return {
      name,
      options: { seed: 'seed' },
      describe: () => this.#tell(`describe ${name}`),
      reconfigure: async ({ timeouts }: { timeouts?: { udp: number } }, routes: readonly string[]) => {
        const said = this.refuses.get(`reconfigure ${name}`);
        this.told.push(`reconfigure ${name} ${timeouts?.udp ?? '-'} ${routes.length}`);
        return said === undefined ? [] : [said];
      },
    };
  }

  #tell(what: string): void {
    this.told.push(what);
    const refusal = this.refuses.get(what);
    if (refusal === undefined) return;
    this.refuses.delete(what);
    throw new Error(refusal);
  }
}

const SETTLED = ['level info', 'nat log', 'notify', 'http', 'configured true'];

describe('a reload', () => {
  it('of an unchanged file changes nothing', async () => {
    const node = await Node.start();
    expect(await node.reloading.reload()).toEqual({
      done: true,
      code: 'configuration-unchanged',
      text: 'nothing has changed',
      changes: [],
      refused: [],
    });
    expect([node.told, node.events]).toEqual([[], []]);
  });

  it('that needs a restart changes nothing at all, and says what needs it', async () => {
    const node = await Node.start();
    const refusing = FILE.replace('gw2: { slot: 2 }', 'gw2: { slot: 2 }, gw3: { slot: 3 }').replace('5m', '6m');
    write(`slots: 4\n${refusing}`);
    const reply = await node.reloading.reload();
    expect(reply).toMatchObject({ done: false, code: 'restart-required', text: 'nothing was changed' });
    expect(reply.refused.join()).toMatch(/nodes.* needs a restart of the agent/);
    expect(reply.changes).toContainEqual(expect.stringContaining('instances.internet.timeouts.udp'));
    expect([node.told, node.events]).toEqual([[], []]);
    expect(Object.keys(node.reloading.cluster.nodes)).toEqual(['gw1', 'gw2']);
  });

  it('can be tried', async () => {
    const node = await Node.start();
    write(FILE.replace('10.0.0.1', '10.0.0.2'));
    expect(await node.reloading.reload(true)).toMatchObject({
      done: true,
      code: 'configuration-applicable',
      text: 'all of this can be applied',
      changes: [expect.stringContaining('upstreams.core.bfd')],
    });
    expect([node.told, node.events]).toEqual([[], []]);
    expect(node.reloading.cluster.upstreams['core']?.bfd[0]?.peer).toBe('10.0.0.1');
  });

  it('reconfigures what has changed, then the upstreams and checks, and is an event', async () => {
    const node = await Node.start();
    write(FILE.replace('udp: 5m', 'udp: 6m').replace('10.0.0.1', '10.0.0.2').replace('info', 'debug'));
    const reply = await node.reloading.reload();
    expect(reply).toMatchObject({
      done: true,
      code: 'configuration-applied',
      text: 'configuration applied',
      refused: [],
    });
    expect(node.told).toEqual([
      expect.stringMatching(/^reconfigure internet .* 2$/),
      'upstreams 10.0.0.2',
      'checks',
      'describe internet',
      'describe servers',
      'fingerprints internet+servers',
      'level debug',
      ...SETTLED.slice(1),
    ]);
    expect(node.events).toEqual([
      {
        code: 'configuration-applied',
        subject: 'configuration',
        name: 'gw1',
        to: 'applied',
        reason: reply.changes.join('; '),
      },
    ]);
    expect(node.reloading.cluster.logLevel).toBe('debug');
    expect(await node.reloading.reload()).toMatchObject({ code: 'configuration-unchanged' });
  });

  it('of other nodes alone touches no part but what shows the file, and is an event', async () => {
    const other = FILE.replace('peer: 10.0.0.1 }]', 'peer: 10.0.0.1 }], nodes: [gw2]');
    const node = await Node.start(other);
    write(other.replace('10.0.0.1', '10.0.0.2'));
    expect(await node.reloading.reload()).toMatchObject({ done: true, code: 'configuration-applied', changes: [] });
    expect(node.told).toEqual(['describe internet', 'describe servers', 'fingerprints internet+servers', ...SETTLED]);
    expect(node.events[0]?.reason).toContain('upstreams.core.bfd');
  });

  it('takes another secret, and only then tells replication of one', async () => {
    const node = await Node.start();
    write(FILE, 'b');
    const { changes } = await node.reloading.reload();
    expect(changes).toEqual(['secrets: another secret seals, and no other one is accepted']);
    expect(node.told).toContain('secrets 1');
    node.told.length = 0;
    node.proofs = 'the certificate is another one';
    expect((await node.reloading.reload()).changes).toEqual(['http: the certificate is another one']);
    expect(node.told).toContain('http');
    expect(node.told).not.toContain('secrets 1');
  });
});

describe('an instance that a reload adds', () => {
  const added = FILE.replace('upstreams:', LABS);

  it('is known to the other nodes before it is filled, and to this one', async () => {
    const node = await Node.start();
    write(added);
    expect(await node.reloading.reload()).toMatchObject({ done: true });
    expect(node.told.slice(0, 3)).toEqual(['add labs', 'fingerprints internet+servers+labs', 'fill labs']);
    expect(node.live.map(({ name }) => name)).toEqual(['internet', 'servers', 'labs']);
    expect(node.told).toContain('describe labs');
  });

  it('is removed again where a later step fails, as all that was done before', async () => {
    const node = await Node.start();
    write(added.replace('udp: 5m', 'udp: 6m').replace('10.0.0.1', '10.0.0.2'));
    node.refuses.set('checks', 'the check cannot be opened');
    const reply = await node.reloading.reload();
    expect(reply).toMatchObject({
      done: false,
      code: 'configuration-rejected',
      text: 'configuration rejected; the running configuration is unchanged',
      refused: ['the check cannot be opened'],
    });
    const [first, last] = node.told.filter((text) => text.startsWith('reconfigure internet'));
    expect(first).not.toBe(last);
    expect(node.told.slice(node.told.indexOf('checks') + 1)).toEqual([
      'upstreams 10.0.0.1',
      last,
      'remove labs',
      'fingerprints internet+servers',
    ]);
    expect(node.live.map(({ name }) => name)).toEqual(['internet', 'servers']);
    expect(node.events).toMatchObject([{ code: 'configuration-rejected', to: 'rejected', reason: reply.refused[0] }]);
    expect(node.reloading.cluster.upstreams['core']?.bfd[0]?.peer).toBe('10.0.0.1');
  });

  it('is all taken back though one step back fails, which is said', async () => {
    const node = await Node.start();
    write(added.replace('10.0.0.1', '10.0.0.2'));
    node.refuses.set('checks', 'the check cannot be opened');
    node.refuses.set('upstreams 10.0.0.1', 'FRR is not running');
    const { refused } = await node.reloading.reload();
    expect(refused).toEqual(['the check cannot be opened', 'taking it back: FRR is not running']);
    expect(node.told).toContain('remove labs');
  });
});

describe('an instance that a reload changes', () => {
  it('and that refuses it takes back what others have taken', async () => {
    const node = await Node.start();
    write(FILE.replace('udp: 5m', 'udp: 6m'));
    node.refuses.set('reconfigure internet', 'a limit is below what is in use');
    const { done, refused } = await node.reloading.reload();
    expect(done).toBe(false);
    expect(refused[0]).toBe('instance internet: a limit is below what is in use');
    expect(node.told.some((text) => text.startsWith('upstreams'))).toBe(false);
    expect(node.told.at(-1)).toBe('fingerprints internet+servers');
  });

  it('and that is gone from the file is removed last', async () => {
    const node = await Node.start();
    const gone = FILE.split('\n').filter((line) => !line.startsWith('  servers'));
    write(gone.join('\n'));
    expect(await node.reloading.reload()).toMatchObject({ done: true });
    expect(node.told.slice(0, 3)).toEqual(['upstreams 10.0.0.1', 'checks', 'remove servers']);
    expect(node.live.map(({ name }) => name)).toEqual(['internet']);
  });
});

describe('reloads', () => {
  it('are one after the other, and one that cannot read the file does not stop the next', async () => {
    const node = await Node.start();
    write('nonsense: [');
    await expect(node.reloading.reload()).rejects.toMatchObject({ code: 'configuration-invalid' });
    write(FILE.replace('10.0.0.1', '10.0.0.2'));
    const replies = await Promise.all([node.reloading.reload(), node.reloading.reload()]);
    expect(replies.map(({ code }) => code)).toEqual(['configuration-applied', 'configuration-unchanged']);
  });
});

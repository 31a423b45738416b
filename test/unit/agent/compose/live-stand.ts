import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { LiveInstance } from '../../../../src/agent/compose/live-instance.ts';
import { instanceOptionsOf, type NodeConfig } from '../../../../src/agent/config/node-config.ts';
import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import { FileQueue } from '../../../../src/agent/files/file-queue.ts';
import { StatePaths } from '../../../../src/agent/files/state-paths.ts';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import { FileSections } from '../../../../src/cluster/file-sections.ts';
import { Instance } from '../../../../src/dataplane/instance.ts';
import type { InstanceSummary } from '../../../../src/dataplane/instance-options.ts';
import { SESSION_RECORD_SIZE } from '../../../../src/translator/nat64/records/session-record.ts';

export const SIZE = SESSION_RECORD_SIZE;

export function summary(changes: Partial<InstanceSummary> = {}): InstanceSummary {
  return {
    name: 'internet',
    kind: 'nat64',
    state: 'running',
    reason: '',
    namespace: 'nat64',
    tun: { name: 'internet', offloads: ['csum'] },
    interfaceOffloads: [],
    fastPath: 'on up0',
    sessions: 10,
    ownSessions: 8,
    bibEntries: 8,
    heartbeatAgeMs: 3,
    replicas: [{ slot: 2, sessions: 2, sync: 'inSync', yielded: 0 }],
    counters: [],
    queues: '',
    pool: [],
    shards: [],
    ...changes,
  };
}

/** Instances without a device or a worker: what is below them is as a test says. */
export class LiveStand {
  readonly folder = mkdtempSync(join(tmpdir(), 'isthmus-live-'));
  readonly places = new StatePaths('gw1', join(this.folder, 'run'), join(this.folder, 'state'));
  readonly events = new EventLog('gw1', Date.now, noEventStore);
  readonly files = new FileQueue(() => performance.now());
  readonly calls: string[] = [];
  readonly offered: number[][] = [];
  /** Session numbers in the table, and those that were put back into it. */
  readonly table: number[] = [];
  readonly restored: number[] = [];
  summary = summary();
  hasRoom = true;
  strays = 0;
  queries = 0;
  refuses: readonly string[] = [];
  startFailure: Error | undefined;
  restoreFailure: Error | undefined;

  constructor() {
    const below = Instance.prototype;
    vi.spyOn(below, 'start').mockImplementation(async (fill) => {
      this.calls.push('start');
      await fill?.();
      if (this.startFailure !== undefined) throw this.startFailure;
    });
    vi.spyOn(below, 'stop').mockImplementation(async () => void this.calls.push('stop'));
    vi.spyOn(below, 'reconnect').mockImplementation(async () => void this.calls.push('reconnect'));
    const shown = (): InstanceSummary => this.summary;
    vi.spyOn(below, 'summary').mockImplementation(function (this: Instance) {
      return { ...shown(), name: this.name, kind: this.kind };
    });
    vi.spyOn(below, 'workers').mockReturnValue([]);
    vi.spyOn(below, 'requestSnapshot').mockImplementation(() => void this.calls.push('snapshot of all'));
    vi.spyOn(below, 'takeRecords').mockReturnValue(3);
    vi.spyOn(below, 'reconfigure').mockImplementation(async () => this.refuses);
    vi.spyOn(below, 'ownRestored').mockImplementation(() => void this.calls.push('owned'));
    vi.spyOn(below, 'offerRecords').mockImplementation((records, offset, count) => {
      this.offered.push(Array.from({ length: count }, (_, index) => records[offset + index * SIZE] ?? -1));
      return this.hasRoom;
    });
    vi.spyOn(below, 'query').mockImplementation(async () => {
      this.queries += 1;
      return { words: new Uint32Array(), foreign: 0, next: -1, count: this.strays };
    });
    vi.spyOn(below, 'retainedPage').mockImplementation(async () => {
      const records = new Uint8Array(this.table.length * SIZE);
      for (const [index, number] of this.table.entries()) records[index * SIZE + 8] = number;
      return { records, next: -1 };
    });
    vi.spyOn(below, 'restore').mockImplementation(async (records) => {
      if (this.restoreFailure !== undefined) throw this.restoreFailure;
      this.calls.push('restore');
      for (let at = 8; at < records.length; at += SIZE) this.restored.push(records[at] ?? -1);
      return records.length / SIZE;
    });
  }

  /** What a cluster file says. */
  config(more = '', rest = ''): NodeConfig {
    const text = `cluster: campus
secretFile: /k
nodes: { gw1: { slot: 1 } }
instances:
  internet: { kind: nat64, namespace: nat64, pool6: 64:ff9b::/96, pool4: [{ prefix: 11.64.0.0/29 }]${more} }
  servers: { kind: siit, pool6: 2001:db8:46::/96, eam: [{ v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }] }
${rest}`;
    const cluster = parseClusterText(text, 'test.yaml');
    const sections = new FileSections(cluster);
    return { file: 'test.yaml', cluster, node: 'gw1', slot: 1, links: [], secrets: [], revision: '', sections };
  }

  /** The nodes of a file. */
  nodes(text: string): NodeConfig['cluster']['nodes'] {
    return parseClusterText(`cluster: campus\nsecretFile: /k\nnodes: { ${text} }\n`, 'test.yaml').nodes;
  }

  instance(more = '', rest = ''): LiveInstance {
    return this.#make('internet', this.config(more, rest));
  }

  siit(rest = ''): LiveInstance {
    return this.#make('servers', this.config('', rest));
  }

  /** Code and reason of each event. */
  get story(): string[] {
    return this.events.last(0).map(({ code, name, reason }) => `${code} ${name}: ${reason}`);
  }

  /** Promises have had their turn. */
  settled(): Promise<void> {
    return new Promise((resolve) => void setImmediate(resolve));
  }

  remove(): void {
    vi.restoreAllMocks();
    rmSync(this.folder, { recursive: true });
  }

  #make(name: string, config: NodeConfig): LiveInstance {
    const options = instanceOptionsOf(config, this.places.runDirectory).find((one) => one.name === name);
    if (options === undefined) throw new Error(`the test has no instance ${name}`);
    const run = async (): Promise<string> => '';
    return new LiveInstance(options, config, this.places, this.events, this.files, run);
  }
}

import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import type { Probe } from './check.ts';
import type { Finding } from './finding.ts';

/*
 * An interface of the kernel's HSR or PRP driver: two ports, of which the driver sends each frame out of both and passes
 * the first copy up. So nothing above it sees that one way is cut; only the ports and the driver's table of nodes do.
 */

/** A node of the ring, and when the driver last received from it by each port: kernel ticks, in which only changes count. */
export interface RingNode {
  readonly address: string;
  readonly seen: readonly [a: string, b: string];
}

/** What the kernel says of such an interface. */
export interface RingState {
  /** Ports A and B, as far as there are two. */
  readonly ports: ReadonlyArray<{ readonly name: string; readonly carrier: boolean }>;
  /** undefined: debugfs is not there, or not for this process. */
  readonly nodes: readonly RingNode[] | undefined;
}

/** A node sends a supervision frame every 2 s (IEC 62439-3, LifeCheckInterval); so many of them missed is a cut. */
const SILENT_MS = 7000;
const PORTS = ['A', 'B'] as const;

interface Watched {
  readonly seen: [string, string];
  readonly changedMs: [number, number];
}

/** Both ports have a carrier and receive from every node of the ring. */
export class RedundantRingProbe implements Probe {
  readonly name: string;
  readonly #interface: string;
  readonly #read: (name: string) => Promise<RingState | undefined>;
  readonly #nowMs: () => number;
  readonly #nodes = new Map<string, Watched>();

  /** @param read undefined: no interface of these drivers has this name */
  constructor(name: string, read: (name: string) => Promise<RingState | undefined>, nowMs: () => number) {
    this.name = `ring ${name}`;
    this.#interface = name;
    this.#read = read;
    this.#nowMs = nowMs;
  }

  async check(): Promise<Finding> {
    const state = await this.#read(this.#interface);
    if (state === undefined) return { result: 'ok', text: `${this.#interface} is no HSR or PRP interface` };
    const { ports, nodes } = state;
    const wrong = ports.filter(({ carrier }) => !carrier).map(({ name }) => `port ${name} has no carrier`);
    if (ports.length < PORTS.length) wrong.push(`${this.#interface} has ${ports.length} of 2 ports`);
    if (nodes !== undefined && wrong.length === 0) wrong.push(...this.#cuts(ports, nodes));
    if (wrong.length > 0) return { result: 'failed', text: `${wrong.join('; ')}: the ring is cut` };
    const names = ports.map(({ name }) => name).join(' and ');
    const known = nodes === undefined ? 'its table of nodes cannot be read' : `both receive from ${nodes.length} nodes`;
    return { result: 'ok', text: `carrier on ${names}; ${known}` };
  }

  /** Nodes that one port alone receives from. One that is silent on both is no longer there. */
  #cuts(ports: RingState['ports'], nodes: readonly RingNode[]): string[] {
    const now = this.#nowMs();
    const present = new Set(nodes.map(({ address }) => address));
    for (const address of this.#nodes.keys()) if (!present.has(address)) this.#nodes.delete(address);
    return nodes.flatMap(({ address, seen }) => {
      const known = this.#nodes.get(address) ?? { seen: [...seen], changedMs: [now, now] };
      this.#nodes.set(address, known);
      for (const port of [0, 1] as const) {
        if (known.seen[port] === seen[port]) continue;
        known.seen[port] = seen[port];
        known.changedMs[port] = now;
      }
      const silent = ([0, 1] as const).filter((port) => now - known.changedMs[port] > SILENT_MS);
      const [port] = silent;
      if (silent.length !== 1 || port === undefined) return [];
      return [`port ${PORTS[port]} (${ports[port]?.name ?? '?'}) receives nothing from node ${address}`];
    });
  }
}

const MAC = '([0-9a-f]{2}(?::[0-9a-f]{2}){5})';
const ROW = new RegExp(`^\\s*${MAC}[\\s,]+${MAC}[\\s,]+([0-9a-f]+),\\s*([0-9a-f]+),`, 'i');

/** The table of nodes in debugfs (net/hsr/hsr_debugfs.c); other lines are its head. Pure. */
export function readNodeTable(text: string): RingNode[] {
  return text.split('\n').flatMap((line) => {
    const [, address, , a, b] = ROW.exec(line) ?? [];
    return address === undefined || a === undefined || b === undefined ? [] : [{ address, seen: [a, b] as const }];
  });
}

const DEVICE_TYPE = /^DEVTYPE=(hsr|prp)$/m;

/** Whether an interface of the HSR or PRP driver has this name now. */
export function isRedundantRing(name: string, root = '/sys'): boolean {
  try {
    return DEVICE_TYPE.test(readFileSync(`${root}/class/net/${name}/uevent`, 'utf8'));
  } catch {
    return false; // there is no such interface
  }
}

/**
 * Reads it from sysfs and debugfs.
 * @param root of both, for tests
 * @returns undefined when the interface is not there, or of another driver
 */
export async function readRing(name: string, root = '/sys'): Promise<RingState | undefined> {
  const place = `${root}/class/net/${name}`;
  if (!DEVICE_TYPE.test((await textOf(`${place}/uevent`)) ?? '')) return undefined;
  const lower = (await readdir(place)).filter((entry) => entry.startsWith('lower_')).toSorted();
  const ports = await Promise.all(
    lower.map(async (entry) => {
      const port = entry.slice('lower_'.length);
      // An interface that is down says EINVAL.
      return { name: port, carrier: (await textOf(`${root}/class/net/${port}/carrier`))?.trim() === '1' };
    }),
  );
  const table = await textOf(`${root}/kernel/debug/hsr/${name}/node_table`);
  return { ports, nodes: table === undefined ? undefined : readNodeTable(table) };
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined; // not there, not readable, or nothing to say: all the same here
  }
}

import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { readRingNodes, type RingNode } from '../../linux/hsr-nodes.ts';
import { SystemCallError } from '../../linux/libc.ts';
import type { Probe } from './check.ts';
import type { Finding } from './finding.ts';

/*
 * An interface of the kernel's HSR or PRP driver: two ports; the driver sends each frame on both and delivers the first
 * copy. A cut of one path is therefore not visible above it, only at the ports and in the driver's node table, which
 * has the age of the last frame from each node per port.
 */

/** The kernel's state of such an interface. */
export interface RingState {
  /** Both ports, if they exist. */
  readonly ports: ReadonlyArray<{ readonly name: string; readonly index: number; readonly carrier: boolean }>;
  /** undefined: not provided by the driver. */
  readonly nodes: readonly RingNode[] | undefined;
}

/** A node sends a supervision frame every 2 s (IEC 62439-3, LifeCheckInterval); three missed ones mean a cut. */
const SILENT_MS = 7000;
/** A frame received by the other port within this time shows that the node is present. */
const PRESENT_MS = SILENT_MS / 2;
const PORTS = 2;

/** Both ports have a carrier and receive from every node of the ring. */
export class RedundantRingProbe implements Probe {
  readonly name: string;
  readonly #interface: string;
  readonly #read: (name: string) => Promise<RingState | undefined>;

  /** @param read undefined: there is no interface of these drivers with this name */
  constructor(name: string, read: (name: string) => Promise<RingState | undefined>) {
    this.name = `ring ${name}`;
    this.#interface = name;
    this.#read = read;
  }

  async check(): Promise<Finding> {
    const state = await this.#read(this.#interface);
    if (state === undefined) return { result: 'ok', text: `${this.#interface} is no HSR or PRP interface` };
    const { ports, nodes } = state;
    const wrong = ports.filter(({ carrier }) => !carrier).map(({ name }) => `port ${name} has no carrier`);
    if (ports.length < PORTS) wrong.push(`${this.#interface} has ${ports.length} of ${PORTS} ports`);
    if (nodes !== undefined && wrong.length === 0) wrong.push(...cuts(ports, nodes));
    if (wrong.length > 0) return { result: 'failed', text: `${wrong.join('; ')}: the ring is cut` };
    const names = ports.map(({ name }) => name).join(' and ');
    const known = nodes === undefined ? 'its table of nodes cannot be read' : `both receive from ${nodes.length} nodes`;
    return { result: 'ok', text: `carrier on ${names}; ${known}` };
  }
}

/** Nodes that only one port receives. A node silent on both is absent. Pure. */
function cuts(ports: RingState['ports'], nodes: readonly RingNode[]): string[] {
  return nodes.flatMap(({ address, received: [a, b] }) => {
    const [older, newer] = a.ageMs > b.ageMs ? [a, b] : [b, a];
    if (older.ageMs <= SILENT_MS || newer.ageMs > PRESENT_MS) return [];
    const name = ports.find(({ index }) => index === older.interface)?.name ?? `interface ${older.interface}`;
    return [`port ${older === a ? 'A' : 'B'} (${name}) receives nothing from node ${address}`];
  });
}

const DEVICE_TYPE = /^DEVTYPE=(hsr|prp)$/m;

/** Whether there is an HSR or PRP interface of this name. */
export function isRedundantRing(name: string, root = '/sys'): boolean {
  try {
    return DEVICE_TYPE.test(readFileSync(`${root}/class/net/${name}/uevent`, 'utf8'));
  } catch {
    return false; // there is no such interface
  }
}

/**
 * Reads it from sysfs and by generic netlink.
 * @param root of sysfs, for tests; @param nodesOf the driver's table of nodes, by the interface's index
 * @returns undefined when the interface does not exist, or is of another driver
 */
export async function readRing(
  name: string,
  root = '/sys',
  nodesOf: (index: number) => readonly RingNode[] | undefined = readRingNodes,
): Promise<RingState | undefined> {
  const place = `${root}/class/net/${name}`;
  if (!DEVICE_TYPE.test((await textOf(`${place}/uevent`)) ?? '')) return undefined;
  const lower = (await readdir(place)).filter((entry) => entry.startsWith('lower_')).toSorted();
  const ports = await Promise.all(
    lower.map(async (entry) => {
      const port = entry.slice('lower_'.length);
      const of = async (what: string): Promise<number> => Number(await textOf(`${root}/class/net/${port}/${what}`));
      // Reading the carrier of an interface that is down gives EINVAL.
      return { name: port, index: await of('ifindex'), carrier: (await of('carrier')) === 1 };
    }),
  );
  const index = Number(await textOf(`${place}/ifindex`));
  return { ports, nodes: nodesIfTold(index, nodesOf) };
}

function nodesIfTold(
  index: number,
  nodesOf: (index: number) => readonly RingNode[] | undefined,
): readonly RingNode[] | undefined {
  try {
    return nodesOf(index);
  } catch (error) {
    // The interface has gone, or has a new index: the next probe reports it.
    if (error instanceof SystemCallError) return undefined;
    throw error;
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined; // missing, unreadable or empty: treated alike here
  }
}

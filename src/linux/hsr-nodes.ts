import { SystemCallError } from './libc.ts';
import { attribute, attributesIn, attributesOf, LITTLE_ENDIAN, Netlink, type NetlinkMessage } from './netlink.ts';

/*
 * The table of nodes of the kernel's HSR and PRP driver, by generic netlink (linux/genetlink.h, linux/hsr_netlink.h,
 * net/hsr/hsr_netlink.c): the nodes in the ring, and how long ago each port received a frame from them.
 *
 *     struct genlmsghdr, 4 bytes:  0 command   1 version   2 nothing        then attributes
 */
const HEADER = 4;
const CONTROLLER = 16;
const GET_FAMILY = 3;
const FAMILY = { id: 1, name: 2 } as const;
const HSR_FAMILY = 'HSR';
const GET_NODE_STATUS = 3;
const GET_NODE_LIST = 5;
const ATTRIBUTE = { address: 1, interface: 2, ages: [3, 4], ports: [8, 9] } as const;
/** Maximum number of nodes whose ages are queried; larger rings fail for other reasons first. */
const MOST_NODES = 128;

/** Last frame received from a node on port A or B. */
export interface Received {
  /** Interface index of the port; 0: none. */
  readonly interface: number;
  /** Age of the last frame, ms; 2^31 − 1: no frame is remembered. */
  readonly ageMs: number;
}

export interface RingNode {
  readonly address: string;
  readonly received: readonly [a: Received, b: Received];
}

/** Queries the kernel. @throws SystemCallError when it refuses */
export type GenericQuestion = (type: number, body: Uint8Array) => readonly NetlinkMessage[];

/**
 * Queries the kernel, in the network namespace of this thread. @param index of the HSR or PRP interface
 * @returns undefined: the kernel has no such driver
 * @throws SystemCallError EINVAL: no interface of this driver
 */
export function readRingNodes(index: number): RingNode[] | undefined {
  const netlink = new Netlink('generic');
  try {
    return ringNodes(index, (type, body) => netlink.ask(type, body));
  } finally {
    netlink.close();
  }
}

/** As `readRingNodes`, with another means of querying. */
export function ringNodes(index: number, ask: GenericQuestion): RingNode[] | undefined {
  const family = familyOf(HSR_FAMILY, ask);
  if (family === undefined) return undefined;
  const ring = attribute(ATTRIBUTE.interface, index);
  // A long list takes several messages.
  const addresses = ask(family, question(GET_NODE_LIST, ring)).flatMap((message) =>
    attributesIn(message, HEADER).flatMap(([type, value]) => (type === ATTRIBUTE.address ? [bytesOf(value)] : [])),
  );
  return addresses.slice(0, MOST_NODES).flatMap((address) => {
    const received = receivedFrom(family, ring, address, ask);
    return received === undefined ? [] : [{ address: textOf(address), received }];
  });
}

/** @returns undefined: the kernel has no such family */
export function familyOf(name: string, ask: GenericQuestion): number | undefined {
  try {
    const [answer] = ask(CONTROLLER, question(GET_FAMILY, attribute(FAMILY.name, name)));
    if (answer === undefined) return undefined;
    return attributesOf(answer, HEADER).get(FAMILY.id)?.getUint16(0, LITTLE_ENDIAN);
  } catch (error) {
    if (error instanceof SystemCallError && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @returns undefined: the node has gone */
function receivedFrom(
  family: number,
  ring: Uint8Array,
  address: Uint8Array,
  ask: GenericQuestion,
): RingNode['received'] | undefined {
  let answer: NetlinkMessage | undefined;
  try {
    [answer] = ask(family, question(GET_NODE_STATUS, ring, attribute(ATTRIBUTE.address, address)));
  } catch (error) {
    if (error instanceof SystemCallError && error.code === 'ENOENT') return undefined;
    throw error;
  }
  if (answer === undefined) return undefined;
  const found = attributesOf(answer, HEADER);
  const at = (port: 0 | 1): Received => ({
    interface: found.get(ATTRIBUTE.ports[port])?.getUint32(0, LITTLE_ENDIAN) ?? 0,
    ageMs: found.get(ATTRIBUTE.ages[port])?.getUint32(0, LITTLE_ENDIAN) ?? Infinity,
  });
  return [at(0), at(1)];
}

function question(command: number, ...attributes: Uint8Array[]): Uint8Array {
  return Buffer.concat([Uint8Array.of(command, 1, 0, 0), ...attributes]);
}

function bytesOf({ buffer, byteOffset, byteLength }: DataView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function textOf(address: Uint8Array): string {
  return Array.from(address, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

import { parsePrefix4, parsePrefix6, type Prefix6 } from '../../../net/prefix.ts';
import type { Pool4Entry } from '../../options.ts';
import { sliceOf, shardSliceOf } from './pool4.ts';
import { PortAssignment } from './deterministic-ports.ts';
import type { PortRange } from './port-table.ts';
import { ClientShards } from './shard-map.ts';

/**
 * Everything that determines the ports of an entry's clients; it suffices to find the client of a port at any later
 * time (RFC 7422 section 3).
 */
export interface PortPlan extends Pick<Pool4Entry, 'prefix' | 'ports' | 'protocols' | 'clients'> {
  readonly clientPrefixLength: number;
  /** Number of slices that the ports are divided into, and of shards per slice. */
  readonly slots: number;
  readonly shards: number;
}

/** Ports of one address that one client has at one node. */
export interface AssignedPorts {
  readonly client: Prefix6;
  /** IPv4, host order. */
  readonly address: number;
  /** Inclusive. */
  readonly ports: readonly [first: number, last: number];
  readonly slot: number;
}

interface Part extends PortRange {
  readonly slot: number;
  readonly shard: number;
}

/** The plans of all entries whose ports are assigned. */
export function portPlansOf(
  pool4: readonly Pool4Entry[],
  clientPrefixLength: number,
  slots: number,
  shards: number,
): PortPlan[] {
  return pool4
    .filter(({ assignment }) => assignment === 'deterministic')
    .map(({ prefix, ports, protocols, clients }) => ({
      prefix,
      ports,
      protocols,
      clients,
      clientPrefixLength,
      slots,
      shards,
    }));
}

/** The client of an address and port of an entry, with the run of ports around it; undefined: none. */
export function holderOf(plan: PortPlan, address: number, port: number): AssignedPorts | undefined {
  const { first, addresses, assignment } = opened(plan);
  const place = address - first;
  if (place < 0 || place >= addresses) return undefined;
  const part = partsOf(plan).find((one) => port >= one.first && port < one.first + one.count);
  const client = part === undefined ? undefined : assignment.clientAt(place, part, port);
  if (part === undefined || client === undefined || shardOf(plan, client) !== part.shard) return undefined;
  return assigned(assignment, client, address, part);
}

/** The ports of a client: a run in the slice of each slot. @param client 16 bytes, network order */
export function portsOfClient(plan: PortPlan, client: Uint8Array): AssignedPorts[] {
  const { first, assignment } = opened(plan);
  const number = assignment.numberOf(client, 0);
  if (number < 0) return [];
  const address = first + assignment.addressOf(number);
  return partsOf(plan).flatMap((part) => {
    const prefix = assignment.clientAt(address - first, part, assignment.firstIn(part, number));
    if (prefix === undefined || shardOf(plan, prefix) !== part.shard) return [];
    return [assigned(assignment, prefix, address, part)];
  });
}

/** Number of clients of an entry, of clients per address, and the minimum number of ports per client and node. */
export function planFigures(plan: PortPlan): { clients: number; perAddress: number; ports: number } {
  const { assignment } = opened(plan);
  const ports = Math.min(...partsOf(plan).map((part) => assignment.sizeIn(part)));
  return { clients: assignment.clients, perAddress: assignment.perAddress, ports };
}

function opened({ prefix, clients, clientPrefixLength }: PortPlan): {
  first: number;
  addresses: number;
  assignment: PortAssignment;
} {
  const parsed = parsePrefix4(prefix);
  if (parsed === undefined) throw new RangeError(`pool4 ${prefix}: not an IPv4 prefix`);
  const addresses = 2 ** (32 - parsed.length);
  const prefixes = clients.flatMap((text) => parsePrefix6(text) ?? []);
  const assignment = new PortAssignment(prefixes, clientPrefixLength, addresses);
  return { first: parsed.address, addresses, assignment };
}

/** The runs of ports that allocators use: one for each slot and each of its shards. */
function partsOf({ ports: [first, last], slots, shards }: PortPlan): Part[] {
  const parts: Part[] = [];
  for (let slot = 1; slot <= slots; slot++) {
    const slice = sliceOf(first, last, slot, slots);
    for (let shard = 0; shard < shards; shard++) {
      parts.push({ ...shardSliceOf(slice, { index: shard, count: shards }), slot, shard });
    }
  }
  return parts;
}

/** All sessions of a client are in one shard. */
function shardOf({ shards, clientPrefixLength }: PortPlan, { bytes }: Prefix6): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const [a, b, c, d] = [0, 4, 8, 12].map((at) => view.getUint32(at));
  return new ClientShards(shards, clientPrefixLength).of(a, b, c, d);
}

function assigned(assignment: PortAssignment, client: Prefix6, address: number, part: Part): AssignedPorts {
  const first = assignment.firstIn(part, assignment.numberOf(client.bytes, 0));
  return { client, address, ports: [first, first + assignment.sizeIn(part) - 1], slot: part.slot };
}

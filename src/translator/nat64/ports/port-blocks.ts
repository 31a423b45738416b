import type { PortRange, PortTable } from './port-table.ts';

interface PortBlock {
  readonly address: number;
  readonly first: number;
  /** Entries in it, of all protocols, held ones included. */
  used: number;
  /** Slot in the table of clients; NOBODY after its client has left. */
  client: number;
}

const NOBODY = -1;

/** Addresses, and the ports of each from which this node allocates. */
export interface BlockRange {
  readonly address: number;
  readonly addresses: number;
  readonly slice: PortRange;
}

/**
 * Ports by the block (RFC 6888 REQ-4, RFC 7422): a client gets runs of `size` ports of one address, for all protocols,
 * so that a log has one line per block instead of one per session. Life cycle of a block:
 *
 *     free ──first entry──→ a client's ──client has no entries any more──→ closing ──last held port released──→ free
 *                             └──────────────── last port released ──────────────────────────────────────────────┘
 *
 * Blocks begin at multiples of their size, so that a port identifies its block. Only this node's slice is allocated in
 * blocks; ports of replicas of other nodes are in no block here.
 */
export class PortBlocks {
  readonly size: number;
  /** Address of the port that `findFree` returned. */
  address = 0;
  /** Total of closed blocks. */
  closings = 0;
  readonly #blocks = new Map<number, PortBlock>();
  readonly #ofClient = new Map<number, PortBlock[]>();

  /** @param size ports, at least 1 */
  constructor(size: number) {
    this.size = size;
  }

  get count(): number {
    return this.#blocks.size;
  }

  /**
   * Finds a free port in the blocks of the client.
   * @param range addresses and ports to search
   * @returns a port of `address`, or -1
   */
  findFree(ports: PortTable, protocol: number, client: number, range: BlockRange, start: number): number {
    for (const block of this.#ofClient.get(client) ?? []) {
      const inside = block.address >= range.address && block.address < range.address + range.addresses;
      if (!inside || !contains(range.slice, block.first)) continue;
      this.address = block.address;
      const port = ports.findFree(protocol, block.address, block.first, this.size, start % this.size);
      if (port >= 0) return port;
    }
    return -1;
  }

  /** The address of the client's first block, or -1. */
  addressOf(client: number): number {
    return this.#ofClient.get(client)?.[0]?.address ?? -1;
  }

  /**
   * Finds an unassigned block inside `slice`.
   * @returns a free port in it, or -1
   */
  findUnused(ports: PortTable, protocol: number, address: number, slice: PortRange, start: number): number {
    const { size } = this;
    const lowest = Math.ceil(slice.first / size);
    const blocks = Math.floor((slice.first + slice.count) / size) - lowest;
    for (let step = 0; step < blocks; step++) {
      const first = (lowest + ((start + step) % blocks)) * size;
      if (this.#blocks.has(keyOf(address, first))) continue;
      const port = ports.findFree(protocol, address, first, size, start % size);
      if (port >= 0) return port;
    }
    return -1;
  }

  /**
   * Assigns a port, found by `findFree` or `findUnused`, to an entry of the client. @returns whether that opened a
   * block
   */
  take(client: number, address: number, port: number): boolean {
    const first = port - (port % this.size);
    const key = keyOf(address, first);
    const block = this.#blocks.get(key);
    if (block !== undefined) {
      block.used += 1;
      return false;
    }
    this.#open(key, { address, first, used: 1, client });
    return true;
  }

  /** A port is free again. @returns whether that closed its block */
  give(address: number, port: number): boolean {
    const block = this.#blocks.get(keyOf(address, port - (port % this.size)));
    if (block === undefined) return false;
    block.used -= 1;
    if (block.used > 0) return false;
    this.#leave(block);
    this.closings += 1;
    this.#blocks.delete(keyOf(block.address, block.first));
    return true;
  }

  /** The client has no entries left and its slot will be reused: its blocks close as their held ports are released. */
  forget(client: number): void {
    for (const block of this.#ofClient.get(client) ?? []) block.client = NOBODY;
    this.#ofClient.delete(client);
  }

  /** The client gets a former port back: the port's block is assigned to it again, unless another client has it. */
  rejoin(client: number, address: number, port: number): void {
    const block = this.#blocks.get(keyOf(address, port - (port % this.size)));
    if (block === undefined || block.client !== NOBODY) return;
    block.client = client;
    this.#join(block);
  }

  #open(key: number, block: PortBlock): void {
    this.#blocks.set(key, block);
    this.#join(block);
  }

  #join(block: PortBlock): void {
    const blocks = this.#ofClient.get(block.client);
    if (blocks === undefined) this.#ofClient.set(block.client, [block]);
    else blocks.push(block);
  }

  #leave(block: PortBlock): void {
    const blocks = this.#ofClient.get(block.client);
    if (blocks === undefined) return;
    const left = blocks.filter((other) => other !== block);
    if (left.length === 0) this.#ofClient.delete(block.client);
    else this.#ofClient.set(block.client, left);
  }
}

function contains({ first, count }: PortRange, port: number): boolean {
  return port >= first && port < first + count;
}

function keyOf(address: number, first: number): number {
  return address * 65_536 + first;
}

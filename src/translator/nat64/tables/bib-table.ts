import type { Nat64Limits } from '../../options.ts';
import { ClientTable } from './client-table.ts';
import { finish, word } from './keyed-hash.ts';
import { type NatEvents, NatEventKind } from '../nat-events.ts';
import { PortBlocks } from '../ports/port-blocks.ts';
import { PortTable } from '../ports/port-table.ts';
import { SlotAllocator } from './slot-allocator.ts';
import { SlotIndex } from './slot-index.ts';
import { TimeColumn } from './time-column.ts';

const LIVE = 1;
const STATIC = 2;
/** Without sessions; its pool4 port is withheld from other clients (RFC 6888 REQ-8). */
const HELD = 4;
/** Other nodes may have it in their tables. */
const SHARED = 8;
/** Its port is in a block of its client. */
const IN_BLOCK = 16;
/** Its port is from this node's slices, shared by clients, and counts towards its client's share. */
const OWN_PORT = 32;
/** One of its sessions is or was owned by this node, so its end is logged in this node's NAT log. */
const OWNED = 64;
/** Held entries use another hash in the index of clients, so that searches for live entries skip them. */
const HELD_HASH = 0x5bd1e995;
/** Held entries examined for early release when the table is full. */
const EARLY_RELEASES_TRIED = 16;

/**
 * The Binding Information Base (RFC 6146 section 3.1), all protocols in one table: client address and port ↔ pool4
 * address and port. Parallel arrays by slot; addresses are 32-bit words in host order. One index for each side.
 */
export class BibTable {
  readonly client: Uint32Array;
  readonly clientPort: Uint16Array;
  readonly pool4: Uint32Array;
  readonly pool4Port: Uint16Array;
  readonly protocol: Uint8Array;
  /** First live session of the entry plus one, and how many of them there are. */
  readonly sessionHead: Int32Array;
  readonly liveSessions: Uint32Array;
  /** Sessions, including ended ones whose end has not been logged yet. */
  readonly sessionCount: Uint32Array;
  /** While an unreachable node may be translating by shared entries, their ports are not freed. */
  keepShared = false;
  /** Use of resources by client. */
  readonly clients: ClientTable;
  /** Slot in `clients` of each entry. */
  readonly clientSlot: Int32Array;
  /** Ports of the entries, including held ones. */
  readonly ports = new PortTable();
  /** Port blocks of clients; undefined: ports are allocated individually. */
  readonly blocks: PortBlocks | undefined;
  readonly #flags: Uint8Array;
  /** For held entries: since when, and their neighbours in that order, plus one; for a free slot the next free one. */
  readonly #heldSince: TimeColumn;
  readonly #heldNext: Int32Array;
  readonly #heldPrevious: Int32Array;
  #heldFirst = 0;
  #heldLast = 0;
  readonly #slots: SlotAllocator;
  readonly #byClient: SlotIndex;
  readonly #byPool4: SlotIndex;
  readonly #seed: number;
  readonly #events: NatEvents;
  #held = 0;

  /** @param portBlockSize ports per block; 0: no blocks */
  constructor(limits: Nat64Limits, seed: number, portBlockSize: number, events: NatEvents) {
    const capacity = limits.bibEntries;
    this.blocks = portBlockSize > 0 ? new PortBlocks(portBlockSize) : undefined;
    this.#events = events;
    this.clients = new ClientTable(limits, seed, portBlockSize > 0);
    this.clientSlot = new Int32Array(capacity);
    this.client = new Uint32Array(4 * capacity);
    this.clientPort = new Uint16Array(capacity);
    this.pool4 = new Uint32Array(capacity);
    this.pool4Port = new Uint16Array(capacity);
    this.protocol = new Uint8Array(capacity);
    this.sessionHead = new Int32Array(capacity);
    this.liveSessions = new Uint32Array(capacity);
    this.sessionCount = new Uint32Array(capacity);
    this.#flags = new Uint8Array(capacity);
    this.#heldSince = new TimeColumn(capacity);
    this.#heldNext = new Int32Array(capacity);
    this.#heldPrevious = new Int32Array(capacity);
    this.#slots = new SlotAllocator(capacity, this.#heldNext);
    this.#byClient = new SlotIndex(capacity);
    this.#byPool4 = new SlotIndex(capacity);
    this.#seed = seed;
  }

  /** Entries with sessions, and static ones. */
  get count(): number {
    return this.#slots.count - this.#held;
  }

  /** Upper bound of live slots. */
  get used(): number {
    return this.#slots.used;
  }

  isLive(slot: number): boolean {
    return (this.#flags[slot] & (LIVE | HELD)) === LIVE;
  }

  isStatic(slot: number): boolean {
    return (this.#flags[slot] & STATIC) !== 0;
  }

  isHeld(slot: number): boolean {
    return (this.#flags[slot] & HELD) !== 0;
  }

  /** @returns the slot of the entry of a client's transport address, or -1. */
  findByClient(protocol: number, a: number, b: number, c: number, d: number, port: number): number {
    return this.#findClient(this.hashOfClient(protocol, a, b, c, d, port), protocol, a, b, c, d, port);
  }

  /** As findByClient, for held entries: the former mapping of the transport address. */
  findHeldByClient(protocol: number, a: number, b: number, c: number, d: number, port: number): number {
    if (this.#held === 0) return -1;
    return this.#findClient(heldHash(this.hashOfClient(protocol, a, b, c, d, port)), protocol, a, b, c, d, port);
  }

  #findClient(hash: number, protocol: number, a: number, b: number, c: number, d: number, port: number): number {
    const { client } = this;
    for (let at = this.#byClient.first(hash); at >= 0; at = this.#byClient.next(at, hash)) {
      const slot = this.#byClient.slotAt(at);
      const base = 4 * slot;
      if (
        client[base + 3] === d &&
        this.clientPort[slot] === port &&
        client[base + 2] === c &&
        client[base + 1] === b &&
        client[base] === a &&
        this.protocol[slot] === protocol
      ) {
        return slot;
      }
    }
    return -1;
  }

  /** @returns the slot of the entry of a pool4 address and port, held ones included, or -1. */
  findByPool4(protocol: number, address: number, port: number): number {
    return this.findPool4(this.hashOfPool4(protocol, address, port), protocol, address, port);
  }

  /** As `findByPool4`. @param hash `hashOfPool4` of the rest */
  findPool4(hash: number, protocol: number, address: number, port: number): number {
    for (let at = this.#byPool4.first(hash); at >= 0; at = this.#byPool4.next(at, hash)) {
      const slot = this.#byPool4.slotAt(at);
      const same = this.pool4[slot] === address && this.pool4Port[slot] === port;
      if (same && this.protocol[slot] === protocol) return slot;
    }
    return -1;
  }

  /** Writes the client's address, 16 bytes in network order. */
  writeClient(slot: number, into: Uint8Array, at: number): void {
    for (let index = 0; index < 4; index++) {
      const value = this.client[4 * slot + index];
      into[at + 4 * index] = value >>> 24;
      into[at + 4 * index + 1] = (value >>> 16) & 255;
      into[at + 4 * index + 2] = (value >>> 8) & 255;
      into[at + 4 * index + 3] = value & 255;
    }
  }

  /**
   * Prefetches the index entries for these hashes.
   * @returns a number without a meaning
   */
  touch(clientHash: number, pool4Hash: number): number {
    return this.#byClient.touch(clientHash) ^ this.#byPool4.touch(pool4Hash);
  }

  /** Neither side may be in the table. @returns the slot, or -1 when the table is full. */
  create(
    protocol: number,
    a: number,
    b: number,
    c: number,
    d: number,
    port: number,
    pool4: number,
    pool4Port: number,
    fixed = false,
    clientHash = this.hashOfClient(protocol, a, b, c, d, port),
    pool4Hash = this.hashOfPool4(protocol, pool4, pool4Port),
  ): number {
    let slot = this.#slots.take();
    if (slot < 0 && this.#releaseEarly()) slot = this.#slots.take();
    if (slot < 0) return -1;
    const base = 4 * slot;
    this.client[base] = a;
    this.client[base + 1] = b;
    this.client[base + 2] = c;
    this.client[base + 3] = d;
    this.clientPort[slot] = port;
    this.pool4[slot] = pool4;
    this.pool4Port[slot] = pool4Port;
    this.protocol[slot] = protocol;
    this.sessionHead[slot] = 0;
    this.liveSessions[slot] = 0;
    this.sessionCount[slot] = 0;
    const own = this.ports.take(protocol, pool4, pool4Port);
    this.#flags[slot] = LIVE | (fixed ? STATIC : 0) | (own ? OWN_PORT : 0);
    this.clientSlot[slot] = this.clients.join(a, b, c, d, own);
    this.#byClient.insert(clientHash, slot);
    this.#byPool4.insert(pool4Hash, slot);
    return slot;
  }

  /**
   * The entry's port was allocated by `Pool4` from this node's slice: with port blocks, it counts towards its block,
   * unless the port is assigned to the client anyway.
   */
  enterBlock(slot: number): void {
    if (this.blocks === undefined || (this.#flags[slot] & OWN_PORT) === 0) return;
    this.#flags[slot] |= IN_BLOCK;
    if (this.blocks.take(this.clientSlot[slot], this.pool4[slot], this.pool4Port[slot])) {
      this.#logBlock(NatEventKind.blockAllocated, slot);
    }
  }

  /** This node opens a session of the entry: the first one on a new entry is a new mapping. */
  noteOwned(slot: number): void {
    if ((this.#flags[slot] & (OWNED | STATIC)) !== 0) return;
    this.#flags[slot] |= OWNED;
    if (this.liveSessions[slot] === 1) this.#logMapping(NatEventKind.mappingCreated, slot);
  }

  /** A session of the entry was taken over; its former owner has logged the mapping. */
  noteTakenOver(slot: number): void {
    if (!this.isStatic(slot)) this.#flags[slot] |= OWNED;
  }

  /** Slot in `clients` of the entry's client. */
  clientOf(slot: number): number {
    return this.clientSlot[slot];
  }

  /** Detaches the entry from its client and withholds the pool4 port until `releaseHeld`. */
  hold(slot: number, nowMs: number): void {
    const hash = this.#clientHashOf(slot);
    this.#byClient.remove(hash, slot);
    this.#byClient.insert(heldHash(hash), slot);
    if ((this.#flags[slot] & OWNED) !== 0) this.#logMapping(NatEventKind.mappingDeleted, slot);
    this.#flags[slot] = (this.#flags[slot] & ~OWNED) | HELD;
    const client = this.clientSlot[slot];
    if (this.clients.leave(client, (this.#flags[slot] & OWN_PORT) !== 0)) this.blocks?.forget(client);
    this.#chain(slot, nowMs);
    this.#held += 1;
  }

  /** Assigns a held entry to its client again. */
  revive(slot: number): void {
    this.#unchain(slot);
    this.#held -= 1;
    const hash = this.#clientHashOf(slot);
    this.#byClient.remove(heldHash(hash), slot);
    this.#byClient.insert(hash, slot);
    this.#flags[slot] &= ~HELD;
    const base = 4 * slot;
    const { client } = this;
    const own = (this.#flags[slot] & OWN_PORT) !== 0;
    const joined = this.clients.join(client[base], client[base + 1], client[base + 2], client[base + 3], own);
    this.clientSlot[slot] = joined;
    if ((this.#flags[slot] & IN_BLOCK) !== 0) this.blocks?.rejoin(joined, this.pool4[slot], this.pool4Port[slot]);
  }

  /** A record with the entry has been sent to or received from other nodes. */
  share(slot: number): void {
    this.#flags[slot] |= SHARED;
  }

  /** Whether a held entry must be retained however long it has been held. */
  mustKeep(slot: number): boolean {
    return this.keepShared && (this.#flags[slot] & SHARED) !== 0;
  }

  /** Restarts the hold time of an entry. */
  holdAgain(slot: number, nowMs: number): void {
    this.#unchain(slot);
    this.#chain(slot, nowMs);
  }

  /** The entry held for the longest time, if that is at least `holdMs`; else -1. */
  oldestHeld(holdMs: number, nowMs: number): number {
    const slot = this.#heldFirst - 1;
    return slot >= 0 && this.#heldSince.since(slot, nowMs) >= holdMs ? slot : -1;
  }

  /** Frees a held entry. */
  releaseHeld(slot: number): void {
    this.#unchain(slot);
    this.#held -= 1;
    this.#byClient.remove(heldHash(this.#clientHashOf(slot)), slot);
    this.#byPool4.remove(this.hashOfPool4(this.protocol[slot], this.pool4[slot], this.pool4Port[slot]), slot);
    this.ports.give(this.protocol[slot], this.pool4[slot], this.pool4Port[slot]);
    if ((this.#flags[slot] & IN_BLOCK) !== 0 && this.blocks?.give(this.pool4[slot], this.pool4Port[slot]) === true) {
      this.#logBlock(NatEventKind.blockReleased, slot);
    }
    this.#flags[slot] = 0;
    this.#slots.give(slot);
  }

  /** The client is the one whose entry opened the block or left it last: one of the client's addresses. */
  #logBlock(kind: typeof NatEventKind.blockAllocated | typeof NatEventKind.blockReleased, slot: number): void {
    const events = this.#events;
    if (!events.blocks || this.blocks === undefined) return;
    const { size } = this.blocks;
    const port = this.pool4Port[slot];
    const at = events.add(kind, 0, this.pool4[slot], port - (port % size), 0, 0, 0, size);
    if (at >= 0) this.writeClient(slot, events.bytes, at);
  }

  #logMapping(kind: typeof NatEventKind.mappingCreated | typeof NatEventKind.mappingDeleted, slot: number): void {
    const events = this.#events;
    if (!events.mappings) return;
    const { protocol, pool4, pool4Port, clientPort } = this;
    const at = events.add(kind, protocol[slot], pool4[slot], pool4Port[slot], clientPort[slot], 0, 0, 1);
    if (at >= 0) this.writeClient(slot, events.bytes, at);
  }

  /** Whether there is capacity for one more entry. */
  get hasRoom(): boolean {
    return this.#slots.count < this.#slots.capacity || this.#releasable() >= 0;
  }

  /** @returns whether an entry was released early */
  #releaseEarly(): boolean {
    const slot = this.#releasable();
    if (slot < 0) return false;
    this.releaseHeld(slot);
    return true;
  }

  #releasable(): number {
    let held = this.#heldFirst;
    for (let tries = 0; tries < EARLY_RELEASES_TRIED && held !== 0; tries++) {
      if (!this.mustKeep(held - 1)) return held - 1;
      held = this.#heldNext[held - 1];
    }
    return -1;
  }

  #chain(slot: number, nowMs: number): void {
    this.#heldSince.set(slot, nowMs);
    this.#heldNext[slot] = 0;
    this.#heldPrevious[slot] = this.#heldLast;
    if (this.#heldLast === 0) this.#heldFirst = slot + 1;
    else this.#heldNext[this.#heldLast - 1] = slot + 1;
    this.#heldLast = slot + 1;
  }

  #unchain(slot: number): void {
    const next = this.#heldNext[slot];
    const previous = this.#heldPrevious[slot];
    if (previous === 0) this.#heldFirst = next;
    else this.#heldNext[previous - 1] = next;
    if (next === 0) this.#heldLast = previous;
    else this.#heldPrevious[next - 1] = previous;
  }

  #clientHashOf(slot: number): number {
    const { client } = this;
    const base = 4 * slot;
    return this.hashOfClient(
      this.protocol[slot],
      client[base],
      client[base + 1],
      client[base + 2],
      client[base + 3],
      this.clientPort[slot],
    );
  }

  /** Hash for `findByClient`. */
  hashOfClient(protocol: number, a: number, b: number, c: number, d: number, port: number): number {
    const ports = (protocol << 16) | port;
    return finish(word(word(word(word(word(this.#seed, a), b), c), d), ports));
  }

  /** Hash for `findByPool4`. */
  hashOfPool4(protocol: number, address: number, port: number): number {
    return finish(word(word(this.#seed, address), (protocol << 16) | port));
  }
}

function heldHash(hash: number): number {
  return hash ^ HELD_HASH;
}

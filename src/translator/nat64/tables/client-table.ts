import type { Nat64Limits } from '../../options.ts';
import { finish, word } from './keyed-hash.ts';
import { SlotAllocator } from './slot-allocator.ts';
import { SlotIndex } from './slot-index.ts';

/**
 * What each client has, for the limits that keep one from taking all: sessions, ports, and a token bucket for new
 * sessions that holds one second's worth. A client is an IPv6 prefix; it is in the table as long as it has a BIB entry,
 * so that the table is never larger than the BIB. Without limits nothing is kept.
 */
export class ClientTable {
  enabled = false;
  /** Sessions of each client, of all owners. */
  sessions = new Uint32Array(0);
  #limits: Nat64Limits;
  readonly #mask = new Int32Array(4);
  #prefix = new Int32Array(0);
  #ports = new Uint32Array(0);
  #tokens = new Float32Array(0);
  /** When the bucket was last filled; -1: not yet. */
  #filledMs = new Float64Array(0);
  #slots = new SlotAllocator(0);
  #index = new SlotIndex(0);
  readonly #seed: number;

  /** @param always keep clients though no limit needs them */
  constructor(limits: Nat64Limits, seed: number, always = false) {
    this.#limits = limits;
    this.#seed = seed ^ 0x165667b1;
    for (let index = 0; index < 4; index++) {
      const bits = Math.max(0, Math.min(32, limits.clientPrefixLength - 32 * index));
      this.#mask[index] = bits === 0 ? 0 : -1 << (32 - bits);
    }
    if (always || needsClients(limits)) this.#enable();
  }

  /**
   * Other limits from now on. Where nothing was kept so far, keeping begins: what clients have already is not counted.
   * The prefix length stays.
   * @returns whether keeping has begun with this
   */
  reconfigure(limits: Nat64Limits): boolean {
    this.#limits = limits;
    if (this.enabled || !needsClients(limits)) return false;
    this.#enable();
    return true;
  }

  #enable(): void {
    const { bibEntries: capacity } = this.#limits;
    this.enabled = true;
    this.sessions = new Uint32Array(capacity);
    this.#prefix = new Int32Array(4 * capacity);
    this.#ports = new Uint32Array(capacity);
    this.#tokens = new Float32Array(capacity);
    this.#filledMs = new Float64Array(capacity);
    this.#slots = new SlotAllocator(capacity);
    this.#index = new SlotIndex(capacity);
  }

  /**
   * Whether the client with this address may have one more session, and one more port where `newPort` says so. Takes a
   * token.
   */
  allows(a: number, b: number, c: number, d: number, newPort: boolean, nowMs: number): boolean {
    if (!this.enabled) return true;
    const slot = this.slotOf(a, b, c, d);
    if (slot < 0) return true;
    const { sessionsPerClient, portsPerClient } = this.#limits;
    if (sessionsPerClient > 0 && this.sessions[slot] >= sessionsPerClient) return false;
    if (newPort && portsPerClient > 0 && this.#ports[slot] >= portsPerClient) return false;
    return this.#takeToken(slot, nowMs);
  }

  /** The client has one more BIB entry. @returns its slot, or -1 where nothing is kept */
  join(a: number, b: number, c: number, d: number): number {
    if (!this.enabled) return -1;
    let slot = this.slotOf(a, b, c, d);
    if (slot < 0) {
      slot = this.#slots.take();
      if (slot < 0) return -1;
      const mask = this.#mask;
      this.#prefix[4 * slot] = a & mask[0];
      this.#prefix[4 * slot + 1] = b & mask[1];
      this.#prefix[4 * slot + 2] = c & mask[2];
      this.#prefix[4 * slot + 3] = d & mask[3];
      this.sessions[slot] = 0;
      this.#ports[slot] = 0;
      // The first session, for which the client comes in, has its token already.
      this.#tokens[slot] = this.#limits.newSessionsPerSecondPerClient - 1;
      this.#filledMs[slot] = -1;
      this.#index.insert(this.#hash(a, b, c, d), slot);
    }
    this.#ports[slot] += 1;
    return slot;
  }

  /**
   * The client has one BIB entry less. @returns whether that was its last, so that its slot is free for another client
   */
  leave(slot: number): boolean {
    if (slot < 0) return false;
    this.#ports[slot] -= 1;
    if (this.#ports[slot] > 0) return false;
    const [a, b, c, d] = this.#prefix.subarray(4 * slot, 4 * slot + 4);
    this.#index.remove(this.#hash(a, b, c, d), slot);
    this.#slots.give(slot);
    return true;
  }

  /** A number for the client with this address: the same for all addresses of its prefix. */
  hashOf(a: number, b: number, c: number, d: number): number {
    return this.#hash(a, b, c, d);
  }

  #takeToken(slot: number, nowMs: number): boolean {
    const rate = this.#limits.newSessionsPerSecondPerClient;
    if (rate === 0) return true;
    const since = this.#filledMs[slot] < 0 ? nowMs : this.#filledMs[slot];
    this.#tokens[slot] = Math.min(rate, this.#tokens[slot] + ((nowMs - since) * rate) / 1000);
    this.#filledMs[slot] = nowMs;
    if (this.#tokens[slot] < 1) return false;
    this.#tokens[slot] -= 1;
    return true;
  }

  /** @returns the slot of the client with this address, or -1 */
  slotOf(a: number, b: number, c: number, d: number): number {
    const hash = this.#hash(a, b, c, d);
    const mask = this.#mask;
    const prefix = this.#prefix;
    for (let at = this.#index.first(hash); at >= 0; at = this.#index.next(at, hash)) {
      const slot = this.#index.slotAt(at);
      const base = 4 * slot;
      const upper = prefix[base] === (a & mask[0]) && prefix[base + 1] === (b & mask[1]);
      if (upper && prefix[base + 2] === (c & mask[2]) && prefix[base + 3] === (d & mask[3])) return slot;
    }
    return -1;
  }

  #hash(a: number, b: number, c: number, d: number): number {
    const mask = this.#mask;
    return finish(word(word(word(word(this.#seed, a & mask[0]), b & mask[1]), c & mask[2]), d & mask[3]));
  }
}

function needsClients({ sessionsPerClient, portsPerClient, newSessionsPerSecondPerClient }: Nat64Limits): boolean {
  return sessionsPerClient > 0 || portsPerClient > 0 || newSessionsPerSecondPerClient > 0;
}

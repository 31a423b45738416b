import type { FlowTraffic } from '../packet/flow-offload.ts';

/** Packets and bytes of each session, both ways, by slot: parallel arrays, of which only what is used takes memory. */
export class SessionTraffic {
  /** Whether the slot has any: so that a session without them touches nothing else. */
  readonly #any: Uint8Array;
  readonly #packets6to4: Float64Array;
  readonly #bytes6to4: Float64Array;
  readonly #packets4to6: Float64Array;
  readonly #bytes4to6: Float64Array;

  constructor(capacity: number) {
    this.#any = new Uint8Array(capacity);
    this.#packets6to4 = new Float64Array(capacity);
    this.#bytes6to4 = new Float64Array(capacity);
    this.#packets4to6 = new Float64Array(capacity);
    this.#bytes4to6 = new Float64Array(capacity);
  }

  /** Adds what a flow of the session has carried. */
  add(slot: number, traffic: FlowTraffic): void {
    this.#any[slot] = 1;
    this.#packets6to4[slot] += traffic.packets6to4;
    this.#bytes6to4[slot] += traffic.bytes6to4;
    this.#packets4to6[slot] += traffic.packets4to6;
    this.#bytes4to6[slot] += traffic.bytes4to6;
  }

  /** Adds the session's own to `traffic`. */
  addTo(slot: number, traffic: FlowTraffic): void {
    if (this.#any[slot] === 0) return;
    traffic.packets6to4 += this.#packets6to4[slot];
    traffic.bytes6to4 += this.#bytes6to4[slot];
    traffic.packets4to6 += this.#packets4to6[slot];
    traffic.bytes4to6 += this.#bytes4to6[slot];
  }

  /** The slot has another session. */
  clear(slot: number): void {
    if (this.#any[slot] === 0) return;
    this.#any[slot] = 0;
    this.#packets6to4[slot] = 0;
    this.#bytes6to4[slot] = 0;
    this.#packets4to6[slot] = 0;
    this.#bytes4to6[slot] = 0;
  }
}

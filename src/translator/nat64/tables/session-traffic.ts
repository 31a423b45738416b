import type { FlowTraffic } from '../packet/flow-offload.ts';

/** Packets and bytes of each session, both ways, by slot: parallel arrays, of which only what is used takes memory. */
export class SessionTraffic {
  readonly #packets6to4: Float64Array;
  readonly #bytes6to4: Float64Array;
  readonly #packets4to6: Float64Array;
  readonly #bytes4to6: Float64Array;

  constructor(capacity: number) {
    this.#packets6to4 = new Float64Array(capacity);
    this.#bytes6to4 = new Float64Array(capacity);
    this.#packets4to6 = new Float64Array(capacity);
    this.#bytes4to6 = new Float64Array(capacity);
  }

  /** Adds what a flow of the session has carried. */
  add(slot: number, traffic: FlowTraffic): void {
    this.#packets6to4[slot] += traffic.packets6to4;
    this.#bytes6to4[slot] += traffic.bytes6to4;
    this.#packets4to6[slot] += traffic.packets4to6;
    this.#bytes4to6[slot] += traffic.bytes4to6;
  }

  /** Adds the session's own to `traffic`. */
  addTo(slot: number, traffic: FlowTraffic): void {
    traffic.packets6to4 += this.#packets6to4[slot];
    traffic.bytes6to4 += this.#bytes6to4[slot];
    traffic.packets4to6 += this.#packets4to6[slot];
    traffic.bytes4to6 += this.#bytes4to6[slot];
  }

  /** The slot has another session. */
  clear(slot: number): void {
    this.#packets6to4[slot] = 0;
    this.#bytes6to4[slot] = 0;
    this.#packets4to6[slot] = 0;
    this.#bytes4to6[slot] = 0;
  }
}

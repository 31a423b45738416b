import { BpfMap } from '../linux/bpf.ts';
import type { SettledFlow } from '../translator/flow-offload.ts';
import { addressDelta, echoDelta4to6, echoDelta6to4, sum4, sum6 } from './checksum-deltas.ts';
import { PAIR, PAIR_KEY4, PAIR_KEY4_SIZE, PAIR_KEY6, PAIR_KEY6_SIZE, PAIR_SIZE } from './layout.ts';

/** Pairs of addresses, one LRU map per direction. */
export class PairMaps {
  readonly flows6: BpfMap;
  readonly flows4: BpfMap;
  /** Rule number of new entries; the program ignores entries with another one (CONTROL.rules). */
  rules = 1;
  /** Bytes of the keys and values, to copy addresses into. */
  readonly #key6: Uint8Array;
  readonly #value6: Uint8Array;
  readonly #value4: Uint8Array;

  /** @throws SystemCallError, BpfError */
  constructor(entries: number) {
    const options = { type: 'lruHash', valueSize: PAIR_SIZE, entries } as const;
    this.flows6 = BpfMap.create({ ...options, keySize: PAIR_KEY6_SIZE, name: 'isthmus_flows6' });
    try {
      this.flows4 = BpfMap.create({ ...options, keySize: PAIR_KEY4_SIZE, name: 'isthmus_flows4' });
    } catch (error) {
      this.flows6.close();
      throw error;
    }
    this.#key6 = new Uint8Array(this.flows6.key.buffer);
    this.#value6 = new Uint8Array(this.flows6.value.buffer);
    this.#value4 = new Uint8Array(this.flows4.value.buffer);
  }

  /** Enters one direction. */
  enter(pair: SettledFlow, from: 4 | 6): void {
    if (from === 6) this.#enter6(pair);
    else this.#enter4(pair);
  }

  close(): void {
    this.flows6.close();
    this.flows4.close();
  }

  #enter6(pair: SettledFlow): void {
    this.#key6.set(pair.client, PAIR_KEY6.client);
    this.#key6.set(pair.server6, PAIR_KEY6.server);
    this.#write(this.flows6.value, this.#value6, pair);
    const six = sum6(pair);
    this.flows6.value.setUint16(PAIR.delta, addressDelta(six, sum4(pair)), true);
    this.flows6.value.setUint16(PAIR.echoDelta, echoDelta6to4(six), true);
    this.flows6.put();
  }

  #enter4(pair: SettledFlow): void {
    this.flows4.key.setUint32(PAIR_KEY4.server, pair.server4);
    this.flows4.key.setUint32(PAIR_KEY4.pool4, pair.pool4);
    this.#write(this.flows4.value, this.#value4, pair);
    const six = sum6(pair);
    this.flows4.value.setUint16(PAIR.delta, addressDelta(sum4(pair), six), true);
    this.flows4.value.setUint16(PAIR.echoDelta, echoDelta4to6(six), true);
    this.flows4.put();
  }

  #write(value: DataView, bytes: Uint8Array, { client, server6, server4, pool4 }: SettledFlow): void {
    bytes.fill(0);
    bytes.set(client, PAIR.client);
    bytes.set(server6, PAIR.server6);
    value.setUint32(PAIR.server4, server4);
    value.setUint32(PAIR.pool4, pool4);
    value.setUint32(PAIR.word, this.rules, true);
  }
}

import type { ProtocolName } from '../../options.ts';
import { PROTOCOL_NAMES } from '../tables/table-rows.ts';
import type { WatchedPorts } from './port-table.ts';

/** How much of one slice of a pool4 entry is in use, for one protocol. */
export interface PoolSlice {
  /** Of the entry in `pool4`, from 0. */
  readonly entry: number;
  /** The node slot whose slice it is. */
  readonly slot: number;
  readonly protocol: ProtocolName;
  /** First address of the entry, host order, and how many there are. */
  readonly address: number;
  readonly addresses: number;
  /** The ports of the slice. */
  readonly firstPort: number;
  readonly ports: number;
  /** Ports over all addresses, and how many of them are in use or held. */
  readonly size: number;
  readonly used: number;
}

/** Maximum number of slices that are reported; a pool4 with more is reported in part. */
const MAX_ROWS = 2048;
const ROW_WORDS = 8;

/**
 * Pool use in memory shared by two threads: the worker writes it without cost per packet, the agent reads it. A row
 * count, then 8 words of 32 bits per row:
 *
 *     entry │ slot │ protocol │ address │ addresses │ first port │ ports │ used
 *
 * The row count is zero while the layout changes.
 */
export class PoolUse {
  static readonly BYTES = 4 * (1 + MAX_ROWS * ROW_WORDS);
  readonly #words: Uint32Array;
  #written: readonly WatchedPorts[] | undefined;

  constructor(buffer: ArrayBufferLike = new ArrayBuffer(PoolUse.BYTES)) {
    this.#words = new Uint32Array(buffer, 0, PoolUse.BYTES / 4);
  }

  write(slices: readonly WatchedPorts[]): void {
    if (slices !== this.#written) this.#lay(slices);
    const words = this.#words;
    let at = 1;
    for (const { taken } of slices) {
      for (let index = 0; index < taken.length; index++) {
        if (at >= words.length) return;
        words[at + ROW_WORDS - 1] = taken[index];
        at += ROW_WORDS;
      }
    }
  }

  read(): PoolSlice[] {
    const words = this.#words;
    return Array.from({ length: Math.min(Atomics.load(words, 0), MAX_ROWS) }, (_, row) => {
      const [entry, slot, protocol, address, addresses, firstPort, ports, used] = words.subarray(
        1 + row * ROW_WORDS,
        1 + (row + 1) * ROW_WORDS,
      );
      const name = PROTOCOL_NAMES.get(protocol) ?? 'icmp';
      return { entry, slot, protocol: name, address, addresses, firstPort, ports, size: addresses * ports, used };
    });
  }

  #lay(slices: readonly WatchedPorts[]): void {
    const words = this.#words;
    Atomics.store(words, 0, 0);
    let rows = 0;
    for (const { entry, slot, protocols, address, addresses, slice } of slices) {
      for (const protocol of protocols) {
        if (rows === MAX_ROWS) break;
        words.set([entry, slot, protocol, address, addresses, slice.first, slice.count, 0], 1 + rows * ROW_WORDS);
        rows += 1;
      }
    }
    this.#written = slices;
    Atomics.store(words, 0, rows);
  }
}

/** Aggregates the pool use of an instance's shards, each of which allocates from a part of each slice. */
export function joinPoolUse(shards: readonly (readonly PoolSlice[])[]): PoolSlice[] {
  const joined = new Map<string, PoolSlice>();
  for (const row of shards.flat()) {
    const key = `${row.entry} ${row.slot} ${row.protocol}`;
    const before = joined.get(key);
    joined.set(
      key,
      before === undefined
        ? row
        : {
            ...row,
            firstPort: Math.min(before.firstPort, row.firstPort),
            ports: before.ports + row.ports,
            size: before.size + row.size,
            used: before.used + row.used,
          },
    );
  }
  return [...joined.values()];
}

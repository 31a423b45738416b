import { Assembler, type Register } from '../../linux/bpf-assembler.ts';
import { BpfMap, loadProgram } from '../../linux/bpf.ts';
import { libc } from '../../linux/libc.ts';
import {
  CLUSTER_TAG,
  HEADER_BYTES,
  MAGIC,
  PROTOCOL_VERSION,
  SLOT_AT,
  TAG_BYTES,
  VERSION_AT,
} from '../../replication/frame-header.ts';
import { clusterTagOf } from '../../replication/frame-keys.ts';
import type { Refusal, RefusalCounts } from '../../replication/refusals.ts';

/*
 * A socket filter (SO_ATTACH_BPF, socket(7)) for a link's socket: datagrams that cannot be frames of this cluster are
 * dropped in the kernel, without cost to the event loop. It checks what `FrameSeal.inspect` checks, counts by the same
 * reasons, and accepts everything else. The filter's offsets start at the UDP header.
 *
 * Stack, from its end:   -16 first 12 bytes of the datagram   -24 key of the counter (4)
 */
const LICENSE = 'Dual MIT/GPL';
const MAP_LOOKUP = 1;
const LOAD_BYTES = 26;
const UDP_HEADER = 8;
/** struct __sk_buff (linux/bpf.h). */
const SKB_LENGTH = 0;
const LOADED = 12;
const START = -16;
const KEY = -24;
const MAX_SLOT = 63;
const PASS_ALL = -1;

const REASONS = ['truncated', 'magic', 'version', 'cluster', 'slot'] as const satisfies readonly Refusal[];

const CONTEXT: Register = 'r6';
const SLOT: Register = 'r7';
const REASON: Register = 'r8';
const STACK: Register = 'r10';

/** A loaded filter with its counters. */
export class FrameFilter {
  readonly fd: number;
  readonly #counters: BpfMap;

  private constructor(fd: number, counters: BpfMap) {
    this.fd = fd;
    this.#counters = counters;
  }

  /**
   * @param slots of all nodes of the cluster, including this one
   * @throws BpfError, SystemCallError: not supported by this kernel, or not permitted
   */
  static load(cluster: string, slots: readonly number[]): FrameFilter {
    const entries = REASONS.length;
    const counters = BpfMap.create({ type: 'perCpuArray', keySize: 4, valueSize: 8, entries, name: 'isthmus_refused' });
    try {
      const program = filterProgram(clusterTagOf(cluster), slots, counters.fd);
      return new FrameFilter(loadProgram('socketFilter', program, LICENSE, 'isthmus_frames'), counters);
    } catch (error) {
      counters.close();
      throw error;
    }
  }

  refused(): Partial<RefusalCounts> {
    const { key, value } = this.#counters;
    const counts: Partial<RefusalCounts> = {};
    for (const [index, reason] of REASONS.entries()) {
      key.setUint32(0, index, true);
      let sum = 0;
      if (this.#counters.get()) {
        for (let at = 0; at < value.byteLength; at += 8) sum += Number(value.getBigUint64(at, true));
      }
      counts[reason] = sum;
    }
    return counts;
  }

  close(): void {
    libc.close(this.fd);
    this.#counters.close();
  }
}

/** @returns the instructions. @param tag of the cluster, from `clusterTagOf` */
export function filterProgram(tag: number, slots: readonly number[], counters: number): ArrayBuffer {
  const a = new Assembler();
  a.compute('mov', CONTEXT, 'r1');
  a.compute('mov', REASON, REASONS.indexOf('truncated'));
  a.load('u32', 'r2', CONTEXT, SKB_LENGTH);
  a.jumpIf('r2', '<', UDP_HEADER + HEADER_BYTES + TAG_BYTES, 'refuse');
  a.compute('mov', 'r1', CONTEXT);
  a.compute('mov', 'r2', UDP_HEADER);
  a.compute('mov', 'r3', STACK);
  a.compute('add', 'r3', START);
  a.compute('mov', 'r4', LOADED);
  a.call(LOAD_BYTES);
  a.jumpIf('r0', '!=', 0, 'refuse');
  refuseUnlessWord(a, 0, MAGIC, 'magic');
  a.compute('mov', REASON, REASONS.indexOf('version'));
  a.load('u8', 'r2', STACK, START + VERSION_AT);
  a.jumpIf('r2', '!=', PROTOCOL_VERSION, 'refuse');
  refuseUnlessWord(a, CLUSTER_TAG, tag, 'cluster');
  refuseOtherSlots(a, slots);
  a.compute('mov', 'r0', PASS_ALL);
  a.exit();
  a.label('refuse');
  count(a, counters);
  a.label('drop');
  a.compute('mov', 'r0', 0);
  a.exit();
  return a.assemble();
}

function refuseUnlessWord(a: Assembler, at: number, word: number, reason: (typeof REASONS)[number]): void {
  a.compute('mov', REASON, REASONS.indexOf(reason));
  a.load('u32', 'r2', STACK, START + at);
  a.swap(32, 'r2');
  number32(a, 'r3', word);
  a.jumpIf('r2', '!=', 'r3', 'refuse');
}

function refuseOtherSlots(a: Assembler, slots: readonly number[]): void {
  a.compute('mov', REASON, REASONS.indexOf('slot'));
  a.load('u8', SLOT, STACK, START + SLOT_AT);
  a.jumpIf(SLOT, '>', MAX_SLOT, 'refuse');
  const maskFrom = (first: number): number =>
    slots.filter((slot) => slot >= first && slot < first + 32).reduce((mask, slot) => mask | (1 << (slot - first)), 0);
  number32(a, 'r2', maskFrom(32));
  a.compute('lsh', 'r2', 32);
  number32(a, 'r3', maskFrom(0));
  a.compute('or', 'r2', 'r3');
  a.compute('rsh', 'r2', SLOT);
  a.compute('and', 'r2', 1);
  a.jumpIf('r2', '==', 0, 'refuse');
}

/** A 32-bit number without sign extension. */
function number32(a: Assembler, register: Register, value: number): void {
  a.compute('mov', register, value | 0);
  a.compute('lsh', register, 32);
  a.compute('rsh', register, 32);
}

/** Counters are per CPU, and a filter runs to completion on one CPU. */
function count(a: Assembler, counters: number): void {
  a.store('u32', STACK, KEY, REASON);
  a.map('r1', counters);
  a.compute('mov', 'r2', STACK);
  a.compute('add', 'r2', KEY);
  a.call(MAP_LOOKUP);
  a.jumpIf('r0', '==', 0, 'drop');
  a.load('u64', 'r1', 'r0', 0);
  a.compute('add', 'r1', 1);
  a.store('u64', 'r0', 0, 'r1');
}

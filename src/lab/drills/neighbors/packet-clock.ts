import { Assembler } from '../../../linux/bpf-assembler.ts';
import { BpfMap, type BpfMapOptions, interfaceIndex } from '../../../linux/bpf.ts';
import { inNetworkNamespace } from '../../../linux/network-place.ts';
import { TrafficProgram } from '../../../linux/traffic-program.ts';
import type { Machine } from '../../world/machine.ts';

/*
 * Arrival times of packets for the drill's prefixes at an interface, by the kernel's clock: on a busy machine, times
 * recorded by a process would be late.
 *
 * The map has one value: for each family the time of the last packet (nanoseconds of CLOCK_MONOTONIC) and the number of
 * packets, 8 bytes each.
 */
const NAME = 'isthmus_drill';
const LICENSE = 'Dual MIT/GPL';
const MAP: BpfMapOptions = { type: 'array', keySize: 4, valueSize: 32, entries: 1, name: NAME };
const FAMILIES = { v4: 0, v6: 16 } as const;
const COUNT = 8;

const SKB_PROTOCOL = 16;
const KTIME_NS = 5;
const LOAD_BYTES_RELATIVE = 68;
const FROM_NETWORK_HEADER = 1;
const ETHERTYPE = { v4: 0x0008, v6: 0xdd86 } as const;
const DESTINATION = { v4: 16, v6: 24 } as const;
/** The first two bytes of 11.64.0.0/29 and 64:ff9b::/96, as a little-endian machine reads them. */
const PREFIX_START = { v4: 0x40_0b, v6: 0x64_00 } as const;
const PASSES = -1;
const SHOT = 2;
/** On the stack. */
const START = -8;

export interface FamilyPackets {
  readonly packets: number;
  /** On the kernel's monotonic clock, ms; 0: none. */
  readonly lastMs: number;
}
export type SeenPackets = Readonly<Record<keyof typeof FAMILIES, FamilyPackets>>;

/** Attached to an interface of a lab machine. */
export class PacketClock {
  readonly #map: BpfMap;
  readonly #program: TrafficProgram;

  /**
   * @param end drops packets for the prefixes, as if a translator had received them
   * @throws SystemCallError, BpfError
   */
  constructor(machine: Machine, name: string, end: boolean) {
    this.#map = BpfMap.create(MAP);
    this.#program = TrafficProgram.load(instructions(this.#map.fd, end), LICENSE, NAME, () => false);
    inNetworkNamespace(`/proc/${machine.pid}/ns/net`, () => this.#program.attach(interfaceIndex(name), name, 'first'));
  }

  read(): SeenPackets {
    if (!this.#map.get()) return { v4: { packets: 0, lastMs: 0 }, v6: { packets: 0, lastMs: 0 } };
    return { v4: this.#family('v4'), v6: this.#family('v6') };
  }

  close(): void {
    this.#program.close();
    this.#map.close();
  }

  #family(family: keyof typeof FAMILIES): FamilyPackets {
    const at = FAMILIES[family];
    const lastMs = Number(this.#map.value.getBigUint64(at, true)) / 1e6;
    return { lastMs, packets: Number(this.#map.value.getBigUint64(at + COUNT, true)) };
  }
}

function instructions(map: number, end: boolean): ArrayBuffer {
  const a = new Assembler();
  a.compute('mov', 'r6', 'r1');
  a.load('u32', 'r7', 'r6', SKB_PROTOCOL);
  a.mapValue('r8', map, 0);
  a.jumpIf('r7', '==', ETHERTYPE.v4, 'v4');
  a.jumpIf('r7', '!=', ETHERTYPE.v6, 'passes');
  a.compute('add', 'r8', FAMILIES.v6);
  ifStartsWith(a, 'v6');
  a.jump('note');
  a.label('v4');
  ifStartsWith(a, 'v4');
  a.label('note');
  a.call(KTIME_NS);
  a.store('u64', 'r8', 0, 'r0');
  a.load('u64', 'r1', 'r8', COUNT);
  a.compute('add', 'r1', 1);
  a.store('u64', 'r8', COUNT, 'r1');
  a.compute('mov', 'r0', end ? SHOT : PASSES);
  a.exit();
  a.label('passes');
  a.compute('mov', 'r0', PASSES);
  a.exit();
  return a.assemble();
}

/** Everything else passes. */
function ifStartsWith(a: Assembler, family: keyof typeof FAMILIES): void {
  a.compute('mov', 'r1', 'r6');
  a.compute('mov', 'r2', DESTINATION[family]);
  a.compute('mov', 'r3', 'r10');
  a.compute('add', 'r3', START);
  a.compute('mov', 'r4', 2);
  a.compute('mov', 'r5', FROM_NETWORK_HEADER);
  a.call(LOAD_BYTES_RELATIVE);
  a.jumpIf('r0', '!=', 0, 'passes');
  a.load('u16', 'r1', 'r10', START);
  a.jumpIf('r1', '!=', PREFIX_START[family], 'passes');
}

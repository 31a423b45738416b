import { BpfMap, interfaceIndex, loadProgram } from '../../../linux/bpf.ts';
import { attachProgram, detachProgram, type Direction } from '../../../linux/bpf-attachments.ts';
import { libc } from '../../../linux/libc.ts';
import { inNetworkNamespace } from '../../../linux/network-place.ts';
import { SINK_ENTRIES, sinkProgram } from './sink-program.ts';

const LICENSE = 'Dual MIT/GPL';
const NAME = 'bench_sink';

export interface SinkPlace {
  /** Path of the network namespace. */
  readonly namespace: string;
  readonly interface: string;
  readonly direction: Direction;
}

/** Receives the generator's packets: counts them in the kernel, and records the source port of each flow. */
export class Sink {
  readonly #place: SinkPlace;
  readonly #index: number;
  readonly #program: number;
  readonly #count = BpfMap.create({ type: 'perCpuArray', keySize: 4, valueSize: 8, entries: 1, name: 'bench_count' });
  readonly #ports = BpfMap.create({
    type: 'array',
    keySize: 4,
    valueSize: 4,
    entries: SINK_ENTRIES,
    name: 'bench_learnt',
  });

  /** @throws SystemCallError, BpfError */
  constructor(place: SinkPlace, learns = false) {
    this.#place = place;
    const maps = { count: this.#count.fd, ports: this.#ports.fd };
    this.#program = loadProgram('traffic', sinkProgram(maps, learns), LICENSE, NAME);
    this.#index = inNetworkNamespace(place.namespace, () => {
      const index = interfaceIndex(place.interface);
      attachProgram(this.#program, index, place.direction, place.interface);
      return index;
    });
  }

  /** Number of datagrams so far. */
  get count(): number {
    let sum = 0;
    if (!this.#count.get()) return sum;
    for (let at = 0; at < this.#count.value.byteLength; at += 8) {
      sum += Number(this.#count.value.getBigUint64(at, true));
    }
    return sum;
  }

  /** The ports of the first flows, up to the first unknown one. */
  ports(flows: number): number[] {
    const ports: number[] = [];
    for (let flow = 0; flow < flows; flow++) {
      this.#ports.key.setUint32(0, flow, true);
      if (!this.#ports.get() || this.#ports.value.getUint16(2) === 0) return ports;
      ports.push(this.#ports.value.getUint16(0));
    }
    return ports;
  }

  close(): void {
    inNetworkNamespace(this.#place.namespace, () => {
      detachProgram(this.#program, this.#index, this.#place.direction, this.#place.interface);
    });
    libc.close(this.#program);
    this.#count.close();
    this.#ports.close();
  }
}

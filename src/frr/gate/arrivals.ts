import { BpfMap, type BpfMapOptions } from '../../linux/bpf.ts';
import { TrafficProgram } from '../../linux/traffic-program.ts';
import { parsePrefix4, parsePrefix6 } from '../../net/prefix.ts';
import { arrivalsProgram } from './arrivals-program.ts';
import { mappedIpv4 } from './gate-layout.ts';

/** Only one node monitors an interface: another program of this name is left over from a killed process. */
const NAME = 'isthmus_came';
const LICENSE = 'Dual MIT/GPL';
const LITTLE_ENDIAN = true;
const MAPPED_BITS = 96;
/** More prefixes than an instance can have. */
const MAX_PREFIXES = 4096;
const PREFIXES_MAP: BpfMapOptions = {
  type: 'prefixes',
  keySize: 20,
  valueSize: 4,
  entries: MAX_PREFIXES,
  name: 'isthmus_own',
};
const COUNT_MAP: BpfMapOptions = { type: 'array', keySize: 4, valueSize: 8, entries: 1, name: 'isthmus_came' };

/** Counts packets received for these prefixes by interface. Ends with its process. */
export class Arrivals {
  readonly #prefixes: BpfMap;
  readonly #count: BpfMap;
  readonly #program: TrafficProgram;
  readonly #interfaces = new Set<number>();

  /** @throws SystemCallError, BpfError */
  constructor(prefixes: readonly string[]) {
    this.#prefixes = BpfMap.create(PREFIXES_MAP);
    this.#count = BpfMap.create(COUNT_MAP);
    for (const text of prefixes.slice(0, MAX_PREFIXES)) this.#add(text);
    const maps = { prefixes: this.#prefixes.fd, count: this.#count.fd };
    this.#program = TrafficProgram.load(arrivalsProgram(maps), LICENSE, NAME, () => true);
  }

  /** In the thread's network namespace; idempotent. @throws SystemCallError */
  watch(interfaceIndex: number, name: string): void {
    if (this.#interfaces.has(interfaceIndex)) return;
    this.#program.attach(interfaceIndex, name, 'first');
    this.#interfaces.add(interfaceIndex);
  }

  /** Number of packets so far. */
  get count(): number {
    return this.#count.get() ? Number(this.#count.value.getBigUint64(0, LITTLE_ENDIAN)) : 0;
  }

  close(): void {
    this.#program.close();
    this.#prefixes.close();
    this.#count.close();
  }

  #add(text: string): void {
    const prefix4 = parsePrefix4(text);
    const prefix6 = parsePrefix6(text);
    const { key } = this.#prefixes;
    const bytes = new Uint8Array(key.buffer, 4);
    if (prefix4 !== undefined) {
      key.setUint32(0, MAPPED_BITS + prefix4.length, LITTLE_ENDIAN);
      bytes.set(mappedIpv4(prefix4.address));
    } else if (prefix6 !== undefined) {
      key.setUint32(0, prefix6.length, LITTLE_ENDIAN);
      bytes.set(prefix6.bytes);
    } else return;
    this.#prefixes.put();
  }
}

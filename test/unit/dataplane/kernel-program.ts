import { arch } from 'node:os';
import { loadProgram } from '../../../src/linux/bpf.ts';
import { addressOf, checked, libc } from '../../../src/linux/libc.ts';

const BPF_TEST_RUN = 10;
const BPF = { x64: 321, arm64: 280 }[arch() === 'arm64' ? 'arm64' : 'x64'];

/**
 * A loaded socket filter, asked for single packets (BPF_PROG_TEST_RUN). The kernel takes 14 bytes of a link header off
 * first.
 */
export class KernelProgram {
  readonly #program: number;
  readonly #attributes = new ArrayBuffer(128);

  constructor(instructions: ArrayBuffer) {
    this.#program = loadProgram('socketFilter', instructions, 'Dual MIT/GPL', 'queue');
  }

  /** @param repeat how often it is asked the same, in one go. @returns what the program says of an IP packet */
  run(packet: Uint8Array, repeat = 1): number {
    const data = new Uint8Array(new ArrayBuffer(14 + packet.length));
    data.set(packet, 14);
    data.set(packet[0] >> 4 === 6 ? [0x86, 0xdd] : [8, 0], 12);
    const words = new Uint32Array(this.#attributes);
    words.fill(0);
    words[0] = this.#program;
    words[2] = data.length;
    const address = addressOf(data.buffer);
    words[4] = address >>> 0;
    words[5] = Math.floor(address / 2 ** 32);
    words[8] = repeat;
    checked(libc.bpf(BPF, BPF_TEST_RUN, addressOf(this.#attributes), 80), 'bpf test run', 'queue');
    return words[1];
  }
}

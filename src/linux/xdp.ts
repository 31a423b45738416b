import { Attributes, loadProgram } from './bpf.ts';
import { checked, libc } from './libc.ts';

const PROGRAM_TEST_RUN = 10;
const LINK_CREATE = 28;
const ATTACH_XDP = 37;
/** XDP_FLAGS_DRV_MODE (linux/if_link.h): in the interface's driver, before there is an skb. */
const BY_DRIVER = 1 << 2;
/** BPF_F_TEST_XDP_LIVE_FRAMES (Linux 5.18). */
const LIVE_FRAMES = 1 << 1;
const LICENSE = 'Dual MIT/GPL';

/**
 * A program that processes frames before the kernel allocates an skb (BPF_PROG_TYPE_XDP); detached when it is closed.
 */
export class XdpProgram {
  readonly #fd: number;
  readonly #name: string;
  readonly #run = new Attributes();
  readonly #links: number[] = [];

  /** @throws BpfError */
  constructor(instructions: ArrayBuffer, name: string) {
    this.#fd = loadProgram('xdp', instructions, LICENSE, name);
    this.#name = name;
    this.#run.word(0, this.#fd).word(64, LIVE_FRAMES);
  }

  /** Attaches it to an interface of the thread's network namespace. @throws SystemCallError */
  attach(interfaceIndex: number, interfaceName: string): void {
    const attributes = new Attributes()
      .word(0, this.#fd)
      .word(4, interfaceIndex)
      .word(8, ATTACH_XDP)
      .word(12, BY_DRIVER);
    this.#links.push(checked(attributes.call(LINK_CREATE), `attaching ${this.#name}`, interfaceName));
  }

  /**
   * Runs it on generated frames, which are really sent when it redirects them, in the thread's network namespace;
   * returns when all are done. The kernel allocates pages for one burst per call, which may cost more than a thousand
   * packets.
   * @param frame initial content of each frame, at least a MAC header
   * @param burst frames per batch, at most 256
   * @throws SystemCallError
   */
  makeFrames(frame: Uint8Array<ArrayBuffer>, count: number, burst: number): void {
    const attributes = this.#run.word(8, frame.length).pointer(16, frame.buffer).word(32, count).word(72, burst);
    checked(attributes.call(PROGRAM_TEST_RUN), 'bpf test run', this.#name);
  }

  close(): void {
    for (const link of this.#links) libc.close(link);
    libc.close(this.#fd);
  }
}

import { Attributes, loadProgram } from './bpf.ts';
import { type AttachedProgram, programId, programOf, trafficHook } from './bpf-attachments.ts';
import { ClsactFilters, type Place } from './clsact.ts';
import { checked, libc } from './libc.ts';

const LINK_CREATE = 28;
const ATTACH_TCX_INGRESS = 46;
const BEFORE = 8;

/** An attachment: a link that ends with its descriptor, or a filter to be removed. */
interface Attachment {
  detach(): void;
  removeLeft(): void;
}

/**
 * A loaded program and its attachments. With TCX they end when it is closed, or with the process; with clsact the
 * filters of a killed process remain until another one attaches there or removes them.
 */
export class TrafficProgram {
  readonly #fd: number;
  readonly #name: string;
  readonly #isLeft: (program: AttachedProgram) => boolean;
  /** By interface index. */
  readonly #attachments = new Map<number, Attachment>();

  private constructor(fd: number, name: string, isLeft: (program: AttachedProgram) => boolean) {
    this.#fd = fd;
    this.#name = name;
    this.#isLeft = isLeft;
  }

  /**
   * Loads a traffic program (BPF_PROG_TYPE_SCHED_CLS).
   * @param isLeft whether a program of this name at an interface belongs to a process that has ended
   * @throws BpfError
   */
  static load(
    instructions: ArrayBuffer,
    license: string,
    name: string,
    isLeft: (program: AttachedProgram) => boolean,
  ): TrafficProgram {
    return new TrafficProgram(loadProgram('traffic', instructions, license, name), name, isLeft);
  }

  /** Wraps a program that another thread has loaded and will close; attachments made here are removed here. */
  static of(fd: number, name: string, isLeft: (program: AttachedProgram) => boolean): TrafficProgram {
    return new TrafficProgram(fd, name, isLeft);
  }

  get fd(): number {
    return this.#fd;
  }

  /**
   * Attaches it to ingress of an interface in the thread's network namespace, after the programs already there or as
   * the first one. @throws SystemCallError
   */
  attach(interfaceIndex: number, interfaceName: string, place: Place = 'last'): void {
    this.detach(interfaceIndex);
    const attached =
      trafficHook() === 'tcx'
        ? this.#link(interfaceIndex, interfaceName, place)
        : this.#filter(interfaceIndex, interfaceName, place);
    this.#attachments.set(interfaceIndex, attached);
  }

  detach(interfaceIndex: number): void {
    this.#attachments.get(interfaceIndex)?.detach();
    this.#attachments.delete(interfaceIndex);
  }

  /**
   * Removes programs of this name left by ended processes at the interfaces where it is attached.
   * @throws SystemCallError
   */
  removeLeft(): void {
    for (const attachment of this.#attachments.values()) attachment.removeLeft();
  }

  close(): void {
    for (const interfaceIndex of this.#attachments.keys()) this.detach(interfaceIndex);
    libc.close(this.#fd);
  }

  #link(interfaceIndex: number, interfaceName: string, place: Place): Attachment {
    const attributes = new Attributes()
      .word(0, this.#fd)
      .word(4, interfaceIndex)
      .word(8, ATTACH_TCX_INGRESS)
      .word(12, place === 'first' ? BEFORE : 0);
    const link = checked(attributes.call(LINK_CREATE), `attaching ${this.#name}`, interfaceName);
    return { detach: () => libc.close(link), removeLeft: () => undefined };
  }

  /** Binds the filters to the current namespace, wherever the thread is when it detaches. */
  #filter(interfaceIndex: number, interfaceName: string, place: Place): Attachment {
    const filters = new ClsactFilters();
    try {
      filters.add(this.#fd, interfaceIndex, 'ingress', place, this.#name);
      const id = programId(this.#fd);
      const removeLeft = (): void => {
        for (const left of filters.list(interfaceIndex, 'ingress')) {
          const program = left.id === id ? undefined : programOf(left.id);
          if (program?.name !== this.#name || !this.#isLeft(program)) continue;
          filters.remove(left.id, interfaceIndex, 'ingress', interfaceName);
        }
      };
      removeLeft();
      const detach = (): void => {
        try {
          filters.remove(id, interfaceIndex, 'ingress', interfaceName);
        } finally {
          filters.close();
        }
      };
      return { detach, removeLeft };
    } catch (error) {
      filters.close();
      throw error;
    }
  }
}

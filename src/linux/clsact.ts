import { constants as osConstants } from 'node:os';
import { SystemCallError } from './libc.ts';
import { attribute, attributesOf, CREATE, EXCLUSIVE, LITTLE_ENDIAN, Netlink, textOf } from './netlink.ts';

/*
 * Programs attached by traffic control: filters of kind `bpf` with direct action at the `clsact` qdisc (Linux 4.5;
 * tc-bpf(8)). They outlive the process. Filters run in order of ascending priority, and within one priority the newest
 * first. A program that returns -1 (TC_ACT_UNSPEC) passes the packet to the next one.
 *
 *     struct tcmsg, 20 bytes:  0 family   4 interface   8 handle   12 parent   16 info: priority, protocol (big-endian)
 */
const TCMSG_SIZE = 20;
const RTM_NEWQDISC = 36;
const RTM_NEWTFILTER = 44;
const RTM_DELTFILTER = 45;
const RTM_GETTFILTER = 46;

const CLSACT_HANDLE = 0xffff_0000;
const CLSACT_PARENT = 0xffff_fff1;
const PARENTS = { ingress: 0xffff_fff2, egress: 0xffff_fff3 } as const;
/** htons(ETH_P_ALL) */
const ALL_PROTOCOLS = 0x0300;
/** Before all other filters, and after those that tc(8) adds without a priority. */
const PRIORITIES = { first: 1, last: 0xf000 } as const;
const MAX_FILTERS = 1024;

const TCA_KIND = 1;
const TCA_OPTIONS = 2;
const TCA_BPF_FD = 6;
const TCA_BPF_NAME = 7;
const TCA_BPF_FLAGS = 8;
const TCA_BPF_ID = 11;
const DIRECT_ACTION = 1;
const { ENOENT, EEXIST, ENODEV, EINVAL } = osConstants.errno;

export type Direction = keyof typeof PARENTS;
export type Place = keyof typeof PRIORITIES;

export interface ProgramFilter {
  /** Of the program. */
  readonly id: number;
  readonly priority: number;
  readonly handle: number;
}

/** All filters of one priority, of any kind. */
export interface FilterGroup {
  readonly kind: string;
  readonly priority: number;
  /** Of those of kind `bpf`. */
  readonly names: readonly string[];
}

/** Filters at interfaces of the network namespace that the thread was in when this was made. */
export class ClsactFilters {
  readonly #netlink = new Netlink();

  /**
   * Attaches a program; the qdisc is created if missing, and is not removed.
   * @param program its descriptor
   * @throws SystemCallError
   */
  add(program: number, interfaceIndex: number, direction: Direction, place: Place, name: string): void {
    const qdisc = tcmsg({ interfaceIndex, handle: CLSACT_HANDLE, parent: CLSACT_PARENT, info: 0 });
    const made = this.#netlink.change(RTM_NEWQDISC, CREATE | EXCLUSIVE, joined(qdisc, attribute(TCA_KIND, 'clsact')));
    if (made !== 0 && made !== EEXIST) throw new SystemCallError('adding the qdisc clsact', name, made);
    const options = joined(
      attribute(TCA_BPF_FD, program),
      attribute(TCA_BPF_NAME, name),
      attribute(TCA_BPF_FLAGS, DIRECT_ACTION),
    );
    const info = infoOf(PRIORITIES[place]);
    const filter = tcmsg({ interfaceIndex, handle: 0, parent: PARENTS[direction], info });
    const body = joined(filter, attribute(TCA_KIND, 'bpf'), attribute(TCA_OPTIONS, options));
    const added = this.#netlink.change(RTM_NEWTFILTER, CREATE | EXCLUSIVE, body);
    if (added !== 0) throw new SystemCallError(`adding a ${direction} filter`, name, added);
  }

  /** The attached filters of kind `bpf`, in order of execution. @throws SystemCallError */
  list(interfaceIndex: number, direction: Direction): ProgramFilter[] {
    return this.#dump(interfaceIndex, direction).flatMap(filterOf);
  }

  /**
   * Filters that run behind a program attached at this place, or whose order relative to it is unknown: they do not see
   * what it takes. @throws SystemCallError
   */
  behind(place: Place, interfaceIndex: number, direction: Direction): FilterGroup[] {
    return this.groups(interfaceIndex, direction).filter(({ priority }) => priority >= PRIORITIES[place]);
  }

  /** Filters of any kind, also those of a plain `ingress` qdisc, by priority. @throws SystemCallError */
  groups(interfaceIndex: number, direction: Direction): FilterGroup[] {
    const groups = new Map<number, FilterGroup & { names: string[] }>();
    for (const message of this.#dump(interfaceIndex, direction)) {
      const attributes = attributesOf(message, TCMSG_SIZE);
      const [kind, options] = [attributes.get(TCA_KIND), attributes.get(TCA_OPTIONS)];
      const priority = priorityOf(message);
      const group = groups.get(priority) ?? { kind: kind === undefined ? '?' : textOf(kind), priority, names: [] };
      groups.set(priority, group);
      const name =
        options === undefined || group.kind !== 'bpf' ? undefined : attributesOf(options, 0).get(TCA_BPF_NAME);
      if (name !== undefined) group.names.push(textOf(name));
    }
    return [...groups.values()];
  }

  #dump(interfaceIndex: number, direction: Direction): DataView[] {
    const request = tcmsg({ interfaceIndex, handle: 0, parent: PARENTS[direction], info: 0 });
    try {
      return this.#netlink.dump(RTM_GETTFILTER, request, MAX_FILTERS);
    } catch (error) {
      // No qdisc: nothing was ever attached.
      if (error instanceof SystemCallError && (error.number === ENOENT || error.number === EINVAL)) return [];
      throw error;
    }
  }

  /** Removes the filters with this program, if any. @throws SystemCallError */
  remove(programId: number, interfaceIndex: number, direction: Direction, name: string): void {
    for (const { id, priority, handle } of this.list(interfaceIndex, direction)) {
      if (id !== programId) continue;
      const filter = tcmsg({ interfaceIndex, handle, parent: PARENTS[direction], info: infoOf(priority) });
      const removed = this.#netlink.change(RTM_DELTFILTER, 0, joined(filter, attribute(TCA_KIND, 'bpf')));
      if (removed !== 0 && removed !== ENOENT && removed !== ENODEV) {
        throw new SystemCallError(`removing a ${direction} filter`, name, removed);
      }
    }
  }

  close(): void {
    this.#netlink.close();
  }
}

function filterOf(message: DataView): ProgramFilter[] {
  const attributes = attributesOf(message, TCMSG_SIZE);
  const [kind, options] = [attributes.get(TCA_KIND), attributes.get(TCA_OPTIONS)];
  if (kind === undefined || options === undefined || textOf(kind) !== 'bpf') return [];
  const id = attributesOf(options, 0).get(TCA_BPF_ID);
  if (id === undefined) return [];
  return [
    {
      id: id.getUint32(0, LITTLE_ENDIAN),
      priority: priorityOf(message),
      handle: message.getUint32(8, LITTLE_ENDIAN),
    },
  ];
}

function priorityOf(message: DataView): number {
  return message.getUint32(16, LITTLE_ENDIAN) >>> 16;
}

function infoOf(priority: number): number {
  return ((priority << 16) | ALL_PROTOCOLS) >>> 0;
}

interface TrafficControl {
  readonly interfaceIndex: number;
  readonly handle: number;
  readonly parent: number;
  readonly info: number;
}

function tcmsg({ interfaceIndex, handle, parent, info }: TrafficControl): Uint8Array {
  const bytes = new Uint8Array(TCMSG_SIZE);
  const view = new DataView(bytes.buffer);
  view.setInt32(4, interfaceIndex, LITTLE_ENDIAN);
  view.setUint32(8, handle, LITTLE_ENDIAN);
  view.setUint32(12, parent, LITTLE_ENDIAN);
  view.setUint32(16, info, LITTLE_ENDIAN);
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

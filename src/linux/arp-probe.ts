import { checked, EAGAIN, errno, libc, SystemCallError } from './libc.ts';
import { interfaceIndex } from './bpf.ts';

const AF_PACKET = 17;
const SOCK_RAW = 3;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const ETHERTYPE_ARP = 0x0806;
/** struct sockaddr_ll (packet(7)). */
const ADDRESS_SIZE = 20;
/** Ethernet header and an ARP packet for IPv4 (RFC 826). */
const FRAME_SIZE = 42;
const READ_SIZE = 128;
const AT = { type: 12, hardware: 14, protocol: 16, lengths: 18, operation: 20, sender: 22, sender4: 28, target4: 38 };
const [REQUEST, REPLY] = [1, 2];

function swapped(value: number): number {
  return ((value & 0xff) << 8) | (value >> 8);
}

/**
 * Sends ARP probes (RFC 5227) for IPv4 addresses on an interface. Probes carry no sender address, so they change no ARP
 * cache. Uses the network namespace that the thread was in at construction.
 */
export class ArpProbe {
  readonly #fd: number;
  readonly #own: Uint8Array;

  /** @param own the interface's link-layer address. @throws SystemCallError without CAP_NET_RAW */
  constructor(name: string, own: Uint8Array) {
    this.#own = own;
    const type = SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC;
    this.#fd = checked(libc.socket(AF_PACKET, type, swapped(ETHERTYPE_ARP)), 'socket', 'ARP');
    const address = new Uint8Array(ADDRESS_SIZE);
    const view = new DataView(address.buffer);
    view.setUint16(0, AF_PACKET, true);
    view.setUint16(2, ETHERTYPE_ARP);
    view.setInt32(4, interfaceIndex(name), true);
    if (libc.bind(this.#fd, address, address.length) >= 0) return;
    const number = errno();
    libc.close(this.#fd);
    throw new SystemCallError('bind', name, number);
  }

  /** @param target 4 bytes. @throws SystemCallError */
  ask(target: Uint8Array): void {
    const frame = new Uint8Array(FRAME_SIZE);
    const view = new DataView(frame.buffer);
    frame.fill(0xff, 0, 6);
    frame.set(this.#own, 6);
    view.setUint16(AT.type, ETHERTYPE_ARP);
    view.setUint16(AT.hardware, 1);
    view.setUint16(AT.protocol, 0x0800);
    view.setUint16(AT.lengths, 0x0604);
    view.setUint16(AT.operation, REQUEST);
    frame.set(this.#own, AT.sender);
    frame.set(target, AT.target4);
    checked(libc.write(this.#fd, frame, frame.length), 'write', 'an ARP probe');
  }

  /** The replies received so far: address and owner. @throws SystemCallError */
  replies(): { readonly address4: string; readonly mac: string }[] {
    const found: { readonly address4: string; readonly mac: string }[] = [];
    const frame = new Uint8Array(READ_SIZE);
    for (;;) {
      const size = libc.read(this.#fd, frame, frame.length);
      if (size < 0 && errno() === EAGAIN) return found;
      if (checked(size, 'read', 'ARP') < FRAME_SIZE) continue;
      const view = new DataView(frame.buffer);
      if (view.getUint16(AT.type) !== ETHERTYPE_ARP || view.getUint16(AT.operation) !== REPLY) continue;
      const mac = [...frame.subarray(AT.sender, AT.sender + 6)].map((byte) => byte.toString(16).padStart(2, '0'));
      found.push({ address4: frame.subarray(AT.sender4, AT.sender4 + 4).join('.'), mac: mac.join(':') });
    }
  }

  close(): void {
    libc.close(this.#fd);
  }
}

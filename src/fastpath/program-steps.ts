import { Assembler, type Operand, type Register, type Size } from '../linux/bpf-assembler.ts';
import { COUNTS, FLOW } from './layout.ts';
import {
  ALONE,
  CONTEXT,
  ETHERNET,
  FIB,
  FIB_AT,
  FIB_SIZE,
  FIN_SYN_RST,
  FLOW_VALUE,
  HEADER,
  IPV4,
  KEY,
  MAC,
  NOW,
  PACKET,
  PROTOCOL,
  SKB,
  STACK,
  TCP,
  UDP,
} from './program-layout.ts';

// linux/bpf.h: helpers
const MAP_LOOKUP = 1;
const STORE_BYTES = 9;
const L4_CHECKSUM_REPLACE = 11;
const REDIRECT = 23;
const CHANGE_PROTOCOL = 31;
const CHANGE_TAIL = 38;
const PULL_DATA = 39;
const FIB_LOOKUP = 69;
const RECOMPUTE_CHECKSUM = 0x1;
const PSEUDO_HEADER = 0x10;
const MARK_MANGLED_ZERO = 0x20;

/** Descriptors of the maps of layout.ts. */
export type MapDescriptors = Readonly<Record<'flows6' | 'flows4' | 'control' | 'counts', number>>;

/**
 * The steps that both directions are made of. Each writes instructions; what it changes beside its result its comment
 * says.
 */
export class ProgramSteps {
  readonly a = new Assembler();
  readonly maps: MapDescriptors;
  #labels = 0;

  constructor(maps: MapDescriptors) {
    this.maps = maps;
  }

  /** Makes sure that the first bytes can be read, and points to them. */
  reach(bytes: number): void {
    const a = this.a;
    const there = this.fresh();
    const look = (failed: string, done: string | undefined): void => {
      a.load('u32', PACKET, CONTEXT, SKB.data);
      a.load('u32', 'r3', CONTEXT, SKB.dataEnd);
      a.compute('mov', 'r2', PACKET);
      a.compute('add', 'r2', bytes);
      if (done === undefined) a.jumpIf('r2', '>', 'r3', failed);
      else a.jumpIf('r2', '<=', 'r3', done);
    };
    look(ALONE, there);
    a.compute('mov', 'r1', CONTEXT);
    a.compute('mov', 'r2', bytes);
    a.call(PULL_DATA);
    look(ALONE, undefined);
    a.label(there);
    // Both ways meet with a pointer that is good for so many bytes.
  }

  /** Cuts off what an Ethernet filled up behind an IPv4 packet; leaves alone what is shorter than it says. */
  trim(): void {
    const a = this.a;
    const fits = this.fresh();
    a.load('u16', 'r2', PACKET, ETHERNET + 2);
    a.swap(16, 'r2');
    a.jumpIf('r2', '<', IPV4 + 8, ALONE);
    a.compute('add', 'r2', ETHERNET);
    a.load('u32', 'r3', CONTEXT, SKB.len);
    a.jumpIf('r2', '==', 'r3', fits);
    a.jumpIf('r2', '>', 'r3', ALONE);
    a.load('u32', 'r3', CONTEXT, SKB.gsoSize);
    a.jumpIf('r3', '!=', 0, ALONE);
    a.compute('mov', 'r1', CONTEXT);
    a.compute('mov', 'r3', 0);
    a.call(CHANGE_TAIL);
    a.jumpIf('r0', '!=', 0, ALONE);
    a.label(fits);
    this.reach(ETHERNET + IPV4 + 8);
  }

  /** TCP in the middle of a connection, or UDP with a checksum; nothing else. */
  transport(l4: number): void {
    const a = this.a;
    const udp = this.fresh();
    const done = this.fresh();
    a.jumpIf(PROTOCOL, '==', UDP, udp);
    a.jumpIf(PROTOCOL, '!=', TCP, ALONE);
    this.reach(l4 + 20);
    a.load('u8', 'r2', PACKET, l4 + 13);
    a.jumpIf('r2', '&', FIN_SYN_RST, ALONE);
    a.jump(done);
    a.label(udp);
    a.load('u16', 'r2', PACKET, l4 + 6);
    a.jumpIf('r2', '==', 0, ALONE);
    a.label(done);
  }

  /**
   * r2: bytes behind the IP header; a datagram says the same of itself. Cut ones are joined under the length of all.
   */
  udpLength(l4: number): void {
    const a = this.a;
    const done = this.fresh();
    a.jumpIf(PROTOCOL, '!=', UDP, done);
    a.load('u16', 'r3', PACKET, l4 + 4);
    a.swap(16, 'r3');
    a.jumpIf('r3', '!=', 'r2', ALONE);
    a.label(done);
  }

  endKey(l4: number, ports: number, protocol: number): void {
    const a = this.a;
    a.copy('u32', 1, [STACK, ports], [PACKET, l4], 'r3');
    a.store('u32', STACK, protocol, PROTOCOL);
  }

  find(map: number, key: number): void {
    const a = this.a;
    const fresh = this.fresh();
    this.stackAddress('r2', key);
    a.map('r1', map);
    a.call(MAP_LOOKUP);
    a.jumpIf('r0', '==', 0, ALONE);
    a.compute('mov', FLOW_VALUE, 'r0');
    // Written only when it changes: CPUs that share a flow else take its memory from each other with every packet.
    a.load('u64', 'r1', STACK, NOW);
    a.load('u64', 'r2', FLOW_VALUE, FLOW.lastSeen);
    a.jumpIf('r1', '==', 'r2', fresh);
    a.store('u64', FLOW_VALUE, FLOW.lastSeen, 'r1');
    a.label(fresh);
  }

  /** r2: the whole packet's size → its largest segment's, when it will be cut. Changes r1 and r3. */
  segment(ipHeader: number, l4: number): void {
    const a = this.a;
    const udp = this.fresh();
    const done = this.fresh();
    a.load('u32', 'r3', CONTEXT, SKB.gsoSize);
    a.jumpIf('r3', '==', 0, done);
    a.compute('mov', 'r2', 'r3');
    a.compute('add', 'r2', ipHeader);
    a.jumpIf(PROTOCOL, '==', UDP, udp);
    a.load('u8', 'r1', PACKET, l4 + 12);
    a.compute('rsh', 'r1', 4);
    a.compute('lsh', 'r1', 2);
    a.compute('add', 'r2', 'r1');
    a.jump(done);
    a.label(udp);
    a.compute('add', 'r2', 8);
    a.label(done);
  }

  clearFib(family: number): void {
    const a = this.a;
    for (let at = 0; at < FIB_SIZE; at += 8) a.store('u64', STACK, FIB + at, 0);
    a.store('u8', STACK, FIB + FIB_AT.family, family);
    a.store('u8', STACK, FIB + FIB_AT.protocol, PROTOCOL);
    a.load('u32', 'r3', CONTEXT, SKB.interface);
    a.store('u32', STACK, FIB + FIB_AT.interface, 'r3');
  }

  /** The sum of an IPv4 header's words, folded to 16 bits. */
  sumOfHeader4(base: Register, at: number, sum: Register, by: Register): void {
    const a = this.a;
    a.load('u32', sum, base, at);
    for (let offset = 4; offset < IPV4; offset += 4) {
      a.load('u32', by, base, at + offset);
      a.compute('add', sum, by);
    }
    for (const bits of [32, 16, 16, 16]) {
      a.compute('mov', by, sum);
      a.compute('rsh', by, bits);
      if (bits === 32) {
        a.compute('lsh', sum, 32);
        a.compute('rsh', sum, 32);
      } else a.compute('and', sum, 0xffff);
      a.compute('add', sum, by);
    }
  }

  /** Asks the FIB where the translated packet goes, and writes its MAC header. */
  route(etherType: number): void {
    const a = this.a;
    a.compute('mov', 'r1', CONTEXT);
    this.stackAddress('r2', FIB);
    a.compute('mov', 'r3', FIB_SIZE);
    a.compute('mov', 'r4', 0);
    a.call(FIB_LOOKUP);
    a.jumpIf('r0', '!=', 0, ALONE);
    a.copy('u16', 3, [STACK, MAC], [STACK, FIB + FIB_AT.dmac], 'r2');
    a.copy('u16', 3, [STACK, MAC + 6], [STACK, FIB + FIB_AT.smac], 'r2');
    a.store('u16', STACK, MAC + 12, etherType);
  }

  /**
   * From here on there is no way back: what fails is dropped. @param portAt of the port that changes, in the transport
   * header
   */
  change(etherType: number, header: number, portAt: number): void {
    const a = this.a;
    const l4 = ETHERNET + header;
    const udp = this.fresh();
    const done = this.fresh();
    a.compute('mov', 'r1', CONTEXT);
    a.compute('mov', 'r2', etherType);
    a.compute('mov', 'r3', 0);
    a.call(CHANGE_PROTOCOL);
    a.jumpIf('r0', '!=', 0, ALONE);
    a.jumpIf(PROTOCOL, '==', UDP, udp);
    this.#checksum(l4 + 16, FLOW.addressDelta, PSEUDO_HEADER);
    this.#checksum(l4 + 16, FLOW.portDelta, 0);
    a.jump(done);
    a.label(udp);
    this.#checksum(l4 + 6, FLOW.addressDelta, PSEUDO_HEADER | MARK_MANGLED_ZERO);
    this.#checksum(l4 + 6, FLOW.portDelta, MARK_MANGLED_ZERO);
    a.label(done);
    // The header with its sum, for interfaces that have summed the whole packet.
    this.stackAddress('r3', HEADER);
    this.#write(ETHERNET, header, RECOMPUTE_CHECKSUM);
    this.stackAddress('r3', MAC);
    this.#write(0, ETHERNET, 0);
    a.compute('mov', 'r3', FLOW_VALUE);
    a.compute('add', 'r3', FLOW.port);
    this.#write(l4 + portAt, 2, 0);
  }

  #checksum(at: number, delta: number, flags: number): void {
    const a = this.a;
    a.compute('mov', 'r1', CONTEXT);
    a.compute('mov', 'r2', at);
    a.compute('mov', 'r3', 0);
    a.load('u32', 'r4', FLOW_VALUE, delta);
    a.compute('mov', 'r5', flags);
    a.call(L4_CHECKSUM_REPLACE);
    a.jumpIf('r0', '!=', 0, 'broken');
  }

  /** Writes what r3 points to into the packet. */
  #write(at: number, bytes: number, flags: number): void {
    const a = this.a;
    a.compute('mov', 'r1', CONTEXT);
    a.compute('mov', 'r2', at);
    a.compute('mov', 'r4', bytes);
    a.compute('mov', 'r5', flags);
    a.call(STORE_BYTES);
    a.jumpIf('r0', '!=', 0, 'broken');
  }

  sendOn(direction: 0 | 1): void {
    const a = this.a;
    const counted = this.fresh();
    a.store('u32', STACK, KEY, direction);
    this.stackAddress('r2', KEY);
    a.map('r1', this.maps.counts);
    a.call(MAP_LOOKUP);
    a.jumpIf('r0', '==', 0, counted);
    a.load('u64', 'r1', 'r0', COUNTS.packets);
    a.compute('add', 'r1', 1);
    a.store('u64', 'r0', COUNTS.packets, 'r1');
    a.load('u32', 'r1', CONTEXT, SKB.len);
    a.load('u64', 'r2', 'r0', COUNTS.bytes);
    a.compute('add', 'r2', 'r1');
    a.store('u64', 'r0', COUNTS.bytes, 'r2');
    a.label(counted);
    a.load('u32', 'r1', STACK, FIB + FIB_AT.interface);
    a.compute('mov', 'r2', 0);
    a.call(REDIRECT);
    a.exit();
  }

  control(size: Size, to: Register, field: number): void {
    this.a.mapValue(to, this.maps.control, field);
    this.a.load(size, to, to, 0);
  }

  stackAddress(register: Register, at: Operand): void {
    this.a.compute('mov', register, STACK);
    this.a.compute('add', register, at);
  }

  fresh(): string {
    this.#labels += 1;
    return `l${this.#labels}`;
  }
}

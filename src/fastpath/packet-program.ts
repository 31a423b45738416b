import { Assembler, type Operand, type Register, type Size } from './assembler.ts';
import { CONTROL, COUNTS, FLOW, KEY4, KEY6 } from './layout.ts';

/*
 * The program: at the ingress of an interface it translates packets of flows that it knows, in place, and sends them on; all others it leaves
 * alone, as they came, for the long way.
 *
 *     mine? (alive, to this host, no VLAN) ─→ whole, plain header? ─→ a flow? ─→ fits? ─→ FIB: a way and a neighbour?
 *         → change the family → checksum → header, port, MAC addresses → count → redirect
 *
 * Everything that can say no comes before the first change. What says no: SYN, FIN, RST; fragments, options, extension headers; TTL 1; a UDP
 * checksum of zero; what is too big; wrong lengths or header checksum; no route or neighbour. Stack, from its end:
 *
 *     -8   now      -48  key (40)      -112  struct bpf_fib_lookup (64)     -152  new header (40)      -168  new MAC header (14)
 */
export const MapNames = ['flows6', 'flows4', 'control', 'counts'] as const;
export type MapDescriptors = Readonly<Record<(typeof MapNames)[number], number>>;

// linux/bpf.h: helpers
const MAP_LOOKUP = 1;
const RANDOM = 7;
const STORE_BYTES = 9;
const L4_CHECKSUM_REPLACE = 11;
const REDIRECT = 23;
const CHANGE_PROTOCOL = 31;
const CHANGE_TAIL = 38;
const PULL_DATA = 39;
const FIB_LOOKUP = 69;
const COARSE_NOW = 160;
const RECOMPUTE_CHECKSUM = 0x1;
const PSEUDO_HEADER = 0x10;
const MARK_MANGLED_ZERO = 0x20;
// struct __sk_buff
const SKB = { len: 0, type: 4, protocol: 16, vlan: 20, interface: 40, data: 76, dataEnd: 80, gsoSize: 176 } as const;
// tcx_action_base
const NEXT = -1;
const DROP = 2;

const ETHERNET = 14;
const IPV4 = 20;
const IPV6 = 40;
const TCP = 6;
const UDP = 17;
/** Protocols as the two bytes of the MAC header are read by a little-endian machine. */
const ETHERTYPE_IPV4 = 0x0008;
const ETHERTYPE_IPV6 = 0xdd86;
const AF_INET = 2;
const AF_INET6 = 10;
/** RFC 7915 section 5.1: IPv4 packets up to this size have no DF, bytes. */
const LARGEST_WITHOUT_DF = 1260;
const DONT_FRAGMENT = 0x0040;
/** MF and the offset, as read by a little-endian machine. */
const FRAGMENT_BITS = 0xff3f;
const FIN_SYN_RST = 0x07;

const NOW = -8;
const KEY = -48;
const FIB = -112;
const HEADER = -152;
const MAC = -168;
/** struct bpf_fib_lookup */
const FIB_SIZE = 64;
const FIB_AT = {
  family: 0,
  protocol: 1,
  length: 6,
  interface: 8,
  tos: 12,
  source: 16,
  destination: 32,
  smac: 52,
  dmac: 58,
};

/** Kept over calls: the packet's context, its first byte, its flow, its protocol. */
const CONTEXT = 'r6';
const PACKET = 'r7';
const FLOW_VALUE = 'r8';
const PROTOCOL = 'r9';
const STACK = 'r10';
const ALONE = 'alone';

/** @returns the instructions, for these maps */
export function packetProgram(maps: MapDescriptors): ArrayBuffer {
  return new PacketProgram(maps).build();
}

class PacketProgram {
  readonly #a = new Assembler();
  readonly #maps: MapDescriptors;
  #labels = 0;

  constructor(maps: MapDescriptors) {
    this.#maps = maps;
  }

  build(): ArrayBuffer {
    const a = this.#a;
    a.compute('mov', CONTEXT, 'r1');
    this.#control('u64', PACKET, CONTROL.until);
    a.call(COARSE_NOW);
    a.jumpIf('r0', '>', PACKET, ALONE);
    a.store('u64', STACK, NOW, 'r0');
    a.load('u32', 'r2', CONTEXT, SKB.type);
    a.jumpIf('r2', '!=', 0, ALONE);
    a.load('u32', 'r2', CONTEXT, SKB.vlan);
    a.jumpIf('r2', '!=', 0, ALONE);
    a.load('u32', 'r2', CONTEXT, SKB.protocol);
    a.jumpIf('r2', '==', ETHERTYPE_IPV6, 'from6');
    a.jumpIf('r2', '==', ETHERTYPE_IPV4, 'from4');
    a.label(ALONE);
    a.compute('mov', 'r0', NEXT);
    a.exit();
    a.label('broken');
    a.compute('mov', 'r0', DROP);
    a.exit();
    a.label('from6');
    this.#from6();
    a.label('from4');
    this.#from4();
    return a.assemble();
  }

  #from6(): void {
    const a = this.#a;
    const l4 = ETHERNET + IPV6;
    this.#reach(l4 + 8);
    a.load('u8', 'r2', PACKET, ETHERNET);
    a.compute('rsh', 'r2', 4);
    a.jumpIf('r2', '!=', 6, ALONE);
    a.load('u8', PROTOCOL, PACKET, ETHERNET + 6);
    this.#transport(l4);
    a.load('u8', 'r2', PACKET, ETHERNET + 7);
    a.jumpIf('r2', '<=', 1, ALONE);
    a.load('u16', 'r2', PACKET, ETHERNET + 4);
    a.swap(16, 'r2');
    a.jumpIf('r2', '==', 0, ALONE);
    a.compute('mov', 'r3', 'r2');
    a.compute('add', 'r3', l4);
    a.load('u32', 'r4', CONTEXT, SKB.len);
    a.jumpIf('r3', '!=', 'r4', ALONE);
    this.#udpLength(l4);

    a.copy('u32', 8, [STACK, KEY + KEY6.client], [PACKET, ETHERNET + 8], 'r3');
    this.#endKey(l4, KEY + KEY6.sourcePort, KEY + KEY6.protocol);
    this.#find(this.#maps.flows6, KEY);

    // The header of the IPv4 packet, and its size on the wire.
    a.load('u16', 'r2', PACKET, ETHERNET + 4);
    a.swap(16, 'r2');
    a.compute('add', 'r2', IPV4);
    a.jumpIf('r2', '>', 0xffff, ALONE);
    a.compute('mov', 'r1', 'r2');
    a.swap(16, 'r1');
    a.store('u16', STACK, HEADER + 2, 'r1');
    this.#segment(IPV4, l4);
    this.#control('u32', 'r3', CONTROL.largest4);
    a.jumpIf('r2', '>', 'r3', ALONE);
    this.#clearFib(AF_INET);
    a.store('u16', STACK, FIB + FIB_AT.length, 'r2');
    a.store('u8', STACK, HEADER, 0x45);
    a.store('u16', STACK, HEADER + 4, 0);
    a.store('u16', STACK, HEADER + 6, DONT_FRAGMENT);
    a.jumpIf('r2', '>', LARGEST_WITHOUT_DF, 'whole');
    a.call(RANDOM);
    a.store('u16', STACK, HEADER + 4, 'r0');
    a.store('u16', STACK, HEADER + 6, 0);
    a.label('whole');
    this.#control('u32', 'r2', CONTROL.tos);
    this.#control('u32', 'r3', CONTROL.copyTos);
    a.jumpIf('r3', '==', 0, 'tos');
    a.load('u16', 'r2', PACKET, ETHERNET);
    a.swap(16, 'r2');
    a.compute('rsh', 'r2', 4);
    a.compute('and', 'r2', 0xff);
    a.label('tos');
    a.store('u8', STACK, HEADER + 1, 'r2');
    a.store('u8', STACK, FIB + FIB_AT.tos, 'r2');
    a.load('u8', 'r2', PACKET, ETHERNET + 7);
    a.compute('sub', 'r2', 1);
    a.store('u8', STACK, HEADER + 8, 'r2');
    a.store('u8', STACK, HEADER + 9, PROTOCOL);
    a.store('u16', STACK, HEADER + 10, 0);
    for (const [at, field] of [
      [12, FLOW.source],
      [16, FLOW.destination],
    ] as const) {
      a.load('u32', 'r2', FLOW_VALUE, field);
      a.store('u32', STACK, HEADER + at, 'r2');
      a.store('u32', STACK, FIB + (field === FLOW.source ? FIB_AT.source : FIB_AT.destination), 'r2');
    }
    this.#sumOfHeader4(STACK, HEADER, 'r2', 'r3');
    a.compute('mov', 'r3', 0xffff);
    a.compute('sub', 'r3', 'r2');
    a.store('u16', STACK, HEADER + 10, 'r3');

    this.#route(ETHERTYPE_IPV4);
    this.#change(ETHERTYPE_IPV4, IPV4, 0);
    this.#sendOn(0);
  }

  #from4(): void {
    const a = this.#a;
    const l4 = ETHERNET + IPV4;
    this.#reach(l4 + 8);
    this.#trim();
    a.load('u8', 'r2', PACKET, ETHERNET);
    a.jumpIf('r2', '!=', 0x45, ALONE);
    a.load('u16', 'r2', PACKET, ETHERNET + 6);
    a.jumpIf('r2', '&', FRAGMENT_BITS, ALONE);
    a.load('u8', PROTOCOL, PACKET, ETHERNET + 9);
    this.#transport(l4);
    a.load('u8', 'r2', PACKET, ETHERNET + 8);
    a.jumpIf('r2', '<=', 1, ALONE);
    this.#sumOfHeader4(PACKET, ETHERNET, 'r2', 'r3');
    a.jumpIf('r2', '!=', 0xffff, ALONE);
    a.load('u16', 'r2', PACKET, ETHERNET + 2);
    a.swap(16, 'r2');
    a.compute('sub', 'r2', IPV4);
    this.#udpLength(l4);

    a.copy('u32', 1, [STACK, KEY + KEY4.pool4], [PACKET, ETHERNET + 16], 'r3');
    a.copy('u32', 1, [STACK, KEY + KEY4.server], [PACKET, ETHERNET + 12], 'r3');
    this.#endKey(l4, KEY + KEY4.sourcePort, KEY + KEY4.protocol);
    this.#find(this.#maps.flows4, KEY);

    // The header of the IPv6 packet, and its size on the wire.
    a.load('u16', 'r2', PACKET, ETHERNET + 2);
    a.swap(16, 'r2');
    a.compute('sub', 'r2', IPV4);
    a.compute('mov', 'r1', 'r2');
    a.swap(16, 'r1');
    a.store('u16', STACK, HEADER + 4, 'r1');
    a.compute('add', 'r2', IPV6);
    this.#segment(IPV6, l4);
    this.#control('u32', 'r3', CONTROL.largest6);
    a.load('u16', 'r1', PACKET, ETHERNET + 6);
    a.jumpIf('r1', '&', DONT_FRAGMENT, 'limit');
    this.#control('u32', 'r3', CONTROL.largest6Cut);
    a.label('limit');
    a.jumpIf('r2', '>', 'r3', ALONE);
    this.#clearFib(AF_INET6);
    a.store('u16', STACK, FIB + FIB_AT.length, 'r2');
    a.compute('mov', 'r2', 0);
    this.#control('u32', 'r3', CONTROL.copyClass);
    a.jumpIf('r3', '==', 0, 'class');
    a.load('u8', 'r2', PACKET, ETHERNET + 1);
    a.label('class');
    a.compute('lsh', 'r2', 20);
    a.compute('or', 'r2', 0x60000000);
    a.swap(32, 'r2');
    a.store('u32', STACK, HEADER, 'r2');
    a.store('u8', STACK, HEADER + 6, PROTOCOL);
    a.load('u8', 'r2', PACKET, ETHERNET + 8);
    a.compute('sub', 'r2', 1);
    a.store('u8', STACK, HEADER + 7, 'r2');
    a.copy('u64', 4, [STACK, HEADER + 8], [FLOW_VALUE, FLOW.source], 'r2');
    a.copy('u64', 4, [STACK, FIB + FIB_AT.source], [FLOW_VALUE, FLOW.source], 'r2');

    this.#route(ETHERTYPE_IPV6);
    this.#change(ETHERTYPE_IPV6, IPV6, 2);
    this.#sendOn(1);
  }

  /** Makes sure that the first bytes can be read, and points to them. */
  #reach(bytes: number): void {
    const a = this.#a;
    const there = this.#fresh();
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
  #trim(): void {
    const a = this.#a;
    const fits = this.#fresh();
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
    this.#reach(ETHERNET + IPV4 + 8);
  }

  /** TCP in the middle of a connection, or UDP with a checksum; nothing else. */
  #transport(l4: number): void {
    const a = this.#a;
    const udp = this.#fresh();
    const done = this.#fresh();
    a.jumpIf(PROTOCOL, '==', UDP, udp);
    a.jumpIf(PROTOCOL, '!=', TCP, ALONE);
    this.#reach(l4 + 20);
    a.load('u8', 'r2', PACKET, l4 + 13);
    a.jumpIf('r2', '&', FIN_SYN_RST, ALONE);
    a.jump(done);
    a.label(udp);
    a.load('u16', 'r2', PACKET, l4 + 6);
    a.jumpIf('r2', '==', 0, ALONE);
    a.label(done);
  }

  /** r2: bytes behind the IP header; a datagram says the same of itself. Cut ones are joined under the length of all. */
  #udpLength(l4: number): void {
    const a = this.#a;
    const done = this.#fresh();
    a.jumpIf(PROTOCOL, '!=', UDP, done);
    a.load('u16', 'r3', PACKET, l4 + 4);
    a.swap(16, 'r3');
    a.jumpIf('r3', '!=', 'r2', ALONE);
    a.label(done);
  }

  #endKey(l4: number, ports: number, protocol: number): void {
    const a = this.#a;
    a.copy('u32', 1, [STACK, ports], [PACKET, l4], 'r3');
    a.store('u32', STACK, protocol, PROTOCOL);
  }

  #find(map: number, key: number): void {
    const a = this.#a;
    const fresh = this.#fresh();
    this.#stackAddress('r2', key);
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
  #segment(ipHeader: number, l4: number): void {
    const a = this.#a;
    const udp = this.#fresh();
    const done = this.#fresh();
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

  #clearFib(family: number): void {
    const a = this.#a;
    for (let at = 0; at < FIB_SIZE; at += 8) a.store('u64', STACK, FIB + at, 0);
    a.store('u8', STACK, FIB + FIB_AT.family, family);
    a.store('u8', STACK, FIB + FIB_AT.protocol, PROTOCOL);
    a.load('u32', 'r3', CONTEXT, SKB.interface);
    a.store('u32', STACK, FIB + FIB_AT.interface, 'r3');
  }

  /** The sum of an IPv4 header's words, folded to 16 bits. */
  #sumOfHeader4(base: Register, at: number, sum: Register, by: Register): void {
    const a = this.#a;
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
  #route(etherType: number): void {
    const a = this.#a;
    a.compute('mov', 'r1', CONTEXT);
    this.#stackAddress('r2', FIB);
    a.compute('mov', 'r3', FIB_SIZE);
    a.compute('mov', 'r4', 0);
    a.call(FIB_LOOKUP);
    a.jumpIf('r0', '!=', 0, ALONE);
    a.copy('u16', 3, [STACK, MAC], [STACK, FIB + FIB_AT.dmac], 'r2');
    a.copy('u16', 3, [STACK, MAC + 6], [STACK, FIB + FIB_AT.smac], 'r2');
    a.store('u16', STACK, MAC + 12, etherType);
  }

  /** From here on there is no way back: what fails is dropped. @param portAt of the port that changes, in the transport header */
  #change(etherType: number, header: number, portAt: number): void {
    const a = this.#a;
    const l4 = ETHERNET + header;
    const udp = this.#fresh();
    const done = this.#fresh();
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
    this.#stackAddress('r3', HEADER);
    this.#write(ETHERNET, header, RECOMPUTE_CHECKSUM);
    this.#stackAddress('r3', MAC);
    this.#write(0, ETHERNET, 0);
    a.compute('mov', 'r3', FLOW_VALUE);
    a.compute('add', 'r3', FLOW.port);
    this.#write(l4 + portAt, 2, 0);
  }

  #checksum(at: number, delta: number, flags: number): void {
    const a = this.#a;
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
    const a = this.#a;
    a.compute('mov', 'r1', CONTEXT);
    a.compute('mov', 'r2', at);
    a.compute('mov', 'r4', bytes);
    a.compute('mov', 'r5', flags);
    a.call(STORE_BYTES);
    a.jumpIf('r0', '!=', 0, 'broken');
  }

  #sendOn(direction: 0 | 1): void {
    const a = this.#a;
    const counted = this.#fresh();
    a.store('u32', STACK, KEY, direction);
    this.#stackAddress('r2', KEY);
    a.map('r1', this.#maps.counts);
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

  #control(size: Size, to: Register, field: number): void {
    this.#a.mapValue(to, this.#maps.control, field);
    this.#a.load(size, to, to, 0);
  }

  #stackAddress(register: Register, at: Operand): void {
    this.#a.compute('mov', register, STACK);
    this.#a.compute('add', register, at);
  }

  #fresh(): string {
    this.#labels += 1;
    return `l${this.#labels}`;
  }
}

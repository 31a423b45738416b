import { execFileSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FLOW, FLOW_HOP, HOP, HOPS_PER_CPU } from '../../../src/fastpath/layout.ts';
import { interfaceIndex, possibleCpus } from '../../../src/linux/bpf.ts';
import { inNetworkNamespace } from '../../../src/linux/network-place.ts';
import type { SettledFlow } from '../../../src/translator/flow-offload.ts';
import { flowOf, ICMP, packetOf, type Protocol, PROTOCOLS, type Side, TCP, UDP } from './numbered-flows.ts';
import { ProgramBench, REDIRECTED } from './program-bench.ts';

const SPACE = `isthmus-hops-${process.pid}`;
const PATH = `/run/netns/${SPACE}`;
const [LOOPBACK, SMALLEST_MTU] = [1, 1290];
/** Two flows of each protocol. */
const [ONE, OTHER] = [5, 6];
const EXITS = {
  near: { own: '02:00:00:00:0a:01', hop: '02:aa:bb:cc:0a:02', net4: '192.0.2', net6: '2001:db8:a:', table: 'main' },
  far: { own: '02:00:00:00:0b:03', hop: '02:dd:ee:ff:0b:04', net4: '192.0.3', net6: '2001:db8:b:', table: '100' },
};
/** Of the packet that leaves: the first word of `ip` for its rules. */
const FAMILY = { 6: '-4', 4: '-6' } as const;

const ip = (...words: string[]): void => void execFileSync('ip', ['-n', SPACE, ...words]);
const bytesOf = (mac: string): number[] => mac.split(':').map((part) => Number.parseInt(part, 16));

function addExit(name: keyof typeof EXITS): void {
  const { own, hop, net4, net6, table } = EXITS[name];
  ip('link', 'add', name, 'address', own, 'type', 'veth', 'peer', 'name', `${name}-peer`);
  for (const end of [name, `${name}-peer`]) ip('link', 'set', end, 'up');
  ip('address', 'add', `${net4}.254/24`, 'dev', name);
  ip('-6', 'address', 'add', `${net6}:254/64`, 'dev', name, 'nodad');
  for (const address of [`${net4}.1`, `${net6}:1`]) {
    ip('neighbour', 'replace', address, 'lladdr', hop, 'dev', name, 'nud', 'permanent');
    ip('route', 'add', 'default', 'via', address, 'dev', name, 'table', table);
  }
}

/** The program asks the routes of a namespace that has two exits; which one is meant depends on the rules of a test. */
describe.runIf(process.getuid?.() === 0)('the next hop', () => {
  let program: ProgramBench;
  const indexes = { near: 0, far: 0, tun7: 0 };
  const entered = new Map<string, SettledFlow>();

  beforeAll(() => {
    execFileSync('ip', ['netns', 'add', SPACE]);
    ip('link', 'set', 'lo', 'up');
    addExit('near');
    addExit('far');
    ip('link', 'set', 'far', 'mtu', `${SMALLEST_MTU}`);
    ip('tuntap', 'add', 'tun7', 'mode', 'tun');
    const keys = ['net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1'];
    execFileSync('ip', ['netns', 'exec', SPACE, 'sysctl', '-qw', ...keys]);
    for (const name of ['near', 'far', 'tun7'] as const)
      indexes[name] = inNetworkNamespace(PATH, () => interfaceIndex(name));
  });
  afterAll(() => void execFileSync('ip', ['netns', 'delete', SPACE]));

  beforeEach(() => {
    program = new ProgramBench();
    program.hasNextHop = false;
    for (const number of [ONE, OTHER]) {
      for (const protocol of PROTOCOLS) {
        const flow = flowOf(number, protocol);
        entered.set(`${number} ${protocol}`, flow);
        program.enter(flow);
      }
    }
  });
  afterEach(() => {
    program.close();
    for (const family of ['-4', '-6']) {
      ip(family, 'rule', 'flush');
      ip(family, 'rule', 'add', 'priority', '32766', 'lookup', 'main');
    }
  });

  /** Packets that this rule is for leave by the far exit. @param side that they come from */
  function toFar(side: Side, ...rule: string[]): void {
    ip(FAMILY[side], 'rule', 'add', 'priority', '100', ...rule, 'lookup', EXITS.far.table);
  }

  /** The exit that a packet is sent to, or why it is left alone. */
  function exitOf(bytes: Uint8Array, gsoSize = 0): string {
    return inNetworkNamespace(PATH, () => {
      const { verdict, frame, counted } = program.run(bytes, { gsoSize });
      if (verdict !== REDIRECTED) return Object.keys(counted).join();
      const type = bytes[0] >> 4 === 6 ? [0x08, 0] : [0x86, 0xdd];
      const header = [...frame.subarray(0, 14)].join();
      for (const [name, { own, hop }] of Object.entries(EXITS)) {
        if (header === [...bytesOf(hop), ...bytesOf(own), ...type].join()) return name;
      }
      return header;
    });
  }

  /** What a flow remembers of its next hop. */
  function lineOf(from: Side, number: number, protocol: Protocol): DataView {
    const flow = entered.get(`${number} ${protocol}`);
    const line = flow === undefined ? undefined : program.lineOf(flow, from);
    if (line === undefined) throw new Error('the flow is not there');
    return line;
  }

  function remembered(line: DataView): { index: number; largest: number; dscp: number; generation: number } {
    const word = line.getBigUint64(FLOW.hop, true);
    const { indexBits, largestBits, dscpBits, generationBits } = FLOW_HOP;
    let shift = 0n;
    const part = (bits: number): number => {
      const value = Number((word >> shift) & ((1n << BigInt(bits)) - 1n));
      shift += BigInt(bits);
      return value;
    };
    return {
      index: part(indexBits),
      largest: part(largestBits),
      dscp: part(dscpBits),
      generation: part(generationBits),
    };
  }

  /** The words of a next hop, as they are described at HOP. */
  function hopAt(index: number): Record<string, unknown> {
    const { hops } = program;
    hops.key.setUint32(0, index, true);
    hops.get();
    const { value } = hops;
    const mac = (at: number): string => Buffer.from(value.buffer, at, 6).toString('hex');
    return {
      generations: [
        value.getUint32(0, true),
        value.getUint16(14, true),
        value.getUint16(22, true),
        value.getUint32(28, true),
      ],
      interfaces: [value.getUint32(4, true), value.getUint32(24, true)],
      macs: [mac(8), mac(16)],
    };
  }

  it.each<[string, Side, readonly string[]]>([
    ['the server', 6, ['to', '198.51.100.5']],
    ['the pool4 address', 6, ['from', '203.0.113.5']],
    ['the client', 4, ['to', '2001:db8::5']],
    ['the server in the pool6', 4, ['from', '64:ff9b::198.51.100.5']],
  ])('is asked for by %s, from IPv%i', (_, from, rule) => {
    toFar(from, ...rule);
    expect(exitOf(packetOf(from, ONE, UDP))).toBe('far');
    expect(exitOf(packetOf(from, OTHER, UDP))).toBe('near');
  });

  it.each<[Side, string, Protocol]>([
    [6, 'tcp', TCP],
    [6, 'udp', UDP],
    [6, 'icmp', ICMP],
    [4, 'tcp', TCP],
    [4, 'udp', UDP],
    [4, 'ipv6-icmp', ICMP],
  ])('is asked for by the protocol of the packet that leaves, from IPv%i: %s', (from, name, protocol) => {
    toFar(from, 'ipproto', name);
    for (const one of PROTOCOLS) {
      expect(exitOf(packetOf(from, ONE, one))).toBe(one === protocol ? 'far' : 'near');
    }
  });

  it.each<[Side]>([[6], [4]])('is asked for by the DSCP, from IPv%i', (from) => {
    toFar(from, 'tos', '0x10');
    for (const [tos, exit] of [
      [0, 'near'],
      [0x10, 'far'],
      [0x13, 'far'],
      [3, 'near'],
      [0x0c, 'near'],
    ] as const) {
      expect(exitOf(packetOf(from, ONE, UDP, { tos }))).toBe(exit);
    }
  });

  it.each<[string, Side, readonly string[]]>([
    ['the port of pool4', 6, ['sport', '10000']],
    ['the port of the server', 6, ['dport', '53']],
    ['the port of the server', 4, ['sport', '53']],
    ['the port of the client', 4, ['dport', '4000']],
  ])('is asked for by %s, from IPv%i; an echo has no ports', (_, from, ports) => {
    toFar(from, ...ports);
    for (const protocol of PROTOCOLS) {
      expect(exitOf(packetOf(from, ONE, protocol))).toBe(protocol === ICMP ? 'near' : 'far');
    }
  });

  it.each<[Side]>([[6], [4]])('is asked for by the device of the slow path, from IPv%i', (from) => {
    toFar(from, 'iif', 'tun7');
    expect(exitOf(packetOf(from, ONE, UDP))).toBe('near');
    program.configure({ incoming: indexes.tun7 });
    expect(exitOf(packetOf(from, ONE, UDP))).toBe('far');
    expect(exitOf(packetOf(from, ONE, UDP))).toBe('far');
    ip(FAMILY[from], 'rule', 'delete', 'priority', '100');
    toFar(from, 'iif', 'lo');
    expect(exitOf(packetOf(from, OTHER, UDP))).toBe('near');
  });

  it.each<[Side]>([[6], [4]])(
    'is asked for by where it came from while there is no such device, from IPv%i',
    (from) => {
      toFar(from, 'iif', 'lo');
      expect(exitOf(packetOf(from, ONE, UDP))).toBe('far');
    },
  );

  it.each<[Side, Protocol]>([
    [6, UDP],
    [6, TCP],
    [4, UDP],
    [4, TCP],
  ])('has a largest packet: from IPv%i, protocol %i', (from, protocol) => {
    toFar(from);
    expect(exitOf(packetOf(from, ONE, protocol, { size: SMALLEST_MTU + 1 }))).toBe('tooBig');
    expect(exitOf(packetOf(from, ONE, protocol, { size: SMALLEST_MTU }))).toBe('far');
    expect(exitOf(packetOf(from, ONE, protocol, { size: SMALLEST_MTU + 1 }))).toBe('tooBig');
    const rest = SMALLEST_MTU - (from === 6 ? 20 : 40) - (protocol === TCP ? 20 : 8);
    const cut = packetOf(from, OTHER, protocol, { size: 3000 });
    expect(exitOf(cut, rest + 1)).toBe('tooBig');
    expect(exitOf(cut, rest)).toBe('far');
  });

  it.each<[Side]>([[6], [4]])('is none where the routes say so, and nothing is remembered, from IPv%i', (from) => {
    ip(FAMILY[from], 'rule', 'add', 'priority', '100', 'unreachable');
    expect(exitOf(packetOf(from, ONE, UDP))).toBe('noRoute');
    expect(lineOf(from, ONE, UDP).getBigUint64(FLOW.hop, true)).toBe(0n);
  });

  it.each<[Side, number]>([
    [6, 0x89ab_cdef],
    [4, 0x89ab_cdef],
    [6, 1],
    [4, 1],
  ])('is remembered whole, from IPv%i in generation %i', (from, generation) => {
    program.configure({ generation });
    expect(exitOf(packetOf(from, ONE, UDP, { size: 130, tos: 0xb8 }))).toBe('near');
    const { index, ...asked } = remembered(lineOf(from, ONE, UDP));
    expect(asked).toEqual({ largest: 130, dscp: 0x2e, generation: generation & 0x3f_ffff });
    const low = generation & 0xffff;
    const { hop, own } = EXITS.near;
    expect(hopAt(index)).toEqual({
      generations: [generation, low, low, generation],
      interfaces: [LOOPBACK, indexes.near],
      macs: [hop, own].map((mac) => mac.replaceAll(':', '')),
    });
    // Another flow that goes there has the same place.
    expect(exitOf(packetOf(from, OTHER, TCP))).toBe('near');
    expect(remembered(lineOf(from, OTHER, TCP)).index % HOPS_PER_CPU).toBe(index % HOPS_PER_CPU);
  });

  it.each<[Side]>([[6], [4]])('is not asked for again before there is a reason to, from IPv%i', (from) => {
    const [usual, smaller, larger] = [100, 99, 101].map((size) => packetOf(from, ONE, UDP, { size }));
    const marked = packetOf(from, ONE, UDP, { tos: 3 });
    expect(exitOf(usual)).toBe('near');
    toFar(from);
    expect([usual, smaller, marked].map((bytes) => exitOf(bytes))).toEqual(['near', 'near', 'near']);
    expect([larger, usual].map((bytes) => exitOf(bytes))).toEqual(['far', 'far']);
    ip(FAMILY[from], 'rule', 'delete', 'priority', '100');
    expect(exitOf(larger)).toBe('far');
    const otherClass = packetOf(from, ONE, UDP, { tos: 4 });
    expect([exitOf(otherClass), exitOf(usual)]).toEqual(['near', 'near']);
  });

  it.each<[Side]>([[6], [4]])('is asked for again in each generation, from IPv%i', (from) => {
    const bytes = packetOf(from, ONE, UDP);
    expect(exitOf(bytes)).toBe('near');
    for (const generation of [8, 8 + 2 ** 16, 8 + 2 ** 22]) {
      toFar(from);
      expect(exitOf(bytes)).toBe('near');
      program.configure({ generation });
      expect(exitOf(bytes)).toBe('far');
      ip(FAMILY[from], 'rule', 'delete', 'priority', '100');
      expect(exitOf(bytes)).toBe('far');
      program.configure({ generation: generation + 1 });
      expect(exitOf(bytes)).toBe('near');
    }
  });

  it.each([HOP.of + 4, HOP.to, HOP.to + 5, HOP.from, HOP.from + 5, HOP.out])(
    'is not remembered where another one has its place, which has another byte %i',
    (at) => {
      const bytes = packetOf(6, ONE, UDP);
      exitOf(bytes);
      const line = lineOf(6, ONE, UDP);
      const { index } = remembered(line);
      const { hops } = program;
      hopAt(index);
      hops.value.setUint8(at, hops.value.getUint8(at) ^ 0x40);
      for (let cpu = 0; cpu < possibleCpus(); cpu++) {
        hops.key.setUint32(0, cpu * HOPS_PER_CPU + (index % HOPS_PER_CPU), true);
        hops.put();
      }
      const taken = hopAt(index);
      line.setBigUint64(FLOW.hop, 0n, true);
      expect([exitOf(bytes), exitOf(bytes)]).toEqual(['near', 'near']);
      expect(line.getBigUint64(FLOW.hop, true)).toBe(0n);
      expect(hopAt(index)).toEqual(taken);
    },
  );

  it('has a place of its own by its MAC address and its interface, whatever the generation', () => {
    const { net4 } = EXITS.near;
    const line = lineOf(6, ONE, UDP);
    const placeOf = (generation: number): number => {
      program.configure({ generation });
      line.setBigUint64(FLOW.hop, 0n, true);
      exitOf(packetOf(6, ONE, UDP));
      return remembered(line).index % HOPS_PER_CPU;
    };
    const macs = Array.from({ length: 24 }, (_, number) => `02:00:00:00:00:${(number + 16).toString(16)}`);
    const places = macs.map((mac, number) => {
      ip('neighbour', 'replace', `${net4}.1`, 'lladdr', mac, 'dev', 'near', 'nud', 'permanent');
      return placeOf(number + 1);
    });
    expect(new Set(places).size).toBeGreaterThan(20);
    expect(placeOf(99)).toBe(places.at(-1));
    ip('neighbour', 'replace', `${EXITS.far.net4}.1`, 'lladdr', macs[23] ?? '', 'dev', 'far', 'nud', 'permanent');
    toFar(6);
    expect(placeOf(100)).not.toBe(places.at(-1));
    for (const name of ['near', 'far'] as const) {
      const { hop, net4: net } = EXITS[name];
      ip('neighbour', 'replace', `${net}.1`, 'lladdr', hop, 'dev', name, 'nud', 'permanent');
    }
  });
});

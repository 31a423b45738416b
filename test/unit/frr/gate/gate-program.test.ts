import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KINDS, LEASE_MAP, PEER_VALUE, peerKey, PEERS_MAP } from '../../../../src/frr/gate/gate-layout.ts';
import { gateProgram, PASSES, STOPPED } from '../../../../src/frr/gate/gate-program.ts';
import { BpfMap, loadProgram } from '../../../../src/linux/bpf.ts';
import { runProgram } from '../../../../src/linux/bpf-attachments.ts';
import { libc } from '../../../../src/linux/libc.ts';

const asRoot = process.getuid?.() === 0;
const NS_PER_S = 1_000_000_000n;
const [TCP, UDP, ICMP6] = [6, 17, 58];

interface Packet {
  readonly to: string;
  readonly protocol: number;
  readonly ports?: readonly [number, number];
  /** IPv4 options, bytes. */
  readonly options?: number;
  readonly fragmentOffset?: number;
}

/** A frame with an IPv4 or IPv6 header and 8 bytes behind it. */
function frame({ to, protocol, ports = [1000, 2000], options = 0, fragmentOffset = 0 }: Packet): Uint8Array {
  const six = to.includes(':');
  const header = six ? 40 : 20 + options;
  const bytes = new Uint8Array(14 + header + 40);
  const view = new DataView(bytes.buffer);
  view.setUint16(12, six ? 0x86dd : 0x0800);
  if (six) {
    view.setUint8(14, 0x60);
    view.setUint16(18, 40);
    view.setUint8(20, protocol);
    bytes.set(peerKey(to), 14 + 24);
  } else {
    view.setUint8(14, 0x40 | (header / 4));
    view.setUint16(16, header + 40);
    view.setUint16(20, fragmentOffset);
    view.setUint8(23, protocol);
    bytes.set(peerKey(to).subarray(12), 14 + 16);
  }
  view.setUint16(14 + header, ports[0]);
  view.setUint16(14 + header + 2, ports[1]);
  return bytes;
}

describe.runIf(asRoot)('the gate in front of a peer', () => {
  let peers: BpfMap;
  let lease: BpfMap;
  const programs = new Map<boolean, number>();

  beforeAll(() => {
    peers = BpfMap.create(PEERS_MAP);
    lease = BpfMap.create(LEASE_MAP);
    for (const ethernet of [true, false]) {
      const instructions = gateProgram({ peers: peers.fd, lease: lease.fd }, ethernet);
      programs.set(ethernet, loadProgram('traffic', instructions, 'Dual MIT/GPL', 'gate_test'));
    }
  });
  afterAll(() => {
    for (const fd of programs.values()) libc.close(fd);
    peers.close();
    lease.close();
  });

  function set(address: string, open: boolean, kinds: number): void {
    new Uint8Array(peers.key.buffer).set(peerKey(address));
    peers.value.setUint32(PEER_VALUE.open, open ? 1 : 0, true);
    peers.value.setUint32(PEER_VALUE.kinds, kinds, true);
    peers.value.setBigUint64(PEER_VALUE.stopped, 0n, true);
    expect(peers.put()).toBe(true);
  }

  function setLease(seconds: bigint): void {
    lease.value.setBigUint64(0, process.hrtime.bigint() + seconds * NS_PER_S, true);
    expect(lease.put()).toBe(true);
  }

  /** What both kinds of the program say, which must be the same. */
  function verdictOn(packet: Packet): number {
    const [one, other] = [true, false].map((kind) => runProgram(programs.get(kind) ?? -1, frame(packet)).verdict);
    expect(other).toBe(one);
    return one ?? 0;
  }

  function stopped(address: string): bigint {
    new Uint8Array(peers.key.buffer).set(peerKey(address));
    expect(peers.get()).toBe(true);
    return peers.value.getBigUint64(PEER_VALUE.stopped, true);
  }

  const BFD_TO = (to: string, port = 3784): Packet => ({ to, protocol: UDP, ports: [49_152, port] });
  const PEERS = ['10.0.0.1', '2001:db8:a::1'];

  it.each(PEERS)('lets BFD to %s out only while it is open and the lease is fresh', (peer) => {
    set(peer, true, KINDS.bfd);
    setLease(60n);
    for (const port of [3784, 3785, 4784]) expect(verdictOn(BFD_TO(peer, port))).toBe(PASSES);
    set(peer, false, KINDS.bfd);
    for (const port of [3784, 3785, 4784]) expect(verdictOn(BFD_TO(peer, port))).toBe(STOPPED);
    expect(stopped(peer)).toBe(6n);
    set(peer, true, KINDS.bfd);
    setLease(-1n);
    expect(verdictOn(BFD_TO(peer))).toBe(STOPPED);
    setLease(60n);
    expect(verdictOn(BFD_TO(peer))).toBe(PASSES);
  });

  it.each(PEERS)('stops the BGP session with %s, from either side, where that is its matter', (peer) => {
    setLease(60n);
    for (const ports of [
      [179, 40_000],
      [40_000, 179],
    ] as const) {
      set(peer, false, KINDS.bfd);
      expect(verdictOn({ to: peer, protocol: TCP, ports })).toBe(PASSES);
      set(peer, false, KINDS.bfd | KINDS.bgp);
      expect(verdictOn({ to: peer, protocol: TCP, ports })).toBe(STOPPED);
      set(peer, false, KINDS.bgp);
      expect(verdictOn({ to: peer, protocol: TCP, ports })).toBe(STOPPED);
      expect(verdictOn(BFD_TO(peer))).toBe(PASSES);
    }
  });

  it.each(PEERS)('lets everything else to %s out', (peer) => {
    set(peer, false, KINDS.bfd | KINDS.bgp);
    setLease(-1n);
    expect(verdictOn({ to: peer, protocol: UDP, ports: [3784, 53] })).toBe(PASSES);
    expect(verdictOn({ to: peer, protocol: TCP, ports: [40_000, 3784] })).toBe(PASSES);
    expect(verdictOn({ to: peer, protocol: UDP, ports: [40_000, 179] })).toBe(PASSES);
    expect(verdictOn({ to: peer, protocol: ICMP6, ports: [40_000, 3784] })).toBe(PASSES);
  });

  it('lets packets to others out', () => {
    set('10.0.0.1', false, KINDS.bfd);
    set('2001:db8:a::1', false, KINDS.bfd);
    setLease(-1n);
    for (const other of ['10.0.0.2', '10.1.0.1', '2001:db8:a::2', '2001:db8:b::1']) {
      expect(verdictOn(BFD_TO(other))).toBe(PASSES);
    }
  });

  it('finds the ports behind IPv4 options, and takes no later fragment for a packet of BFD', () => {
    set('10.0.0.1', false, KINDS.bfd);
    setLease(60n);
    expect(verdictOn({ ...BFD_TO('10.0.0.1'), options: 4 })).toBe(STOPPED);
    expect(verdictOn({ ...BFD_TO('10.0.0.1'), options: 40 })).toBe(STOPPED);
    expect(verdictOn({ ...BFD_TO('10.0.0.1'), options: 4, fragmentOffset: 1 })).toBe(PASSES);
  });
});

import { BpfMap, loadProgram } from '../../linux/bpf.ts';
import {
  attachedPrograms,
  attachProgram,
  detachProgram,
  openMap,
  openProgram,
  type AttachedProgram,
} from '../../linux/bpf-attachments.ts';
import { InterfaceQuery } from '../../linux/interface-state.ts';
import { libc } from '../../linux/libc.ts';
import { GATE_NAME, KINDS, type GateKind, PEER_VALUE, peerKey, PEERS_MAP } from './gate-layout.ts';
import { gateProgram } from './gate-program.ts';

/** The helper for the kernel's clock requires a GPL-compatible licence; the program is dual-licensed. */
const LICENSE = 'Dual MIT/GPL';
const LITTLE_ENDIAN = true;
const ETHERNET = 1;

export interface GatePeer {
  readonly address: string;
  readonly kinds: readonly GateKind[];
}

/** The gate at the egress of one interface. To be opened and closed in the interface's network namespace. */
export class InterfaceGate {
  readonly interfaceIndex: number;
  readonly #name: string;
  readonly #program: number;
  readonly #peers: BpfMap;

  private constructor(interfaceIndex: number, name: string, program: number, peers: BpfMap) {
    this.interfaceIndex = interfaceIndex;
    this.#name = name;
    this.#program = program;
    this.#peers = peers;
  }

  /**
   * Attaches a gate that is shut for these peers. A gate left by a previous agent for any of them is replaced once this
   * one is attached.
   * @throws SystemCallError, BpfError: not supported by the kernel, or not permitted
   */
  static open(interfaceIndex: number, name: string, lease: BpfMap, peers: readonly GatePeer[]): InterfaceGate {
    const query = new InterfaceQuery();
    const ethernet = query.hardwareType(name) === ETHERNET;
    query.close();
    const map = BpfMap.create(PEERS_MAP);
    let program: number | undefined;
    try {
      const instructions = gateProgram({ peers: map.fd, lease: lease.fd }, ethernet);
      program = loadProgram('traffic', instructions, LICENSE, GATE_NAME);
      const gate = new InterfaceGate(interfaceIndex, name, program, map);
      gate.set(peers, false);
      attachProgram(program, interfaceIndex, 'egress', name);
      for (const former of leftGates(interfaceIndex, peers, lease)) detachLeft(former, interfaceIndex, name);
      return gate;
    } catch (error) {
      if (program !== undefined) libc.close(program);
      map.close();
      throw error;
    }
  }

  /** Opens or shuts it for these peers. @returns false: the map is full */
  set(peers: readonly GatePeer[], open: boolean): boolean {
    const { value } = this.#peers;
    let done = true;
    for (const { address, kinds } of peers) {
      this.#at(address);
      const stopped = this.#peers.get() ? value.getBigUint64(PEER_VALUE.stopped, LITTLE_ENDIAN) : 0n;
      value.setUint32(PEER_VALUE.open, open ? 1 : 0, LITTLE_ENDIAN);
      const bits = kinds.reduce((sum, kind) => sum | KINDS[kind], 0);
      value.setUint32(PEER_VALUE.kinds, bits, LITTLE_ENDIAN);
      value.setBigUint64(PEER_VALUE.stopped, stopped, LITTLE_ENDIAN);
      done = this.#peers.put() && done;
    }
    return done;
  }

  /** State in the kernel. undefined: not a peer of this gate. */
  isOpen(address: string): boolean | undefined {
    this.#at(address);
    return this.#peers.get() ? this.#peers.value.getUint32(PEER_VALUE.open, LITTLE_ENDIAN) !== 0 : undefined;
  }

  /** Number of packets to this peer that were stopped. */
  stopped(address: string): number {
    this.#at(address);
    return this.#peers.get() ? Number(this.#peers.value.getBigUint64(PEER_VALUE.stopped, LITTLE_ENDIAN)) : 0;
  }

  /** Still attached: neither it nor the interface has been removed. */
  get attached(): boolean {
    return attachedPrograms(this.interfaceIndex, 'egress').some(({ name, maps }) => this.#isMine(name, maps));
  }

  /** Detaches it: everything passes. */
  detach(): void {
    detachProgram(this.#program, this.interfaceIndex, 'egress', this.#name);
    this.leave();
  }

  /** Leaves it attached as it is. */
  leave(): void {
    libc.close(this.#program);
    this.#peers.close();
  }

  #at(address: string): void {
    new Uint8Array(this.#peers.key.buffer).set(peerKey(address));
  }

  #isMine(name: string, maps: readonly number[]): boolean {
    return name === GATE_NAME && maps.includes(this.#peers.id());
  }
}

/** Gates of other processes at an interface for any of these peers. @param lease of this process's gates */
function leftGates(interfaceIndex: number, peers: readonly GatePeer[], lease: BpfMap): AttachedProgram[] {
  return attachedPrograms(interfaceIndex, 'egress').filter(({ name, maps }) => {
    if (name !== GATE_NAME || maps.includes(lease.id())) return false;
    const found = maps.flatMap((id) => openMap(id, PEERS_MAP) ?? []);
    const concerns = found.some((map) =>
      peers.some(({ address }) => {
        new Uint8Array(map.key.buffer).set(peerKey(address));
        return map.get();
      }),
    );
    for (const map of found) map.close();
    return concerns;
  });
}

/** Detaches a gate left by another process. */
function detachLeft({ id }: AttachedProgram, interfaceIndex: number, name: string): void {
  const fd = openProgram(id);
  if (fd === undefined) return;
  try {
    detachProgram(fd, interfaceIndex, 'egress', name);
  } finally {
    libc.close(fd);
  }
}

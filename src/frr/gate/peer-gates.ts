import { statSync } from 'node:fs';
import type { Code } from '../../codes.ts';
import { BpfMap, interfaceIndex } from '../../linux/bpf.ts';
import { InterfaceQuery } from '../../linux/interface-state.ts';
import { inNetworkNamespace } from '../../linux/network-place.ts';
import { RouteLookup } from '../../linux/route-lookup.ts';
import { Arrivals } from './arrivals.ts';
import { LEASE_MAP, peerKey } from './gate-layout.ts';
import { type GatePeer, InterfaceGate } from './interface-gate.ts';

/** A peer, and the interface towards it if configured. */
export interface GatedPeer extends GatePeer {
  readonly interface?: string | undefined;
}

/** The gate for the peers of one upstream, as used by its announcers. */
export interface PeerGate {
  /**
   * Opens or shuts it for every peer. Existing attachments are shut first, because finding missing ones needs the
   * kernel's rtnl lock, which may take seconds.
   * @throws GateError when the kernel does not show the result
   */
  set(open: boolean): void;
  /** State in the kernel: `absent` if it is not attached for every peer. */
  readonly state: 'open' | 'shut' | 'absent';
  /** Number of stopped packets. */
  readonly stopped: number;
  /** Starts or stops counting the packets for the node's prefixes received by the same interfaces. */
  watchArrivals(on: boolean): void;
  /** Number of packets so far; undefined: they are not counted, or the kernel cannot. */
  readonly arrived: number | undefined;
  /** Leaves it attached as it is, or detaches it. */
  end(how: 'leave' | 'detach'): void;
}

/** There is no gate, with the reason. */
export class GateError extends Error {
  override readonly name = 'GateError';
  readonly code: Code = 'gate-unavailable';
}

/** The lease shared by all gates of this process. */
export class GateLease {
  #map: BpfMap | undefined;
  #keeper: LeaseKeeper | undefined;

  /** Expired initially, until it is renewed. @throws SystemCallError, BpfError */
  get map(): BpfMap {
    if (this.#map === undefined) {
      this.#map = BpfMap.create(LEASE_MAP);
      this.#keeper?.keepLease(this.#map.fd);
    }
    return this.#map;
  }

  keptBy(keeper: LeaseKeeper): void {
    this.#keeper = keeper;
    if (this.#map !== undefined) keeper.keepLease(this.#map.fd);
  }
}

/** Renews the lease. */
export interface LeaseKeeper {
  keepLease(descriptor: number): void;
}

/** Outgoing interface for a peer; 0: none. */
interface Place {
  readonly index: number;
  readonly name: string;
}

/** Gates for peers at the interfaces towards them, in the network namespace of FRR's daemon. */
export class KernelPeerGate implements PeerGate {
  readonly #peers: readonly GatedPeer[];
  readonly #namespace: () => string | undefined;
  readonly #lease: GateLease;
  /** By the interface's index. */
  readonly #gates = new Map<number, { readonly gate: InterfaceGate; readonly peers: Map<string, GatedPeer> }>();
  /** Identity of the gates' namespace; a recreated one differs. */
  #where = 0;
  #open = false;
  readonly #prefixes: readonly string[];
  #arrivals: Arrivals | undefined;

  /**
   * @param prefixes of this node, whose packets are counted. @param namespace path of FRR's network namespace;
   * undefined: unknown at present
   */
  constructor(
    peers: readonly GatedPeer[],
    namespace: () => string | undefined,
    lease: GateLease,
    prefixes: readonly string[] = [],
  ) {
    this.#peers = peers;
    this.#prefixes = prefixes;
    this.#namespace = namespace;
    this.#lease = lease;
  }

  /** Attaches missing gates; new peers are shut. @throws GateError when that fails */
  prepare(): void {
    this.#in((identity) => {
      if (identity !== this.#where) this.#endGates('leave');
      this.#where = identity;
      this.#dropLost();
      for (const peer of this.#peers) this.#prepare(peer, placeOf(peer));
    });
  }

  set(open: boolean): void {
    this.#open = open;
    if (!open) this.#setAttached();
    this.prepare();
    const done = this.#setAttached();
    if (this.state !== (open ? 'open' : 'shut') || !done) {
      throw new GateError(`the gate in front of ${this.#names()} is ${this.state}, and not ${open ? 'open' : 'shut'}`);
    }
  }

  /** @returns false: a gate's map is full */
  #setAttached(): boolean {
    let done = true;
    for (const { gate, peers } of this.#gates.values()) done = gate.set([...peers.values()], this.#open) && done;
    return done;
  }

  get state(): 'open' | 'shut' | 'absent' {
    const seen = new Map<string, boolean>();
    for (const { gate, peers } of this.#gates.values()) {
      for (const address of peers.keys()) {
        const open = gate.isOpen(address);
        if (open !== undefined) seen.set(address, open || seen.get(address) === true);
      }
    }
    if (this.#peers.length === 0 || this.#peers.some(({ address }) => !seen.has(address))) return 'absent';
    return [...seen.values()].some((open) => open) ? 'open' : 'shut';
  }

  get stopped(): number {
    let sum = 0;
    for (const { gate, peers } of this.#gates.values()) {
      for (const address of peers.keys()) sum += gate.stopped(address);
    }
    return sum;
  }

  watchArrivals(on: boolean): void {
    if (on === (this.#arrivals !== undefined) || (on && this.#prefixes.length === 0)) return;
    this.#arrivals?.close();
    this.#arrivals = undefined;
    if (!on) return;
    let arrivals: Arrivals | undefined;
    try {
      this.#in(() => {
        arrivals = new Arrivals(this.#prefixes);
        for (const peer of this.#peers) {
          const { index, name } = placeOf(peer);
          if (index !== 0) arrivals.watch(index, name);
        }
      });
      this.#arrivals = arrivals;
    } catch {
      arrivals?.close(); // nothing is counted, and the proof reports it
    }
  }

  get arrived(): number | undefined {
    return this.#arrivals?.count;
  }

  end(how: 'leave' | 'detach'): void {
    this.watchArrivals(false);
    this.#endGates(how);
  }

  #endGates(how: 'leave' | 'detach'): void {
    const gates = [...this.#gates.values()];
    this.#gates.clear();
    if (how === 'leave') {
      for (const { gate } of gates) gate.leave();
      return;
    }
    if (gates.length === 0) return;
    this.#in((identity) => {
      if (identity !== this.#where) return; // the gates have gone with their namespace
      for (const { gate } of gates) gate.detach();
    });
  }

  /** Drops gates whose interface was removed, or that somebody has detached. */
  #dropLost(): void {
    for (const [index, { gate }] of this.#gates) {
      if (isAttached(gate)) continue;
      gate.leave();
      this.#gates.delete(index);
    }
  }

  #prepare(peer: GatedPeer, { index, name }: Place): void {
    if (index === 0) {
      const where = peer.interface === undefined ? 'no route leads to it' : `there is no interface ${peer.interface}`;
      throw new GateError(`no gate can be put in front of ${peer.address}: ${where}`);
    }
    const known = this.#gates.get(index);
    if (known === undefined) {
      const gate = InterfaceGate.open(index, name, this.#lease.map, [peer]);
      this.#gates.set(index, { gate, peers: new Map([[peer.address, peer]]) });
      return this.#settle(gate, peer);
    }
    if (known.peers.has(peer.address)) return;
    known.peers.set(peer.address, peer);
    this.#settle(known.gate, peer);
  }

  /** A peer's path has changed while the gate is open: the new one is opened too. */
  #settle(gate: InterfaceGate, peer: GatedPeer): void {
    gate.set([peer], this.#open);
  }

  #in(work: (identity: number) => void): void {
    const path = this.#namespace();
    if (path === undefined) throw new GateError(`no gate in front of ${this.#names()}: FRR's daemon does not run`);
    try {
      const { ino } = statSync(path);
      inNetworkNamespace(path, () => work(ino));
    } catch (error) {
      if (error instanceof GateError) throw error;
      const why = error instanceof Error ? error.message : String(error);
      throw new GateError(`no gate in front of ${this.#names()}: ${why}`, { cause: error });
    }
  }

  #names(): string {
    return this.#peers.map(({ address }) => address).join(', ');
  }
}

function isAttached(gate: InterfaceGate): boolean {
  try {
    return gate.attached;
  } catch {
    return false; // the interface is gone
  }
}

/** The interfaces towards the peers in this network namespace, without duplicates. */
export function interfacesTo(peers: readonly GatedPeer[]): string[] {
  return [...new Set(peers.map((peer) => placeOf(peer)).flatMap(({ index, name }) => (index === 0 ? [] : [name])))];
}

function placeOf({ interface: name, address }: GatedPeer): Place {
  if (name !== undefined) return { index: interfaceIndex(name), name };
  const key = peerKey(address);
  const is4 = key.subarray(0, 10).every((byte) => byte === 0) && key[10] === 0xff;
  const routes = new RouteLookup();
  const query = new InterfaceQuery();
  try {
    const index = routes.interfaceTo(is4 ? key.subarray(12) : key) ?? 0;
    return { index, name: index === 0 ? '' : (query.nameOf(index) ?? '') };
  } finally {
    routes.close();
    query.close();
  }
}

import { echo, FLAGS, tcp, udp } from '../unit/translator/packets.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SimulatedInstance } from './simulated-instance.ts';
import type { SimulatedNode } from './simulated-node.ts';
import type { Trace } from './trace.ts';

type Protocol = 'tcp' | 'udp' | 'icmp';

interface Flow {
  readonly instance: number;
  readonly protocol: Protocol;
  readonly client: string;
  readonly clientPort: number;
  readonly remote: string;
  readonly remotePort: number;
  /** What it was last masked with. */
  address: string;
  port: number;
  /** The node that its packets usually go to. */
  home: number;
}

/** Flows that are remembered; a new one takes the place of an old one. */
const MAX_FLOWS = 48;
const CLIENTS = 12;
const CLIENT_PORTS = 3;
const REMOTES = 4;
const ECHO_REQUEST_6 = 128;
const ECHO_REPLY_4 = 0;

/** Clients and servers: packets from both sides, mostly by the same way, sometimes by another node. */
export class Workload {
  readonly #random: SeededRandom;
  readonly #trace: Trace;
  readonly #strayChance: number;
  readonly #flows: Flow[] = [];
  packets = 0;

  constructor(random: SeededRandom, trace: Trace) {
    this.#random = random;
    this.#trace = trace;
    this.#strayChance = random.pick([0, 0.02, 0.3]);
  }

  /** Some packets to nodes that serve. */
  step(serving: readonly SimulatedNode[]): void {
    if (serving.length === 0) return;
    const random = this.#random;
    for (let left = 1 + random.below(6); left > 0; left--) {
      if (this.#flows.length === 0 || random.chance(0.35)) this.#begin(serving);
      else this.#continue(random.pick(this.#flows), serving);
    }
  }

  #begin(serving: readonly SimulatedNode[]): void {
    const random = this.#random;
    const protocol = random.pick<Protocol>(['tcp', 'tcp', 'udp', 'icmp']);
    const flow: Flow = {
      instance: random.below(serving[0].instances.length),
      protocol,
      client: `2001:db8::${(1 + random.below(CLIENTS)).toString(16)}`,
      clientPort: 5000 + random.below(CLIENT_PORTS),
      remote: `198.51.100.${1 + random.below(REMOTES)}`,
      remotePort: protocol === 'icmp' ? 0 : 80 + random.below(2),
      address: '',
      port: 0,
      home: random.pick(serving).slot,
    };
    if (this.#flows.length < MAX_FLOWS) this.#flows.push(flow);
    else this.#flows[random.below(MAX_FLOWS)] = flow;
    this.#outward(flow, serving, FLAGS.syn);
  }

  #continue(flow: Flow, serving: readonly SimulatedNode[]): void {
    const random = this.#random;
    const flags = random.pick([FLAGS.ack, FLAGS.ack, FLAGS.ack, FLAGS.syn, FLAGS.fin | FLAGS.ack, FLAGS.rst]);
    if (flow.port === 0 || random.chance(0.5)) this.#outward(flow, serving, flags);
    else this.#inward(flow, serving, flags === FLAGS.syn ? FLAGS.syn | FLAGS.ack : flags);
  }

  #outward(flow: Flow, serving: readonly SimulatedNode[], flags: number): void {
    const { protocol, client, clientPort, remote, remotePort } = flow;
    const fields = { src: client, dst: `64:ff9b::${remote}` };
    const packet =
      protocol === 'tcp'
        ? tcp(fields, clientPort, remotePort, flags)
        : protocol === 'udp'
          ? udp(fields, clientPort, remotePort)
          : echo(fields, ECHO_REQUEST_6, clientPort);
    const [out] = this.#send(flow, serving, packet);
    if (out === undefined || out[0] >> 4 !== 4) return;
    flow.address = out.subarray(12, 16).join('.');
    const at = protocol === 'icmp' ? 24 : 20;
    flow.port = (out[at] << 8) | out[at + 1];
  }

  #inward(flow: Flow, serving: readonly SimulatedNode[], flags: number): void {
    const { protocol, remote, remotePort, address, port } = flow;
    const fields = { src: remote, dst: address };
    const packet =
      protocol === 'tcp'
        ? tcp(fields, remotePort, port, flags)
        : protocol === 'udp'
          ? udp(fields, remotePort, port)
          : echo(fields, ECHO_REPLY_4, port);
    this.#send(flow, serving, packet);
  }

  #send(flow: Flow, serving: readonly SimulatedNode[], packet: Uint8Array): readonly Uint8Array[] {
    const node = this.#nodeFor(flow, serving);
    const instance: SimulatedInstance = node.instances[flow.instance];
    const { verdict, reason, out } = instance.send(packet);
    this.packets += 1;
    this.#trace.note(
      `packet ${flow.client}.${flow.clientPort} ${flow.protocol}`,
      node.slot,
      verdict,
      reason,
      flow.port,
    );
    return out;
  }

  #nodeFor(flow: Flow, serving: readonly SimulatedNode[]): SimulatedNode {
    const home = serving.find(({ slot }) => slot === flow.home);
    if (home === undefined) {
      const node = this.#random.pick(serving);
      flow.home = node.slot;
      return node;
    }
    if (this.#random.chance(0.02)) flow.home = this.#random.pick(serving).slot;
    return this.#random.chance(this.#strayChance) ? this.#random.pick(serving) : home;
  }
}

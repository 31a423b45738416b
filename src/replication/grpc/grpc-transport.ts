import { isIPv6 } from 'node:net';
import type { Clock } from '../clock.ts';
import { type ConnectionRefusal, CONNECTION_REFUSALS, LinkError, type ReplicationTransport } from '../transport.ts';
import { BackOff } from './back-off.ts';
import { GrpcLink, type PeerStream } from './grpc-link.ts';
import { PeerDialer } from './peer-dialer.ts';
import { PeerServer } from './peer-server.ts';
import type { TlsIdentity } from './tls-identity.ts';

const FIRST_WAIT_MS = 100;
const MOST_WAIT_MS = 3000;

export interface GrpcPeer {
  readonly name: string;
  readonly slot: number;
  readonly address: string;
  readonly port: number;
}

export interface GrpcOptions {
  /** Listening address of this node. */
  readonly self: GrpcPeer;
  readonly peers: readonly GrpcPeer[];
  readonly identity: TlsIdentity;
  /** Maximum number of queued frames per peer. */
  readonly queueFrames: number;
  readonly clock: Clock;
  /** A number from 0 to 1. */
  readonly random: () => number;
  readonly onChange?: (link: string, connected: boolean, reason: string) => void;
  readonly onRefused?: (reason: ConnectionRefusal, from: string) => void;
}

/** A stream to each peer, which is a link. Of two nodes the one with the higher slot connects; both authenticate. */
export class GrpcTransport implements ReplicationTransport {
  readonly links: readonly GrpcLink[];
  readonly #options: GrpcOptions;
  readonly #refused = new Map<ConnectionRefusal, number>();
  readonly #dialers: PeerDialer[] = [];
  #server: PeerServer | undefined;

  constructor(options: GrpcOptions) {
    this.#options = options;
    this.links = options.peers.map((peer) => new GrpcLink(peer, options.queueFrames));
  }

  /** @throws LinkError when it cannot listen on the address */
  async start(onFrame: (link: number, frame: Uint8Array) => void): Promise<void> {
    const { self, peers } = this.#options;
    if (peers.some(({ slot }) => slot > self.slot)) await this.#listen(onFrame);
    for (const [index, peer] of peers.entries()) if (peer.slot < self.slot) this.#dial(index, peer, onFrame);
  }

  async close(): Promise<void> {
    for (const dialer of this.#dialers) dialer.close();
    for (const link of this.links) link.close();
    await this.#server?.close();
    this.#server = undefined;
  }

  connectionsRefused(): ReadonlyMap<ConnectionRefusal, number> {
    return this.#refused;
  }

  async #listen(onFrame: (link: number, frame: Uint8Array) => void): Promise<void> {
    const { self, peers, identity, clock, onChange, onRefused } = this.#options;
    const indexOf = (node: string): number => peers.findIndex(({ name }) => name === node);
    const server = new PeerServer({
      identity,
      clock,
      addresses: peers.map(({ address }) => address),
      expects: (node) => peers.some(({ name, slot }) => name === node && slot > self.slot),
      onStream: (node, stream) => {
        const link = this.links[indexOf(node)];
        link.attach(stream);
        onChange?.(link.name, true, '');
      },
      onFrame: (node, frame) => onFrame(indexOf(node), frame),
      onEnd: (node, stream: PeerStream, reason) => {
        const link = this.links[indexOf(node)];
        if (link.detach(stream, reason)) onChange?.(link.name, false, reason);
      },
      onRefused: (reason, from) => {
        this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1);
        onRefused?.(reason, `${from}: ${CONNECTION_REFUSALS[reason]}`);
      },
    });
    try {
      await server.listen(self.address, self.port);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new LinkError(`gRPC cannot listen on ${targetOf(self)}: ${reason}`);
    }
    this.#server = server;
  }

  #dial(index: number, peer: GrpcPeer, onFrame: (link: number, frame: Uint8Array) => void): void {
    const { identity, clock, random, onChange } = this.#options;
    const link = this.links[index];
    const dialer = new PeerDialer(link, {
      peer: peer.name,
      target: targetOf(peer),
      identity,
      clock,
      backOff: new BackOff(FIRST_WAIT_MS, MOST_WAIT_MS, random),
      onFrame: (frame) => onFrame(index, frame),
      onChange: (connected, reason) => onChange?.(link.name, connected, reason),
    });
    this.#dialers.push(dialer);
    dialer.dial();
  }
}

function targetOf({ address, port }: GrpcPeer): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}

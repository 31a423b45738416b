import { createServer, isIP, type Server as TcpServer, type Socket, SocketAddress } from 'node:net';
import {
  type ConnectionInjector,
  Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  status,
} from '@grpc/grpc-js';
import { sourceNetworkOf } from '../../net/source-network.ts';
import type { Clock } from '../clock.ts';
import type { ConnectionRefusal } from '../transport.ts';
import { CHANNEL_OPTIONS } from './channel-options.ts';
import type { PeerStream } from './grpc-link.ts';
import { PEER } from './peer-service.ts';
import { StrangerLimit } from './stranger-limit.ts';
import { nodeOfCertificate, type TlsIdentity } from './tls-identity.ts';

/** Maximum time for a client to prove that it is a node of the cluster. */
const PROOF_MS = 5000;
/** Maximum number of connections, far above what is admitted: further ones are closed by Node.js. */
const MAX_CONNECTIONS = 256;

export interface PeerServerOptions {
  readonly identity: TlsIdentity;
  readonly clock: Clock;
  /** Addresses of the nodes: connections from there are not limited. */
  readonly addresses: readonly string[];
  /** Whether a node of this name may open a stream to this one. */
  readonly expects: (node: string) => boolean;
  readonly onStream: (node: string, stream: PeerStream) => void;
  readonly onFrame: (node: string, frame: Uint8Array) => void;
  readonly onEnd: (node: string, stream: PeerStream, reason: string) => void;
  readonly onRefused: (reason: ConnectionRefusal, from: string) => void;
}

interface Visitor {
  known: boolean;
  /** It is not a stranger any more. */
  readonly leave: () => void;
}

/**
 * Accepts the streams of peers.
 *
 *     TCP ──TLS with a certificate of the cluster's authority──> Exchange ──its name is a peer's──> stream
 *      ├ ended or late: `unproven`                                  └ `notANode`
 *      └ too many of its source: `tooMany`
 */
export class PeerServer {
  readonly #options: PeerServerOptions;
  readonly #grpc: Server;
  readonly #injector: ConnectionInjector;
  readonly #tcp: TcpServer;
  /** By the remote's address and port. */
  readonly #visitors = new Map<string, Visitor>();
  readonly #sockets = new Set<Socket>();
  readonly #nodeAddresses: ReadonlySet<string>;
  readonly #strangers = new StrangerLimit();

  constructor(options: PeerServerOptions) {
    this.#options = options;
    this.#nodeAddresses = new Set(options.addresses.map(canonicalOf));
    this.#grpc = new Server(CHANNEL_OPTIONS);
    const { ca, key, certificate } = options.identity;
    const pair = { private_key: key, cert_chain: certificate };
    this.#injector = this.#grpc.createConnectionInjector(ServerCredentials.createSsl(ca, [pair], true));
    this.#grpc.addService(PEER, { exchange: (call: Call) => this.#exchange(call) });
    this.#tcp = createServer({ noDelay: true }, (socket) => this.#visit(socket));
    this.#tcp.maxConnections = MAX_CONNECTIONS;
    this.#tcp.on('drop', (from) => options.onRefused('tooMany', from?.remoteAddress ?? 'somebody'));
  }

  /** @returns the port; rejects when it cannot be opened */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#tcp.once('error', reject);
      this.#tcp.listen({ host, port, ipv6Only: true }, () => {
        const place = this.#tcp.address();
        // After the start only accepting can fail, for lack of descriptors: the peer retries.
        this.#tcp.removeAllListeners('error').on('error', () => undefined);
        resolve(typeof place === 'object' && place !== null ? place.port : port);
      });
    });
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#tcp.close(() => resolve());
    });
    this.#injector.destroy();
    this.#grpc.forceShutdown();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #visit(socket: Socket): void {
    const { remoteAddress = '' } = socket;
    const from = `${remoteAddress}:${socket.remotePort}`;
    const isNode = this.#nodeAddresses.has(remoteAddress);
    const leave = isNode ? () => undefined : this.#strangers.admit(sourceNetworkOf(remoteAddress));
    if (leave === undefined) {
      this.#options.onRefused('tooMany', from);
      socket.destroy();
      return;
    }
    const visitor: Visitor = { known: false, leave };
    this.#visitors.set(from, visitor);
    this.#sockets.add(socket);
    const stopWaiting = this.#options.clock.after(PROOF_MS, () => {
      if (!visitor.known) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      stopWaiting();
      this.#sockets.delete(socket);
      this.#visitors.delete(from);
      leave();
      if (!visitor.known) this.#options.onRefused('unproven', from);
    });
    this.#injector.injectConnection(socket);
  }

  #exchange(call: Call): void {
    const from = call.getPeer();
    const visitor = this.#visitors.get(from);
    if (visitor !== undefined) visitor.known = true;
    visitor?.leave();
    const node = nodeOfCertificate(call.getAuthContext().sslPeerCertificate);
    if (node === undefined || !this.#options.expects(node)) {
      this.#options.onRefused('notANode', `${from}, certificate of ${node ?? 'nobody'}`);
      const details = `${node ?? 'nobody'} is not a node that calls this one`;
      call.emit('error', { code: status.PERMISSION_DENIED, details });
      return;
    }
    call.sendMetadata(new Metadata());
    const stream: PeerStream = { frames: call, end: () => call.end() };
    let ended = false;
    const end = (reason: string): void => {
      if (ended) return;
      ended = true;
      this.#options.onEnd(node, stream, reason);
    };
    call.on('data', (frame: Uint8Array) => this.#options.onFrame(node, frame));
    call.on('error', ({ message }) => end(message));
    call.on('cancelled', () => end('the connection ended'));
    call.on('end', () => {
      call.end();
      end('the peer ended the stream');
    });
    this.#options.onStream(node, stream);
  }
}

/** As the kernel's addresses are printed. */
function canonicalOf(address: string): string {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return isIP(address) === 0 ? address : new SocketAddress({ address, family }).address;
}

type Call = ServerDuplexStream<Uint8Array, Uint8Array>;

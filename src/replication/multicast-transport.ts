import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { ReplicationLink, ReplicationTransport } from './transport.ts';

/** Receive buffer asked for; the kernel gives at most net.core.rmem_max. */
const RECEIVE_BUFFER_BYTES = 8 * 1024 * 1024;
/** What IPv6 and UDP headers take of a link's MTU, for links whose MTU is 1500. */
const FRAME_BYTES = 1500 - 40 - 8;
/** Datagrams that one link may have under way in the event loop. */
const MAX_UNDER_WAY = 1024;

export interface MulticastOptions {
  /** Interfaces, one link each. */
  readonly interfaces: readonly string[];
  /** An IPv6 group of link-local scope, or an IPv4 group. */
  readonly group: string;
  readonly port: number;
}

/** A link cannot be opened. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
}

/**
 * One UDP socket for each link, bound to the group on that link: it sends there and hears nothing else. Frames do not leave the link (hop limit 1)
 * and do not come back to their sender.
 */
export class MulticastTransport implements ReplicationTransport {
  readonly links: readonly MulticastLink[];

  constructor(options: MulticastOptions) {
    this.links = options.interfaces.map((name) => new MulticastLink(name, options.group, options.port));
  }

  /** @throws LinkError naming the interface */
  async start(onFrame: (link: number, frame: Uint8Array) => void): Promise<void> {
    try {
      await Promise.all(this.links.map((link, index) => link.open((frame) => onFrame(index, frame))));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.links.map((link) => link.close()));
  }
}

class MulticastLink implements ReplicationLink {
  readonly name: string;
  readonly maxFrameBytes = FRAME_BYTES;
  readonly forwards = true;
  readonly #group: string;
  readonly #port: number;
  #socket: Socket | undefined;
  #underWay = 0;

  constructor(name: string, group: string, port: number) {
    this.name = name;
    this.#group = group;
    this.#port = port;
  }

  async open(onFrame: (frame: Uint8Array) => void): Promise<void> {
    const six = isIPv6(this.#group);
    const socket = createSocket({ type: six ? 'udp6' : 'udp4', reuseAddr: true, recvBufferSize: RECEIVE_BUFFER_BYTES });
    this.#socket = socket;
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.bind(this.#port, six ? `${this.#group}%${this.name}` : this.#group, resolve);
      });
      const place = six ? `::%${this.name}` : this.#address4();
      socket.setMulticastInterface(place);
      socket.addMembership(this.#group, place);
      socket.setMulticastLoopback(false);
      socket.setMulticastTTL(1);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new LinkError(`link ${this.name} cannot be opened: ${reason}`);
    }
    // An interface that goes away makes single sends fail, which are counted; the socket stays.
    socket.on('error', () => undefined);
    socket.on('message', onFrame);
  }

  send(frame: Uint8Array): boolean {
    if (this.#socket === undefined || this.#underWay >= MAX_UNDER_WAY) return false;
    this.#underWay += 1;
    this.#socket.send(frame, this.#port, isIPv6(this.#group) ? `${this.#group}%${this.name}` : this.#group, () => {
      this.#underWay -= 1;
    });
    return true;
  }

  async close(): Promise<void> {
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) return;
    await new Promise<void>((resolve) => {
      socket.close(resolve);
    });
  }

  #address4(): string {
    const own = networkInterfaces()[this.name]?.find(({ family }) => family === 'IPv4');
    if (own === undefined) throw new Error('it has no IPv4 address, and the group is an IPv4 group');
    return own.address;
  }
}

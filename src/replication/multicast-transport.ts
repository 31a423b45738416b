import { readFileSync } from 'node:fs';
import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { eachJoinedFrame } from './joined-frames.ts';
import type { RefusalCounts } from './refusals.ts';
import { LinkError, type ReplicationLink, type ReplicationTransport } from './transport.ts';

/** Requested buffer size; without CAP_NET_ADMIN, net.core.rmem_max is the limit. */
const BUFFER_BYTES = 8 * 1024 * 1024;
/**
 * Default maximum of a kernel: 212,992 bytes, which it doubles for its own bookkeeping and reports doubled. The pace of
 * senders is based on it.
 */
const EXPECTED_BUFFER_BYTES = 2 * 212_992;
/** IPv6 and UDP headers within a link's MTU. */
const HEADERS_BYTES = 40 + 8;
/** Minimum MTU of IPv6 links (RFC 8200, section 5); also assumed for a link whose MTU cannot be read. */
const LEAST_MTU = 1280;
/** Frames queued while the kernel's send buffer is full; more are rejected. */
const MAX_WAITING = 1024;
/** With this many queued frames, sending is not delayed any more. */
const TOGETHER = 64;
/** Interval of checks whether the interface is still the one that the socket was opened on. */
const FOLLOW_MS = 250;
/** Retry interval after the kernel's send buffer was full. */
const RETRY_MS = 1;
/** Bytes read at once: 64 frames of the log. */
const READ_AT_ONCE = 64 * 1400;
/**
 * Time limit for reading in one iteration of the event loop; the loop itself delivers further datagrams, one by one.
 */
const READ_MS = 5;

/**
 * A UDP socket bound to a group on one interface that transfers many datagrams at once; implemented in
 * `src/linux/multicast-socket.ts`.
 */
export interface BatchSocket {
  readonly fd: number;
  /** Number of queued datagrams. */
  readonly waiting: number;
  /** Datagrams not accepted by the kernel. */
  readonly failed: number;
  /** Datagrams rejected by the kernel's filter before they were read, by reason. */
  refused?(): Partial<RefusalCounts>;
  /** Queues a copy of a datagram for the next `flush`. @returns false when the queue is full */
  queue(datagram: Uint8Array): boolean;
  /** @returns false when the kernel's send buffer is full */
  flush(): boolean;
  /**
   * Delivers received datagrams, about `mostBytes`, coalesced ones as one; the bytes are valid until `each` returns.
   */
  receive(mostBytes: number, each: (datagram: Buffer) => void): void;
  close(): void;
}

export interface BatchSocketOptions {
  readonly group: string;
  readonly port: number;
  /** Name of the interface. */
  readonly interface: string;
  /** Requested for both directions. */
  readonly bufferBytes: number;
}

export interface MulticastOptions {
  /** @throws with the reason, for example that there is no such interface */
  readonly openSocket: (options: BatchSocketOptions) => BatchSocket;
  /** The current index of an interface; 0: there is none of this name. */
  readonly indexOf: (name: string) => number;
  /** Interfaces, one link each. */
  readonly interfaces: readonly string[];
  /** An IPv6 group of link-local scope, or an IPv4 group. */
  readonly group: string;
  readonly port: number;
  /** The slots of the nodes on the same links; absent: all nodes. */
  readonly peers?: ReadonlySet<number>;
  /** Called when a link's receive buffer is smaller than the senders' pace assumes. */
  readonly onSmallBuffer?: (link: string, bytes: number, expected: number) => void;
}

/**
 * One UDP socket per link, bound to the group on that link. Frames stay on the link (hop limit 1) and are not looped
 * back. A link whose interface is missing or unusable is opened as soon as possible; if the interface was recreated,
 * with another index, the socket is reopened.
 */
export class MulticastTransport implements ReplicationTransport {
  readonly links: readonly MulticastLink[];

  constructor(options: MulticastOptions) {
    this.links = options.interfaces.map((name) => new MulticastLink(name, options));
  }

  /** Opens available interfaces, and follows changes. */
  async start(onFrame: (link: number, frame: Uint8Array) => void): Promise<void> {
    await Promise.all(this.links.map((link, index) => link.start((frame) => onFrame(index, frame))));
  }

  async close(): Promise<void> {
    await Promise.all(this.links.map((link) => link.close()));
  }
}

class MulticastLink implements ReplicationLink {
  readonly name: string;
  readonly maxFrameBytes: number;
  readonly forwards = true;
  readonly peers?: ReadonlySet<number>;
  readonly #group: string;
  readonly #port: number;
  readonly #onSmallBuffer: MulticastOptions['onSmallBuffer'];
  readonly queueFrames = MAX_WAITING;
  receiveRoom: number | undefined;
  /** Why the link is down, a sentence; undefined: it is open. */
  missing: string | undefined;
  readonly #indexOf: MulticastOptions['indexOf'];
  readonly #openSocket: MulticastOptions['openSocket'];
  #socket: Socket | undefined;
  /** The same socket, as opened. */
  #batches: BatchSocket | undefined;
  /** Index of the interface that it was opened on. */
  #index = 0;
  #failedBefore = 0;
  #following = false;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #flushing = false;
  #hasRead = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(name: string, { openSocket, indexOf, group, port, peers, onSmallBuffer }: MulticastOptions) {
    this.name = name;
    this.maxFrameBytes = mtuOf(name) - HEADERS_BYTES;
    if (peers !== undefined) this.peers = peers;
    this.#openSocket = openSocket;
    this.#indexOf = indexOf;
    this.#group = group;
    this.#port = port;
    this.#onSmallBuffer = onSmallBuffer;
  }

  get refusedLater(): number {
    return this.#failedBefore + (this.#batches?.failed ?? 0);
  }

  get busy(): boolean {
    return this.#retry !== undefined;
  }

  refusedUnread(): Partial<RefusalCounts> {
    return this.#batches?.refused?.() ?? {};
  }

  async start(onFrame: (frame: Uint8Array) => void): Promise<void> {
    await this.#follow(onFrame);
    this.#timer = setInterval(() => void this.#follow(onFrame), FOLLOW_MS).unref();
  }

  /** A socket is bound to an interface index; a recreated interface of the same name has another one. */
  async #follow(onFrame: (frame: Uint8Array) => void): Promise<void> {
    if (this.#following || this.#closed) return;
    const index = this.#indexOf(this.name);
    if (index === this.#index && this.#socket !== undefined) return;
    this.#following = true;
    try {
      await this.#closeSocket();
      if (index === 0) throw new LinkError(`there is no interface ${this.name}`);
      await this.#open(onFrame);
      this.#index = index;
      this.missing = undefined;
    } catch (error) {
      await this.#closeSocket();
      this.missing = error instanceof Error ? error.message : String(error);
    } finally {
      this.#following = false;
    }
    if (this.#closed) await this.#closeSocket();
  }

  /** @throws LinkError */
  async #open(onFrame: (frame: Uint8Array) => void): Promise<void> {
    const six = isIPv6(this.#group);
    const socket = createSocket({ type: six ? 'udp6' : 'udp4' });
    try {
      const batches = this.#openSocket({
        group: this.#group,
        port: this.#port,
        interface: this.name,
        bufferBytes: BUFFER_BYTES,
      });
      await adopt(socket, { fd: batches.fd, close: () => batches.close() });
      this.#socket = socket;
      this.#batches = batches;
      const place = six ? `::%${this.name}` : this.#address4();
      socket.setMulticastInterface(place);
      socket.addMembership(this.#group, place);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new LinkError(`it cannot be opened: ${reason}`);
    }
    const room = socket.getRecvBufferSize();
    this.receiveRoom = room;
    if (room < EXPECTED_BUFFER_BYTES) this.#onSmallBuffer?.(this.name, room, EXPECTED_BUFFER_BYTES);
    // On a removed interface single sends fail, which `refusedLater` counts; the socket stays.
    socket.on('error', () => undefined);
    // The event loop delivers the first datagram, and the rest is read in batches.
    const onDatagram = (datagram: Buffer): void => eachJoinedFrame(datagram, onFrame);
    socket.on('message', (first) => {
      onDatagram(first);
      this.#readMore(onDatagram);
    });
  }

  /**
   * Called once per iteration of the event loop, which reads up to 32 datagrams in a row itself; a batch after each of
   * them would delay timers and everything else while a peer sends faster than frames are processed.
   */
  #readMore(onDatagram: (datagram: Buffer) => void): void {
    if (this.#hasRead) return;
    this.#hasRead = true;
    setImmediate(() => {
      this.#hasRead = false;
    });
    const began = performance.now();
    let read = READ_AT_ONCE;
    while (read >= READ_AT_ONCE && performance.now() - began < READ_MS) {
      read = 0;
      this.#batches?.receive(READ_AT_ONCE, (datagram) => {
        read += datagram.length;
        onDatagram(datagram);
      });
    }
  }

  /** Frames sent in one iteration of the event loop are transmitted together. */
  send(frame: Uint8Array): boolean {
    const batches = this.#batches;
    if (batches === undefined || batches.waiting >= MAX_WAITING || !batches.queue(frame)) return false;
    if (batches.waiting >= TOGETHER && this.#retry === undefined) this.#flush();
    else if (!this.#flushing) {
      this.#flushing = true;
      queueMicrotask(() => {
        this.#flushing = false;
        if (this.#retry === undefined) this.#flush();
      });
    }
    return true;
  }

  #flush(): void {
    if (this.#batches?.flush() !== false) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#flush();
    }, RETRY_MS);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#closeSocket();
  }

  async #closeSocket(): Promise<void> {
    const socket = this.#socket;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#failedBefore += this.#batches?.failed ?? 0;
    this.#socket = undefined;
    this.#batches = undefined;
    this.receiveRoom = undefined;
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

/** Hands the descriptor over: from here on the event loop closes it; one that it does not take is closed at once. */
async function adopt(socket: Socket, { fd, close }: { fd: number; close: () => void }): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind({ fd }, () => {
        socket.removeAllListeners('error');
        resolve();
      });
    });
  } catch (error) {
    close();
    throw error;
  }
}

/** Read once, at the start; frames that become too large later are fragmented and reassembled by the kernel. */
function mtuOf(name: string): number {
  try {
    const mtu = Number.parseInt(readFileSync(`/sys/class/net/${name}/mtu`, 'ascii'), 10);
    return Number.isFinite(mtu) ? Math.max(mtu, LEAST_MTU) : LEAST_MTU;
  } catch {
    // The interface does not exist, which opening the link reports.
    return LEAST_MTU;
  }
}

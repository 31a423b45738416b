import { readFileSync } from 'node:fs';
import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { eachJoinedFrame } from './joined-frames.ts';
import type { RefusalCounts } from './refusals.ts';
import { LinkError, type ReplicationLink, type ReplicationTransport } from './transport.ts';

/** Buffers asked for; who may not administer the network gets at most net.core.rmem_max. */
const BUFFER_BYTES = 8 * 1024 * 1024;
/**
 * What a kernel gives that was never told otherwise: 212,992 bytes, which it doubles for its own bookkeeping and reads
 * back doubled. The pace of senders leaves room for that.
 */
const EXPECTED_BUFFER_BYTES = 2 * 212_992;
/** What the headers of IPv6 and UDP take of a link's MTU. */
const HEADERS_BYTES = 40 + 8;
/** IPv6 links carry at least this (RFC 8200, section 5); so does a link whose MTU cannot be read. */
const LEAST_MTU = 1280;
/** Frames that wait for the kernel to have room; more are refused. */
const MAX_WAITING = 1024;
/** With so many, none waits for others. */
const TOGETHER = 64;
/** Between two checks whether the interface is still the one that the socket was opened on. */
const FOLLOW_MS = 250;
/** After the kernel had no room. */
const RETRY_MS = 1;
/** Bytes that are read at once: 64 frames of the log. */
const READ_AT_ONCE = 64 * 1400;
/**
 * Reading for so long in one iteration of the event loop, no more is read in it; but the loop itself brings some
 * datagrams, one by one.
 */
const READ_MS = 5;

/**
 * A UDP socket that is bound to a group on one interface and moves many datagrams at once;
 * `src/linux/multicast-socket.ts` has the real one.
 */
export interface BatchSocket {
  readonly fd: number;
  /** Datagrams that were queued and have not gone. */
  readonly waiting: number;
  /** Datagrams that the kernel did not take. */
  readonly failed: number;
  /** Datagrams that the kernel has refused before they were read, by reason. */
  refused?(): Partial<RefusalCounts>;
  /** Takes a copy of a datagram for the next `flush`. @returns false when there is no room */
  queue(datagram: Uint8Array): boolean;
  /** @returns false when the kernel has no room for some of it now */
  flush(): boolean;
  /**
   * Hands over what waits to be read, about `mostBytes`, joined datagrams as one; the bytes are there until `each`
   * returns.
   */
  receive(mostBytes: number, each: (datagram: Buffer) => void): void;
  close(): void;
}

export interface BatchSocketOptions {
  readonly group: string;
  readonly port: number;
  /** Name of the interface. */
  readonly interface: string;
  /** Asked for in both directions. */
  readonly bufferBytes: number;
}

export interface MulticastOptions {
  /** @throws with the reason, when there is no such interface, say */
  readonly openSocket: (options: BatchSocketOptions) => BatchSocket;
  /** The index of an interface as it is now; 0: there is none of this name. */
  readonly indexOf: (name: string) => number;
  /** Interfaces, one link each. */
  readonly interfaces: readonly string[];
  /** An IPv6 group of link-local scope, or an IPv4 group. */
  readonly group: string;
  readonly port: number;
  /** The slots of the nodes on the same links; absent: all nodes. */
  readonly peers?: ReadonlySet<number>;
  /** Called when the kernel gives a link less room for what comes in than the pace of the senders counts on. */
  readonly onSmallBuffer?: (link: string, bytes: number, expected: number) => void;
}

/**
 * One UDP socket for each link, bound to the group on that link: it sends there and hears nothing else. Frames do not
 * leave the link (hop limit 1) and do not come back to their sender. A link whose interface is missing, or cannot be
 * used, is opened when it can; one whose interface was made again, with another index, is opened again.
 */
export class MulticastTransport implements ReplicationTransport {
  readonly links: readonly MulticastLink[];

  constructor(options: MulticastOptions) {
    this.links = options.interfaces.map((name) => new MulticastLink(name, options));
  }

  /** Opens what is there, and follows what comes and goes. */
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
  /** Why nothing goes and comes here, in a sentence; undefined: it is open. */
  missing: string | undefined;
  readonly #indexOf: MulticastOptions['indexOf'];
  readonly #openSocket: MulticastOptions['openSocket'];
  #socket: Socket | undefined;
  /** The same socket. */
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

  /** The socket belongs to an interface by its index, which another one of the same name does not have. */
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
    // An interface that goes away makes single sends fail, which `refusedLater` counts; the socket stays.
    socket.on('error', () => undefined);
    // The loop brings the first of what waits, and the rest comes in batches.
    const onDatagram = (datagram: Buffer): void => eachJoinedFrame(datagram, onFrame);
    socket.on('message', (first) => {
      onDatagram(first);
      this.#readMore(onDatagram);
    });
  }

  /**
   * Once in each iteration of the event loop: it asks up to 32 times in a row for one more datagram, and a batch with
   * each would keep timers and everything else waiting for as long as a peer sends faster than frames are worked off.
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

  /** What is sent in one iteration of the event loop goes together. */
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

/**
 * Read once, at the start: what grows too large later is cut by the kernel, and put together by it on the other side.
 */
function mtuOf(name: string): number {
  try {
    const mtu = Number.parseInt(readFileSync(`/sys/class/net/${name}/mtu`, 'ascii'), 10);
    return Number.isFinite(mtu) ? Math.max(mtu, LEAST_MTU) : LEAST_MTU;
  } catch {
    // There is no such interface: opening the link says so.
    return LEAST_MTU;
  }
}

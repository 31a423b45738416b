import { type FrameHeader, FrameKind, KIND_AT } from './frame-header.ts';
import { LinkMonitor } from './link-monitor.ts';
import { HEADERS_BYTES } from './path-probe.ts';
import { isRefusal, type Refusal, type RefusalCounts } from './refusals.ts';
import type { LinkStatus } from './status.ts';
import type { ReplicationLink, ReplicationTransport } from './transport.ts';

/** All links of this node as one: what goes out goes on each of them, and each is watched for what comes in. */
export class LinkSet {
  readonly #transport: ReplicationTransport;
  readonly #monitors: readonly LinkMonitor[];

  constructor(transport: ReplicationTransport) {
    this.#transport = transport;
    this.#monitors = transport.links.map(({ name }) => new LinkMonitor(name));
  }

  /** The largest frame that every link carries in one piece, in bytes. */
  get maxFrameBytes(): number {
    return Math.min(...this.#transport.links.map(({ maxFrameBytes }) => maxFrameBytes));
  }

  /** Frames that every link takes at once. */
  get queueFrames(): number {
    return Math.min(...this.#transport.links.map(({ queueFrames }) => queueFrames ?? 0));
  }

  /** Bytes that every link has room for while nobody reads; 0: no link says. */
  get receiveRoom(): number {
    const capacities = this.#transport.links.map(({ receiveRoom }) => receiveRoom ?? Number.POSITIVE_INFINITY);
    const least = Math.min(...capacities);
    return Number.isFinite(least) ? least : 0;
  }

  transmit(frame: Buffer): void {
    for (let index = 0; index < this.#monitors.length; index++) this.#send(index, frame);
  }

  /** On the links to one node that are open and not busy, and on no others. */
  transmitTo(slot: number, frame: Buffer): void {
    const { links } = this.#transport;
    for (let index = 0; index < links.length; index++) if (isIdleTo(links[index], slot)) this.#send(index, frame);
  }

  /** Some link to the node has nothing to send. */
  isIdleTo(slot: number): boolean {
    return this.#transport.links.some((link) => isIdleTo(link, slot));
  }

  /** On a ring nodes pass on what they hear; packets that others relay only where nothing waits. */
  forward(from: number, frame: Buffer): void {
    const { links } = this.#transport;
    if (!links[from].forwards) return;
    const relayed = frame[KIND_AT] === FrameKind.relay;
    for (const [index, link] of links.entries()) {
      if (index === from || !link.forwards || (relayed && link.busy === true)) continue;
      if (link.send(frame)) this.#monitors[index].forwarded += 1;
      else this.#monitors[index].sendFailures += 1;
    }
  }

  #send(index: number, frame: Buffer): void {
    const monitor = this.#monitors[index];
    if (this.#transport.links[index].send(frame)) {
      monitor.framesOut += 1;
      monitor.bytesOut += frame.length;
    } else {
      monitor.sendFailures += 1;
    }
  }

  came(link: number, bytes: number): void {
    const monitor = this.#monitors[link];
    monitor.framesIn += 1;
    monitor.bytesIn += bytes;
  }

  /**
   * An authentic frame of a peer has come. @param first on no link before @returns whether it had come on this one
   * before
   */
  heard(link: number, header: FrameHeader, first: boolean, bytes: number): boolean {
    return this.#monitors[link].heard(header.slot, header, first, bytes);
  }

  /** The largest frame that a peer tries to get through, bytes; 0: it does not say. */
  tried(slot: number, bytes: number): void {
    for (const monitor of this.#monitors) monitor.tried(slot, bytes);
  }

  refuse(link: number, reason: Refusal): void {
    this.#monitors[link].refuse(reason);
  }

  /** Ends a period: says of each link what part of a peer's frames came in there. */
  judge(slot: number, alive: boolean): void {
    const expected = this.#monitors.filter((_, index) => this.#transport.links[index].peers?.has(slot) ?? true);
    if (!alive) {
      for (const monitor of expected) monitor.gone(slot);
      return;
    }
    for (const monitor of expected) monitor.endPeriod(slot);
    const best = (periods: number): number =>
      Math.max(...expected.map((monitor) => monitor.heartbeatsOf(slot, periods)));
    for (const monitor of expected) monitor.judge(slot, best);
  }

  status(nameOf: (slot: number) => string): LinkStatus[] {
    return this.#monitors.map((monitor, index) => {
      const link = this.#transport.links[index];
      const counted = monitor.status(nameOf);
      const sendFailures = counted.sendFailures + (link.refusedLater ?? 0);
      const mtu = link.maxFrameBytes + HEADERS_BYTES;
      const status = { ...counted, mtu, sendFailures, refused: sumOf(counted.refused, link.refusedUnread?.()) };
      if (link.missing !== undefined) return { ...status, health: 'missing', problem: link.missing };
      const stream = link.streamStatus?.();
      if (stream === undefined) return status;
      const problem = stream.connected ? status.problem : `${status.name} is not connected: ${stream.reason}`;
      return problem === undefined ? { ...status, stream } : { ...status, stream, problem };
    });
  }
}

function isIdleTo({ peers, missing, busy }: ReplicationLink, slot: number): boolean {
  return (peers?.has(slot) ?? true) && missing === undefined && busy !== true;
}

function sumOf(counts: RefusalCounts, more: Partial<RefusalCounts> = {}): RefusalCounts {
  const sum = { ...counts };
  for (const [reason, count] of Object.entries(more)) if (isRefusal(reason)) sum[reason] += count;
  return sum;
}

import { type FrameHeader, FrameKind, KIND_AT } from './frame-header.ts';
import { LinkMonitor } from './link-monitor.ts';
import { HEADERS_BYTES } from './path-probe.ts';
import { isRefusal, type Refusal, type RefusalCounts } from './refusals.ts';
import type { LinkStatus } from './status.ts';
import type { ReplicationLink, ReplicationTransport } from './transport.ts';

/** All links of this node: frames are sent on each, and reception is monitored per link. */
export class LinkSet {
  readonly #transport: ReplicationTransport;
  readonly #monitors: readonly LinkMonitor[];

  constructor(transport: ReplicationTransport) {
    this.#transport = transport;
    this.#monitors = transport.links.map(({ name }) => new LinkMonitor(name));
  }

  /** The largest frame that fits every link, bytes. */
  get maxFrameBytes(): number {
    return Math.min(...this.#transport.links.map(({ maxFrameBytes }) => maxFrameBytes));
  }

  /** Number of frames that every link can queue at once. */
  get queueFrames(): number {
    return Math.min(...this.#transport.links.map(({ queueFrames }) => queueFrames ?? 0));
  }

  /** Receive buffer that every link has, bytes; 0: unknown. */
  get receiveRoom(): number {
    const capacities = this.#transport.links.map(({ receiveRoom }) => receiveRoom ?? Number.POSITIVE_INFINITY);
    const least = Math.min(...capacities);
    return Number.isFinite(least) ? least : 0;
  }

  transmit(frame: Buffer): void {
    for (let index = 0; index < this.#monitors.length; index++) this.#send(index, frame);
  }

  /** Sends only on the links to one node that are open and not busy. */
  transmitTo(slot: number, frame: Buffer): void {
    const { links } = this.#transport;
    for (let index = 0; index < links.length; index++) if (isIdleTo(links[index], slot)) this.#send(index, frame);
  }

  /** Whether some link to the node has an empty queue. */
  isIdleTo(slot: number): boolean {
    return this.#transport.links.some((link) => isIdleTo(link, slot));
  }

  /** Forwards received frames along a ring; relayed packets of others only on idle links. */
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
   * An authentic frame of a peer was received. @param first first copy on any link @returns whether it had been
   * received on this link before
   */
  heard(link: number, header: FrameHeader, first: boolean, bytes: number): boolean {
    return this.#monitors[link].heard(header.slot, header, first, bytes);
  }

  /** The largest frame size that a peer probes, bytes; 0: unknown. */
  tried(slot: number, bytes: number): void {
    for (const monitor of this.#monitors) monitor.tried(slot, bytes);
  }

  refuse(link: number, reason: Refusal): void {
    this.#monitors[link].refuse(reason);
  }

  /** Ends a period: judges for each link what share of a peer's frames was received. */
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

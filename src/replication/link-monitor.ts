import { type FrameHeader, FrameKind, streamOf } from './frame-header.ts';
import { type BestLink, LinkHealth } from './link-health.ts';
import { HEADERS_BYTES, PathReach } from './path-probe.ts';
import { Seen, SequenceWindow } from './sequence-window.ts';
import { noRefusals, type Refusal } from './refusals.ts';
import type { LinkPeerStatus, LinkStatus } from './status.ts';

/** Frames of each stream of a peer that are tracked for duplicates on a link. */
const REPEAT_WINDOW = 16_384;

interface PeerCount {
  /** Heartbeats of the current period, without duplicates on this link. */
  heartbeats: number;
  epoch: number;
  /** Frames received here, by stream, so that a link that duplicates frames is not overrated. */
  readonly came: readonly [SequenceWindow, SequenceWindow];
  readonly judged: LinkHealth;
  readonly reach: PathReach;
}

/** Counts frames sent and received on one link, and judges what share of each peer's frames is received here. */
export class LinkMonitor {
  readonly name: string;
  readonly refused = noRefusals();
  framesOut = 0;
  bytesOut = 0;
  sendFailures = 0;
  forwarded = 0;
  framesIn = 0;
  bytesIn = 0;
  firstCopies = 0;
  secondCopies = 0;
  repeats = 0;
  readonly #peers = new Map<number, PeerCount>();

  constructor(name: string) {
    this.name = name;
  }

  refuse(reason: Refusal): void {
    this.refused[reason] += 1;
  }

  /**
   * An authentic frame of a peer was received here.
   * @param first first copy on any link
   * @param bytes of the frame
   * @returns whether it had been received here before
   */
  heard(slot: number, { kind, epoch, sequence }: FrameHeader, first: boolean, bytes: number): boolean {
    const peer = this.#peer(slot);
    peer.reach.came(bytes);
    if (epoch > peer.epoch) {
      peer.epoch = epoch;
      for (const window of peer.came) window.reset();
    }
    const repeated = peer.came[streamOf(kind)].take(sequence) === Seen.before;
    if (first) this.firstCopies += 1;
    else if (repeated) this.repeats += 1;
    else this.secondCopies += 1;
    // Only heartbeats are forwarded in both directions of a ring regardless of first copies; of other frames a link
    // normally receives a part.
    if (!repeated && kind === FrameKind.heartbeat) peer.heartbeats += 1;
    return repeated;
  }

  /** Ends a period of a peer; `judge` follows when it has ended on every link. */
  endPeriod(slot: number): void {
    const peer = this.#peer(slot);
    peer.judged.count(peer.heartbeats);
    peer.reach.endPeriod();
    peer.heartbeats = 0;
  }

  judge(slot: number, best: BestLink): void {
    this.#peer(slot).judged.judge(best);
  }

  /** The peer is gone: its reception is unknown. */
  gone(slot: number): void {
    const peer = this.#peer(slot);
    peer.judged.unknown();
    peer.reach.forget();
    peer.heartbeats = 0;
  }

  /** The largest frame size that a peer probes, bytes. */
  tried(slot: number, bytes: number): void {
    this.#peer(slot).reach.tried = bytes;
  }

  /** Heartbeats of a peer received here in the last `periods` periods. */
  heartbeatsOf(slot: number, periods: number): number {
    return this.#peers.get(slot)?.judged.heartbeats(periods) ?? 0;
  }

  #peer(slot: number): PeerCount {
    const known = this.#peers.get(slot);
    if (known !== undefined) return known;
    const came = [new SequenceWindow(REPEAT_WINDOW), new SequenceWindow(REPEAT_WINDOW)] as const;
    const peer: PeerCount = { heartbeats: 0, epoch: 0, came, judged: new LinkHealth(), reach: new PathReach() };
    this.#peers.set(slot, peer);
    return peer;
  }

  status(nameOf: (slot: number) => string): LinkStatus {
    const peers = [...this.#peers].map(
      ([
        slot,
        {
          judged: { health, share },
        },
      ]) => (share === undefined ? { slot, health } : { slot, health, share }),
    );
    const bad = peers.filter(({ health }) => health === 'silent' || health === 'lossy');
    const narrow = [...this.#peers].filter(([, { reach }]) => reach.isNarrow);
    const problem = [
      ...bad.map(({ slot, health }) => sentence(nameOf(slot), health, this.name)),
      ...narrow.map(([slot, { reach }]) => narrowness(nameOf(slot), reach, this.name)),
    ].join('; ');
    const mtus = [...this.#peers.values()].flatMap(({ reach }) => reach.mtu ?? []);
    const path = mtus.length === 0 ? {} : { pathMtu: Math.min(...mtus) };
    const { name, framesOut, bytesOut, sendFailures, forwarded, framesIn, bytesIn } = this;
    const { firstCopies, secondCopies, repeats } = this;
    const counts = { framesOut, bytesOut, sendFailures, forwarded, framesIn, bytesIn };
    const copies = { firstCopies, secondCopies, repeats };
    const health = worst(peers.map((peer) => peer.health));
    const status = { name, ...counts, ...copies, ...path, refused: { ...this.refused }, health, peers };
    return problem === '' ? status : { ...status, problem };
  }
}

function worst(all: readonly LinkPeerStatus['health'][]): LinkStatus['health'] {
  for (const health of ['silent', 'lossy', 'ok'] as const) if (all.includes(health)) return health;
  return 'unknown';
}

function sentence(peer: string, health: LinkPeerStatus['health'], link: string): string {
  return health === 'silent'
    ? `nothing from ${peer} comes in on ${link}`
    : `a part of what ${peer} sends is lost on ${link}`;
}

function narrowness(peer: string, { mtu = 0, tried }: PathReach, link: string): string {
  return `frames of ${peer} above an MTU of ${mtu} do not arrive on ${link}, whose ends carry ${tried + HEADERS_BYTES}`;
}

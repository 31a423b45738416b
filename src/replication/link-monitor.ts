import { type LinkPeerStatus, type LinkStatus, noRefusals, type Refusal } from './status.ts';

/** Frames of a peer in one period below which nothing is said about its links. */
const MIN_FRAMES = 3;
/** A link that carries less than this part of a peer's frames is lossy. */
const LOSSY_SHARE = 0.9;

interface PeerCount {
  frames: number;
  health: LinkPeerStatus['health'];
  share: number | undefined;
}

/** Counts what comes and goes on one link, and judges each second what part of each peer's frames came in here. */
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

  /** An authentic frame of a peer came in here, whether for the first time or again. */
  heard(slot: number): void {
    const peer = this.#peers.get(slot);
    if (peer === undefined) this.#peers.set(slot, { frames: 1, health: 'unknown', share: undefined });
    else peer.frames += 1;
  }

  /** Ends a period. @param most for each peer the most frames that any link has had of it */
  judge(most: ReadonlyMap<number, number>): void {
    for (const [slot, total] of most) {
      const peer = this.#peers.get(slot) ?? { frames: 0, health: 'unknown' as const, share: undefined };
      this.#peers.set(slot, peer);
      if (total < MIN_FRAMES) {
        peer.health = 'unknown';
        peer.share = undefined;
      } else {
        peer.share = peer.frames / total;
        peer.health = healthOf(peer.share);
      }
      peer.frames = 0;
    }
  }

  framesOf(slot: number): number {
    return this.#peers.get(slot)?.frames ?? 0;
  }

  status(nameOf: (slot: number) => string): LinkStatus {
    const peers = [...this.#peers].map(([slot, { health, share }]) =>
      share === undefined ? { slot, health } : { slot, health, share },
    );
    const bad = peers.filter(({ health }) => health === 'silent' || health === 'lossy');
    const problem = bad.map(({ slot, health }) => sentence(nameOf(slot), health, this.name)).join('; ');
    const { name, framesOut, bytesOut, sendFailures, forwarded, framesIn, bytesIn } = this;
    const { firstCopies, secondCopies, repeats } = this;
    const counts = { framesOut, bytesOut, sendFailures, forwarded, framesIn, bytesIn };
    const copies = { firstCopies, secondCopies, repeats };
    const health = worst(peers.map((peer) => peer.health));
    const status = { name, ...counts, ...copies, refused: { ...this.refused }, health, peers };
    return problem === '' ? status : { ...status, problem };
  }
}

function healthOf(share: number): LinkPeerStatus['health'] {
  if (share === 0) return 'silent';
  return share < LOSSY_SHARE ? 'lossy' : 'ok';
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

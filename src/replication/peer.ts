import { differingFields, type InstanceFingerprint } from './fingerprint.ts';
import type { LogReceiver } from './log-receiver.ts';
import { SequenceWindow } from './sequence-window.ts';
import type { Incarnation, PeerInstanceStatus, PeerStatus } from './status.ts';

/**
 * Control frames tracked for duplicates: seconds of them, also while packets are relayed over links of different delay.
 */
const CONTROL_WINDOW = 16_384;

/** Our instances, by the result of the comparison with the peer's. */
interface Comparison {
  readonly own: readonly InstanceFingerprint[];
  readonly theirs: readonly InstanceFingerprint[] | undefined;
  readonly refused: ReadonlySet<string>;
  readonly agreeing: ReadonlySet<string>;
}

/**
 * State of another node. A frame of a new epoch makes it a candidate; it counts as alive only when its heartbeat
 * acknowledges our present incarnation, which a replay of an old one cannot do.
 *
 *     unknown ─authentic heartbeat→ candidate ─hears our epoch→ alive ─silence→ down ─heartbeat→ alive
 *                                                                 └─candidate with a higher epoch, this one silent→ restarted, alive
 */
export class Peer {
  readonly slot: number;
  readonly name: string;
  alive = false;
  epoch = 0;
  candidateEpoch = 0;
  receivedMs: number | undefined;
  /** When the accepted incarnation last sent a new frame. */
  #acceptedMs = Number.NEGATIVE_INFINITY;
  software = '';
  acknowledged = 0;
  /** Whether its last heartbeat acknowledged our epoch. */
  receivesUs = false;
  /** The nodes that its last heartbeat acknowledged. */
  receives: readonly Incarnation[] = [];
  /** Size of its smallest receive buffer, bytes. */
  receiveRoom = 0;
  log: LogReceiver | undefined;
  control = new SequenceWindow(CONTROL_WINDOW);
  candidateControl = new SequenceWindow(CONTROL_WINDOW);
  fingerprints: readonly InstanceFingerprint[] | undefined;
  #compared: Comparison | undefined;
  readonly recordsApplied = new Map<string, number>();
  readonly recordsRefused = new Map<string, number>();
  /** Instances of which records of this incarnation were dropped because of different configurations. */
  readonly #missed = new Set<string>();
  /** Number of the last executed snapshot request of this peer, by instance. */
  readonly requestsDone = new Map<string, number>();

  constructor(slot: number, name: string) {
    this.slot = slot;
    this.name = name;
  }

  nominate(epoch: number): void {
    if (epoch <= this.candidateEpoch) return;
    this.candidateEpoch = epoch;
    this.candidateControl.reset();
  }

  /** First copy of a heartbeat of this incarnation. */
  beat(epoch: number, nowMs: number): void {
    this.receivedMs = nowMs;
    if (epoch === this.epoch) this.#acceptedMs = nowMs;
  }

  /** Whether frames of an incarnation arrive that is not accepted yet, or does not acknowledge ours. */
  isPending(nowMs: number, whileMs: number): boolean {
    const waits = !this.alive || this.candidateEpoch > this.epoch;
    return waits && this.receivedMs !== undefined && nowMs - this.receivedMs < whileMs;
  }

  /** Its latest heartbeat acknowledges these nodes. */
  setReceives(heard: readonly { readonly slot?: number | null; readonly epoch?: number | null }[], us: boolean): void {
    this.receivesUs = us;
    this.receives = heard.map(({ slot, epoch }) => ({ slot: slot ?? 0, epoch: epoch ?? 0 }));
  }

  /** Whether the accepted incarnation has sent nothing new for that long. */
  isSilent(nowMs: number, whileMs: number): boolean {
    return this.silentMs(nowMs) >= whileMs;
  }

  /** Since the last heartbeat of the accepted incarnation. */
  silentMs(nowMs: number): number {
    return nowMs - this.#acceptedMs;
  }

  /**
   * The incarnation received, with the last applied frame of its log. A candidate is acknowledged when the previous
   * incarnation has been silent for `rivalMs`: so a restarted node finds us alive only when we are about to take over
   * its sessions.
   */
  received(nowMs: number, silenceMs: number, rivalMs: number): { slot: number; epoch: number; applied: number }[] {
    if (this.receivedMs === undefined || nowMs - this.receivedMs >= silenceMs) return [];
    const { slot, epoch, candidateEpoch } = this;
    if (epoch !== candidateEpoch && this.isSilent(nowMs, rivalMs)) return [{ slot, epoch: candidateEpoch, applied: 0 }];
    return [{ slot, epoch, applied: this.alive ? (this.log?.applied ?? 0) : 0 }];
  }

  /** The last accepted incarnation, when nothing is received any more. */
  lastIncarnation(nowMs: number, silenceMs: number): { slot: number; epoch: number; applied: number }[] {
    const { slot, epoch, receivedMs } = this;
    const isHeard = receivedMs !== undefined && nowMs - receivedMs < silenceMs;
    return isHeard || epoch === 0 ? [] : [{ slot, epoch, applied: 0 }];
  }

  /** The candidate is alive. */
  confirm(log: LogReceiver): void {
    this.log?.stop();
    this.epoch = this.candidateEpoch;
    this.#acceptedMs = this.receivedMs ?? this.#acceptedMs;
    this.control = this.candidateControl;
    this.candidateControl = new SequenceWindow(CONTROL_WINDOW);
    this.log = log;
    this.acknowledged = 0;
    this.receivesUs = true;
    this.fingerprints = undefined;
    this.requestsDone.clear();
    this.#missed.clear();
  }

  /** Empty until the peer has reported its instances. */
  differences(own: readonly InstanceFingerprint[]): PeerInstanceStatus[] {
    const { fingerprints } = this;
    if (fingerprints === undefined) return [];
    const names = new Set([...own, ...fingerprints].map(({ instance }) => instance));
    return [...names].map((instance) => {
      const differs = differingFields(instance, own, fingerprints);
      return {
        instance,
        agrees: differs.length === 0,
        differs,
        recordsApplied: this.recordsApplied.get(instance) ?? 0,
        recordsRefused: this.recordsRefused.get(instance) ?? 0,
      };
    });
  }

  /**
   * Whether both sides have the instance with different configurations, so that its records have another meaning here.
   */
  isRefused(instance: string, own: readonly InstanceFingerprint[]): boolean {
    return this.#comparisonWith(own).refused.has(instance);
  }

  /** Whether the peer is known to have the instance with the same configuration. */
  holds(instance: string, own: readonly InstanceFingerprint[]): boolean {
    return this.fingerprints !== undefined && this.#comparisonWith(own).agreeing.has(instance);
  }

  /** Cached, because it is needed for each frame and only changes with the configuration of one side. */
  #comparisonWith(own: readonly InstanceFingerprint[]): Comparison {
    const { fingerprints } = this;
    if (this.#compared?.own === own && this.#compared.theirs === fingerprints) return this.#compared;
    const differs = ({ instance }: InstanceFingerprint): boolean =>
      differingFields(instance, own, fingerprints ?? []).length > 0;
    const named = (entries: readonly InstanceFingerprint[]): ReadonlySet<string> =>
      new Set(entries.map(({ instance }) => instance));
    const [refused, agreeing] = [own.filter(differs), own.filter((entry) => !differs(entry))];
    this.#compared = { own, theirs: fingerprints, refused: named(refused), agreeing: named(agreeing) };
    return this.#compared;
  }

  /** Records were dropped because of different configurations: the replica is incomplete. */
  miss(instance: string, count: number): void {
    this.#missed.add(instance);
    this.countRefused(instance, count);
  }

  /** Instances with dropped records whose configurations agree now; each is returned once. */
  takeHealed(own: readonly InstanceFingerprint[]): string[] {
    const healed = [...this.#missed].filter((instance) => !this.isRefused(instance, own));
    for (const instance of healed) this.#missed.delete(instance);
    return healed;
  }

  countApplied(instance: string, count: number): void {
    this.recordsApplied.set(instance, (this.recordsApplied.get(instance) ?? 0) + count);
  }

  countRefused(instance: string, count: number): void {
    this.recordsRefused.set(instance, (this.recordsRefused.get(instance) ?? 0) + count);
  }

  status(nowMs: number, own: readonly InstanceFingerprint[]): PeerStatus {
    const { slot, name, alive, epoch, software, log, acknowledged } = this;
    const status = {
      slot,
      name,
      alive,
      epoch,
      software,
      applied: log?.applied ?? 0,
      announced: log?.announced ?? 0,
      gaps: log?.gaps ?? 0,
      repaired: log?.repaired ?? 0,
      lost: log?.lost ?? 0,
      waiting: log?.waiting ?? 0,
      acknowledged,
      oneWay: alive && !this.receivesUs,
      receives: alive ? this.receives : [],
      instances: this.differences(own),
    };
    return this.receivedMs === undefined ? status : { ...status, silentMs: Math.max(0, nowMs - this.receivedMs) };
  }
}

import { isthmus } from '../gen/frames.js';
import type { Clock } from './clock.ts';
import { Confirmations } from './confirmations.ts';
import { ControlSender } from './control-sender.ts';
import { EpochProofs } from './epoch-proofs.ts';
import { decodeFingerprints, type InstanceFingerprint } from './fingerprint.ts';
import { ACKNOWLEDGE_SOON, emptyHeader, type FrameHeader, FrameKind } from './frame-header.ts';
import { FrameIntake } from './frame-intake.ts';
import { FrameSeal, SEAL_OVERHEAD } from './frame-seal.ts';
import { LinkSet } from './link-set.ts';
import { LogReceiver, type SequenceRange } from './log-receiver.ts';
import { LogSender } from './log-sender.ts';
import { PathProbe, SAFE_FRAME_BYTES } from './path-probe.ts';
import { Peer } from './peer.ts';
import type { ReplicatorListener, ReplicatorOptions } from './replicator-options.ts';
import { SlotClaim } from './slot-claim.ts';
import { SnapshotRequests } from './snapshot-requests.ts';
import type { Refusal } from './refusals.ts';
import type { ReplicationStatus } from './status.ts';
import type { ReplicationTransport } from './transport.ts';

const v1 = isthmus.v1;

const HEARTBEAT_MS = 100;
const SILENCE_MS = 1000;
const HELLO_MS = 1000;
const HELLO_AGAIN_BEATS = 2;
/** Two heartbeat intervals: links are judged over several of these. */
export const JUDGE_MS = 200;
/**
 * An incarnation received within this many heartbeats is not replaced by a later one yet: two nodes may have been given
 * one slot.
 */
const RIVAL_BEATS = 3;
/** Overhead of a resend around a log frame; both fit every path, whatever its MTU. */
const RESEND_OVERHEAD = SEAL_OVERHEAD + 4;

/**
 * Replicates each node's log of session records to all others over every link: seals frames, discards duplicates,
 * restores the order, requests missing frames, and reports which nodes are alive. The content of records is opaque to
 * it.
 *
 *     publish → LogSender ─frames→ every link ~~~> every link → open → first copy? → LogReceiver of that peer → onRecords
 */
export class Replicator {
  readonly #options: ReplicatorOptions;
  #instances: readonly InstanceFingerprint[];
  readonly #clock: Clock;
  readonly #transport: ReplicationTransport;
  readonly #seal: FrameSeal;
  readonly #control: ControlSender;
  readonly #proofs: EpochProofs;
  readonly #probe: PathProbe;
  readonly #sender: LogSender;
  readonly #links: LinkSet;
  readonly #peers: ReadonlyMap<number, Peer>;
  readonly #confirmations: Confirmations;
  readonly #claim: SlotClaim;
  readonly #requests: SnapshotRequests;
  readonly #intake: FrameIntake;
  readonly #heartbeatMs: number;
  readonly #silenceMs: number;
  readonly #rivalMs: number;
  #listener: ReplicatorListener | undefined;
  #info: Uint8Array = new Uint8Array(0);
  #judgedMs = Number.NEGATIVE_INFINITY;
  #stopped = false;

  /** @throws SecretError */
  constructor(options: ReplicatorOptions, clock: Clock, transport: ReplicationTransport) {
    this.#options = options;
    this.#instances = options.instances;
    this.#clock = clock;
    this.#transport = transport;
    this.#heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS;
    this.#silenceMs = options.silenceMs ?? SILENCE_MS;
    this.#seal = new FrameSeal(
      options.cluster,
      options.secrets,
      { slot: options.slot, epoch: options.epoch },
      options.cipher,
      clock,
    );
    this.#proofs = new EpochProofs(this.#seal, clock);
    this.#links = new LinkSet(transport);
    const smallest = Math.min(this.#links.maxFrameBytes, SAFE_FRAME_BYTES) - RESEND_OVERHEAD;
    this.#probe = new PathProbe(this.#links.maxFrameBytes);
    this.#confirmations = new Confirmations(options.confirmed ?? []);
    const transmit = (frame: Buffer): void => this.#transmit(frame);
    this.#control = new ControlSender(
      { node: options.node, software: options.software, heartbeatMs: this.#heartbeatMs },
      { clock, seal: this.#seal, transmit, beat: () => this.#beat() },
    );
    const output = {
      transmit,
      resend: (frame: Buffer): void => this.#control.resend(frame),
      spaceAvailable: (): void => this.#listener?.onSpace(),
    };
    this.#sender = new LogSender(this.#seal, clock, smallest, output, this.#confirmations);
    this.#rivalMs = Math.min(RIVAL_BEATS * this.#heartbeatMs, this.#silenceMs);
    this.#claim = new SlotClaim(options);
    this.#requests = new SnapshotRequests(options, clock, (body) =>
      this.#control.send(FrameKind.snapshotRequest, body),
    );
    this.#peers = new Map(options.peers.map(({ slot, name }) => [slot, new Peer(slot, name)]));
    this.#intake = new FrameIntake({
      self: options,
      clock,
      seal: this.#seal,
      proofs: this.#proofs,
      links: this.#links,
      peers: this.#peers,
      claim: this.#claim,
      acknowledgeSoon: () => this.#control.acknowledgeSoon(),
      read: (peer, header, body) => this.#readControl(peer, header, body),
      slotLost: () => this.#listener?.onSlotRefused(),
    });
  }

  async start(listener: ReplicatorListener): Promise<void> {
    this.#listener = listener;
    await this.#transport.start((link, frame) => {
      if (!this.#stopped) this.#intake.receive(link, frame);
    });
    this.#tick();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#control.stop();
    this.#sender.stop();
    for (const { log } of this.#peers.values()) log?.stop();
    await this.#transport.close();
  }

  /** @returns false when the queue is full: nothing was accepted */
  publish(instance: string, records: Uint8Array, count: number): boolean {
    return this.#sender.publish(instance, records, count);
  }

  /** Requests a peer to write its whole set of an instance into its log. */
  requestSnapshot(instance: string, slot: number): void {
    const peer = this.#peers.get(slot);
    if (peer?.alive === true) this.#requests.ask(instance, peer);
  }

  /** Sets this node's status for the other agents; at most one datagram. */
  setInfo(info: Uint8Array): void {
    this.#info = info;
    if (this.#listener !== undefined) this.#hello();
  }

  /**
   * The configuration or set of instances has changed at run time; peers are notified.
   * @param confirmed instances that need confirmations of their records
   */
  setInstances(instances: readonly InstanceFingerprint[], confirmed: readonly string[]): void {
    this.#instances = instances;
    this.#confirmations.watch(confirmed);
    if (this.#listener === undefined) return;
    this.#hello();
    for (const peer of this.#peers.values()) this.#heal(peer);
  }

  /** Sets the secrets: the first one seals, all of them open; no frame is lost. @throws SecretError */
  changeSecrets(secrets: readonly Uint8Array[]): void {
    this.#seal.changeSecrets(secrets);
    this.#sender.secretsChanged();
  }

  /** Sends an encoded part of a call once, on every link. */
  sendCall(body: Uint8Array): void {
    this.#control.send(FrameKind.call, body);
  }

  /** Sends a relayed packet to a node with lowest priority. @returns false: not sent, the links are busy */
  sendRelay(slot: number, body: Uint8Array): boolean {
    if (this.#stopped || this.#claim.refused || this.#sender.isBusy || !this.#links.isIdleTo(slot)) return false;
    this.#control.send(FrameKind.relay, body, (frame) => this.#links.transmitTo(slot, frame));
    return true;
  }

  status(): ReplicationStatus {
    const now = this.#clock.now();
    const { slot, epoch } = this.#options;
    const peers = [...this.#peers.values()].map((peer) => peer.status(now, this.#instances));
    const links = this.#links.status((of) => this.#peers.get(of)?.name ?? `slot ${of}`);
    const connectionsRefused = this.#transport.connectionsRefused?.() ?? new Map();
    const seen = { ...this.#sender.counts, peers, links, connectionsRefused };
    const rival = this.#claim.hasRival(now, this.#silenceMs);
    return { slot, epoch, refusedSlot: this.#claim.refused, rival, ...seen };
  }

  // Sending

  #transmit(frame: Buffer): void {
    if (!this.#stopped && !this.#claim.refused) this.#links.transmit(frame);
  }

  #tick(): void {
    if (this.#stopped) return;
    const now = this.#clock.now();
    this.#findSilent(now);
    this.#prove(now);
    this.#control.heartbeat(this.#probe.next());
    if (this.#control.helloAge >= HELLO_MS) this.#hello();
    if (now - this.#judgedMs >= JUDGE_MS) {
      this.#judgedMs = now;
      for (const { slot, alive } of this.#peers.values()) this.#links.judge(slot, alive);
    }
    this.#clock.after(this.#heartbeatMs, () => this.#tick());
  }

  /** Sent before the heartbeat, which can then be opened. */
  #prove(now: number): void {
    const peers = [...this.#peers.values()];
    const silentPeer = peers.some(({ alive }) => !alive);
    const pendingPeer = peers.some((peer) => peer.isPending(now, this.#silenceMs));
    const proof = this.#proofs.next({ silentPeer, pendingPeer });
    if (proof !== undefined) this.#transmit(proof);
  }

  /** Content of a heartbeat: position of our log, nodes received, and how far their logs were applied. */
  #beat(): isthmus.v1.HeartbeatBody.$Properties {
    const now = this.#clock.now();
    const peers = [...this.#peers.values()].flatMap((peer) => peer.received(now, this.#silenceMs, this.#rivalMs));
    const { sequence: highest, oldest } = this.#sender;
    const heard = [...peers, ...this.#claim.rivalReceived(now, this.#silenceMs)];
    const remembered = [...this.#peers.values()].flatMap((peer) => peer.lastIncarnation(now, this.#silenceMs));
    return {
      largestTried: this.#probe.largest,
      highest,
      oldest,
      heard,
      receiveRoom: this.#links.receiveRoom,
      remembered,
    };
  }

  #hello(): void {
    this.#control.hello(this.#instances, this.#info);
  }

  #findSilent(now: number): void {
    for (const peer of this.#peers.values()) {
      if (!peer.alive || !peer.isSilent(now, this.#silenceMs)) continue;
      peer.alive = false;
      const { slot, name, epoch } = peer;
      this.#listener?.onPeer({ slot, name, event: 'down', epoch, silentMs: peer.silentMs(now) });
    }
  }

  // Receiving

  #readControl(peer: Peer, { kind, epoch, sequence }: FrameHeader, body: Buffer): Refusal | undefined {
    try {
      if (kind === FrameKind.heartbeat) {
        return this.#onHeartbeat(peer, epoch, sequence, v1.HeartbeatBody.decode(body));
      }
      if (epoch !== peer.epoch) return kind === FrameKind.hello ? undefined : 'unproven';
      if (kind === FrameKind.hello) this.#onHello(peer, v1.HelloBody.decode(body));
      else if (kind === FrameKind.nack) this.#onNack(v1.NackBody.decode(body));
      else if (kind === FrameKind.resend) return this.#onResend(peer, v1.ResendBody.decode(body));
      else if (kind === FrameKind.snapshotRequest) this.#onSnapshotRequest(peer, v1.SnapshotRequestBody.decode(body));
      else if (kind === FrameKind.call) this.#options.onCall?.(peer.slot, epoch, body);
      else if (kind === FrameKind.relay) this.#options.onRelay?.(peer.slot, epoch, body);
      else return 'kind';
      return undefined;
    } catch {
      // Generated decoders report invalid messages only by throwing.
      return 'body';
    }
  }

  #onHeartbeat(peer: Peer, epoch: number, sequence: number, body: isthmus.v1.HeartbeatBody): Refusal | undefined {
    const now = this.#clock.now();
    const later = this.#claim.remembered(body.remembered);
    if (later !== undefined) this.#listener?.onSlotRefused(later);
    peer.beat(epoch, now);
    this.#links.tried(peer.slot, body.largestTried);
    const us = body.heard.find((heard) => heard.slot === this.#options.slot && heard.epoch === this.#options.epoch);
    // A reordered older heartbeat is outdated.
    const latest = epoch === peer.epoch && sequence === peer.control.highest;
    if (latest) peer.setReceives(body.heard, us !== undefined);
    if (epoch !== peer.epoch) {
      if (us === undefined) return undefined;
      if (!peer.isSilent(now, this.#rivalMs)) return 'sameSlot';
      this.#accept(peer, body.highest);
      return undefined;
    }
    if (us !== undefined) {
      if (!peer.alive) {
        peer.alive = true;
        this.#tell(peer, 'up');
      }
      peer.acknowledged = Math.max(peer.acknowledged, Math.min(us.applied ?? 0, this.#sender.sequence));
      const holds = (instance: string): boolean => peer.holds(instance, this.#instances);
      const tell = (instance: string, records: number): void => this.#listener?.onConfirmed(instance, records);
      this.#confirmations.applied(peer.acknowledged, holds, tell);
      peer.receiveRoom = body.receiveRoom;
      this.#openWindow();
    }
    peer.log?.heartbeat(body.highest, body.oldest);
    return undefined;
  }

  /** Limits the log by the slowest living peer. */
  #openWindow(): void {
    const living = [...this.#peers.values()].filter(({ alive }) => alive);
    const room = Math.min(...living.map(({ receiveRoom }) => receiveRoom));
    this.#sender.limitWindow(room, living.length, Math.floor(this.#links.queueFrames / 2));
    this.#sender.acknowledged(Math.min(...living.map(({ acknowledged }) => acknowledged)));
  }

  /** A new incarnation of a peer has been verified. */
  #accept(peer: Peer, highest: number): void {
    const before = peer.alive;
    peer.confirm(this.#receiverFor(peer, highest));
    peer.alive = true;
    this.#tell(peer, before ? 'restarted' : 'up');
    this.#hello();
    // Repeated for a peer that learns from our next heartbeats that we are alive, and accepts no hello before.
    this.#clock.after(HELLO_AGAIN_BEATS * this.#heartbeatMs, () => this.#hello());
  }

  #receiverFor(peer: Peer, after: number): LogReceiver {
    return new LogReceiver(
      {
        clock: this.#clock,
        deliver: (instance, records, count) => this.#deliver(peer, instance, records, count),
        ask: (ranges) => this.#ask(peer, ranges),
        dropped: (instance, count) => peer.countRefused(instance, count),
        recovered: (instance) => this.requestSnapshot(instance, peer.slot),
        unreadable: () => this.#links.refuse(0, 'body'),
      },
      after,
    );
  }

  #deliver(peer: Peer, instance: string, records: Uint8Array, count: number): boolean {
    // Records wait until the peer has reported the configuration of its instances.
    if (peer.fingerprints === undefined) return false;
    if (peer.isRefused(instance, this.#instances)) {
      peer.miss(instance, count);
      return true;
    }
    if (this.#listener?.onRecords(instance, peer.slot, records, count) === false) return false;
    peer.countApplied(instance, count);
    return true;
  }

  #ask(peer: Peer, ranges: readonly SequenceRange[]): void {
    if (!peer.alive) return;
    const body = { slot: peer.slot, epoch: peer.epoch, ranges: [...ranges] };
    this.#control.send(FrameKind.nack, v1.NackBody.encode(body).finish());
  }

  #onHello(peer: Peer, body: isthmus.v1.HelloBody): void {
    peer.software = body.software;
    peer.fingerprints = decodeFingerprints(body.instances);
    this.#heal(peer);
    this.#listener?.onInfo(peer.slot, Uint8Array.from(body.info));
  }

  /** Configurations that agree again: records dropped meanwhile are requested. */
  #heal(peer: Peer): void {
    for (const instance of peer.takeHealed(this.#instances)) this.requestSnapshot(instance, peer.slot);
  }

  #onNack(body: isthmus.v1.NackBody): void {
    if (body.slot !== this.#options.slot || body.epoch !== this.#options.epoch) return;
    this.#sender.repairAll(body.ranges);
  }

  #onResend(peer: Peer, body: isthmus.v1.ResendBody): Refusal | undefined {
    const header = emptyHeader();
    for (const bytes of body.frames) {
      const frame = Buffer.from(bytes);
      if (this.#seal.inspect(frame, header) !== undefined) return 'body';
      if (header.slot !== peer.slot || header.epoch !== peer.epoch || header.kind !== FrameKind.log) return 'body';
      if (peer.log?.check(header.sequence) !== 'fresh') continue;
      const inner = this.#seal.open(frame, header);
      if (typeof inner === 'string') return inner;
      peer.log.accept(header.sequence, inner);
      if ((header.flags & ACKNOWLEDGE_SOON) !== 0) this.#control.acknowledgeSoon();
    }
    return undefined;
  }

  #onSnapshotRequest(peer: Peer, body: isthmus.v1.SnapshotRequestBody): void {
    if (!this.#instances.some(({ instance }) => instance === body.instance)) return;
    if (this.#requests.isNew(body, peer)) this.#listener?.onSnapshotWanted(body.instance, peer.slot);
  }

  #tell({ slot, name, epoch }: Peer, event: 'up' | 'restarted'): void {
    this.#listener?.onPeer({ slot, name, event, epoch });
  }
}

import type { RelayDevice } from '../../dataplane/relay/relay-device.ts';
import { MAX_PACKET_BYTES } from '../../replication/relay/relay-limits.ts';
import type { RelayPace } from '../../replication/relay/relay-pace.ts';
import { encodePiece, piecesOf } from '../../replication/relay/relay-pieces.ts';
import type { RelayPeer } from './relay-decision.ts';
import { placeOf, type RelayInstance, type RelayWorld } from './relay-instance.ts';

/** Polling interval of the device while packets arrive, and when none has arrived for `CALM_MS`. */
const POLL_MS = 2;
const CALM_POLL_MS = 20;
const CALM_MS = 1000;
/** Maximum number of packets read in one iteration of the event loop. */
const MOST_READ = 32;
/** Time without a packet after which they have stopped. */
export const STOPPED_MS = 30_000;
/** Retry interval for opening a device. */
const RETRY_MS = 5000;

export interface SenderWorld extends RelayWorld {
  /** Shared by all instances. */
  readonly pace: RelayPace;
  /** @returns false: the links are busy */
  readonly send: (slot: number, body: Uint8Array) => boolean;
  /** The first packet was sent to a node. */
  readonly onBegun: (instance: string, node: string) => void;
  /** Packets have stopped, or are no longer sent to that node; `reason` states which. */
  readonly onEnded: (instance: string, run: RelayRun, reason: string) => void;
}

/** Packets forwarded to one node without a long pause. */
export interface RelayRun {
  readonly node: string;
  readonly packets: number;
  /** Packets not forwarded. */
  readonly dropped: number;
  readonly durationMs: number;
}

/** Forwards packets that arrive for one instance with a failed translator to another node, until it is stopped. */
export class RelaySender {
  readonly #instance: RelayInstance;
  readonly #world: SenderWorld;
  readonly #buffer = new Uint8Array(MAX_PACKET_BYTES + 1);
  readonly #nextPacket: () => number;
  #target: RelayPeer;
  #device: RelayDevice | undefined;
  #opening: Promise<void>;
  #stopped = false;
  #cancel: () => void = () => undefined;
  #begunMs = 0;
  #lastMs = Number.NEGATIVE_INFINITY;
  #packets = 0;
  #dropped = 0;

  /** @param nextPacket returns a number not used for any packet of this node before */
  constructor(instance: RelayInstance, target: RelayPeer, nextPacket: () => number, world: SenderWorld) {
    this.#instance = instance;
    this.#target = target;
    this.#nextPacket = nextPacket;
    this.#world = world;
    this.#opening = this.#open();
  }

  /** The target, and the number of packets since the last long pause. */
  get target(): { readonly slot: number; readonly node: string; readonly packets: number } {
    return { slot: this.#target.slot, node: this.#target.name, packets: this.#packets };
  }

  /** Sets the target node. */
  setTarget(target: RelayPeer): void {
    if (target.slot !== this.#target.slot) this.#end(`they go to ${target.name} now`);
    this.#target = target;
  }

  /** Resolves when the device and its routes have been removed. */
  async stop(reason: string): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    this.#end(reason);
    await this.#opening;
    await this.#device?.close();
  }

  async #open(): Promise<void> {
    const { open, numberOf, onUnable, clock } = this.#world;
    const { name } = this.#instance;
    try {
      const device = await open(placeOf(this.#instance, 'out', numberOf(name)));
      this.#device = device;
      this.#poll();
    } catch (error) {
      onUnable(name, error instanceof Error ? error.message : String(error));
      if (this.#stopped) return;
      this.#cancel = clock.after(RETRY_MS, () => {
        this.#opening = this.#open();
      });
    }
  }

  #poll(): void {
    if (this.#stopped) return;
    const { clock } = this.#world;
    this.#read();
    const quietMs = clock.now() - this.#lastMs;
    if (quietMs >= STOPPED_MS) this.#end('packets have stopped');
    this.#cancel = clock.after(quietMs < CALM_MS ? POLL_MS : CALM_POLL_MS, () => this.#poll());
  }

  #read(): void {
    const { counts, clock } = this.#world;
    for (let read = 0; read < MOST_READ; read++) {
      const length = this.#device?.read(this.#buffer) ?? 0;
      if (length === 0) return;
      if (length < 0) return counts.add('relayReadErrors');
      this.#lastMs = clock.now();
      if (length > MAX_PACKET_BYTES) this.#drop('relayTooLong');
      else this.#forward(this.#buffer.subarray(0, length));
    }
  }

  #forward(packet: Uint8Array): void {
    const { pace, send, counts, clock, onBegun } = this.#world;
    const pieces = piecesOf(packet.length);
    if (!pace.take(clock.now(), pieces, packet.length)) return this.#drop('relayOverRate');
    const { slot: to, epoch, name } = this.#target;
    const instance = this.#instance.name;
    const number = this.#nextPacket();
    for (let piece = 0; piece < pieces; piece++) {
      const body = encodePiece({ to, epoch, instance, packet: number, piece }, packet);
      if (!send(to, body)) return this.#drop('relayLinksBusy');
    }
    counts.add('relaySent');
    counts.add('relaySentBytes', packet.length);
    this.#packets += 1;
    if (this.#packets > 1) return;
    this.#begunMs = clock.now();
    onBegun(instance, name);
  }

  #drop(why: 'relayTooLong' | 'relayOverRate' | 'relayLinksBusy'): void {
    this.#world.counts.add(why);
    this.#dropped += 1;
  }

  #end(reason: string): void {
    const { onEnded } = this.#world;
    const { name: node } = this.#target;
    const run = { node, packets: this.#packets, dropped: this.#dropped, durationMs: this.#lastMs - this.#begunMs };
    [this.#packets, this.#dropped] = [0, 0];
    if (run.packets > 0) onEnded(this.#instance.name, run, reason);
  }
}

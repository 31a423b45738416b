import type { RelayDevice } from '../../dataplane/relay/relay-device.ts';
import { TAKEN } from '../../replication/relay/relay-limits.ts';
import { RelayPace } from '../../replication/relay/relay-pace.ts';
import { decodePiece, PieceJoiner } from '../../replication/relay/relay-pieces.ts';
import { PacketDestinations } from './packet-destination.ts';
import { placeOf, type RelayInstance, type RelayWorld } from './relay-instance.ts';

/** An idle device is closed after this time. */
export const IDLE_MS = 10_000;
/** Retry interval for opening one. */
const RETRY_MS = 5000;
/** Maximum number of packets that wait for a device to be opened. */
const MAX_WAITING = 128;

export interface ReceiverWorld extends RelayWorld {
  readonly self: { readonly slot: number; readonly epoch: number };
  /** The instance, if this node serves it; undefined: its packets are dropped. */
  readonly served: (instance: string) => RelayInstance | undefined;
}

interface Sender {
  readonly epoch: number;
  readonly pace: RelayPace;
  readonly joiner: PieceJoiner;
}

/** The device of one instance. */
interface Entrance {
  state: 'opening' | 'open' | 'failed' | 'closing';
  device: RelayDevice | undefined;
  readonly waiting: Uint8Array[];
  usedMs: number;
}

/**
 * Receives packets that other nodes cannot translate, and passes them to the kernel, which routes them to the
 * translator here.
 */
export class RelayReceiver {
  readonly #world: ReceiverWorld;
  readonly #senders = new Map<number, Sender>();
  readonly #entrances = new Map<string, Entrance>();
  readonly #destinations = new Map<string, PacketDestinations>();

  constructor(world: ReceiverWorld) {
    this.#world = world;
  }

  /** A frame of a living peer, for this node or another one. @throws when the bytes are not such a message */
  receive(slot: number, epoch: number, bytes: Uint8Array): void {
    const { self, counts, clock, served } = this.#world;
    const frame = decodePiece(bytes);
    if (frame.to !== self.slot || frame.epoch !== self.epoch) return;
    const { pace, joiner } = this.#senderOf(slot, epoch);
    if (!pace.take(clock.now(), 1, frame.data.length)) return counts.add('relayTakenOverRate');
    const instance = served(frame.instance);
    if (instance === undefined) return counts.add('relayNotServing');
    const before = joiner.incomplete;
    const packet = joiner.take(frame);
    counts.add('relayIncomplete', joiner.incomplete - before);
    if (packet === 'malformed') counts.add('relayMalformed');
    else if (packet !== 'waiting') this.#take(instance, packet);
  }

  /** Closes idle devices; to be called several times a second. */
  expire(): void {
    const nowMs = this.#world.clock.now();
    for (const [name, entrance] of this.#entrances) {
      const { state, device, usedMs } = entrance;
      const isOver = nowMs - usedMs >= (state === 'failed' ? RETRY_MS : IDLE_MS);
      if (!isOver || state === 'opening' || state === 'closing') continue;
      // Its name is in use until it is closed.
      entrance.state = 'closing';
      void (device?.close() ?? Promise.resolve()).then(() => this.#entrances.delete(name));
    }
  }

  async stop(): Promise<void> {
    const devices = [...this.#entrances.values()].flatMap(({ device }) => device ?? []);
    this.#entrances.clear();
    await Promise.all(devices.map((device) => device.close()));
  }

  #senderOf(slot: number, epoch: number): Sender {
    const known = this.#senders.get(slot);
    if (known?.epoch === epoch) return known;
    const fresh = { epoch, pace: new RelayPace(TAKEN, this.#world.clock.now()), joiner: new PieceJoiner() };
    this.#senders.set(slot, fresh);
    return fresh;
  }

  #take(instance: RelayInstance, packet: Uint8Array): void {
    const { counts, clock } = this.#world;
    const judged = this.#destinationsOf(instance).judge(packet);
    if (judged !== 'ours') return counts.add(judged === 'foreign' ? 'relayForeign' : 'relayMalformed');
    const entrance = this.#entranceOf(instance);
    const { state, device, waiting } = entrance;
    if (state !== 'failed') entrance.usedMs = clock.now();
    if (state === 'open' && device !== undefined) this.#write(device, packet);
    else if (state === 'opening' && waiting.length < MAX_WAITING) waiting.push(packet);
    else counts.add('relayNotReady');
  }

  #destinationsOf({ name, prefixes }: RelayInstance): PacketDestinations {
    const known = this.#destinations.get(name);
    if (known?.prefixes === prefixes) return known;
    const fresh = new PacketDestinations(prefixes);
    this.#destinations.set(name, fresh);
    return fresh;
  }

  #entranceOf(instance: RelayInstance): Entrance {
    const known = this.#entrances.get(instance.name);
    if (known !== undefined) return known;
    const entrance: Entrance = {
      state: 'opening',
      device: undefined,
      waiting: [],
      usedMs: this.#world.clock.now(),
    };
    this.#entrances.set(instance.name, entrance);
    void this.#open(instance, entrance);
    return entrance;
  }

  async #open(instance: RelayInstance, entrance: Entrance): Promise<void> {
    const { open, numberOf, onUnable, counts } = this.#world;
    try {
      const device = await open(placeOf(instance, 'in', numberOf(instance.name)));
      // The node has stopped meanwhile.
      if (this.#entrances.get(instance.name) !== entrance) return await device.close();
      entrance.device = device;
      entrance.state = 'open';
      for (const packet of entrance.waiting.splice(0)) this.#write(device, packet);
    } catch (error) {
      entrance.state = 'failed';
      counts.add('relayNotReady', entrance.waiting.splice(0).length);
      onUnable(instance.name, error instanceof Error ? error.message : String(error));
    }
  }

  #write(device: RelayDevice, packet: Uint8Array): void {
    const { counts } = this.#world;
    if (!device.write(packet)) return counts.add('relayNotWritten');
    counts.add('relayTaken');
    counts.add('relayTakenBytes', packet.length);
  }
}

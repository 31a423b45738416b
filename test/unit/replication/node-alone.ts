import { isthmus } from '../../../src/gen/frames.js';
import { emptyHeader, FrameKind, streamOf } from '../../../src/replication/frame-header.ts';
import { FrameSeal } from '../../../src/replication/frame-seal.ts';
import type { PeerChange, ReplicatorOptions } from '../../../src/replication/replicator-options.ts';
import { Replicator } from '../../../src/replication/replicator.ts';
import type { ReplicationLink } from '../../../src/replication/transport.ts';
import { SimulatedClock } from './simulated-network.ts';
import { SECRET } from './station.ts';

const { HeartbeatBody, HelloBody, LogBody } = isthmus.v1;
/** Of the node under test, and of the peer of slot 2. */
export const OWN_EPOCH = 1000;
export const PEER_EPOCH = 2000;

export interface SentFrame {
  readonly link: string;
  readonly kind: number;
  readonly body: Buffer;
}

type Beat = isthmus.v1.HeartbeatBody.$Properties;

/**
 * A node of slot 1 that is alone on its links: what it sends is noted, and what comes in is put together by the test.
 * Frames come in until the very end, also when the node has long closed its links.
 */
export class NodeAlone {
  readonly clock = new SimulatedClock();
  readonly replicator: Replicator;
  readonly sent: SentFrame[] = [];
  readonly events: PeerChange[] = [];
  /** Instance, sender and number of what was delivered. */
  readonly records: [string, number, number][] = [];
  readonly infos: [number, string][] = [];
  readonly wanted: string[] = [];
  readonly calls: [number, number, string][] = [];
  readonly relayed: [number, number, string][] = [];
  readonly confirmed: [string, number][] = [];
  readonly slotRefused: (number | undefined)[] = [];
  /** Names of links that have something to send. */
  readonly busy = new Set<string>();
  room = true;
  /** How often it was told that there is space again. */
  spaces = 0;
  closed = 0;
  #onFrame: (link: number, frame: Uint8Array) => void = () => undefined;
  readonly #opener = new FrameSeal('lab', [SECRET], { slot: 99, epoch: 1 });

  constructor(options: Partial<ReplicatorOptions> = {}) {
    const identity = { cluster: 'lab', secrets: [SECRET], node: 'gw1', slot: 1, epoch: OWN_EPOCH, software: 'test' };
    const instances = [{ instance: 'internet', fields: new Map([['pool6', 'x']]) }];
    const peers = [
      { slot: 2, name: 'gw2' },
      { slot: 3, name: 'gw3' },
    ];
    const noted = {
      onCall: (slot: number, epoch: number, body: Buffer) => void this.calls.push([slot, epoch, body.toString()]),
      onRelay: (slot: number, epoch: number, body: Buffer) => void this.relayed.push([slot, epoch, body.toString()]),
    };
    const links = ['ring0', 'ring1'].map((name) => this.#link(name));
    this.replicator = new Replicator({ ...identity, peers, instances, ...noted, ...options }, this.clock, {
      links,
      start: async (onFrame) => {
        this.#onFrame = onFrame;
      },
      close: async () => {
        this.closed += 1;
      },
      connectionsRefused: () => new Map([['tooMany' as const, 7]]),
    });
  }

  async start(): Promise<void> {
    await this.replicator.start({
      onRecords: (instance, sender, _records, count) => {
        if (this.room) this.records.push([instance, sender, count]);
        return this.room;
      },
      onSpace: () => void (this.spaces += 1),
      onSnapshotWanted: (instance) => void this.wanted.push(instance),
      onPeer: (change) => void this.events.push(change),
      onInfo: (slot, info) => void this.infos.push([slot, Buffer.from(info).toString()]),
      onConfirmed: (instance, records) => void this.confirmed.push([instance, records]),
      onSlotRefused: (epoch) => void this.slotRefused.push(epoch),
    });
  }

  #link(name: string): ReplicationLink {
    const { busy } = this;
    const send = (bytes: Uint8Array): boolean => {
      const [frame, header] = [Buffer.from(bytes), emptyHeader()];
      if (this.#opener.inspect(frame, header) !== undefined) throw new Error('not a frame of this cluster');
      const body = header.kind === FrameKind.proof ? Buffer.alloc(0) : this.#opener.open(frame, header);
      if (typeof body === 'string') throw new Error(body);
      this.sent.push({ link: name, kind: header.kind, body: Buffer.from(body) });
      return true;
    };
    return {
      name,
      maxFrameBytes: 1452,
      forwards: true,
      queueFrames: 1024,
      get busy() {
        return busy.has(name);
      },
      send,
    };
  }

  /** A frame comes in on the first link. */
  comes(frame: Uint8Array): void {
    this.#onFrame(0, frame);
  }

  /** What was sent of one kind on the first link, since the last time that anything was taken. */
  take(kind: number): Buffer[] {
    const taken = this.sent.filter((frame) => frame.kind === kind && frame.link === 'ring0');
    this.sent.length = 0;
    return taken.map(({ body }) => body);
  }

  /** Why frames on the first link were refused. */
  refused(): Readonly<Record<string, number>> {
    const [{ refused }] = this.replicator.status().links;
    return Object.fromEntries(Object.entries(refused).filter(([, count]) => count > 0));
  }
}

/** The voice of another node: it seals what a test wants it to say. */
export class Voice {
  readonly seal: FrameSeal;
  readonly #node: NodeAlone;
  readonly #next = [1, 1];

  constructor(node: NodeAlone, slot = 2, epoch = PEER_EPOCH) {
    this.#node = node;
    this.seal = new FrameSeal('lab', [SECRET], { slot, epoch });
  }

  /** The next frame of its stream, which does not come in. */
  frame(kind: number, body: Uint8Array, flags = 0): Buffer {
    const stream = streamOf(kind);
    const sequence = this.#next[stream] ?? 1;
    this.#next[stream] = sequence + 1;
    return this.seal.seal(kind, flags, sequence, body);
  }

  says(kind: number, body: Uint8Array, flags = 0): void {
    this.#node.comes(this.frame(kind, body, flags));
  }

  /** A heartbeat that names the node, in its present incarnation. */
  beats(beat: Beat = {}): void {
    const heard = [{ slot: 1, epoch: OWN_EPOCH, applied: 0 }];
    this.says(FrameKind.heartbeat, HeartbeatBody.encode({ highest: 0, oldest: 1, heard, ...beat }).finish());
  }

  /** It has the same instance, configured as the node has it. */
  introduces(info = '', pool6 = 'x'): void {
    const instances = [{ instance: 'internet', fields: [{ field: 'pool6', hash: pool6 }] }];
    const about = { node: 'gw2', software: 'a peer', heartbeatMs: 100, revision: 1 };
    this.says(FrameKind.hello, HelloBody.encode({ ...about, instances, info: Buffer.from(info) }).finish());
  }

  /** The body of a log frame with so many records. */
  static records(count: number, instance = 'internet'): Uint8Array {
    return LogBody.encode({ batches: [{ instance, layout: 1, records: Buffer.alloc(64 * count) }] }).finish();
  }
}

/** A node that has accepted its peer of slot 2. */
export async function nodeWithPeer(
  options: Partial<ReplicatorOptions> = {},
): Promise<{ node: NodeAlone; peer: Voice }> {
  const node = new NodeAlone(options);
  await node.start();
  const peer = new Voice(node);
  peer.beats();
  peer.introduces();
  node.sent.length = 0;
  return { node, peer };
}

import type { PeerChange } from '../../src/replication/replicator-options.ts';
import type { ReplicationStatus } from '../../src/replication/status.ts';
import { ApplyResult } from '../../src/translator/nat64/records/record-applier.ts';
import { RecordCodec } from '../../src/translator/nat64/records/record-codec.ts';
import { Receiving, SyncCode } from '../../src/translator/nat64/records/replica-sets.ts';
import { MAX_NODE_SLOT } from '../../src/translator/options.ts';
import * as record from '../../src/translator/nat64/records/session-record.ts';
import { differences, findSession, sessionsOf } from './session-dump.ts';
import type { SessionStore } from '../../src/translator/nat64/tables/session-store.ts';
import type { SimulatedInstance } from './simulated-instance.ts';
import type { NodeObserver, SimulatedNode } from './simulated-node.ts';

const { RecordKind } = record;

/** Bounds of queues: those of src/replication/log-sender.ts and log-receiver.ts. */
const MAX_QUEUED_FRAMES = 65_536;
const MAX_WAITING_FRAMES = 8192;

/** Each so many steps all is looked at. */
const THOROUGH = 3;

/** Something that must never be so was so. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly invariant: string;

  constructor(invariant: string, detail: string) {
    super(`${invariant}: ${detail}`);
    this.invariant = invariant;
  }
}

/**
 * Watches every record that goes into a table, and looks at the tables themselves. Throws a Violation at the first
 * thing that is wrong.
 */
export class Invariants implements NodeObserver {
  /** Nodes began to serve without having heard a living one: until they meet, their slices may be in use twice. */
  splitStart = false;
  /** Nothing has made two nodes speak for one session at the same time. */
  calm = false;
  /** Last position seen of each log, by receiver's life, sender and instance. */
  readonly #positions = new Map<string, number>();
  /** Frames that a receiver had given up at the last gap in the log. */
  readonly #lost = new Map<string, number>();
  readonly #epochs = new Map<string, number>();
  readonly #codec = new RecordCodec();
  readonly #record = new Uint8Array(record.SESSION_RECORD_SIZE);
  #checks = 0;
  #whole = false;
  /**
   * What is applied is part of a snapshot for a set that is known to be wrong: its owner is believed, whatever the
   * versions are.
   */
  #repairs = false;
  #before = { slot: -1, version: 0, owner: 0 };
  readonly #epochOf: (slot: number) => number | undefined;
  /** What each node last heard of each other one. */
  readonly #seen = new Map<string, { epoch: number; isOther: boolean; silentSinceMs: number | undefined }>();
  recordsSeen = 0;
  /** Times that a node was missed and came back, and that a node took over what another one owned. */
  returns = 0;
  inherited = 0;
  /** Records by what became of them (ApplyResult), and those that were applied by their kind. */
  readonly outcomes = new Float64Array(Object.keys(ApplyResult).length);
  readonly kindsApplied = new Float64Array(Object.keys(RecordKind).length + 1);

  /** @param epochOf - the life of a node that runs */
  constructor(epochOf: (slot: number) => number | undefined) {
    this.#epochOf = epochOf;
  }

  onPeer(node: SimulatedNode, { slot, event, epoch: of }: PeerChange): void {
    this.#follow(node, slot, event, of);
    if (event === 'down') {
      // Whoever takes a living node for dead, because its heartbeats were lost, takes its sessions over.
      if (this.#epochOf(slot) === of) this.calm = false;
      return;
    }
    for (const { name } of node.instances) {
      const log = `${node.slot}/${node.epoch} ${slot} ${name}`;
      const epoch = node.status().peers.find((peer) => peer.slot === slot)?.epoch ?? 0;
      if (this.#epochs.get(log) === epoch) continue;
      this.#epochs.set(log, epoch);
      this.#positions.delete(log);
      this.#lost.delete(log);
    }
  }

  #follow(node: SimulatedNode, slot: number, event: PeerChange['event'], epoch: number): void {
    const key = `${node.slot}/${node.epoch} ${slot}`;
    const before = this.#seen.get(key);
    const isOther = before !== undefined && before.epoch !== epoch;
    if (event === 'up' && before?.epoch === epoch) this.returns += 1;
    this.#seen.set(key, { epoch, isOther, silentSinceMs: event === 'down' ? node.clock.now() : undefined });
  }

  /** Who returns in time keeps its sessions. */
  onInherit(node: SimulatedNode, slot: number): void {
    this.inherited += 1;
    const seen = this.#seen.get(`${node.slot}/${node.epoch} ${slot}`);
    const silentMs = node.clock.now() - (seen?.silentSinceMs ?? node.clock.now());
    if (seen?.isOther === true || silentMs >= node.returnMs) return;
    const where = `node ${node.slot} takes over from node ${slot}, silent for ${silentMs} ms`;
    throw new Violation('who returns in time keeps its sessions', where);
  }

  onLook({ slot }: SimulatedNode, { framesQueued, peers }: ReplicationStatus): void {
    const waiting = Math.max(0, ...peers.map((peer) => peer.waiting));
    if (framesQueued <= MAX_QUEUED_FRAMES && waiting <= MAX_WAITING_FRAMES) return;
    throw new Violation('queues are bounded', `node ${slot}: ${framesQueued} frames queued, ${waiting} waiting`);
  }

  /** A log comes in order, each record once, and nothing is left out that was not given up. */
  onRecords(node: SimulatedNode, instance: string, sender: number, records: Uint8Array, count: number): void {
    const log = `${node.slot}/${node.epoch} ${sender} ${instance}`;
    const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
    for (let index = 0; index < count; index++) {
      this.recordsSeen += 1;
      const at = record.SESSION_RECORD_SIZE * index + record.RECORD_LOG_POSITION;
      const position = view.getUint32(at) * 0x1_0000_0000 + view.getUint32(at + 4);
      const last = this.#positions.get(log);
      if (last === undefined || position === last + 1) {
        this.#positions.set(log, position);
        continue;
      }
      const where = `node ${node.slot}, log of ${sender}, instance ${instance}: ${position} after ${last}`;
      if (position <= last) throw new Violation('each record once, in order', where);
      const given = node.status().peers.find(({ slot }) => slot === sender)?.lost ?? 0;
      if (given <= (this.#lost.get(log) ?? 0)) throw new Violation('no record is missing unnoticed', where);
      this.#lost.set(log, given);
      this.#positions.set(log, position);
    }
  }

  beforeApply({ translator }: SimulatedInstance, bytes: Uint8Array, offset: number): void {
    const { sessions, sets } = translator.store;
    const owner = bytes[offset + record.RECORD_OWNER];
    this.#whole = sets.sync[owner] === SyncCode.inSync;
    this.#repairs = sets.sync[owner] === SyncCode.differs && sets.receiving[owner] !== Receiving.nothing;
    const slot = speaksOfSession(bytes, offset) ? findSession(translator.store, bytes, offset) : -1;
    this.#before = { slot, version: sessions.version[slot] ?? 0, owner: sessions.owner[slot] ?? 0 };
  }

  afterApply(instance: SimulatedInstance, bytes: Uint8Array, offset: number, result: number): void {
    const { slot, version, owner } = this.#before;
    const { sessions } = instance.translator.store;
    const kind = bytes[offset + record.RECORD_KIND];
    this.outcomes[result] += 1;
    if (result === ApplyResult.applied) this.kindsApplied[kind] += 1;
    const whole = this.calm && this.#whole && !instance.hasMessages;
    if (whole && result === ApplyResult.differs) {
      const what = `${instance.name} of node ${bytes[offset + record.RECORD_OWNER]} on node ${instance.slot}`;
      throw new Violation('a whole replica stays whole', what);
    }
    if (slot < 0 || this.#repairs) return;
    const said = new DataView(bytes.buffer, bytes.byteOffset + offset).getUint32(record.RECORD_VERSION + 4);
    const what = `node ${instance.slot}: version ${version} of owner ${owner}, record of kind ${kind} with ${said}`;
    const gone = !sessions.isLive(slot);
    if (gone && kind === RecordKind.delete && said < version) throw new Violation('no older version wins', what);
    if (gone) return;
    if (sessions.version[slot] < version) throw new Violation('no older version wins', what);
    const applied = result === ApplyResult.applied && kind <= RecordKind.refresh;
    if (applied && sessions.version[slot] !== said) throw new Violation('what is applied is what was said', what);
  }

  /** What holds at every moment; some of it is looked at each few calls only. */
  check(nodes: readonly SimulatedNode[]): void {
    this.#checks += 1;
    const thorough = this.#checks % THOROUGH === 0;
    for (const node of nodes) {
      for (const instance of node.instances) {
        checkDigests(instance);
        if (thorough) this.#checkSaid(instance);
      }
    }
    if (thorough && !this.splitStart) checkPorts(nodes);
  }

  /**
   * What a snapshot would say of a session now is what is in its owner's digest, unless news of it waits to be written
   * first.
   */
  #checkSaid({ slot, name, translator }: SimulatedInstance): void {
    const { entries, sessions, log } = translator.store;
    const codec = this.#codec;
    for (let at = 0; at < sessions.used; at++) {
      if (!sessions.isLive(at) || sessions.owner[at] !== slot || log.isPending(at)) continue;
      if (sessions.hashHigh[at] === 0 && sessions.hashLow[at] === 0) continue;
      codec.open(this.#record, 0);
      codec.writeSession(sessions, entries, at);
      codec.hash();
      if (codec.hashHigh === sessions.hashHigh[at] && codec.hashLow === sessions.hashLow[at]) continue;
      throw new Violation('what is said is what the digest holds', `${name} on node ${slot}, session ${at}`);
    }
  }

  /** What holds when all is quiet. @returns what is still different, a line each */
  atRest(nodes: readonly SimulatedNode[]): string[] {
    const lines: string[] = [];
    for (const owner of nodes) {
      for (const [index, instance] of owner.instances.entries()) {
        let own: Map<string, string> | undefined;
        for (const other of nodes) {
          if (other === owner) continue;
          const there = other.instances[index];
          const where = `${instance.name} of node ${owner.slot} on node ${other.slot}`;
          if (there.syncNow(owner.slot) !== 'inSync') {
            lines.push(`${where}: ${there.syncNow(owner.slot)}`);
            continue;
          }
          own ??= sessionsOf(instance.translator.store, owner.slot);
          const replica = sessionsOf(there.translator.store, owner.slot);
          lines.push(...differences(own, replica).map((line) => `${where}: ${line}`));
        }
      }
    }
    if (lines.length === 0) checkPorts(nodes);
    return lines;
  }
}

function speaksOfSession(bytes: Uint8Array, offset: number): boolean {
  const kind = bytes[offset + record.RECORD_KIND];
  return kind >= RecordKind.create && kind <= RecordKind.handOver;
}

const sums = {
  count: new Float64Array(MAX_NODE_SLOT + 1),
  high: new Uint32Array(MAX_NODE_SLOT + 1),
  low: new Uint32Array(MAX_NODE_SLOT + 1),
};

/** The running sums are those of the sessions in the table. */
function checkDigests({ slot, name, translator }: SimulatedInstance): void {
  const { sessions, sets } = translator.store;
  const { count, high, low } = sums;
  for (const of of [count, high, low]) of.fill(0);
  for (let at = 0; at < sessions.used; at++) {
    // An ended session of this node is in the sum until its last record is written.
    const pending = !sessions.isLive(at) && sessions.owner[at] === slot && translator.store.log.isPending(at);
    if (!sessions.isLive(at) && !pending) continue;
    if (sessions.hashHigh[at] === 0 && sessions.hashLow[at] === 0) continue;
    const owner = sessions.owner[at];
    count[owner] += 1;
    high[owner] += sessions.hashHigh[at];
    low[owner] += sessions.hashLow[at];
  }
  for (let owner = 1; owner <= MAX_NODE_SLOT; owner++) {
    if (sets.count[owner] === count[owner] && sets.high[owner] === high[owner] && sets.low[owner] === low[owner])
      continue;
    const kept = `${sets.count[owner]} sessions, ${sets.high[owner]} ${sets.low[owner]}`;
    const detail = `${name} on node ${slot}, owner ${owner}: kept ${kept}; counted ${count[owner]} sessions, ${high[owner]} ${low[owner]}`;
    throw new Violation('digests are the sums of the sessions', detail);
  }
}

/** No address, port and protocol belongs to sessions that two nodes own for two clients. */
function checkPorts(nodes: readonly SimulatedNode[]): void {
  const clients = new Map<string, string>();
  for (const node of nodes) {
    for (const { name, translator } of node.instances) {
      const { entries } = translator.store;
      for (let bib = 0; bib < entries.used; bib++) {
        if (!entries.isLive(bib) || !ownsAny(translator.store, bib, node.slot)) continue;
        const port = `${name} ${entries.protocol[bib]} ${entries.pool4[bib]} ${entries.pool4Port[bib]}`;
        const [a, b, c, d] = [0, 1, 2, 3].map((word) => entries.client[4 * bib + word]);
        const client = `${a} ${b} ${c} ${d} ${entries.clientPort[bib]}`;
        const other = clients.get(port);
        if (other === undefined) clients.set(port, client);
        else if (other !== client) {
          throw new Violation('no port has two clients', `${port}: ${other} and, on node ${node.slot}, ${client}`);
        }
      }
    }
  }
}

function ownsAny({ entries, sessions }: SessionStore, bib: number, owner: number): boolean {
  for (let slot = entries.sessionHead[bib] - 1; slot >= 0; slot = sessions.nextOfBib(slot)) {
    if (sessions.owner[slot] === owner) return true;
  }
  return false;
}

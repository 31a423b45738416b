import { Inheritance } from '../../src/agent/sessions/inheritance.ts';
import { FrameSeal } from '../../src/replication/frame-seal.ts';
import { LogReceiver } from '../../src/replication/log-receiver.ts';
import { LogSender } from '../../src/replication/log-sender.ts';
import { SendWindow } from '../../src/replication/send-window.ts';
import { Seen, SequenceWindow } from '../../src/replication/sequence-window.ts';
import { BibTable } from '../../src/translator/nat64/tables/bib-table.ts';
import { Nat64Translator } from '../../src/translator/nat64/nat64-translator.ts';
import { OwnerLog } from '../../src/translator/nat64/records/owner-log.ts';
import { Pool4 } from '../../src/translator/nat64/ports/pool4.ts';
import { ApplyResult } from '../../src/translator/nat64/records/record-applier.ts';
import { Receiving, ReplicaSets } from '../../src/translator/nat64/records/replica-sets.ts';
import * as record from '../../src/translator/nat64/records/session-record.ts';
import { SessionStore } from '../../src/translator/nat64/tables/session-store.ts';
import { FIRST_PORT, hasAmpleQueues, hasAmpleRoom, type Plan } from './plan.ts';
import { findSession } from './session-dump.ts';

const { RecordKind } = record;

/** A fault put into the product while a test runs; what it does is done here alone. */
export interface Mutation {
  readonly name: string;
  /** The runs that can show it; absent: all. */
  readonly runs?: (plan: Plan) => boolean;
  /** Puts the fault in. @returns what takes it out again */
  readonly apply: () => () => void;
}

/** Puts another function in place of a method of a class. */
function replace<Class extends object, Key extends keyof Class>(
  prototype: Class,
  key: Key,
  make: (original: Class[Key]) => Class[Key],
): () => void {
  const original = prototype[key];
  prototype[key] = make(original);
  return () => {
    prototype[key] = original;
  };
}

/** Something else becomes of records of one kind than what should. */
function insteadOf(kind: number, act: (translator: Nat64Translator, owner: number) => void): () => void {
  return replace(
    Nat64Translator.prototype,
    'applyRecord',
    (original) =>
      function applyRecord(this: Nat64Translator, bytes, offset, nowMs) {
        if (bytes[offset + record.RECORD_KIND] !== kind) return original.call(this, bytes, offset, nowMs);
        act(this, bytes[offset + record.RECORD_OWNER]);
        return ApplyResult.applied;
      },
  );
}

const windowOffByOne: Mutation = {
  name: 'the window remembers one number more than was seen',
  apply: () =>
    replace(
      SequenceWindow.prototype,
      'take',
      (original) =>
        function take(this: SequenceWindow, sequence) {
          const seen = original.call(this, sequence);
          if (seen === Seen.fresh && sequence > 1) original.call(this, sequence - 1);
          return seen;
        },
    ),
};

const noDuplicateDiscard: Mutation = {
  name: 'second copies are not discarded',
  apply: () =>
    replace(
      SequenceWindow.prototype,
      'take',
      (original) =>
        function take(this: SequenceWindow, sequence) {
          original.call(this, sequence);
          return Seen.fresh;
        },
    ),
};

const noVersionCheck: Mutation = {
  name: 'versions are not compared',
  apply: () =>
    replace(
      Nat64Translator.prototype,
      'applyRecord',
      (original) =>
        function applyRecord(this: Nat64Translator, bytes, offset, nowMs) {
          const slot = findSession(this.store, bytes, offset);
          if (slot >= 0) this.store.sessions.version[slot] = 0;
          return original.call(this, bytes, offset, nowMs);
        },
    ),
};

const lostDelete: Mutation = {
  name: 'deletes are not applied',
  apply: () => insteadOf(RecordKind.delete, () => undefined),
};

const snapshotRemovesNothing: Mutation = {
  name: 'the end of a snapshot removes nothing',
  apply: () =>
    insteadOf(RecordKind.snapshotEnd, ({ store: { sets } }, owner) => {
      sets.receiving[owner] = Receiving.nothing;
      sets.filled[owner] = 1;
    }),
};

const digestIgnored: Mutation = {
  name: 'every digest agrees',
  apply: () => replace(ReplicaSets.prototype, 'agrees', () => () => true),
};

const takeoverWithoutVersion: Mutation = {
  name: 'a takeover does not count the version up',
  apply: () =>
    replace(
      SessionStore.prototype,
      'own',
      (original) =>
        function own(this: SessionStore, slot, nowMs) {
          original.call(this, slot, nowMs);
          // What is written next is counted up once more.
          this.sessions.version[slot] = Math.max(0, this.sessions.version[slot] - 2);
        },
    ),
};

const silenceMovesSessions: Mutation = {
  name: 'silence moves sessions at once',
  runs: ({ chances, returnMs }) => chances.flap > 0 && returnMs >= 1000,
  apply: () =>
    replace(
      Inheritance.prototype,
      'onPeer',
      (original) =>
        function onPeer(this: Inheritance, change) {
          original.call(this, change.event === 'down' ? { ...change, event: 'restarted' } : change);
        },
    ),
};

/** An empty body: protobuf needs no byte for a message without fields. */
const NOTHING = new Uint8Array(0);

const gapNotNoticed: Mutation = {
  name: 'a gap is not noticed',
  apply: () =>
    replace(
      LogReceiver.prototype,
      'accept',
      (original) =>
        function accept(this: LogReceiver, sequence, body) {
          for (let missing = this.applied + 1; missing < sequence; missing++) original.call(this, missing, NOTHING);
          return original.call(this, sequence, body);
        },
    ),
};

const nothingKept: Mutation = {
  name: 'no sent frame goes again',
  apply: () => replace(LogSender.prototype, 'repair', () => () => undefined),
};

const sliceIgnored: Mutation = {
  name: 'ports are taken from any slice',
  apply: () =>
    replace(
      Pool4.prototype,
      'allocate',
      (original) =>
        function allocate(this: Pool4, bib, protocol, client, at) {
          if (!original.call(this, bib, protocol, client, at)) return false;
          this.port = FIRST_PORT;
          while (bib.findByPool4(protocol, this.address, this.port) >= 0) this.port += 1;
          return true;
        },
    ),
};

/** Frames of any life pass for frames of the present one; they still open with the key that they were sealed with. */
const epochNotChecked: Mutation = {
  name: 'frames of previous incarnations pass for those of the present one',
  apply: () => {
    const newest = new WeakMap<FrameSeal, Map<number, number>>();
    let epochOfFrame = 0;
    const undo = [
      replace(
        FrameSeal.prototype,
        'inspect',
        (original) =>
          function inspect(this: FrameSeal, frame, header) {
            const refusal = original.call(this, frame, header);
            const known = newest.get(this) ?? new Map<number, number>();
            newest.set(this, known);
            epochOfFrame = header.epoch;
            if (refusal === undefined) header.epoch = Math.max(header.epoch, known.get(header.slot) ?? 0);
            known.set(header.slot, header.epoch);
            return refusal;
          },
      ),
      replace(
        FrameSeal.prototype,
        'open',
        (original) =>
          function open(this: FrameSeal, frame, header) {
            return original.call(this, frame, { ...header, epoch: epochOfFrame });
          },
      ),
    ];
    return () => undo.forEach((step) => step());
  },
};

const noClientGivesWay: Mutation = {
  name: 'of two clients with one port none gives way',
  apply: () =>
    replace(
      Nat64Translator.prototype,
      'applyRecord',
      (original) =>
        function applyRecord(this: Nat64Translator, bytes, offset, nowMs) {
          const undo = replace(BibTable.prototype, 'isStatic', () => () => true);
          try {
            return original.call(this, bytes, offset, nowMs);
          } finally {
            undo();
          }
        },
    ),
};

const stateUnsaid: Mutation = {
  name: 'a change of state is not said',
  apply: () =>
    replace(
      OwnerLog.prototype,
      'change',
      (original) =>
        function change(this: OwnerLog, slot, kind) {
          if (kind !== RecordKind.update) original.call(this, slot, kind);
        },
    ),
};

const roomIgnored: Mutation = {
  name: 'a log runs ahead without regard to what receivers have room for',
  runs: (plan) => plan.bulk > 0 && hasAmpleRoom(plan),
  apply: () =>
    replace(
      SendWindow.prototype,
      'limit',
      (original) =>
        function limit(this: SendWindow, _room, _senders, queue) {
          original.call(this, Number.POSITIVE_INFINITY, 1, queue);
        },
    ),
};

const queueIgnored: Mutation = {
  name: 'a log runs ahead without regard to what its own links take',
  runs: (plan) => plan.bulk > 0 && hasAmpleQueues(plan),
  apply: () =>
    replace(
      SendWindow.prototype,
      'limit',
      (original) =>
        function limit(this: SendWindow, room, senders) {
          original.call(this, room, senders, Number.POSITIVE_INFINITY);
        },
    ),
};

const underWayIgnored: Mutation = {
  name: 'what is under way is not counted',
  runs: (plan) => plan.bulk > 0 && (hasAmpleRoom(plan) || hasAmpleQueues(plan)),
  apply: () =>
    replace(
      SendWindow.prototype,
      'open',
      () =>
        function open(this: SendWindow) {
          return this.size;
        },
    ),
};

export const MUTATIONS: readonly Mutation[] = [
  windowOffByOne,
  noDuplicateDiscard,
  noVersionCheck,
  lostDelete,
  snapshotRemovesNothing,
  digestIgnored,
  takeoverWithoutVersion,
  gapNotNoticed,
  nothingKept,
  sliceIgnored,
  epochNotChecked,
  noClientGivesWay,
  stateUnsaid,
  roomIgnored,
  queueIgnored,
  underWayIgnored,
  silenceMovesSessions,
];

import { RecordCodec } from '../../src/translator/nat64/records/record-codec.ts';
import * as record from '../../src/translator/nat64/records/session-record.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SimulatedInstance } from './simulated-instance.ts';
import type { SimulatedNode } from './simulated-node.ts';

const { RecordKind } = record;
/** No client of the workload speaks to it. */
const STRANGER = 0xc6336463;

/** A replica that is no longer what its owner's log has made of it. */
export interface Damage {
  readonly owner: number;
  readonly instance: SimulatedInstance;
  readonly what: 'a session is gone' | 'a session is another' | 'there is one too many';
}

/**
 * Applies a record to one replica, in the name of an owner that has never written it. @returns undefined when there is
 * no session to begin with
 */
export function damageReplica(random: SeededRandom, nodes: readonly SimulatedNode[]): Damage | undefined {
  const sets = nodes.flatMap((node) =>
    node.instances.map((_, index) => ({ node, index, slots: ownSessions(node, index) })),
  );
  const candidates = sets.filter(({ slots }) => slots.length > 0);
  if (candidates.length === 0) return undefined;
  const { node, index, slots } = random.pick(candidates);
  const { store } = node.instances[index].translator;
  const slot = random.pick(slots);
  const codec = new RecordCodec();
  const bytes = new Uint8Array(record.SESSION_RECORD_SIZE);
  codec.open(bytes, 0);
  codec.writeSession(store.sessions, store.entries, slot);
  codec.setU8(record.RECORD_WRITER, node.slot);
  codec.setU32(record.RECORD_LIFETIME, 60_000);
  const what = random.pick(['a session is gone', 'a session is another', 'there is one too many'] as const);
  if (what === 'a session is gone') codec.setU8(record.RECORD_KIND, RecordKind.delete);
  else if (what === 'a session is another') {
    codec.setU8(record.RECORD_KIND, RecordKind.update);
    codec.setU32(record.RECORD_VERSION + 4, store.sessions.version[slot] + 1 + random.below(5));
  } else {
    codec.setU8(record.RECORD_KIND, RecordKind.create);
    codec.setU32(record.RECORD_REMOTE_ADDRESS, STRANGER);
  }
  const instance = random.pick(nodes.filter((other) => other !== node)).instances[index];
  instance.translator.applyRecord(bytes, 0, instance.nowMs);
  return { owner: node.slot, instance, what };
}

/** Sessions that the node owns and has told of. */
function ownSessions(node: SimulatedNode, index: number): number[] {
  const { sessions, log } = node.instances[index].translator.store;
  const slots: number[] = [];
  for (let slot = 0; slot < sessions.used; slot++) {
    const said = sessions.isLive(slot) && (sessions.hashHigh[slot] !== 0 || sessions.hashLow[slot] !== 0);
    if (said && sessions.owner[slot] === node.slot && !log.isPending(slot)) slots.push(slot);
  }
  return slots;
}

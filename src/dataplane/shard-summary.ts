import { type SyncState, syncStateOf } from '../translator/nat64/records/replica-sets.ts';
import { MAX_NODE_SLOT } from '../translator/options.ts';
import type { CounterValue, OwnerSummary, ShardSummary } from './instance-options.ts';
import { type ShardUnit, UNIT_COUNTERS } from './shard-unit.ts';
import { SharedState } from './shared-state.ts';
import { WorkerCounter } from './worker-counters.ts';

/** Owners with sessions or state here. In sync means in sync in every shard. */
export function ownersOf(units: readonly ShardUnit[]): OwnerSummary[] {
  return Array.from({ length: MAX_NODE_SLOT }, (_, index) => index + 1)
    .map((slot) => {
      const index = SharedState.slotIndex(slot);
      const sessions = sum(units.map(({ shared }) => shared.slots[index]));
      const sync = worst(units.map(({ shared }) => syncStateOf(shared.slots[index + 1])));
      return { slot, sessions, sync, yielded: sum(units.map(({ shared }) => shared.slots[index + 2])) };
    })
    .filter(({ sessions, sync, yielded }) => sessions > 0 || sync !== 'unknown' || yielded > 0);
}

/** Sums of the counters of all shards. */
export function countersOf(units: readonly ShardUnit[]): CounterValue[] {
  const values = units.map((unit) => unit.counters());
  return UNIT_COUNTERS.map(({ name, kind, help }, index) => {
    const value = sum(values.map((of) => of[index]));
    return { name, kind, help, value };
  });
}

export function shardSummary(unit: ShardUnit): ShardSummary {
  const { workerCounters } = unit.shared;
  return {
    sessions: unit.fact('sessions'),
    packets: workerCounters[WorkerCounter.tunPacketsRead],
    handedOver: workerCounters[WorkerCounter.handedOver],
  };
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function worst(states: readonly SyncState[]): SyncState {
  if (states.includes('differs')) return 'differs';
  return states.every((state) => state === 'inSync') ? 'inSync' : 'unknown';
}

import { describe, expect, it } from 'vitest';
import { warmUp } from '../../../src/dataplane/warm-up.ts';
import type { Nat64Options, TranslatorOptions } from '../../../src/translator/options.ts';
import { OPTIONS } from '../translator/nat64/bench-of-one.ts';
import { OPTIONS as SIIT } from '../translator/siit/options.ts';

const ROUNDS = 20;
/** Two datagrams, a segment and an echo in each round, and an answer to each. */
const PACKETS = 8;
/** Where datagrams are joined, the two are one. */
const PACKETS_JOINED = 6;

function nat64(changes: Partial<Nat64Options>): TranslatorOptions {
  return { ...OPTIONS, ...changes };
}

const INSTANCES: readonly (readonly [name: string, options: TranslatorOptions])[] = [
  ['nat64', nat64({})],
  ['nat64 of one of several nodes', nat64({ slot: 3, slots: 4 })],
  ['nat64 with slices of others', nat64({ slot: 1, slots: 2, slices: [1, 2] })],
  ['nat64 with port blocks, limits and a log', nat64({ portBlockSize: 64, natLog: 'sessions', ftpAlg: true })],
  ['nat64 that lets the first packet wait', nat64({ deferMs: 100, holdBackMs: 1000 })],
  ['nat64 that filters', nat64({ addressDependentFiltering: true, dropExternallyInitiatedTcp: true })],
  ['nat64 that is a shard', nat64({ shard: { index: 1, count: 2 } })],
  ['siit', SIIT],
];

describe('a warm-up', () => {
  it.each(INSTANCES)('gets every packet of %s there and back', (_, options) => {
    const how = { fastPath: false, nowMs: () => 1, rounds: ROUNDS };
    expect(warmUp(options, { ...how, joinDatagrams: false })).toBe(ROUNDS * PACKETS);
    expect(warmUp(options, { ...how, joinDatagrams: true })).toBe(ROUNDS * PACKETS_JOINED);
  });

  it.runIf(process.getuid?.() === 0)('has its sessions enter tables of a fast path', () => {
    const how = { joinDatagrams: false, fastPath: true, nowMs: () => 1, rounds: ROUNDS };
    expect(warmUp(nat64({}), how)).toBe(ROUNDS * PACKETS);
  });

  it('ends when it takes too long', () => {
    let nowMs = 0;
    expect(
      warmUp(SIIT, { joinDatagrams: false, fastPath: false, nowMs: () => (nowMs += 100), rounds: ROUNDS }),
    ).toBeLessThan(ROUNDS * PACKETS);
  });
});

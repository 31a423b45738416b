import { expect } from 'vitest';
import { COUNTERS } from '../../../../../src/translator/counters.ts';
import type { Preview, PreviewStep } from '../../../../../src/translator/nat64/preview/preview.ts';
import { bibRows, sessionRows } from '../../../../../src/translator/nat64/tables/table-rows.ts';
import type { Bench } from '../bench-of-one.ts';

/** What a packet comes to: verdict, reason, and the steps in words. */
export interface Met {
  readonly verdict: string;
  readonly reason: string;
  readonly steps: readonly string[];
}

/** A step in words: what `isthmus explain` shows of it. */
function inWords(step: PreviewStep): string {
  if (step.kind === 'mapping') {
    const [row] = bibRows(step.row);
    return `mapping ${row?.client} ${row?.clientPort}`;
  }
  if (step.kind === 'session') {
    const [row] = sessionRows(step.row);
    return `session ${row?.remote} ${row?.remotePort}`;
  }
  if (step.kind === 'newMapping') return step.again ? 'newMapping again' : 'newMapping';
  if (step.kind === 'waitsForPeer') return `waitsForPeer ${step.mostMs}`;
  if (step.kind === 'otherShard') return `otherShard ${step.shard}`;
  if (step.kind !== 'holdings') return step.kind;
  const { client, network } = step;
  return `holdings ${client.sessions}/${client.entries} of ${network.sessions}/${network.entries}`;
}

/** Without the IPv4 identification, of which the preview has a counter of its own, and the checksum over it. */
function comparable(packets: readonly Uint8Array[]): string[] {
  return packets.map((bytes) => {
    const copy = bytes.slice();
    if (copy[0] >> 4 === 4) copy.fill(0, 4, 6).fill(0, 10, 12);
    return Buffer.from(copy).toString('hex');
  });
}

export function previewed(bench: Bench, packet: Uint8Array): Met {
  return metOf(bench.translator.preview(packet, bench.nowMs));
}

/** What the preview says of a packet, which is what the packet then comes to; the preview itself changes nothing. */
export function met(bench: Bench, packet: Uint8Array): Met {
  const { translator, nowMs } = bench;
  const figures = (): unknown => [translator.sessionCount, translator.bibCount, ...translator.counters.values];
  const before = figures();
  const preview = translator.preview(packet, nowMs);
  expect(figures()).toEqual(before);
  const given = preview.steps.find((step) => step.kind === 'newMapping');
  const outcome = bench.send(packet);
  const said = metOf(preview);
  expect({ verdict: said.verdict, reason: said.reason }).toEqual({ verdict: outcome.verdict, reason: outcome.reason });
  if (outcome.verdict !== 'error') expect(comparable(preview.out)).toEqual(comparable(outcome.out));
  if (given !== undefined && outcome.out[0] !== undefined && outcome.out[0][0] >> 4 === 4) {
    const view = new DataView(outcome.out[0].buffer);
    const port = view.getUint16(outcome.out[0][9] === 1 ? 24 : 20);
    expect([given.address, given.port]).toEqual([view.getUint32(12), port]);
  }
  return said;
}

function metOf({ verdict, reason, steps }: Preview): Met {
  return { verdict, reason: COUNTERS[reason]?.name ?? '', steps: steps.map(inWords) };
}

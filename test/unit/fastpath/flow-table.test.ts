import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FlowHash } from '../../../src/fastpath/flow-hash.ts';
import { FlowLine, FlowTable, SLOTS } from '../../../src/fastpath/flow-table.ts';
import { QUARANTINE_MS } from '../../../src/fastpath/free-lines.ts';
import { FLOW, FLOW_SIZE } from '../../../src/fastpath/layout.ts';

const asRoot = process.getuid?.() === 0;
const UDP = 17;

/** A flow of the IPv4 side that is known by one number. */
function lineOf(number: number): FlowLine {
  const line = new FlowLine();
  line.protocol = UDP;
  line.view.setUint32(FLOW.server4, number);
  line.view.setUint16(FLOW.newPort, number & 0xffff);
  return line;
}

/** Every flow has the first bucket. */
function hashToNothing(): FlowHash {
  return new FlowHash(new Uint32Array(16));
}

describe.runIf(asRoot)('a table of flows', () => {
  const tables: FlowTable[] = [];
  function tableOf(flows: number, hash?: FlowHash): FlowTable {
    const table = new FlowTable('from4', flows, ['lines', 'index'], hash);
    tables.push(table);
    return table;
  }
  afterEach(() => {
    for (const table of tables.splice(0)) table.close();
  });
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

  it('holds as many flows as a bucket has slots for when all collide, and refuses the next one', () => {
    const table = tableOf(64, hashToNothing());
    for (const number of numbers(SLOTS)) expect(table.enter(lineOf(number), 5000)).toBe(true);
    expect(table.enter(lineOf(SLOTS), 5000)).toBe(false);
    expect(table.find(lineOf(SLOTS))).toBe(0);
    expect(numbers(SLOTS).map((number) => table.find(lineOf(number)))).toEqual(numbers(SLOTS).map((one) => one + 1));
    table.remove(lineOf(3), 5000);
    expect(table.enter(lineOf(SLOTS), 5000)).toBe(true);
    expect([table.find(lineOf(3)), table.find(lineOf(SLOTS))]).toEqual([0, SLOTS + 1]);
  });

  it('refuses a flow when all lines are taken', () => {
    const table = tableOf(40);
    for (const number of numbers(40)) table.enter(lineOf(number), 5000);
    expect(table.enter(lineOf(40), 5000)).toBe(false);
  });

  it.each([5000, 2 ** 32 - 10])('gives a line again only when no run can be reading it any more, at %i ms', (nowMs) => {
    const table = tableOf(8);
    for (const number of numbers(8)) table.enter(lineOf(number), nowMs);
    const line = table.find(lineOf(3));
    table.remove(lineOf(3), nowMs);
    expect(table.enter(lineOf(99), nowMs + QUARANTINE_MS - 1)).toBe(false);
    expect(table.enter(lineOf(99), nowMs + QUARANTINE_MS)).toBe(true);
    expect(table.find(lineOf(99))).toBe(line);
  });

  it('says another incarnation of the next flow in a line', () => {
    const table = tableOf(64);
    table.enter(lineOf(1), 5000);
    const word = table.wordAt(1, FLOW.word);
    table.remove(lineOf(1), 5000);
    expect(table.wordAt(1, FLOW.word)).toBe(0);
    table.enter(lineOf(1), 5000 + QUARANTINE_MS);
    expect(table.wordAt(1, FLOW.word)).not.toBe(word);
    expect(table.wordAt(1, FLOW.word) & 0xffff).toBe(word & 0xffff);
  });

  it('reads counts that are larger than 32 bits', () => {
    const table = tableOf(64);
    table.enter(lineOf(1), 5000);
    new DataView(table.memory).setBigUint64(FLOW_SIZE + FLOW.bytes, 2n ** 40n + 7n, true);
    expect(table.countAt(1, FLOW.bytes)).toBe(2 ** 40 + 7);
  });

  it('reads a count again that has passed 32 bits meanwhile', () => {
    const table = tableOf(64);
    table.enter(lineOf(1), 5000);
    new DataView(table.memory).setBigUint64(FLOW_SIZE + FLOW.bytes, 2n ** 32n + 5n, true);
    // The upper half is read before the program counts, the lower half behind it.
    vi.spyOn(table, 'wordAt').mockReturnValueOnce(0);
    expect(table.countAt(1, FLOW.bytes)).toBe(2 ** 32 + 5);
  });

  it('enters a flow that is there as a new one, in another line', () => {
    const table = tableOf(64, hashToNothing());
    for (const number of numbers(4)) table.enter(lineOf(number), 5000);
    expect(table.enter(lineOf(2), 5000)).toBe(true);
    expect(numbers(4).map((number) => table.find(lineOf(number)))).toEqual([1, 2, 5, 4]);
    expect(table.wordAt(3, FLOW.word)).toBe(0);
    expect(table.remove(lineOf(2), 5000)).toBe(5);
    expect(numbers(4).map((number) => table.find(lineOf(number)))).toEqual([1, 2, 0, 4]);
  });

  it.each([1, 4, 256, 7919, 0x10001])('holds nearly all flows that it is made for, %i apart', (step) => {
    const flows = 16_384;
    const table = tableOf(flows);
    const held = numbers(flows).filter((number) => table.enter(lineOf(number * step), 5000));
    expect(held.length / flows).toBeGreaterThan(0.99);
  });

  it('keeps what a map would keep, over any entering, leaving and waiting', () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('enter' as const), number: fc.nat(40) }) },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('remove' as const), number: fc.nat(40) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), number: fc.nat(2 * QUARANTINE_MS) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        // More flows than lines, in two buckets.
        const table = tableOf(24, new FlowHash(Uint32Array.from({ length: 16 }, (_, index) => index * 0x5bd1_e995)));
        const model = new Map<number, number>();
        const leftMs = new Map<number, number>();
        let nowMs = 10_000;
        for (const { kind, number } of steps) {
          if (kind === 'wait') nowMs += number;
          else if (kind === 'enter') {
            if (model.has(number) || !table.enter(lineOf(number), nowMs)) continue;
            const line = table.find(lineOf(number));
            expect([...model.values()]).not.toContain(line);
            expect(nowMs - (leftMs.get(line) ?? 0)).toBeGreaterThanOrEqual(QUARANTINE_MS);
            model.set(number, line);
          } else {
            table.remove(lineOf(number), nowMs);
            const line = model.get(number);
            if (line !== undefined) leftMs.set(line, nowMs);
            model.delete(number);
          }
          for (let one = 0; one <= 40; one++) expect(table.find(lineOf(one))).toBe(model.get(one) ?? 0);
        }
        table.close();
        tables.pop();
      }),
      { numRuns: 100 },
    );
  });
});

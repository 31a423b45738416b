import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FlowTraffic } from '../../../src/translator/flow-offload.ts';
import { readTraffic } from '../../../src/translator/nat64/tables/table-rows.ts';
import { Bench } from '../translator/nat64/bench-of-one.ts';
import { udp } from '../translator/packets.ts';
import { LEFT, ProgramBench, REDIRECTED } from './program-bench.ts';

const asRoot = process.getuid?.() === 0;
const SERVER = '198.51.100.7';
const SERVER6 = `64:ff9b::${SERVER}`;
const FLOWS = 5;

/** What was seen of a flow: packets that either path has translated, and their bytes. */
interface Seen {
  packets6to4: number;
  bytes6to4: number;
  packets4to6: number;
  bytes4to6: number;
}

/**
 * What a session is said to have carried, against what was translated of it, one packet at a time: whenever
 * it is asked, over any number of times that the flow leaves and enters again, and at the end.
 */
describe.runIf(asRoot)('accounts of flows', () => {
  let program: ProgramBench;
  beforeAll(() => {
    program = new ProgramBench();
  });
  afterAll(() => program.close());

  const step = fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({
        kind: fc.constant('packet' as const),
        flow: fc.nat(FLOWS - 1),
        fromClient: fc.boolean(),
        bytes: fc.nat(1200),
        /** The last hop: the packet is left to the slow path, and answered there. */
        expires: fc.boolean(),
      }),
    },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('sample' as const), flow: fc.nat(FLOWS - 1) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('reload' as const) }) },
  );

  it('are exact in every sample, and when all flows have left', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
        const bench = new Bench();
        bench.translator.useFlowOffload(program);
        const counted: Record<string, number> = {};
        const seen: Seen[] = [];
        const from6 = (flow: number) => ({ src: `2001:db8::${flow + 1}`, dst: SERVER6 });
        const outside: { pool4: string; port: number }[] = [];
        const slow = (bytes: Uint8Array): Uint8Array | undefined => {
          const [out] = bench.send(bytes).out;
          bench.records();
          return out;
        };
        const note = (flow: number, fromClient: boolean, bytes: number): void => {
          seen[flow][fromClient ? 'packets6to4' : 'packets4to6'] += 1;
          seen[flow][fromClient ? 'bytes6to4' : 'bytes4to6'] += bytes;
        };
        let fast = 0;
        for (let flow = 0; flow < FLOWS; flow++) {
          seen.push({ packets6to4: 0, bytes6to4: 0, packets4to6: 0, bytes4to6: 0 });
          for (let time = 0; time < 9; time++) {
            const bytes = udp(from6(flow), 5000, 53, [1, 2, 3]);
            const out = slow(bytes);
            if (out === undefined) throw new Error('the slow path did not translate it');
            note(flow, true, bytes.length);
            outside[flow] = { pool4: [...out.subarray(12, 16)].join('.'), port: (out[20] << 8) | out[21] };
          }
        }

        function send(flow: number, fromClient: boolean, length: number, expires: boolean): void {
          const payload = Array<number>(length).fill(7);
          const hops = expires ? { hops: 1 } : {};
          const { pool4, port } = outside[flow];
          const bytes = fromClient
            ? udp({ ...from6(flow), ...hops }, 5000, 53, payload)
            : udp({ src: SERVER, dst: pool4, ...hops }, 53, port, payload);
          const { verdict, counted: changed } = program.run(bytes);
          for (const [name, count] of Object.entries(changed)) counted[name] = (counted[name] ?? 0) + count;
          if (!expires) note(flow, fromClient, bytes.length);
          if (verdict === REDIRECTED) {
            fast += 1;
            expect(expires).toBe(false);
          } else {
            expect(verdict).toBe(LEFT);
            slow(bytes);
          }
        }

        const traffic = new FlowTraffic();
        const check = (flow: number): void => {
          readTraffic(bench.translator.store, flow, traffic);
          expect(traffic).toMatchObject(seen[flow]);
        };
        for (const one of steps) {
          if (one.kind === 'packet') send(one.flow, one.fromClient, one.bytes, one.expires);
          else if (one.kind === 'sample') check(one.flow);
          else {
            bench.translator.reconfigure(bench.options);
            bench.wait(1);
          }
        }
        bench.translator.reconfigure(bench.options);
        bench.wait(1);
        for (let flow = 0; flow < FLOWS; flow++) {
          expect(bench.translator.store.settled?.has(flow)).toBe(false);
          check(flow);
        }
        expect((counted['packets6to4'] ?? 0) + (counted['packets4to6'] ?? 0)).toBe(fast);
        const sent = steps.filter(({ kind }) => kind === 'packet').length;
        const excluded = Object.entries(counted).filter(([name]) => !/^(packets|bytes)/.test(name));
        const left = excluded.reduce((sum, [, count]) => sum + count, 0);
        expect(fast + left).toBe(sent);
      }),
      { numRuns: 60 },
    );
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { QUARANTINE_MS } from '../../../src/fastpath/free-lines.ts';
import { FLOW } from '../../../src/fastpath/layout.ts';
import { EmbeddingPrefix } from '../../../src/translator/rfc6052.ts';
import { FlowTraffic, SettledFlow } from '../../../src/translator/flow-offload.ts';
import { checksumsAreRight, udp } from '../translator/packets.ts';
import { ProgramBench, REDIRECTED } from './program-bench.ts';

const asRoot = process.getuid?.() === 0;
const POOL6 = '64:ff9b::/96';
const UDP = 17;
const [POOL4, SERVER4] = [0xcb007101, 0xc6336407];
const [POOL4_TEXT, SERVER4_TEXT] = ['203.0.113.1', '198.51.100.7'];

/** A flow of the client 2001:db8::number. */
function flowOf(number: number, pool6 = POOL6): SettledFlow {
  const flow = new SettledFlow();
  flow.protocol = UDP;
  flow.client.set([0x20, 1, 0x0d, 0xb8]);
  flow.client.set([number >> 8, number & 255], 14);
  new EmbeddingPrefix(pool6).embed(SERVER4, flow.server6, 0);
  flow.clientPort = 4000;
  flow.pool4 = POOL4;
  flow.pool4Port = 10_000 + number;
  flow.server4 = SERVER4;
  flow.serverPort = 53;
  return flow;
}

function text6(address: Uint8Array): string {
  return Buffer.from(address).toString('hex').match(/.{4}/g)?.join(':') ?? '';
}

const out = (flow: SettledFlow): Uint8Array =>
  udp({ src: text6(flow.client), dst: text6(flow.server6) }, flow.clientPort, flow.serverPort, [1, 2, 3]);
const back = (flow: SettledFlow): Uint8Array =>
  udp({ src: SERVER4_TEXT, dst: POOL4_TEXT }, flow.serverPort, flow.pool4Port, [4, 5, 6]);

/** The program of the kernel in the tables that the worker writes. */
describe.runIf(asRoot)('the program and its tables', () => {
  let program: ProgramBench | undefined;
  function open(flows: number, pool6 = POOL6): ProgramBench {
    program = new ProgramBench('session', flows, pool6);
    return program;
  }
  afterEach(() => {
    program?.close();
    program = undefined;
  });

  it('agree on the line of every flow, wherever it is in its bucket', () => {
    const { run, ...bench } = bound(open(512));
    const flows = Array.from({ length: 512 }, (_, number) => flowOf(number + 1));
    const entered = flows.filter((flow) => bench.enter(flow));
    expect(entered.length).toBeGreaterThan(500);
    for (const flow of flows) {
      const expected = entered.includes(flow) ? REDIRECTED : -1;
      expect([run(out(flow)).verdict, run(back(flow)).verdict]).toEqual([expected, expected]);
    }
    for (const flow of entered) bench.leave(flow);
    for (const flow of flows) expect([run(out(flow)).verdict, run(back(flow)).verdict]).toEqual([-1, -1]);
  });

  it.each([
    '2001:db8::/32',
    '2001:db8:100::/40',
    '2001:db8:1c0::/48',
    '2001:db8:1c0:a500::/56',
    '2001:db8:1c0:a5::/64',
    POOL6,
  ])('know servers behind a pool6 of any length: %s', (pool6) => {
    const { run, enter } = bound(open(16, pool6));
    const flow = flowOf(7, pool6);
    enter(flow);
    const { verdict, packet } = run(out(flow));
    expect([verdict, checksumsAreRight(packet)]).toEqual([REDIRECTED, true]);
    expect([...packet.subarray(12, 20)]).toEqual([203, 0, 113, 1, 198, 51, 100, 7]);
    const answer = run(back(flow));
    expect([answer.verdict, checksumsAreRight(answer.packet)]).toEqual([REDIRECTED, true]);
    expect([...answer.packet.subarray(8, 40)]).toEqual([...flow.server6, ...flow.client]);
    // Each byte of the destination counts: those of the prefix, of the address, u-octet and suffix.
    for (let at = 24; at < 40; at++) {
      const other = out(flow);
      other[at] ^= 0x10;
      expect(run(other).counted).toEqual({ noFlow: 1 });
    }
  });

  it('never meet a flow that is half written, nor what has left', () => {
    const bench = open(16);
    const flow = flowOf(7);
    bench.enter(flow);
    const line = bench.lineOf(flow, 6);
    if (line === undefined) throw new Error('not there');
    const word = line.getUint32(FLOW.word, true);
    // As long as its word is not written, it is none; and none in a line that was left.
    for (const other of [0, word & ~1, word ^ 0x0100]) {
      line.setUint32(FLOW.word, other, true);
      expect(bench.whyLeft(out(flow))).toBe('noFlow');
    }
    line.setUint32(FLOW.word, word, true);
    for (const at of [FLOW.client, FLOW.client + 15, FLOW.server4, FLOW.ports, FLOW.ports + 2]) {
      line.setUint8(at, line.getUint8(at) ^ 1);
      expect(bench.whyLeft(out(flow))).toBe('noFlow');
      line.setUint8(at, line.getUint8(at) ^ 1);
    }
    expect(bench.run(out(flow)).verdict).toBe(REDIRECTED);
  });

  it('count a flow that has a line again from zero, and see it as of now', () => {
    const bench = open(16);
    const flow = flowOf(7);
    const traffic = new FlowTraffic();
    bench.enter(flow);
    for (let time = 0; time < 3; time++) bench.run(out(flow));
    bench.leave(flow, traffic);
    expect(traffic).toMatchObject({ packets6to4: 3, bytes6to4: 3 * out(flow).length, packets4to6: 0 });
    bench.laterMs = QUARANTINE_MS;
    bench.enter(flow);
    bench.read(flow, traffic);
    expect(traffic).toMatchObject({ seenMs: Number.NEGATIVE_INFINITY, packets6to4: 0, bytes6to4: 0 });
    bench.run(back(flow));
    bench.read(flow, traffic);
    expect(traffic).toMatchObject({ packets6to4: 0, packets4to6: 1, bytes4to6: back(flow).length });
  });
});

/** The calls of a bench, to be taken apart. */
function bound(bench: ProgramBench): {
  run: ProgramBench['run'];
  enter: (flow: SettledFlow) => boolean;
  leave: (flow: SettledFlow) => void;
} {
  const traffic = new FlowTraffic();
  return {
    run: (packet, options) => bench.run(packet, options),
    enter: (flow) => bench.enter(flow),
    leave: (flow) => bench.leave(flow, traffic),
  };
}

import { afterEach, describe, expect, it } from 'vitest';
import { FLOW, FLOW_SIZE, SEEN_SHIFT } from '../../../src/fastpath/layout.ts';
import { SessionFlows } from '../../../src/fastpath/session-flows.ts';
import { FlowTraffic, SettledFlow } from '../../../src/translator/flow-offload.ts';

const UDP = 17;
const UNIT_MS = 2 ** SEEN_SHIFT / 1e6;
const OFFSET_MS = 5000;

function flowOf(number: number): SettledFlow {
  const flow = new SettledFlow();
  flow.protocol = UDP;
  flow.client[15] = number;
  flow.server4 = 0xc6336407;
  flow.pool4 = 0xcb007101;
  flow.clientPort = 4000;
  flow.pool4Port = 10_000 + number;
  flow.serverPort = 53;
  return flow;
}

describe.runIf(process.getuid?.() === 0)('the flows of sessions', () => {
  let units = 1000;
  let opened: SessionFlows | undefined;
  function open(flows = 8): SessionFlows {
    units = 1000;
    opened = new SessionFlows(flows, { monotonicMs: () => units * UNIT_MS + 0.1, clockOffsetMs: OFFSET_MS });
    return opened;
  }
  afterEach(() => opened?.close());

  /** What the program would have counted. */
  function count(
    flows: SessionFlows,
    flow: SettledFlow,
    from: 4 | 6,
    packets: bigint,
    bytes: bigint,
    seen: number,
  ): void {
    const { memory, number } = flows.placeOf(flow, from);
    expect(number).toBeGreaterThan(0);
    const line = new DataView(memory, number * FLOW_SIZE, FLOW_SIZE);
    line.setBigUint64(FLOW.packets, packets, true);
    line.setBigUint64(FLOW.bytes, bytes, true);
    line.setUint32(FLOW.lastSeen, seen, true);
  }

  it('have what each direction has counted, beyond 32 bits too', () => {
    const flows = open();
    flows.enter(flowOf(1));
    count(flows, flowOf(1), 6, 2n ** 33n + 1n, 2n ** 41n + 2n, 990);
    count(flows, flowOf(1), 4, 2n ** 34n + 3n, 2n ** 42n + 4n, 991);
    const expected = {
      packets6to4: 2 ** 33 + 1,
      bytes6to4: 2 ** 41 + 2,
      packets4to6: 2 ** 34 + 3,
      bytes4to6: 2 ** 42 + 4,
    };
    const traffic = new FlowTraffic();
    flows.read(flowOf(1), traffic);
    expect(traffic).toMatchObject(expected);
    expect(traffic.seenMs).toBeCloseTo(991 * UNIT_MS - OFFSET_MS, 6);
    flows.leave(flowOf(1), traffic);
    expect(traffic).toMatchObject(expected);
    flows.read(flowOf(1), traffic);
    expect(traffic).toEqual(new FlowTraffic());
  });

  it.each([
    ['long after the clock began', 2 ** 36 + 1000, 990, 2 ** 36 + 990],
    ['just before the 32 bits of the program end', 2 ** 32 + 5, 2 ** 32 - 3, 2 ** 32 - 3],
    ['by a program that is just ahead of this clock', 2 ** 32 - 2, 1, 2 ** 32 + 1],
  ])('were last seen %s', (_, now, seen, expected) => {
    const flows = open();
    flows.enter(flowOf(1));
    units = now;
    for (const from of [6, 4] as const) {
      const flow = flowOf(1);
      const traffic = new FlowTraffic();
      count(flows, flow, from, 1n, 60n, seen);
      flows.read(flow, traffic);
      expect(traffic.seenMs).toBeCloseTo(expected * UNIT_MS - OFFSET_MS, 2);
    }
  });

  it('were seen by the direction that saw the last packet, and by none that saw no packet', () => {
    const flows = open();
    const traffic = new FlowTraffic();
    flows.enter(flowOf(1));
    flows.read(flowOf(1), traffic);
    const never = traffic.seenMs;
    count(flows, flowOf(1), 6, 0n, 0n, 995);
    flows.read(flowOf(1), traffic);
    expect(traffic.seenMs).toBe(never);
    count(flows, flowOf(1), 6, 1n, 60n, 980);
    count(flows, flowOf(1), 4, 1n, 60n, 970);
    flows.read(flowOf(1), traffic);
    expect(traffic.seenMs).toBeCloseTo(980 * UNIT_MS - OFFSET_MS, 6);
  });

  it('are refused whole when there is no room: neither direction keeps a half', () => {
    const flows = open(2);
    expect([1, 2, 3].map((number) => flows.enter(flowOf(number)))).toEqual([true, true, false]);
    expect(([6, 4] as const).map((from) => flows.placeOf(flowOf(3), from).number)).toEqual([0, 0]);
    expect(([6, 4] as const).map((from) => flows.placeOf(flowOf(2), from).number)).toEqual([2, 2]);
  });
});

import { PROTOCOL_ICMP } from '../net/ip-headers.ts';
import type { FlowOffload, FlowTraffic, SettledFlow } from '../translator/flow-offload.ts';
import { addressDelta, echoDelta4to6, echoDelta6to4, sum4, sum6 } from './checksum-deltas.ts';
import { FlowLine, FlowTable } from './flow-table.ts';
import { FLOW, SEEN_SHIFT } from './layout.ts';

const MS_PER_UNIT = 2 ** SEEN_SHIFT / 1e6;

/** Clocks involved with a flow, milliseconds. */
export interface FlowClocks {
  /** The kernel's monotonic clock, used by the program. */
  readonly monotonicMs: () => number;
  /** How far the translator's clock is behind it. */
  readonly clockOffsetMs: number;
}

/** The flows of sessions, one table per direction, as written and read by the worker. */
export class SessionFlows implements FlowOffload {
  readonly flows6: FlowTable;
  readonly flows4: FlowTable;
  /** Set by the component that attaches the program. */
  isAttached = false;
  readonly #line6 = new FlowLine();
  readonly #line4 = new FlowLine();
  readonly #clocks: FlowClocks;

  /** @param flows maximum number. @throws SystemCallError, BpfError */
  constructor(flows: number, clocks: FlowClocks) {
    this.#clocks = clocks;
    this.flows6 = new FlowTable('from6', flows, ['isthmus_flows6', 'isthmus_index6']);
    try {
      this.flows4 = new FlowTable('from4', flows, ['isthmus_flows4', 'isthmus_index4']);
    } catch (error) {
      this.flows6.close();
      throw error;
    }
  }

  enter(flow: SettledFlow): boolean {
    const nowMs = this.#clocks.monotonicMs();
    this.#describe(flow);
    this.#complete(flow);
    // The return direction first: an answer must not find half a flow.
    if (this.flows4.enter(this.#line4, nowMs) && this.flows6.enter(this.#line6, nowMs)) return true;
    this.flows6.remove(this.#line6, nowMs);
    this.flows4.remove(this.#line4, nowMs);
    return false;
  }

  leave(flow: SettledFlow, traffic: FlowTraffic): void {
    const nowMs = this.#clocks.monotonicMs();
    this.#describe(flow);
    // The counts are final when the program no longer finds the flow.
    const line6 = this.flows6.remove(this.#line6, nowMs);
    this.#collect(traffic, line6, this.flows4.remove(this.#line4, nowMs));
  }

  read(flow: SettledFlow, traffic: FlowTraffic): void {
    this.#describe(flow);
    this.#collect(traffic, this.flows6.find(this.#line6), this.flows4.find(this.#line4));
  }

  /** Tables for the program. */
  get tables(): Pick<SessionFlows, 'flows6' | 'flows4'> {
    return { flows6: this.flows6, flows4: this.flows4 };
  }

  /** The table memory of a direction, and the number of the flow's line in it, 0: none. */
  placeOf(flow: SettledFlow, from: 4 | 6): { readonly memory: ArrayBuffer; readonly number: number } {
    this.#describe(flow);
    const table = from === 6 ? this.flows6 : this.flows4;
    return { memory: table.memory, number: table.find(from === 6 ? this.#line6 : this.#line4) };
  }

  close(): void {
    this.flows6.close();
    this.flows4.close();
  }

  /** Reads the counts of these lines, 0: none. */
  #collect(traffic: FlowTraffic, line6: number, line4: number): void {
    traffic.clear();
    if (line6 > 0) {
      traffic.packets6to4 = this.flows6.countAt(line6, FLOW.packets);
      traffic.bytes6to4 = this.flows6.countAt(line6, FLOW.bytes);
      if (traffic.packets6to4 > 0) this.#saw(traffic, this.flows6.wordAt(line6, FLOW.lastSeen));
    }
    if (line4 > 0) {
      traffic.packets4to6 = this.flows4.countAt(line4, FLOW.packets);
      traffic.bytes4to6 = this.flows4.countAt(line4, FLOW.bytes);
      if (traffic.packets4to6 > 0) this.#saw(traffic, this.flows4.wordAt(line4, FLOW.lastSeen));
    }
  }

  /** @param seen on the program's clock, modulo 2^32 */
  #saw(traffic: FlowTraffic, seen: number): void {
    const { monotonicMs, clockOffsetMs } = this.#clocks;
    const now = Math.floor(monotonicMs() / MS_PER_UNIT);
    const units = now - ((now - seen) | 0);
    traffic.seenMs = Math.max(traffic.seenMs, units * MS_PER_UNIT - clockOffsetMs);
  }

  /** Sets the key of a flow. */
  #describe({ protocol, client, clientPort, pool4, pool4Port, server4, serverPort }: SettledFlow): void {
    const { view: view6 } = this.#line6;
    const { view: view4 } = this.#line4;
    this.#line6.bytes.set(client, FLOW.client);
    view6.setUint32(FLOW.server4, server4);
    view6.setUint16(FLOW.ports, clientPort);
    view6.setUint16(FLOW.ports + 2, serverPort);
    view4.setUint32(FLOW.pool4, pool4);
    view4.setUint32(FLOW.server4, server4);
    view4.setUint16(FLOW.ports, serverPort);
    view4.setUint16(FLOW.ports + 2, pool4Port);
    this.#line6.protocol = protocol;
    this.#line4.protocol = protocol;
  }

  /** Sets the other fields of a flow. */
  #complete(flow: SettledFlow): void {
    const { view: view6 } = this.#line6;
    const { view: view4 } = this.#line4;
    const [six, four] = [sum6(flow), sum4(flow)];
    const echo = flow.protocol === PROTOCOL_ICMP;
    view6.setUint32(FLOW.pool4, flow.pool4);
    view6.setUint16(FLOW.newPort, flow.pool4Port);
    view6.setUint16(FLOW.delta, echo ? echoDelta6to4(six) : addressDelta(six, four), true);
    this.#line4.bytes.set(flow.client, FLOW.client);
    view4.setUint16(FLOW.newPort, flow.clientPort);
    view4.setUint16(FLOW.delta, echo ? echoDelta4to6(six) : addressDelta(four, six), true);
  }
}

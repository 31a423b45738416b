import { PROTOCOL_ICMP } from '../net/ip-headers.ts';
import type { FlowTraffic, SettledFlow } from '../translator/flow-offload.ts';
import { addressDelta4to6, addressDelta6to4, echoDelta4to6, echoDelta6to4 } from './checksum-deltas.ts';
import { FlowLine, FlowTable } from './flow-table.ts';
import { FLOW, SEEN_SHIFT } from './layout.ts';

const MS_PER_UNIT = 2 ** SEEN_SHIFT / 1e6;

/** The flows of sessions, a table for each direction, as the worker fills and reads them. */
export class SessionFlows {
  readonly flows6: FlowTable;
  readonly flows4: FlowTable;
  readonly #line6 = new FlowLine();
  readonly #line4 = new FlowLine();
  readonly #monotonicMs: () => number;

  /**
   * @param flows at once
   * @param monotonicMs the clock by which the program sees flows
   * @throws SystemCallError, BpfError
   */
  constructor(flows: number, monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
    this.flows6 = new FlowTable('from6', flows, ['isthmus_flows6', 'isthmus_index6']);
    try {
      this.flows4 = new FlowTable('from4', flows, ['isthmus_flows4', 'isthmus_index4']);
    } catch (error) {
      this.flows6.close();
      throw error;
    }
  }

  /** @returns false: there is no room */
  enter(flow: SettledFlow): boolean {
    const nowMs = this.#monotonicMs();
    this.#describe(flow);
    this.#drop(nowMs);
    this.#complete(flow);
    // First the way back: an answer must not meet half a flow.
    if (!this.flows4.enter(this.#line4, nowMs)) return false;
    if (this.flows6.enter(this.#line6, nowMs)) return true;
    this.#drop(nowMs);
    return false;
  }

  /** Removes a flow. @param traffic all that was translated of it @param clockOffsetMs as in `read` */
  leave(flow: SettledFlow, traffic: FlowTraffic, clockOffsetMs: number): void {
    this.read(flow, traffic, clockOffsetMs);
    this.#drop(this.#monotonicMs());
  }

  /** @param clockOffsetMs what the clock of `traffic` is behind the kernel's monotonic one */
  read(flow: SettledFlow, traffic: FlowTraffic, clockOffsetMs: number): void {
    this.#describe(flow);
    traffic.clear();
    const [line6, line4] = [this.flows6.find(this.#line6), this.flows4.find(this.#line4)];
    if (line6 > 0) {
      traffic.packets6to4 = this.flows6.countAt(line6, FLOW.packets);
      traffic.bytes6to4 = this.flows6.countAt(line6, FLOW.bytes);
      if (traffic.packets6to4 > 0) this.#saw(traffic, this.flows6.wordAt(line6, FLOW.lastSeen), clockOffsetMs);
    }
    if (line4 > 0) {
      traffic.packets4to6 = this.flows4.countAt(line4, FLOW.packets);
      traffic.bytes4to6 = this.flows4.countAt(line4, FLOW.bytes);
      if (traffic.packets4to6 > 0) this.#saw(traffic, this.flows4.wordAt(line4, FLOW.lastSeen), clockOffsetMs);
    }
  }

  /** What the program finds flows by. */
  get tables(): Pick<SessionFlows, 'flows6' | 'flows4'> {
    return { flows6: this.flows6, flows4: this.flows4 };
  }

  /** The lines of a direction, and the number of a flow's, 0: it has none. */
  placeOf(flow: SettledFlow, from: 4 | 6): { readonly memory: ArrayBuffer; readonly number: number } {
    this.#describe(flow);
    const table = from === 6 ? this.flows6 : this.flows4;
    return { memory: table.memory, number: table.find(from === 6 ? this.#line6 : this.#line4) };
  }

  close(): void {
    this.flows6.close();
    this.flows4.close();
  }

  /** @param seen of the program's clock, modulo 2^32 */
  #saw(traffic: FlowTraffic, seen: number, clockOffsetMs: number): void {
    const now = Math.floor(this.#monotonicMs() / MS_PER_UNIT);
    const units = now - ((now - seen) | 0);
    traffic.seenMs = Math.max(traffic.seenMs, units * MS_PER_UNIT - clockOffsetMs);
  }

  #drop(nowMs: number): void {
    this.flows6.remove(this.#line6, nowMs);
    this.flows4.remove(this.#line4, nowMs);
  }

  /** What a flow is found by, which is most of it. */
  #describe({ protocol, client, clientPort, pool4, pool4Port, server4, serverPort }: SettledFlow): void {
    for (const { bytes, view } of [this.#line6, this.#line4]) {
      bytes.set(client, FLOW.client);
      view.setUint32(FLOW.server4, server4);
      view.setUint32(FLOW.pool4, pool4);
    }
    const { view: view6 } = this.#line6;
    const { view: view4 } = this.#line4;
    view6.setUint16(FLOW.ports, clientPort);
    view6.setUint16(FLOW.ports + 2, serverPort);
    view4.setUint16(FLOW.ports, serverPort);
    view4.setUint16(FLOW.ports + 2, pool4Port);
    this.#line6.protocol = protocol;
    this.#line4.protocol = protocol;
  }

  #complete(flow: SettledFlow): void {
    const { view: view6 } = this.#line6;
    const { view: view4 } = this.#line4;
    const echo = flow.protocol === PROTOCOL_ICMP;
    view6.setUint16(FLOW.newPort, flow.pool4Port);
    view4.setUint16(FLOW.newPort, flow.clientPort);
    view6.setUint16(FLOW.delta, echo ? echoDelta6to4(flow) : addressDelta6to4(flow), true);
    view4.setUint16(FLOW.delta, echo ? echoDelta4to6(flow) : addressDelta4to6(flow), true);
  }
}

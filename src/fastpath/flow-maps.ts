import { BpfMap } from '../linux/bpf.ts';
import { PROTOCOL_ICMP, PROTOCOL_ICMPV6 } from '../net/ip-headers.ts';
import type { FlowTraffic, SettledFlow } from '../translator/nat64/packet/flow-offload.ts';
import { FLOW, FLOW4, FLOW4_SIZE, FLOW6, FLOW6_SIZE, KEY4, KEY4_SIZE, KEY6, KEY6_SIZE } from './layout.ts';
import { readMs, read64 } from './map-numbers.ts';
import { swapped } from './program-layout.ts';
import type { FlowKind } from './program-steps.ts';

const TWO32 = 0x1_0000_0000;

/** The two maps of flows, one for each direction, as the worker fills and reads them. */
export class FlowMaps {
  readonly flows6: BpfMap;
  readonly flows4: BpfMap;
  /** Of what is entered from now on; the program takes no others (CONTROL.rules). */
  rules = 1;
  readonly #kind: FlowKind;
  /** Bytes of the keys and values, to copy addresses into. */
  readonly #key6: Uint8Array;
  readonly #value6: Uint8Array;
  readonly #value4: Uint8Array;

  /**
   * @param kind of pairs the least used give way when there is no room; a session is refused
   * @param entries flows at once
   * @throws SystemCallError, BpfError
   */
  constructor(kind: FlowKind, entries: number) {
    this.#kind = kind;
    const type = kind === 'pair' ? 'lruHash' : 'hash';
    this.flows6 = BpfMap.create({ type, keySize: KEY6_SIZE, valueSize: FLOW6_SIZE, entries, name: 'isthmus_flows6' });
    try {
      this.flows4 = BpfMap.create({ type, keySize: KEY4_SIZE, valueSize: FLOW4_SIZE, entries, name: 'isthmus_flows4' });
    } catch (error) {
      this.flows6.close();
      throw error;
    }
    this.#key6 = new Uint8Array(this.flows6.key.buffer);
    this.#value6 = new Uint8Array(this.flows6.value.buffer);
    this.#value4 = new Uint8Array(this.flows4.value.buffer);
  }

  /** @returns false: there is no room */
  enter(flow: SettledFlow): boolean {
    this.#writeKeys(flow);
    this.#writeValues(flow);
    // First the way back: an answer must not meet half a flow.
    if (!this.flows4.put()) return false;
    if (this.flows6.put()) return true;
    this.flows4.remove();
    return false;
  }

  /** Enters one direction. @returns false: there is no room */
  enterOneWay(flow: SettledFlow, from: 4 | 6): boolean {
    this.#writeKeys(flow);
    this.#writeValues(flow);
    return (from === 6 ? this.flows6 : this.flows4).put();
  }

  /** Removes a flow. @param traffic all that was translated of it @param clockOffsetMs as in `read` */
  leave(flow: SettledFlow, traffic: FlowTraffic, clockOffsetMs: number): void {
    this.#writeKeys(flow);
    this.#account(traffic, this.flows6.take(), this.flows4.take(), clockOffsetMs);
  }

  /** @param clockOffsetMs what the clock of `traffic` is behind the kernel's monotonic one */
  read(flow: SettledFlow, traffic: FlowTraffic, clockOffsetMs: number): void {
    this.#writeKeys(flow);
    this.#account(traffic, this.flows6.get(), this.flows4.get(), clockOffsetMs);
  }

  close(): void {
    this.flows6.close();
    this.flows4.close();
  }

  #account(traffic: FlowTraffic, has6: boolean, has4: boolean, clockOffsetMs: number): void {
    traffic.clear();
    const { value: value6 } = this.flows6;
    const { value: value4 } = this.flows4;
    const seen = Math.max(has6 ? readMs(value6, FLOW.lastSeen) : 0, has4 ? readMs(value4, FLOW.lastSeen) : 0);
    if (seen > 0) traffic.seenMs = seen - clockOffsetMs;
    if (has6) {
      traffic.packets6to4 = read64(value6, FLOW.packets);
      traffic.bytes6to4 = read64(value6, FLOW.bytes);
    }
    if (has4) {
      traffic.packets4to6 = read64(value4, FLOW.packets);
      traffic.bytes4to6 = read64(value4, FLOW.bytes);
    }
  }

  #writeKeys(flow: SettledFlow): void {
    const key6 = this.flows6.key;
    this.#key6.set(flow.client, KEY6.client);
    this.#key6.set(flow.server6, KEY6.server);
    key6.setUint16(KEY6.sourcePort, flow.clientPort);
    key6.setUint16(KEY6.destinationPort, flow.serverPort);
    key6.setUint32(KEY6.protocol, flow.protocol, true);
    const key4 = this.flows4.key;
    key4.setUint32(KEY4.pool4, flow.pool4);
    key4.setUint32(KEY4.server, flow.server4);
    key4.setUint16(KEY4.sourcePort, flow.serverPort);
    key4.setUint16(KEY4.destinationPort, flow.pool4Port);
    key4.setUint32(KEY4.protocol, flow.protocol, true);
  }

  #writeValues(flow: SettledFlow): void {
    const to4 = this.flows6.value;
    const to6 = this.flows4.value;
    this.#value6.fill(0);
    this.#value4.fill(0);
    const sum6 = sumOf(flow.client) + sumOf(flow.server6);
    const sum4 = sumOfWord(flow.pool4) + sumOfWord(flow.server4);
    // ICMPv4 has no pseudo header.
    const pseudo6 = sum6 + swapped(PROTOCOL_ICMPV6);
    const echo = this.#kind === 'session' && flow.protocol === PROTOCOL_ICMP;
    to4.setUint32(FLOW.addressDelta, echo ? delta(0, pseudo6) : delta(sum4, sum6), true);
    to6.setUint32(FLOW.addressDelta, echo ? pseudo6 : delta(sum6, sum4), true);
    const pair = this.#kind === 'pair';
    const ports4 = pair ? delta(0, pseudo6) : delta(swapped(flow.pool4Port), swapped(flow.clientPort));
    const ports6 = pair ? pseudo6 : delta(swapped(flow.clientPort), swapped(flow.pool4Port));
    to4.setUint32(FLOW.portDelta, ports4, true);
    to6.setUint32(FLOW.portDelta, ports6, true);
    to4.setUint16(FLOW.port, flow.pool4Port);
    to6.setUint16(FLOW.port, flow.clientPort);
    for (const value of [to4, to6]) value.setUint32(FLOW.rules, this.rules, true);
    to4.setUint32(FLOW6.source, flow.pool4);
    to4.setUint32(FLOW6.destination, flow.server4);
    this.#value4.set(flow.server6, FLOW4.source);
    this.#value4.set(flow.client, FLOW4.destination);
  }
}

/** The sum of the words as a little-endian machine reads them. */
function sumOf(address: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < address.length; at += 2) sum += address[at] + (address[at + 1] << 8);
  return sum;
}

function sumOfWord(address: number): number {
  return swapped(address >>> 16) + swapped(address & 0xffff);
}

/** after − before, in 32 bits of ones' complement. */
function delta(after: number, before: number): number {
  const sum = after + (TWO32 - 1 - before);
  return sum >= TWO32 ? sum - TWO32 + 1 : sum;
}

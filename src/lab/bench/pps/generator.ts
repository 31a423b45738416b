import { BpfMap, interfaceIndex } from '../../../linux/bpf.ts';
import { threadCpuNs } from '../../../linux/cpu-time.ts';
import { inNetworkNamespace } from '../../../linux/network-place.ts';
import { XdpProgram } from '../../../linux/xdp.ts';
import { pause } from '../../world/wait.ts';
import { emptyFrame, generatorProgram } from './generator-program.ts';
import type { Stream } from './test-packets.ts';

/**
 * Frames per call, at maximum speed and at a fixed rate. A call costs as much as some thousand frames, so costs are
 * only measured with the larger number.
 */
const FLOOD_FRAMES = 65_536;
const FEWEST_FRAMES = 128;
const CALLS_PER_SECOND = 400;
/** Frames per batch. */
const BURST = 64;
/** Limit of packets sent to catch up when the sender was not scheduled: queues hold a few hundred packets. */
const MOST_DEBT = 512;
const PAUSE_MS = 1;

export interface Sent {
  readonly packets: number;
  /**
   * CPU time of the calls that generate the packets, including their processing by the receiver in the same context,
   * ns.
   */
  readonly cpuNs: number;
}

export interface SendingEnd {
  /** Path of the network namespace. */
  readonly namespace: string;
  readonly interface: string;
}

/** Ends after this number of seconds, or of packets. */
export interface Amount {
  readonly seconds: number;
  readonly packets?: number;
  /** Per second; absent: as many as possible. */
  readonly rate?: number;
}

/** Sends a stream of several flows, one packet of each in turn. */
export class Generator {
  readonly #end: SendingEnd;
  readonly #program: XdpProgram;
  readonly #maps: BpfMap[];
  readonly #frame: Uint8Array<ArrayBuffer>;

  /**
   * @param ports destination ports of the flows, if they are not consecutive
   * @throws SystemCallError, BpfError
   */
  constructor(end: SendingEnd, stream: Stream, flows: number, ports?: readonly number[]) {
    this.#end = end;
    this.#frame = emptyFrame(stream);
    const made = BpfMap.create({ type: 'array', keySize: 4, valueSize: 8, entries: 1, name: 'bench_made' });
    const table = ports === undefined ? undefined : portsMap(ports);
    this.#maps = table === undefined ? [made] : [made, table];
    const index = inNetworkNamespace(end.namespace, () => interfaceIndex(end.interface));
    const maps = { made: made.fd, ports: table?.fd };
    this.#program = new XdpProgram(generatorProgram(stream, flows, index, maps), 'bench_gen');
  }

  async send({ seconds, packets = Number.POSITIVE_INFINITY, rate }: Amount): Promise<Sent> {
    const frames = rate === undefined ? FLOOD_FRAMES : Math.max(FEWEST_FRAMES, Math.round(rate / CALLS_PER_SECOND));
    const start = performance.now();
    const end = start + seconds * 1000;
    let [sent, cpuNs, missed, now] = [0, 0, 0, start];
    while (sent < packets && now < end) {
      const count = Math.min(frames, packets - sent);
      const due = rate === undefined ? count : Math.floor((rate * (now - start)) / 1000) - sent - missed;
      if (due >= count) {
        cpuNs += this.#make(count);
        sent += count;
        missed += Math.max(0, due - MOST_DEBT);
      } else await pause(PAUSE_MS);
      now = performance.now();
    }
    return { packets: sent, cpuNs };
  }

  close(): void {
    this.#program.close();
    for (const map of this.#maps) map.close();
  }

  #make(count: number): number {
    return inNetworkNamespace(this.#end.namespace, () => {
      const before = threadCpuNs();
      this.#program.makeFrames(this.#frame, count, BURST);
      return threadCpuNs() - before;
    });
  }
}

function portsMap(ports: readonly number[]): BpfMap {
  const map = BpfMap.create({ type: 'array', keySize: 4, valueSize: 4, entries: ports.length, name: 'bench_ports' });
  for (const [flow, port] of ports.entries()) {
    map.key.setUint32(0, flow, true);
    map.value.setUint16(0, port);
    map.put();
  }
  return map;
}

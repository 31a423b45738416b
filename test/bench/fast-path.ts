import { Attributes } from '../../src/linux/bpf.ts';
import { checked } from '../../src/linux/libc.ts';
import { SettledFlow } from '../../src/translator/flow-offload.ts';
import { EmbeddingPrefix } from '../../src/translator/rfc6052.ts';
import { ProgramBench } from '../unit/fastpath/program-bench.ts';
import { udp } from '../unit/translator/packets.ts';

/*
 * The program of the fast path alone, run by the kernel without an interface: `npm run bench:fast -- [FLOWS …]`. Each
 * datagram goes from IPv6 to IPv4 by one flow and back by another, so that a call may run it many times. Needs root.
 */
const PROGRAM_TEST_RUN = 10;
const [REPEAT_AT, DURATION_AT] = [32, 36];
const POOL6 = '64:ff9b::/96';
const ROUNDS = 15;
const CALLS = 4000;
/** Runs in each call: there and back, or as many as the hop limit lets be. */
const [COLD_RUNS, WARM_RUNS] = [2, 240];
const PORT = 53;
const PROTOCOL_UDP = 17;
const SERVER4 = 0xc6336407;
const CLIENTS4 = 0x0a000000;

const prefix = new EmbeddingPrefix(POOL6);

/** One of the two that take a datagram there and back: its client is an IPv4 address behind the same prefix. */
function flowOf(from: number, fromPort: number, to: number, toPort: number): SettledFlow {
  const flow = new SettledFlow();
  flow.protocol = PROTOCOL_UDP;
  prefix.embed(from, flow.client, 0);
  prefix.embed(to, flow.server6, 0);
  flow.clientPort = fromPort;
  flow.pool4 = from;
  flow.pool4Port = fromPort;
  flow.server4 = to;
  flow.serverPort = toPort;
  return flow;
}

function text4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

/** A call that lets the program see a frame, and says how long each run took. */
function callFor(program: number, client: number, port: number): Attributes {
  const fields = { src: `64:ff9b::${text4(client)}`, dst: `64:ff9b::${text4(SERVER4)}`, hops: 255 };
  const bytes = udp(fields, port, PORT, Array<number>(36).fill(7));
  const frame = new Uint8Array(new ArrayBuffer(14 + bytes.length));
  frame.set([0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 9, 0x86, 0xdd]);
  frame.set(bytes, 14);
  return new Attributes().word(0, program).word(8, frame.length).pointer(16, frame.buffer);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** In another order than flows have entered: lines that follow each other would be fetched ahead. */
function shuffle(calls: Attributes[]): void {
  for (let last = calls.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [calls[last], calls[other]] = [calls[other], calls[last]];
  }
}

function measure(flows: number): { flows: number; warm: number; turns: number } {
  const program = new ProgramBench('session', 2 * flows);
  try {
    const calls: Attributes[] = [];
    for (let flow = 0; flow < flows; flow++) {
      const [client, port] = [CLIENTS4 + (flow >>> 4), 1024 + (flow % 60_000)];
      const there = program.enter(flowOf(client, port, SERVER4, PORT));
      const back = program.enter(flowOf(SERVER4, PORT, client, port));
      // What found no place is not measured: it would take the slow path.
      if (there && back) calls.push(callFor(program.program, client, port));
    }
    shuffle(calls);
    const run = (call: Attributes, repeat: number): number => {
      checked(call.word(REPEAT_AT, repeat).call(PROGRAM_TEST_RUN), 'bpf test run', 'program');
      return call.wordAt(DURATION_AT);
    };
    const warm: number[] = [];
    const turns: number[] = [];
    let next = 0;
    for (let round = 0; round < ROUNDS; round++) {
      warm.push(run(calls[0], WARM_RUNS));
      let sum = 0;
      for (let call = 0; call < CALLS; call++) {
        sum += run(calls[next], COLD_RUNS);
        next = (next + 1) % calls.length;
      }
      turns.push(sum / CALLS);
    }
    return { flows: calls.length, warm: median(warm), turns: Math.round(median(turns)) };
  } finally {
    program.close();
  }
}

const wanted = process.argv.slice(2).map(Number);
for (const flows of wanted.length > 0 ? wanted : [1, 10_000, 100_000]) {
  const { warm, turns, flows: held } = measure(flows);
  process.stdout.write(`${held} of ${flows} flows: ${turns} ns a packet in turns, ${warm} ns one again and again\n`);
}

import { describe, expect, it } from 'vitest';
import type { TraceReply, TraceRequest } from '../../../../src/agent/control/messages.ts';
import { type TracedSource, tracePackets, type TraceWorld } from '../../../../src/agent/explain/packet-trace.ts';
import type { TracedPacket, TracePage, TraceQuestion } from '../../../../src/dataplane/packet-trace.ts';
import { UNIT_COUNTERS } from '../../../../src/dataplane/shard-unit.ts';
import type { TableQuery } from '../../../../src/translator/nat64/tables/table-query.ts';
import { Verdict } from '../../../../src/translator/translator.ts';
import { echo, FLAGS, tcp, udp } from '../../translator/packets.ts';
import { nat64Options, siitOptions } from '../translator-options-fixture.ts';

const REQUEST: TraceRequest = {
  instance: '',
  client: '2001:db8::1',
  remote: '',
  packets: 10,
  seconds: 1,
  snapLength: 256,
  explain: false,
  command: '',
};
const [CLIENT, SERVER] = ['2001:db8::1', '64:ff9b::8.8.8.8'];

function traced(bytes: Uint8Array, changes: Partial<TracedPacket> = {}): TracedPacket {
  const nothing = { after: [], verdict: Verdict.dropped, reason: -1, counted: [], preview: undefined };
  return { ageMs: 0, before: taken(bytes), ...nothing, ...changes };
}

/** All of it, or its beginning. */
function taken(bytes: Uint8Array, length = bytes.length): TracedPacket['before'] {
  return { bytes: new Uint8Array(bytes), length };
}

const datagram = (port: number, ageMs: number): TracedPacket =>
  traced(udp({ src: CLIENT, dst: SERVER }, port, 53), { ageMs });

/** An instance whose shards give these pages, one of each per question; the first question only begins. */
class Source implements TracedSource {
  readonly name: string;
  readonly options: TracedSource['options'];
  readonly #pages: readonly (readonly Partial<TracePage>[])[];
  readonly questions: TraceQuestion[] = [];
  readonly queries: TableQuery[] = [];
  readonly ended: number[] = [];
  fastPathState = '';
  more = -1;

  constructor(
    name: string,
    pages: readonly (readonly Partial<TracePage>[])[],
    options: TracedSource['options'] = nat64Options,
  ) {
    this.name = name;
    this.#pages = pages;
    this.options = options;
  }

  async query(query: TableQuery) {
    this.queries.push(query);
    return { words: new Uint32Array(0), count: 0, foreign: 0, next: query.from === 0 ? this.more : -1 };
  }

  async trace(question: TraceQuestion): Promise<TracePage[]> {
    this.questions.push(question);
    const pages = this.#pages[this.questions.length - 2] ?? [];
    return pages.map(({ packets = [], skipped = 0 }) => ({ packets, skipped, isComplete: false }));
  }

  async endTrace(trace: number): Promise<void> {
    this.ended.push(trace);
  }
}

async function collect(
  sources: readonly TracedSource[],
  changes: Partial<TraceRequest> = {},
  world: Partial<TraceWorld> = {},
  stopped = new AbortController().signal,
) {
  let nowMs = 1_000_000;
  const pauses: number[] = [];
  const pause = async (ms: number): Promise<void> => {
    pauses.push(ms);
    nowMs += ms;
  };
  const replies: TraceReply[] = [];
  const all = { nodeOf: String, now: () => nowMs, pause, ...world };
  for await (const reply of tracePackets(sources, { ...REQUEST, ...changes }, all, stopped)) replies.push(reply);
  return { replies, pauses, packets: replies.flatMap((reply) => reply.packets) };
}

describe('a stream of traced packets', () => {
  it('has those of all instances and shards by their time', async () => {
    const one = new Source('one', [[{ packets: [datagram(1, 10)] }, { packets: [datagram(2, 30)] }]]);
    const two = new Source('two', [[{ packets: [datagram(3, 20)] }]]);
    const { packets } = await collect([one, two]);
    expect(packets.map(({ time, instance, before }) => [time, instance, before?.summary?.sourcePort])).toEqual([
      [999_970, 'one', 2],
      [999_980, 'two', 3],
      [999_990, 'one', 1],
    ]);
    expect(one.questions[0]?.trace).toBe(two.questions[0]?.trace);
  });

  it('ends with as many as were asked for, of which those that were skipped are some', async () => {
    const pages = [[{ packets: [datagram(1, 0)], skipped: 2 }], [], [{ packets: [datagram(2, 0), datagram(3, 0)] }]];
    const { replies, packets, pauses } = await collect([new Source('one', pages)], { packets: 4 });
    expect(packets).toHaveLength(2);
    expect(replies.map(({ skipped }) => skipped)).toEqual([0, 2, 0]);
    expect(pauses).toEqual([200, 200]);
  });

  it('says also that some were skipped where nothing else is left of them', async () => {
    const { replies } = await collect([new Source('one', [[{ skipped: 3 }]])]);
    expect(replies).toEqual([
      { packets: [], skipped: 0, notes: [] },
      { packets: [], skipped: 3, notes: [] },
    ]);
  });

  it('ends when its time is over', async () => {
    const { pauses, replies } = await collect([new Source('one', [])], { seconds: 2 });
    expect(pauses).toHaveLength(10);
    expect(replies).toHaveLength(1);
  });

  it('ends when the reader leaves, and each instance traces no more', async () => {
    const [one, two] = [new Source('one', []), new Source('two', [])];
    two.endTrace = () => Promise.reject(new Error('the worker has ended'));
    const stopper = new AbortController();
    const pause = async (): Promise<void> => stopper.abort();
    await collect([one, two], {}, { pause }, stopper.signal);
    expect(one.questions).toHaveLength(2);
    expect(one.ended).toEqual([one.questions[0]?.trace]);
  });

  it('ends at once though nothing comes for long', async () => {
    const stopper = new AbortController();
    const source = new Source('one', []);
    const trace = source.trace.bind(source);
    source.trace = async (question) => {
      if (source.questions.length > 0) queueMicrotask(() => stopper.abort());
      return trace(question);
    };
    const stream = tracePackets([source], REQUEST, { nodeOf: String, now: () => 0 }, stopper.signal);
    expect((await stream.next()).value).toEqual({ packets: [], skipped: 0, notes: [] });
    expect((await stream.next()).done).toBe(true);
  });

  it('has a number of its own', async () => {
    const source = new Source('one', []);
    await collect([source]);
    await collect([source]);
    expect(new Set(source.ended).size).toBe(2);
  });
});

describe('what is asked of an instance', () => {
  it('is about the client and how much of each packet is wanted', async () => {
    const source = new Source('one', []);
    await collect([source], { explain: true, packets: 7, snapLength: 128 });
    expect(source.questions[0]).toMatchObject({
      client: [0x2001_0db8, 0, 0, 1],
      client4: 0,
      remote4: 0,
      remotes6: [],
      packets: 7,
      snapLength: 128,
      explain: true,
    });
  });

  it('is about a remote host by each of its addresses', async () => {
    const options = { ...nat64Options, pool6: ['2001:db8:64::/96', '64:ff9b::/96'] };
    const ask = async (remote: string): Promise<TraceQuestion | undefined> => {
      const source = new Source('one', [], options);
      await collect([source], { remote });
      return source.questions[0];
    };
    expect(await ask('8.8.8.8')).toMatchObject({
      remote4: 0x0808_0808,
      remotes6: [
        [0x2001_0db8, 0x0064_0000, 0, 0x0808_0808],
        [0x0064_ff9b, 0, 0, 0x0808_0808],
      ],
    });
    expect(await ask('64:ff9b::8.8.8.8')).toMatchObject({
      remote4: 0x0808_0808,
      remotes6: [[0x0064_ff9b, 0, 0, 0x0808_0808]],
    });
    expect(await ask('2001:db8::7')).toMatchObject({ remote4: 0, remotes6: [[0x2001_0db8, 0, 0, 7]] });
  });

  it.each<[Partial<TraceRequest>, boolean]>([
    [{ packets: 1_000_000 }, true],
    [{ packets: 1_000_001 }, false],
    [{ seconds: 3600 }, true],
    [{ seconds: 0 }, false],
    [{ snapLength: 128 }, true],
    [{ snapLength: 127 }, false],
    [{ snapLength: 65_535 }, true],
    [{ snapLength: 65_536 }, false],
  ])('with %j is possible: %s', async (changes, possible) => {
    const stopper = new AbortController();
    const pause = async (): Promise<void> => stopper.abort();
    const asked = collect([new Source('one', [])], changes, { pause }, stopper.signal);
    if (possible) expect((await asked).replies).toHaveLength(1);
    else await expect(asked).rejects.toThrow(/^a trace cannot have \d+ /);
  });
});

describe('packets that take the fast path', () => {
  it('leave it page by page, for the client alone', async () => {
    const source = new Source('one', []);
    source.fastPathState = 'on up0';
    source.more = 77;
    await collect([source]);
    expect(source.queries.map(({ table, from, what }) => [table, from, what])).toEqual([
      ['sessions', 0, 'slow'],
      ['sessions', 77, 'slow'],
    ]);
    expect(source.queries[1]?.filter).toMatchObject({ client: [0x2001_0db8, 0, 0, 1], clientLength: 128 });
  });

  it.each(['', 'off: no nft'])('are none where its state is "%s"', async (state) => {
    const source = new Source('one', []);
    source.fastPathState = state;
    const { replies } = await collect([source]);
    expect([replies[0]?.notes, source.queries]).toEqual([[], []]);
  });

  it('are not shown of a stateless instance', async () => {
    const source = new Source('servers', [], siitOptions);
    source.fastPathState = 'on up0';
    expect((await collect([source])).replies[0]?.notes).toEqual([
      'instance servers is stateless and has a fast path: packets that take it are not shown',
    ]);
  });
});

describe('a traced packet', () => {
  const told = async (packet: TracedPacket, options: TracedSource['options'] = nat64Options) => {
    const { packets } = await collect([new Source('one', [[{ packets: [packet] }]], options)]);
    return packets[0];
  };
  const [SIX, FOUR] = [
    { src: CLIENT, dst: SERVER },
    { src: '8.8.8.8', dst: '11.64.0.1' },
  ];

  it.each([
    [udp(SIX, 1, 2), '6to4', 'udp'],
    [tcp(FOUR, 1, 2, FLAGS.syn), '4to6', 'tcp'],
    [echo(SIX, 128, 7), '6to4', 'icmp'],
    [echo(FOUR, 0, 7), '4to6', 'icmp'],
    [withProtocol(udp(FOUR, 1, 2), 9, 132), '4to6', '132'],
    [withProtocol(udp(SIX, 1, 2), 6, 50), '6to4', '50'],
    [fragmented(udp(SIX, 1, 2)), '6to4', 'udp'],
  ])('has its direction and its protocol: %#', async (bytes, direction, protocol) => {
    expect(await told(traced(bytes))).toMatchObject({ direction, before: { protocol, content: bytes } });
  });

  it('has its verdict and the counter of its reason by their names', async () => {
    const verdicts = Object.entries(Verdict);
    for (const [name, verdict] of verdicts) {
      expect((await told(traced(udp(SIX, 1, 2), { verdict, reason: 3 })))?.verdict).toBe(name);
    }
    expect(verdicts.length).toBeGreaterThan(3);
    expect(await told(traced(udp(SIX, 1, 2), { reason: 3 }))).toMatchObject({ counter: UNIT_COUNTERS[3]?.name });
    expect(await told(traced(udp(SIX, 1, 2)))).toMatchObject({ counter: '' });
  });

  it('has what was counted for it, as far as that has a name', async () => {
    const [, counter] = UNIT_COUNTERS;
    const counted = [
      { index: 1, by: 5 },
      { index: 100_000, by: 1 },
    ];
    expect((await told(traced(udp(SIX, 1, 2), { counted })))?.counted).toEqual([
      { name: counter?.name, kind: counter?.kind, help: counter?.help, value: 5 },
    ]);
  });

  it('is explained where its instance has sessions and it was asked for', async () => {
    const preview = { verdict: 'translated', reason: -1, steps: [{ kind: 'newSession' }], out: [] } as const;
    const packet = traced(tcp({ src: FOUR.src, dst: FOUR.dst }, 443, 1024, FLAGS.ack), { preview });
    expect((await told(packet))?.steps).toEqual([
      '11.64.0.1 is in pool4 11.64.0.0/29 of instance one',
      'there is no session with this peer: one would be made',
    ]);
    expect((await told(packet, siitOptions))?.steps).toEqual([]);
    expect((await told({ ...packet, preview: undefined }))?.steps).toEqual([]);
  });

  it('has its length though only its beginning was taken', async () => {
    const bytes = udp(
      SIX,
      1,
      2,
      Array.from({ length: 300 }, () => 1),
    ).slice(0, 128);
    const after = [taken(udp(FOUR, 3, 4), 900)];
    const told348 = await told(traced(bytes, { before: taken(bytes, 348), after }));
    expect(told348?.before).toMatchObject({ content: bytes, length: 348, summary: { length: 348, sourcePort: 1 } });
    expect(told348?.after).toMatchObject([{ length: 900, summary: { length: 900, sourcePort: 3 } }]);
  });
});

function withProtocol(packet: Uint8Array, at: number, protocol: number): Uint8Array {
  const bytes = packet.slice();
  bytes[at] = protocol;
  return bytes;
}

function fragmented(packet: Uint8Array): Uint8Array {
  const header = [packet[6], 0, 0, 1, 0, 0, 0, 9];
  return Uint8Array.from([...withProtocol(packet, 6, 44).slice(0, 40), ...header, ...packet.slice(40)]);
}

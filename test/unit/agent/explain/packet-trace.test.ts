import { describe, expect, it } from 'vitest';
import { ControlError } from '../../../../src/agent/control/control-error.ts';
import type { TraceReply, TraceRequest } from '../../../../src/agent/control/messages.ts';
import { type TracedSource, tracePackets } from '../../../../src/agent/explain/packet-trace.ts';
import type { TracedPacket, TraceQuestion } from '../../../../src/dataplane/packet-trace.ts';
import { parseIpv4 } from '../../../../src/net/ipv4-address.ts';
import { COUNTERS } from '../../../../src/translator/counters.ts';
import type { TableQuery } from '../../../../src/translator/nat64/tables/table-query.ts';
import { udp } from '../../translator/packets.ts';
import { nat64Options, siitOptions } from '../translator-options-fixture.ts';

const REQUEST: TraceRequest = {
  instance: '',
  client: '2001:db8::1',
  remote: '',
  packets: 2,
  seconds: 5,
  snapLength: 256,
  explain: true,
  command: '',
};
const BYTES = new Uint8Array(udp({ src: '2001:db8::1', dst: '64:ff9b::8.8.8.8' }, 5000, 53, [1]));
const OUT = new Uint8Array(udp({ src: '11.64.0.1', dst: '8.8.8.8' }, 1024, 53, [1]));
const counter = (name: string): number => COUNTERS.findIndex((one) => one.name === name);
const PACKET: TracedPacket = {
  ageMs: 10,
  before: { bytes: BYTES, length: BYTES.length },
  after: [{ bytes: OUT, length: OUT.length }],
  verdict: 0,
  reason: -1,
  counted: [{ index: counter('translated6to4'), by: 1 }],
  preview: { verdict: 'translated', reason: -1, steps: [{ kind: 'newSession' }], out: [] },
};

function source(options: TracedSource['options'], pages: readonly (readonly TracedPacket[])[], fastPathState = '') {
  const asked: TraceQuestion[] = [];
  const ended: number[] = [];
  const queries: TableQuery[] = [];
  const traced: TracedSource = {
    name: 'internet',
    options,
    fastPathState,
    query: async (query) => {
      queries.push(query);
      return { words: new Uint32Array(0), count: 3, foreign: 0, next: -1 };
    },
    trace: async (question) => {
      asked.push(question);
      return [{ packets: pages[asked.length - 1] ?? [], skipped: 0, isComplete: false }];
    },
    endTrace: async (trace) => void ended.push(trace),
  };
  return { traced, asked, ended, queries };
}

async function collect(of: TracedSource, changed: Partial<TraceRequest> = {}): Promise<TraceReply[]> {
  let nowMs = 1_000_000;
  const world = {
    nodeOf: String,
    now: () => nowMs,
    pause: async (ms: number) => {
      nowMs += ms;
    },
  };
  const replies: TraceReply[] = [];
  const stopped = new AbortController().signal;
  for await (const reply of tracePackets([of], { ...REQUEST, ...changed }, world, stopped)) replies.push(reply);
  return replies;
}

describe('packets that are traced', () => {
  it('come in words and bytes, until there are enough', async () => {
    const { traced, ended } = source(nat64Options, [[], [PACKET], [], [PACKET, PACKET]]);
    const replies = await collect(traced);
    const packets = replies.flatMap((reply) => reply.packets);
    expect(packets).toHaveLength(2);
    expect(packets[0]).toMatchObject({
      time: 999_990,
      instance: 'internet',
      direction: '6to4',
      verdict: 'translated',
      counter: '',
      steps: [
        '64:ff9b::8.8.8.8 is in pool6 64:ff9b::/96 of instance internet and stands for 8.8.8.8',
        'there is no session with this peer: one would be made',
      ],
      counted: [{ name: 'translated6to4', value: 1 }],
      before: { protocol: 'udp', summary: { source: '2001:db8::1', sourcePort: 5000 } },
      after: [{ protocol: 'udp', summary: { source: '11.64.0.1', sourcePort: 1024, length: 29 } }],
    });
    expect(ended).toHaveLength(1);
  });

  it('end after the time, and leave the fast path or say that they take it', async () => {
    const nat64 = source(nat64Options, [], 'on eth0');
    const [first] = await collect(nat64.traced);
    expect(first?.notes).toEqual([
      'the sessions of the client in instance internet leave the fast path for the time of the trace',
    ]);
    expect(nat64.queries).toMatchObject([{ what: 'slow', filter: { clientLength: 128 } }]);
    expect(nat64.asked).toHaveLength(1 + 25);
    const siit = source(siitOptions, [], 'on eth0');
    const [other] = await collect(siit.traced);
    expect(other?.notes[0]).toContain('packets that take it are not shown');
    expect(siit.queries).toHaveLength(0);
  });

  it('are those of a remote by each of its addresses', async () => {
    const { traced, asked } = source(nat64Options, []);
    await collect(traced, { remote: '8.8.8.8' });
    await collect(traced, { remote: '64:ff9b::8.8.8.8' });
    for (const { remote4, remotes6 } of [asked[0], asked.at(-1)].filter((one) => one !== undefined)) {
      expect([remote4, remotes6]).toEqual([0x0808_0808, [[0x0064_ff9b, 0, 0, 0x0808_0808]]]);
    }
  });

  it.each([
    ['2001:db8:3::2a', '1.0.0.42'],
    ['2001:db8:4::99', '1.0.0.7'],
    ['2001:db8:5::c5', '2.0.0.69'],
    ['2001:db8:5::ff', '2.0.0.9'],
    ['2001:db8:1c6:3364:7::', '198.51.100.7'],
    ['2001:db8:9::1', '0.0.0.0'],
  ])('are those of %s also on their way back, to %s, in a stateless instance', async (client, address) => {
    const eam = [
      ...siitOptions.eam,
      // Six bits of the address of either family; and one of them has another.
      { v6: '2001:db8:5::c0/122', v4: '2.0.0.64/26' },
      { v6: '2001:db8:5::ff', v4: '2.0.0.9' },
    ];
    const { traced, asked } = source({ ...siitOptions, eam }, []);
    await collect(traced, { client });
    expect(asked[0]?.client4).toBe(parseIpv4(address));
  });

  it('may be for no address of pool6, where they are damaged', async () => {
    const bytes = new Uint8Array(udp({ src: '2001:db8::1', dst: '2001:db8:ffff::1' }, 5000, 53, [1]));
    const preview = { verdict: 'dropped', reason: counter('dropTruncated'), steps: [], out: [] } as const;
    const packet = { ...PACKET, before: { bytes, length: bytes.length }, after: [], preview };
    const packets = (await collect(source(nat64Options, [[], [packet]]).traced, { packets: 1 })).flatMap(
      (reply) => reply.packets,
    );
    expect(packets[0]?.steps).toEqual([
      '2001:db8:ffff::1 is not in pool6 of instance internet',
      expect.stringContaining('(counter dropTruncated)'),
    ]);
  });

  it('are read however short or damaged they are', async () => {
    const short = { bytes: new Uint8Array([0x45, 0, 0, 20]), length: 4 };
    const { traced } = source(nat64Options, [[], [{ ...PACKET, before: short, after: [], preview: undefined }]]);
    const packets = (await collect(traced, { packets: 1 })).flatMap((reply) => reply.packets);
    expect(packets[0]).toMatchObject({ direction: '4to6', steps: [], before: { length: 4 } });
  });

  it.each([
    [{ client: '192.0.2.1' }, '192.0.2.1 is not an IPv6 address; such as 2001:db8::1'],
    [{ remote: 'here' }, 'here is neither an IPv4 nor an IPv6 address; such as 192.0.2.1'],
    [{ packets: 0 }, 'a trace cannot have 0 packets; 1 to 1000000 it can'],
    [{ seconds: 3601 }, 'a trace cannot have 3601 seconds; 1 to 3600 it can'],
    [{ snapLength: 20 }, 'a trace cannot have 20 bytes of each packet; 128 to 65535 it can'],
  ])('are refused for %j', async (changed, sentence) => {
    await expect(collect(source(nat64Options, []).traced, changed)).rejects.toThrow(new ControlError(sentence));
  });
});

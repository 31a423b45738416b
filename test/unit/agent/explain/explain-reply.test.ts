import { describe, expect, it } from 'vitest';
import type { ExplainReply, ExplainRequest } from '../../../../src/agent/control/messages.ts';
import { explain } from '../../../../src/agent/explain/explain.ts';
import type { ExplainedInstance, ExplainedNode } from '../../../../src/agent/explain/explanation.ts';
import { Counter } from '../../../../src/translator/counters.ts';
import type { Preview } from '../../../../src/translator/nat64/preview/preview.ts';
import { echo, FLAGS, tcp, udp } from '../../translator/packets.ts';
import { nat64Options, siitOptions } from '../translator-options-fixture.ts';

const NODE: ExplainedNode = { nodeOf: String, unreached: () => undefined };
const OUT = udp({ src: '11.64.0.1', dst: '8.8.8.8', hops: 63 }, 1024, 53, [1, 2]);
const ELSEWHERE: Preview = { verdict: 'dropped', reason: Counter.dropNotForUs6, steps: [], out: [] };

/** An instance that says the same of every packet, and notes those that it was asked about. */
function instanceOf(name: string, preview: Partial<Preview> = {}, changes: Partial<ExplainedInstance> = {}) {
  const asked: Uint8Array[] = [];
  const instance: ExplainedInstance = {
    name,
    options: nat64Options,
    preview: async (packet) => {
      asked.push(packet);
      return { verdict: 'translated', reason: -1, steps: [], out: [OUT], ...preview };
    },
    interfaceFor: async () => 'up0',
    ...changes,
  };
  return { instance, asked };
}

const REQUEST: ExplainRequest = {
  source: '2001:db8::5',
  sourcePort: 40_000,
  destination: '64:ff9b::8.8.8.8',
  destinationPort: 53,
  protocol: 'udp',
  instance: '',
  payload: 0,
  hopLimit: 0,
};

function ask(
  instances: readonly ExplainedInstance[],
  changes: Partial<ExplainRequest> = {},
  node = NODE,
): Promise<ExplainReply> {
  return explain({ ...REQUEST, ...changes }, instances, node);
}

describe('what leaves', () => {
  it('is said with its interface, its ends, its length and its hop limit', async () => {
    const { instance } = instanceOf('internet');
    const reply = await ask([instance]);
    expect(reply.steps.at(-1)).toBe('it leaves by up0 from 11.64.0.1:1024 to 8.8.8.8:53, 30 bytes, hop limit 63');
    expect(reply).toMatchObject({ verdict: 'translated', interface: 'up0', counter: '', concerns: [] });
    expect(reply).toMatchObject({ source: '11.64.0.1', sourcePort: 1024, destination: '8.8.8.8', destinationPort: 53 });
  });

  it('has brackets around addresses of IPv6', async () => {
    const back = udp({ src: '64:ff9b::8.8.8.8', dst: '2001:db8::5' }, 53, 40_000);
    const { instance } = instanceOf('internet', { out: [back] });
    const reply = await ask([instance], { source: '8.8.8.8', destination: '11.64.0.1' });
    expect(reply.steps.at(-1)).toBe(
      'it leaves by up0 from [64:ff9b::8.8.8.8]:53 to [2001:db8::5]:40000, 48 bytes, hop limit 64',
    );
  });

  it('are fragments where there are several', async () => {
    const fragment = (word: number): Uint8Array => {
      const bytes = OUT.slice();
      bytes.set([word >> 8, word & 255], 6);
      return bytes;
    };
    const { instance } = instanceOf('internet', { out: [fragment(0x2000), fragment(185)] });
    const { steps, packets } = await ask([instance]);
    expect(steps.slice(-2)).toEqual([
      'a fragment leaves by up0 from 11.64.0.1:1024 to 8.8.8.8:53, 30 bytes, hop limit 63',
      'a fragment leaves by up0 from 11.64.0.1:0 to 8.8.8.8:0, 30 bytes, hop limit 63',
    ]);
    expect(packets.map((packet) => packet.fragment)).toEqual([true, true]);
  });

  it('is nothing where the kernel has no route for it', async () => {
    const routed: Uint8Array[] = [];
    const { instance } = instanceOf(
      'internet',
      {},
      {
        interfaceFor: async (packet) => {
          routed.push(packet);
          return '';
        },
      },
    );
    const reply = await ask([instance]);
    expect(reply).toMatchObject({ verdict: 'noRoute', interface: '', source: '11.64.0.1' });
    expect(reply.steps.at(-1)).toBe('the kernel has no route to 8.8.8.8 from where the instance is');
    expect(routed).toEqual([OUT]);
  });

  it('is nothing where the packet is dropped: the kernel is not asked', async () => {
    const { instance } = instanceOf(
      'internet',
      { verdict: 'dropped', reason: Counter.dropNoMapping, out: [] },
      {
        interfaceFor: () => Promise.reject(new Error('it is asked')),
      },
    );
    expect(await ask([instance])).toMatchObject({
      verdict: 'dropped',
      counter: 'dropNoMapping',
      packets: [],
      source: '',
      sourcePort: 0,
      destination: '',
      destinationPort: 0,
      interface: '',
    });
  });
});

describe('a node that attracts no traffic', () => {
  it('says so before everything else', async () => {
    const { instance } = instanceOf('internet');
    const node: ExplainedNode = {
      ...NODE,
      unreached: () => ({ code: 'upstreams-lost', text: 'no upstream sends here' }),
    };
    const reply = await ask([instance], {}, node);
    expect(reply.steps[0]).toBe('no upstream sends here; what follows is for a packet that arrives here anyway');
    expect(reply.steps[1]).toContain('is in pool6');
    expect(reply.concerns).toEqual(['upstreams-lost']);
  });

  it('says it beside what else there is to say', async () => {
    const { instance } = instanceOf('internet', { steps: [{ kind: 'retired', address: 0x0b40_0001 }] });
    const node: ExplainedNode = { ...NODE, unreached: () => ({ code: 'node-withdrawn', text: 'it is withdrawn' }) };
    expect((await ask([instance], {}, node)).concerns).toEqual(['sessions-outside-pool', 'node-withdrawn']);
  });
});

describe('the packet that is asked about', () => {
  const [CLIENT, SERVER] = ['2001:db8::5', '64:ff9b::8.8.8.8'];

  it('is the next segment of a connection that is there, and the first of one that is not', async () => {
    const segment = (flags: number): Uint8Array => tcp({ src: CLIENT, dst: SERVER }, 40_000, 53, flags);
    const flagsOf = (packets: readonly Uint8Array[]): number[] => packets.map((bytes) => bytes[40 + 13]);
    const none = instanceOf('internet', { steps: [{ kind: 'newSession' }] });
    await ask([none.instance], { protocol: 'tcp' });
    expect(flagsOf(none.asked)).toEqual([FLAGS.ack, FLAGS.syn]);
    const known = instanceOf('internet', { steps: [{ kind: 'session', row: new Uint32Array(20) }] });
    await ask([known.instance], { protocol: '' });
    expect(flagsOf(known.asked)).toEqual([FLAGS.ack]);
    expect(known.asked[0]).toHaveLength(segment(FLAGS.ack).length);
  });

  it('is one datagram or ping, with a hop limit of 64 where none is asked for', async () => {
    const { instance, asked } = instanceOf('internet');
    await ask([instance]);
    await ask([instance], { hopLimit: 255, payload: 2 });
    expect(asked).toEqual([
      udp({ src: CLIENT, dst: SERVER, hops: 64 }, 40_000, 53),
      udp({ src: CLIENT, dst: SERVER, hops: 255 }, 40_000, 53, [0, 0]),
    ]);
    await ask([instance], { protocol: 'icmp', sourcePort: 7 });
    expect(asked[2]).toHaveLength(echo({ src: CLIENT, dst: SERVER }, 128, 7).length);
    expect(asked).toHaveLength(3);
  });

  it.each<[Partial<ExplainRequest>]>([
    [{ sourcePort: 65_535, destinationPort: 65_535 }],
    [{ payload: 65_000 }],
    [{ hopLimit: 255 }],
    [{ hopLimit: 1 }],
  ])('may have %j', async (changes) => {
    expect((await ask([instanceOf('internet').instance], changes)).verdict).toBe('translated');
  });

  it.each<[Partial<ExplainRequest>]>([
    [{ sourcePort: 65_536 }],
    [{ destinationPort: 65_536 }],
    [{ payload: 65_001 }],
    [{ hopLimit: 256 }],
  ])('cannot have %j', async (changes) => {
    await expect(ask([instanceOf('internet').instance], changes)).rejects.toThrow(
      'ports are 0 to 65535, the payload 0 to 65000 bytes, the hop limit 1 to 255',
    );
  });

  it.each<[Partial<ExplainRequest>, string]>([
    [{ source: 'here' }, 'here is neither an IPv6 nor an IPv4 address'],
    [{ source: '192.0.2.1', destination: 'there' }, 'there is neither an IPv6 nor an IPv4 address'],
    [{ source: '192.0.2.1' }, '192.0.2.1 and 64:ff9b::8.8.8.8 are not of one family'],
    [{ destination: '192.0.2.1' }, '2001:db8::5 and 192.0.2.1 are not of one family'],
    [{ protocol: 'sctp' }, 'sctp is not a protocol; there are: tcp, udp, icmp'],
    [{ instance: 'guests' }, 'there is no instance guests on this node; there are: internet, halls'],
  ])('is refused with %j', async (changes, sentence) => {
    const instances = [instanceOf('internet').instance, instanceOf('halls').instance];
    await expect(ask(instances, changes)).rejects.toThrow(sentence);
  });
});

describe('the instance that answers', () => {
  const routed = (name: string, routes: string[], clients: string[] = []) =>
    instanceOf(name, {}, { routing: { routes, clients } });

  it('is the first that has the packet; where none has, all of them are named', async () => {
    const [first, second] = [instanceOf('first', ELSEWHERE), instanceOf('second')];
    expect((await ask([first.instance, second.instance])).instance).toBe('second');
    const servers: ExplainedInstance = { ...first.instance, name: 'servers', options: siitOptions };
    expect(await ask([first.instance, servers])).toEqual({
      source: '',
      sourcePort: 0,
      destination: '',
      destinationPort: 0,
      counter: '',
      packets: [],
      interface: '',
      concerns: [],
      steps: ['no instance (first, servers) has 64:ff9b::8.8.8.8 in its pool6'],
      verdict: 'notOurs',
      instance: '',
    });
    const four = await ask([first.instance], { source: '8.8.8.8', destination: '192.0.2.1' });
    expect(four.steps).toEqual(['no instance (first) has 192.0.2.1 in its IPv4 prefixes']);
  });

  it('is one for the clients of a prefix before one for all', async () => {
    const all = routed('all', ['64:ff9b::/96']);
    const halls = routed('halls', ['64:ff9b::/96'], ['2001:db8:a::/48', '2001:db8:b::/48']);
    const by = async (source: string): Promise<string> =>
      (await ask([all.instance, halls.instance], { source })).instance;
    expect([await by('2001:db8:b::1'), await by('2001:db8:c::1')]).toEqual(['halls', 'all']);
    // Nothing leads a stranger to an instance for others.
    expect((await ask([halls.instance])).verdict).toBe('notOurs');
  });

  it('of IPv4 is looked for in all of them, and where one is named only there', async () => {
    const halls = routed('halls', ['64:ff9b::/96'], ['2001:db8:a::/48']);
    expect((await ask([halls.instance], { source: '8.8.8.8', destination: '11.64.0.1' })).instance).toBe('halls');
    expect((await ask([halls.instance], { instance: 'halls' })).instance).toBe('halls');
  });
});

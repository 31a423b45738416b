import { describe, expect, it } from 'vitest';
import type { ExplainRequest } from '../../../../src/agent/control/messages.ts';
import { explain } from '../../../../src/agent/explain/explain.ts';
import type { ExplainedInstance, ExplainedNode } from '../../../../src/agent/explain/explanation.ts';
import type { Nat64Options } from '../../../../src/translator/options.ts';
import { Bench, OPTIONS } from '../../translator/nat64/bench-of-one.ts';
import { echo, FLAGS, tcp, udp } from '../../translator/packets.ts';
import { nat64Options, siitOptions } from '../translator-options-fixture.ts';

const CLIENT = { src: '2001:db8::5', dst: '64:ff9b::8.8.8.8' };
const { ack: ACK, syn: SYN } = FLAGS;
const { timeouts } = OPTIONS;
const pools: Nat64Options = {
  ...nat64Options,
  timeouts,
  limits: { ...nat64Options.limits, sessions: 64, bibEntries: 64 },
};

/** A translator that works, with whatever routes the kernel has. */
function instanceOf(bench: Bench, name = 'internet', route = 'up0'): ExplainedInstance {
  return {
    name,
    options: bench.options,
    preview: async (packet) => bench.translator.preview(packet, bench.nowMs),
    interfaceFor: async () => route,
  };
}

const servers: ExplainedInstance = {
  name: 'servers',
  options: siitOptions,
  preview: () => Promise.reject(new Error('a stateless instance has no sessions')),
  interfaceFor: async () => 'in0',
};

const node: ExplainedNode = { nodeOf: (slot) => `gw${slot}`, unreached: () => undefined };

/** What a client that has opened a connection to 8.8.8.8 port 443 has made, and its port of pool4. */
function connected(options: Partial<Nat64Options> = {}): { bench: Bench; address: string; port: number } {
  const bench = new Bench({ ...pools, ...options });
  const [out] = bench.send(tcp(CLIENT, 40_000, 443, SYN)).out;
  const address = out.slice(12, 16).join('.');
  const port = (out[20] << 8) | out[21];
  bench.send(tcp({ src: '8.8.8.8', dst: address }, 443, port, SYN | ACK));
  return { bench, address, port };
}

function asker(instances: readonly ExplainedInstance[], asked = node) {
  return (source: string, destination: string, changes: Partial<ExplainRequest> = {}) => {
    const ports = { sourcePort: 40_000, destinationPort: 443, protocol: 'tcp', instance: '' };
    return explain({ source, destination, ...ports, payload: 0, hopLimit: 0, ...changes }, instances, asked);
  };
}

describe('explain', () => {
  it('finds the session of a client, and the packet that would leave', async () => {
    const { bench, address, port } = connected();
    const reply = await asker([instanceOf(bench)])(CLIENT.src, CLIENT.dst, { payload: 100, hopLimit: 9 });
    expect(reply).toMatchObject({ verdict: 'translated', instance: 'internet', counter: '', interface: 'up0' });
    const packet = { source: address, sourcePort: port, destination: '8.8.8.8', destinationPort: 443 };
    expect(reply).toMatchObject(packet);
    expect(reply.packets).toEqual([{ ...packet, hopLimit: 8, length: 140, fragment: false }]);
    expect(reply.steps.join('\n')).toContain('a session, established, owned by gw1');
    // What was said is what happens.
    expect(bench.send(tcp(CLIENT, 40_000, 443, ACK)).out).toHaveLength(1);
  });

  it('names the port that a new mapping would get, and its slice; and the next packet gets it', async () => {
    const bench = new Bench(pools);
    const reply = await asker([instanceOf(bench)])('2001:db8::6', CLIENT.dst);
    expect(reply.verdict).toBe('translated');
    expect(reply.steps.join('\n')).toMatch(/it would get 11\.64\.0\.\d:\d+, from the slice of slot 1 of 2/);
    const [out] = bench.send(tcp({ ...CLIENT, src: '2001:db8::6' }, 40_000, 443, SYN)).out;
    expect([reply.source, reply.sourcePort]).toEqual([out.slice(12, 16).join('.'), (out[20] << 8) | out[21]]);
  });

  it('says what refuses a packet: the pool, the address, the prefix, with the counter', async () => {
    const ask = asker([instanceOf(new Bench(pools))]);
    const ping = await ask('2001:db8::6', CLIENT.dst, { protocol: 'icmp' });
    expect(ping).toMatchObject({ verdict: 'answered', counter: 'answerPool4Exhausted', packets: [] });
    expect(ping.steps.join('\n')).toContain('no pool4 entry serves icmp of client 2001:db8::6');
    const local = await ask('2001:db8::6', '64:ff9b::10.0.0.1');
    expect(local).toMatchObject({ verdict: 'answered', counter: 'answerNonGlobal' });
    expect(local.steps.at(-1)).toBe(
      'answered: 10.0.0.1 is private (10.0.0.0/8), and the well-known prefix does not stand for such addresses ' +
        '(RFC 6052 section 3.1) (counter answerNonGlobal)',
    );
    const many = await ask('2001:db8::6', '64:ff9b::224.0.0.251');
    expect(many.steps.at(-1)).toBe(
      'dropped: 224.0.0.251 is multicast (224.0.0.0/4), and such addresses are not translated (counter dropNonGlobal)',
    );
    const spoofed = await ask('127.0.0.1', '11.64.0.1');
    expect(spoofed.steps.at(-1)).toBe(
      'dropped: 127.0.0.1 is loopback (127.0.0.0/8), and such addresses are not translated (counter dropBadSource)',
    );
    const example = await ask('203.0.113.9', '11.64.0.1');
    expect(example.steps.at(-1)).toBe(
      'dropped: 203.0.113.9 is for documentation (203.0.113.0/24), and the well-known prefix does not stand for such ' +
        'addresses (RFC 6052 section 3.1) (counter dropNonGlobal)',
    );
    const loop = await ask('64:ff9b::1.1.1.1', CLIENT.dst);
    expect(loop).toMatchObject({ verdict: 'dropped', counter: 'dropSourceInPool6' });
    expect(await ask('2001:db8::6', CLIENT.dst, { hopLimit: 1 })).toMatchObject({ counter: 'answerTtl' });
    const large = await ask('2001:db8::6', CLIENT.dst, { protocol: 'udp', payload: 2000 });
    expect(large).toMatchObject({ verdict: 'answered', counter: 'answerTooBig' });
  });

  it('holds the limits of the client and the reserve against it, and shows what it has', async () => {
    const { bench } = connected({ limits: { ...pools.limits, sessionsPerClient: 1 } });
    const reply = await asker([instanceOf(bench)])(CLIENT.src, CLIENT.dst, { sourcePort: 40_001 });
    expect(reply).toMatchObject({ verdict: 'answered', counter: 'answerClientLimit' });
    expect(reply.steps.join('\n')).toMatch(
      /the client \(its \/64\) has 1 sessions, 1 BIB entries, 1 ports of this node; .*; limits: sessionsPerClient 1\b/,
    );
    expect(bench.send(tcp(CLIENT, 40_001, 443, SYN)).reason).toBe('answerClientLimit');
  });

  it('says that nothing is left: no slice, a full pool, a full table', async () => {
    const reasons = [
      [{ slices: [] }, 'answerNoSlice'],
      [{ pool4: [{ ...pools.pool4[0], ports: [1024, 1025], prefix: '11.64.0.1/32' }] }, 'answerPool4Exhausted'],
      [{ limits: { ...pools.limits, sessions: 1 } }, 'answerSessionLimit'],
    ] as const;
    for (const [options, counter] of reasons) {
      const bench = new Bench({ ...pools, ...options });
      bench.send(tcp(CLIENT, 40_000, 443, SYN));
      const reply = await asker([instanceOf(bench)])('2001:db8::7', CLIENT.dst);
      expect(reply).toMatchObject({ verdict: 'answered', counter });
    }
  });

  it('says that no traffic arrives, or that the result has no route', async () => {
    const { bench } = connected();
    const drained: ExplainedNode = {
      ...node,
      unreached: () => ({
        code: 'node-withdrawn',
        text: 'this node attracts no traffic: it is withdrawn: maintenance',
      }),
    };
    const reply = await asker([instanceOf(bench)], drained)(CLIENT.src, CLIENT.dst);
    expect(reply).toMatchObject({ verdict: 'translated', concerns: ['node-withdrawn'] });
    expect(reply.steps[0]).toContain('withdrawn: maintenance');
    const lost = await asker([instanceOf(bench, 'internet', '')])(CLIENT.src, CLIENT.dst);
    expect(lost).toMatchObject({ verdict: 'noRoute', interface: '' });
    expect(lost.steps.at(-1)).toContain('no route to 8.8.8.8');
  });

  it('says that answers will not come back to an address that pool4 has no more', async () => {
    const { bench, address, port } = connected();
    bench.translator.reconfigure({ ...bench.options, pool4: [{ ...pools.pool4[0], prefix: '11.65.0.0/29' }] });
    const reply = await asker([instanceOf(bench)])(CLIENT.src, CLIENT.dst);
    expect(reply).toMatchObject({ verdict: 'translated', source: address, concerns: ['sessions-outside-pool'] });
    expect(reply.steps.join('\n')).toContain(`isthmus sessions end --pool4 ${address}`);
    const back = await asker([instanceOf(bench)])('8.8.8.8', address, { sourcePort: 443, destinationPort: port });
    expect(back).toMatchObject({ verdict: 'translated', concerns: ['sessions-outside-pool'] });
  });

  it('finds the client of an answer, and filters a stranger', async () => {
    const { bench, address, port } = connected();
    const ask = asker([instanceOf(bench)]);
    const answer = { sourcePort: 443, destinationPort: port };
    const found = await ask('8.8.8.8', address, answer);
    expect(found).toMatchObject({ verdict: 'translated', source: '64:ff9b::8.8.8.8', destination: CLIENT.src });
    expect(found).toMatchObject({ destinationPort: 40_000, packets: [{ hopLimit: 63, length: 60 }] });
    const unwanted = await ask('8.8.4.4', address, { ...answer, protocol: 'udp' });
    expect(unwanted).toMatchObject({ verdict: 'dropped', counter: 'dropNoMapping' });
    // A SYN may be half of a simultaneous open.
    expect(await ask('8.8.4.4', address, answer)).toMatchObject({ verdict: 'held', counter: 'heldSyn' });
  });

  it('explains a ping by its identifier, both ways', async () => {
    const protocols = ['icmp'] as const;
    const bench = new Bench({ ...pools, pool4: [{ ...pools.pool4[0], protocols }], addressDependentFiltering: false });
    const [out] = bench.send(echo(CLIENT, 128, 77)).out;
    const id = (out[24] << 8) | out[25];
    const address = out.slice(12, 16).join('.');
    const ask = asker([instanceOf(bench)]);
    const request = await ask(CLIENT.src, CLIENT.dst, { protocol: 'icmp', sourcePort: 77 });
    expect(request).toMatchObject({ verdict: 'translated', source: address, sourcePort: id });
    const reply = await ask('8.8.8.8', address, { protocol: 'icmp', sourcePort: id });
    expect(reply).toMatchObject({ verdict: 'translated', destination: CLIENT.src, destinationPort: 77 });
  });

  it('shows what becomes of a packet of one client to another', async () => {
    const bench = new Bench({ ...pools, addressDependentFiltering: false });
    const [out] = bench.send(udp({ ...CLIENT, src: '2001:db8:1::1' }, 5000, 53)).out;
    const [address, port] = [out.slice(12, 16).join('.'), (out[20] << 8) | out[21]];
    const ports = { protocol: 'udp', destinationPort: port };
    const reply = await asker([instanceOf(bench)])('2001:db8::9', `64:ff9b::${address}`, ports);
    expect(reply).toMatchObject({ verdict: 'translated', destination: '2001:db8:1::1', destinationPort: 5000 });
    expect(reply.packets[0]?.hopLimit).toBe(62);
    expect(reply.steps.join('\n')).toContain('hairpin');
  });

  it('maps addresses of a stateless instance both ways, longest entry first', async () => {
    const ask = asker([servers]);
    expect(await ask('2001:db8:3::2a', '2001:db8:104:404:4::')).toMatchObject({
      source: '1.0.0.42',
      destination: '4.4.4.4',
    });
    expect(await ask('4.4.4.4', '1.0.0.42')).toMatchObject({
      source: '2001:db8:104:404:4::',
      destination: '2001:db8:3::2a',
    });
    expect(await ask('4.4.4.4', '1.0.0.7')).toMatchObject({ destination: '2001:db8:4::99' });
    expect(await ask('9.1.1.1', '1.0.0.7')).toMatchObject({ verdict: 'dropped' });
  });

  it('says when a packet is nobody’s, and refuses what is no packet', async () => {
    const ask = asker([instanceOf(new Bench(pools)), servers]);
    expect(await ask('2001:db8::5', '2001:db8::6')).toMatchObject({ verdict: 'notOurs', instance: '' });
    await expect(ask('2001:db8::5', '8.8.8.8')).rejects.toThrow('not of one family');
    await expect(ask('2001:db8::5', 'gw1')).rejects.toThrow('gw1 is neither');
    await expect(ask('8.8.8.8', '1.0.0.7', { instance: 'other' })).rejects.toThrow('there are: internet, servers');
    await expect(ask('8.8.8.8', '1.0.0.7', { hopLimit: 256 })).rejects.toThrow('the hop limit 1 to 255');
    await expect(ask('8.8.8.8', '1.0.0.7', { protocol: 'sctp' })).rejects.toThrow('sctp is not a protocol');
  });
});

describe('which instance is explained', () => {
  const routing = (destination: string, clients: string[] = []) => ({ routing: { routes: [destination], clients } });
  const internet = instanceOf(new Bench(pools));
  const lower: ExplainedInstance = { ...internet, name: 'lower', ...routing('64:ff9b::/97') };
  const upper: ExplainedInstance = { ...internet, name: 'upper', ...routing('64:ff9b::8000:0/97') };
  const halls: ExplainedInstance = { ...internet, name: 'halls', ...routing('64:ff9b::/96', ['2001:db8:a::/48']) };

  async function explained(source: string, destination: string, instance = ''): Promise<string> {
    return (await asker([lower, upper, halls])(source, destination, { instance })).instance;
  }

  it('is the one that the kernel would send the packet to', async () => {
    expect(await explained('2001:db8::5', '64:ff9b::8.8.8.8')).toBe('lower');
    expect(await explained('2001:db8::5', '64:ff9b::192.88.1.1')).toBe('upper');
    expect(await explained('2001:db8:a::5', '64:ff9b::8.8.8.8')).toBe('halls');
  });

  it('is the one that was asked for', async () => {
    expect(await explained('2001:db8::5', '64:ff9b::8.8.8.8', 'halls')).toBe('halls');
  });
});

import { describe, expect, it } from 'vitest';
import { COUNTERS } from '../../../../../src/translator/counters.ts';
import {
  AWAIT_MS,
  MAX_AWAITING,
  MAX_AWAITING_PER_PORT,
} from '../../../../../src/translator/nat64/packet/awaited-packets.ts';
import { formatIp } from '../../oracle-address.ts';
import { icmpError, tcp, udp } from '../../packets.ts';
import { Bench } from '../bench-of-one.ts';

const SERVER = '198.51.100.7';
const SYN = 0x02;
const SYN_ACK = 0x12;
const ACK = 0x10;

/** Two nodes that hear each other; a router sends either way's packets to either of them. */
function pair(changes: ConstructorParameters<typeof Bench>[0] = {}): [Bench, Bench] {
  const one = new Bench({ slot: 1, slots: 2, ...changes });
  const two = new Bench({ slot: 2, slots: 2, ...changes });
  one.translator.setPeerAlive(2, true);
  two.translator.setPeerAlive(1, true);
  return [one, two];
}

function count(bench: Bench, name: string): number {
  return bench.translator.counters.values[COUNTERS.findIndex((row) => row.name === name)] ?? 0;
}

function opened(one: Bench, clientPort = 5000, server = SERVER): { address: string; port: number } {
  const [packet] = one.send(tcp({ src: '2001:db8::1', dst: `64:ff9b::${server}` }, clientPort, 80, SYN)).out;
  return { address: formatIp(packet.slice(12, 16)), port: (packet[20] << 8) | packet[21] };
}

describe('an answer that comes to another node than the packet did', () => {
  it('waits for the record of the session, and is then translated', () => {
    const [one, two] = pair();
    const { address, port } = opened(one);
    const answer = tcp({ src: SERVER, dst: address }, 80, port, SYN_ACK);
    expect(two.send(answer)).toEqual({ verdict: 'held', reason: 'heldForRecord', out: [] });
    expect(two.emitted(1)).toEqual([]);
    two.apply(one.records());
    const [translated] = two.emitted(1);
    expect(formatIp(translated.slice(8, 24))).toBe('64:ff9b::c633:6407');
    expect(formatIp(translated.slice(24, 40))).toBe('2001:db8::1');
    expect([count(two, 'recordCame'), count(two, 'translated4to6')]).toEqual([1, 1]);
    expect(two.emitted(1000)).toEqual([]);
  });

  it('is translated as it would have been at the first node', () => {
    const [one, two] = pair();
    const { address, port } = opened(one);
    const answer = tcp({ src: SERVER, dst: address }, 80, port, SYN_ACK);
    two.send(answer);
    two.apply(one.records());
    expect(two.emitted(1)).toEqual(one.send(answer).out);
  });

  it('keeps the order in which its packets came', () => {
    const [one, two] = pair();
    const datagram = { src: '2001:db8::1', dst: `64:ff9b::${SERVER}` };
    const [packet] = one.send(udp(datagram, 5000, 53)).out;
    const port = (packet[20] << 8) | packet[21];
    const answers = [1, 2, 3].map((mark) =>
      udp({ src: SERVER, dst: formatIp(packet.slice(12, 16)) }, 53, port, [mark]),
    );
    for (const answer of answers) expect(two.send(answer).verdict).toBe('held');
    two.apply(one.records());
    expect(two.emitted(1).map((out) => out[48])).toEqual([1, 2, 3]);
  });

  it('waits as well when the client has a mapping, but no session with that server yet: a session of its own would be half open for ever', () => {
    const [one, two] = pair();
    opened(one);
    two.apply(one.records());
    const { address, port } = opened(one, 5000, '198.51.100.8');
    const answer = tcp({ src: '198.51.100.8', dst: address }, 80, port, SYN_ACK);
    expect(two.send(answer).verdict).toBe('held');
    two.apply(one.records());
    expect(two.emitted(1)).toHaveLength(1);
    expect(two.translator.sessionCount).toBe(2);
    expect(two.summary(2).sessions).toBe(0);
  });

  it('is not refused by a filter before the record can be there', () => {
    const [one, two] = pair({ addressDependentFiltering: true });
    opened(one);
    two.apply(one.records());
    const { address, port } = opened(one, 5000, '198.51.100.8');
    expect(two.send(tcp({ src: '198.51.100.8', dst: address }, 80, port, ACK)).verdict).toBe('held');
    two.apply(one.records());
    expect(two.emitted(1)).toHaveLength(1);
    expect(two.send(tcp({ src: '198.51.100.9', dst: address }, 80, port, ACK)).verdict).toBe('held');
    two.wait(AWAIT_MS);
    expect(count(two, 'answerFiltered')).toBe(1);
  });

  it('may be an ICMP error of a router near by, about a packet that it quotes', () => {
    const [one, two] = pair();
    const [packet] = one.send(udp({ src: '2001:db8::1', dst: `64:ff9b::${SERVER}` }, 5000, 33434)).out;
    const error = icmpError({ src: '198.51.100.254', dst: formatIp(packet.slice(12, 16)) }, 11, 0, 0, packet);
    expect(two.send(error)).toEqual({ verdict: 'held', reason: 'heldForRecord', out: [] });
    two.apply(one.records());
    const [translated] = two.emitted(1);
    expect(translated).toEqual(one.send(error).out[0]);
    expect(formatIp(translated.slice(24, 40))).toBe('2001:db8::1');
  });

  it('goes the way of all others when no record comes', () => {
    const [one, two] = pair();
    const { address, port } = opened(one);
    expect(two.send(udp({ src: SERVER, dst: address }, 53, port)).verdict).toBe('held');
    expect(two.send(tcp({ src: SERVER, dst: address }, 80, port, SYN)).verdict).toBe('held');
    two.wait(AWAIT_MS - 1);
    expect(count(two, 'recordLate')).toBe(0);
    two.wait(1);
    expect([count(two, 'recordLate'), count(two, 'dropNoMapping'), count(two, 'heldSyn')]).toEqual([2, 1, 1]);
  });
});

describe('a record', () => {
  it('lets those go on that wait for its address and protocol, and no others on the same port', () => {
    const [one, two] = pair();
    const { address, port } = opened(one);
    const other = address === '192.0.2.3' ? '192.0.2.4' : '192.0.2.3';
    const waiting = [
      tcp({ src: SERVER, dst: other }, 80, port, SYN_ACK),
      tcp({ src: SERVER, dst: address }, 80, port, SYN_ACK),
      udp({ src: SERVER, dst: address }, 80, port),
    ];
    expect(waiting.map((packet) => two.send(packet).reason)).toEqual(waiting.map(() => 'heldForRecord'));
    two.apply(one.records());
    expect(two.emitted(1).map((out) => out[6])).toEqual([6]);
    expect([count(two, 'recordCame'), count(two, 'recordLate')]).toEqual([1, 0]);
    two.wait(AWAIT_MS);
    expect([count(two, 'recordCame'), count(two, 'recordLate')]).toEqual([1, 2]);
  });
});

describe('what needs no record', () => {
  it('is a packet of a stranger for a mapping that is known here, but for the answer to a SYN', () => {
    const [one, two] = pair();
    const { address, port } = opened(one);
    two.apply(one.records());
    const stranger = { src: '203.0.113.9', dst: address };
    expect(two.send(tcp(stranger, 80, port, ACK)).verdict).toBe('translated');
    expect(two.send(tcp(stranger, 80, port, SYN)).verdict).toBe('translated');
    expect(two.send(tcp({ ...stranger, src: '203.0.113.10' }, 80, port, SYN_ACK)).reason).toBe('heldForRecord');
  });

  it('is an ICMP error about a session that is known here', () => {
    const [one, two] = pair();
    const [packet] = one.send(udp({ src: '2001:db8::1', dst: `64:ff9b::${SERVER}` }, 5000, 33434)).out;
    two.apply(one.records());
    const error = icmpError({ src: '198.51.100.254', dst: formatIp(packet.slice(12, 16)) }, 11, 0, 0, packet);
    expect(two.send(error).verdict).toBe('translated');
    const broken = icmpError(
      { src: '198.51.100.254', dst: formatIp(packet.slice(12, 16)) },
      11,
      0,
      0,
      packet.slice(0, 24),
    );
    expect(two.send(broken).reason).toBe('dropIcmpErrorNoSession');
  });
});

describe('what does not wait', () => {
  const unknown = (port: number): Uint8Array => udp({ src: SERVER, dst: '192.0.2.3' }, 53, port);

  it('is a packet for the own slice, for no port of the pool, or when nobody else is heard', () => {
    const [one, two] = pair({
      pool4: [{ prefix: '192.0.2.0/28', ports: [2000, 2999], protocols: ['udp'], clients: [] }],
    });
    expect([2000, 2499, 1999, 3000].map((port) => one.send(unknown(port)).reason)).toEqual(
      Array.from({ length: 4 }, () => 'dropNoMapping'),
    );
    expect([2500, 2999].map((port) => one.send(unknown(port)).reason)).toEqual(['heldForRecord', 'heldForRecord']);
    two.translator.setPeerAlive(1, false);
    expect(two.send(unknown(2000)).reason).toBe('dropNoMapping');
  });

  it('is more than a flood may cost: a few for each port, and a number of them in all', () => {
    const [one] = pair();
    const ports = Array.from({ length: 100 }, (_, index) => 60_000 + index);
    const reasons = ports.flatMap((port) =>
      Array.from({ length: MAX_AWAITING_PER_PORT + 2 }, () => one.send(unknown(port)).reason),
    );
    expect(reasons.filter((reason) => reason === 'heldForRecord')).toHaveLength(MAX_AWAITING);
    expect(reasons.slice(0, 10).filter((reason) => reason === 'heldForRecord')).toHaveLength(MAX_AWAITING_PER_PORT);
    expect(count(one, 'awaitRefused')).toBe(reasons.length - MAX_AWAITING);
    one.wait(AWAIT_MS);
    expect(count(one, 'dropNoMapping')).toBe(reasons.length);
    expect(one.send(unknown(60_000)).reason).toBe('heldForRecord');
  });

  it('is a packet that the kernel has joined from several', () => {
    const [one] = pair();
    const joined = { partialChecksum: true, gsoType: 1, gsoSize: 100 };
    expect(one.send(tcp({ src: SERVER, dst: '192.0.2.3' }, 80, 60_000, ACK), joined).reason).toBe('dropNoMapping');
  });
});

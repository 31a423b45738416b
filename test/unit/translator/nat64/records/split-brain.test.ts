import { describe, expect, it } from 'vitest';
import { formatIp } from '../../oracle-address.ts';
import { udp } from '../../packets.ts';
import { Bench } from '../bench-of-one.ts';

const SERVER = '198.51.100.7';
const to = (client: number): Uint8Array =>
  udp({ src: `2001:db8::${client.toString(16)}`, dst: `64:ff9b::${SERVER}` }, 5000, 53);

/** Two nodes with one port each: slot 1 has 2000, slot 2 has 2001. */
function pair(): [Bench, Bench] {
  const pool4 = [{ prefix: '192.0.2.5/32', ports: [2000, 2001], protocols: ['udp'], clients: [] }] as const;
  const one = new Bench({ slot: 1, slots: 2, pool4 });
  const two = new Bench({ slot: 2, slots: 2, pool4 });
  one.translator.setPeerAlive(2, true);
  two.translator.setPeerAlive(1, true);
  return [one, two];
}

function exchange([one, two]: [Bench, Bench]): void {
  for (let round = 0; round < 3; round++) {
    for (const bench of [one, two]) bench.translator.requestMark();
    const records = [one.records(), two.records()];
    two.apply(records[0]);
    one.apply(records[1]);
  }
}

function waitBoth(nodes: [Bench, Bench], ms: number): void {
  for (const bench of nodes) {
    bench.wait(ms);
    bench.records();
  }
}

describe('nodes that do not hear each other', () => {
  it('never give a port to a second client that the other may still translate with', () => {
    const nodes = pair();
    const [one, two] = nodes;
    const [packet] = one.send(to(1)).out;
    const port = (packet[20] << 8) | packet[21];
    exchange(nodes);
    one.translator.setPeerAlive(2, false);
    two.translator.setPeerAlive(1, false);
    for (let minute = 0; minute < 20; minute++) {
      waitBoth(nodes, 60_000);
      expect(two.send(to(1)).verdict).toBe('translated');
    }
    expect(one.translator.sessionCount).toBe(0);
    expect(one.send(to(2)).reason).toBe('answerPool4Exhausted');
    const answer = two.send(udp({ src: SERVER, dst: '192.0.2.5' }, 53, port));
    expect(formatIp(answer.out[0].slice(24, 40))).toBe('2001:db8::1');
  });

  it('tell a pool that is used up from one of which nothing is theirs to give out', () => {
    const pool4 = [{ prefix: '192.0.2.5/32', ports: [2000, 2001], protocols: ['udp'], clients: [] }] as const;
    expect(new Bench({ slot: 1, slots: 2, pool4, slices: [] }).send(to(1)).reason).toBe('answerNoSlice');
  });

  it('go on using ports again that only they knew', () => {
    const nodes = pair();
    const [one] = nodes;
    one.translator.setPeerAlive(2, false);
    one.send(to(1));
    for (const ms of [400_000, 200_000]) waitBoth(nodes, ms);
    expect(one.send(to(2)).verdict).toBe('translated');
  });

  it('free the ports when they have met again and are in sync', () => {
    const nodes = pair();
    const [one, two] = nodes;
    one.send(to(1));
    exchange(nodes);
    one.translator.setPeerAlive(2, false);
    for (const ms of [400_000, 200_000]) waitBoth(nodes, ms);
    expect(one.send(to(2)).reason).toBe('answerPool4Exhausted');
    one.translator.setPeerAlive(2, true);
    two.wait(600_000);
    exchange(nodes);
    waitBoth(nodes, 240_000);
    expect(one.send(to(2)).verdict).toBe('translated');
  });
});

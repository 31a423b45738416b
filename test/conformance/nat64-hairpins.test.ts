import { describe } from 'vitest';
import { clientOf, MAPPED_PORT, mappedOf } from './instances.ts';
import { CLIENT_PORT, type Life, live, type Make, OWN4 } from './timeline.ts';
import { ack, datagram, ICMP6, ping, syn, TCP, UDP } from './transports.ts';
import { data, echo, type Ends, fragmentHeader, icmp, udp, v6 } from './wire.ts';

const OTHER_PORT = 5353;
/**
 * What is left of 64 hops: a hairpin is a packet that goes out, and one that comes in as if from the network (RFC 6146
 * section 3.8).
 */
const TWICE = 62;
const ONCE = 63;

describe('s3.8-hairpins', () => {
  const B = { client: clientOf(1), mapped: mappedOf(1) };
  const across = (life: Life): { sent: { src: string; dst: string }; got: { src: string; dst: string } } => ({
    sent: { src: life.client, dst: `64:ff9b::${B.mapped}` },
    got: { src: `64:ff9b::${life.mapped}`, dst: B.client },
  });
  const over = (life: Life, at: number, next: number, make: Make, port = MAPPED_PORT): Life => {
    const { sent, got } = across(life);
    return life.send(
      at,
      v6({ ...sent, next }, make(sent, CLIENT_PORT, port)),
      'hairpinned',
      v6({ ...got, next, hops: TWICE }, make(got, MAPPED_PORT, CLIENT_PORT)),
    );
  };
  /** The other client refuses with an ICMPv6 error of type 1, and the sender hears of it in its own words. */
  const refused = (life: Life, at: number, code: number, quote: Uint8Array, told: Uint8Array): Life => {
    const from = { src: B.client, dst: `64:ff9b::${life.mapped}` };
    const home = { src: `64:ff9b::${B.mapped}`, dst: life.client };
    return life.send(
      at,
      v6({ ...from, next: ICMP6 }, icmp(from, 1, code, 0, [...quote])),
      'hairpinned',
      v6({ ...home, next: ICMP6, hops: TWICE }, icmp(home, 1, code, 0, [...told])),
    );
  };
  const fragment = (ends: Ends, hops: number, ports: readonly [number, number], from: number, to: number): Uint8Array =>
    v6({ ...ends, next: 44, hops }, [
      ...fragmentHeader(UDP, from, to < 1008, 7),
      ...udp(ends, ...ports, data(1000)).slice(from, to),
    ]);
  const piece = (ends: Ends, from: number, to: number): Uint8Array =>
    fragment(ends, 64, [CLIENT_PORT, MAPPED_PORT], from, to);
  const back = (ends: Ends, from: number, to: number): Uint8Array =>
    fragment(ends, TWICE, [MAPPED_PORT, CLIENT_PORT], from, to);
  live(
    {
      'the-other-client': (life) =>
        life
          .up(0, UDP, datagram)
          .up(0.1, TCP, syn)
          .up(0.2, ICMP6, ping)
          .send(
            5,
            v6(
              { src: B.client, dst: `64:ff9b::${mappedOf(2)}`, next: UDP },
              udp({ src: B.client, dst: `64:ff9b::${mappedOf(2)}` }, CLIENT_PORT, MAPPED_PORT, data(7)),
            ),
            'hairpinned',
            v6(
              { src: `64:ff9b::${B.mapped}`, dst: clientOf(2), next: UDP, hops: TWICE },
              udp({ src: `64:ff9b::${B.mapped}`, dst: clientOf(2) }, MAPPED_PORT, CLIENT_PORT, data(7)),
            ),
          ),
      'udp-there-and-back': (life) => over(life, 4, UDP, datagram),
      tcp: (life) => over(over(life, 4, TCP, syn), 6, TCP, ack),
      echo: (life) => {
        const { sent, got } = across(life);
        return life.send(
          4,
          v6({ ...sent, next: ICMP6 }, echo(sent, 128, CLIENT_PORT, data(8))),
          'hairpinned',
          v6({ ...got, next: ICMP6, hops: TWICE }, echo(got, 128, CLIENT_PORT, data(8))),
        );
      },
      'nobody-has-the-port': (life) => {
        const { sent } = across(life);
        return life.send(4, v6({ ...sent, next: UDP }, udp(sent, CLIENT_PORT, OTHER_PORT, data(4))), 'dropped');
      },
      'hop-limit-of-two-is-used-up-on-the-way-back': (life) => {
        const { sent } = across(life);
        const told = v6({ ...sent, next: UDP, hops: 1 }, datagram(sent, CLIENT_PORT, MAPPED_PORT));
        const ends = { src: `64:ff9b::${OWN4}`, dst: life.client };
        return life.send(
          4,
          v6({ ...sent, next: UDP, hops: 2 }, datagram(sent, CLIENT_PORT, MAPPED_PORT)),
          'error',
          v6({ ...ends, next: ICMP6, hops: ONCE }, icmp(ends, 3, 0, 0, [...told])),
        );
      },
      'error-about-a-hairpinned-packet-finds-its-sender': (life) => {
        const { sent, got } = across(life);
        const quote = v6({ ...got, next: UDP, hops: TWICE }, datagram(got, MAPPED_PORT, CLIENT_PORT));
        const told = v6({ ...sent, next: UDP, hops: TWICE }, datagram(sent, CLIENT_PORT, MAPPED_PORT));
        return refused(over(life, 4, UDP, datagram), 6, 4, quote, told);
      },
      'error-about-a-hairpinned-segment': (life) => {
        const { sent, got } = across(life);
        const quote = v6({ ...got, next: TCP, hops: TWICE }, syn(got, MAPPED_PORT, CLIENT_PORT));
        const told = v6({ ...sent, next: TCP, hops: TWICE }, syn(sent, CLIENT_PORT, MAPPED_PORT));
        return refused(over(life, 4, TCP, syn), 6, 4, quote, told);
      },
      'error-about-a-hairpinned-echo': (life) => {
        const { sent, got } = across(life);
        const request = (ends: Ends): number[] => echo(ends, 128, CLIENT_PORT, data(8));
        const quote = v6({ ...got, next: ICMP6, hops: TWICE }, request(got));
        const told = v6({ ...sent, next: ICMP6, hops: TWICE }, request(sent));
        return refused(
          life.send(
            4,
            v6({ ...sent, next: ICMP6 }, request(sent)),
            'hairpinned',
            v6({ ...got, next: ICMP6, hops: TWICE }, request(got)),
          ),
          6,
          0,
          quote,
          told,
        );
      },
      'to-the-own-mapping': (life) => {
        const sent = { src: life.client, dst: `64:ff9b::${life.mapped}` };
        const got = { src: `64:ff9b::${life.mapped}`, dst: life.client };
        return life
          .up(0, UDP, datagram)
          .send(
            1,
            v6({ ...sent, next: UDP }, datagram(sent, CLIENT_PORT, MAPPED_PORT)),
            'hairpinned',
            v6({ ...got, next: UDP, hops: TWICE }, datagram(got, MAPPED_PORT, CLIENT_PORT)),
          );
      },
      'a-syn-that-nobody-wants-is-held-and-answered': (life) => {
        const sent = { src: life.client, dst: `64:ff9b::${mappedOf(2)}` };
        const ends = { src: `64:ff9b::${OWN4}`, dst: life.client };
        const about = v6({ ...sent, next: TCP, hops: ONCE }, syn(sent, CLIENT_PORT, MAPPED_PORT));
        return life
          .send(0.1, v6({ ...sent, next: TCP }, syn(sent, CLIENT_PORT, MAPPED_PORT)), 'held')
          .timed(6.1, v6({ ...ends, next: ICMP6, hops: ONCE }, icmp(ends, 1, 4, 0, [...about])));
      },
      'another-segment-that-nobody-wants-is-dropped': (life) => {
        const sent = { src: life.client, dst: `64:ff9b::${mappedOf(2)}` };
        return life.send(0.1, v6({ ...sent, next: TCP }, ack(sent, CLIENT_PORT, MAPPED_PORT)), 'dropped');
      },
      'fragments-in-order': (life) =>
        life
          .send(4, piece(across(life).sent, 0, 800), 'hairpinned', back(across(life).got, 0, 800))
          .send(4.1, piece(across(life).sent, 800, 1008), 'hairpinned', back(across(life).got, 800, 1008)),
      'fragments-the-first-one-last': (life) => {
        const { sent, got } = across(life);
        return life
          .send(4, piece(sent, 800, 1008), 'held')
          .send(4.1, piece(sent, 0, 800), 'hairpinned', back(got, 0, 800), back(got, 800, 1008));
      },
    },
    '    mtu4: 1500\n',
  );
});

import { describe } from 'vitest';
import { MAPPED_PORT, SERVER4 } from './instances.ts';
import { CLIENT_PORT, type Life, live, type Make, ownError4, ownError6, SERVER_PORT } from './timeline.ts';
import { ack, datagram, ICMP, ICMP6, ping, pong, rst, syn, synAck, TCP, UDP } from './transports.ts';
import { data, echo, icmp, udp, v4, v6 } from './wire.ts';

const STRANGER = '198.51.100.99';

/** As a sender without checksums sends it. */
const unsummed: Make = (ends, from, to) => {
  const body = datagram(ends, from, to);
  body.splice(6, 2, 0, 0);
  return body;
};
const stranger = (to: string): { src: string; dst: string } => ({ src: STRANGER, dst: to });

describe('s3.5.1-udp', () => {
  live({
    'answer-reaches-the-client': (life) => life.up(0, UDP, datagram).down(1, UDP, datagram),
    'without-mapping-is-dropped': (life) => life.notDown(0, UDP, datagram),
    'another-port-of-the-mapping-is-dropped': (life) =>
      life
        .up(0, UDP, datagram)
        .send(1, v4({ ...life.back4(), protocol: UDP }, udp(life.back4(), 80, 6000, data(3))), 'dropped'),
    'lifetime-is-five-minutes': (life) => life.up(0, UDP, datagram).notDown(300.05, UDP, datagram),
    'lifetime-is-not-shorter': (life) => life.up(0, UDP, datagram).down(299.95, UDP, datagram),
    'packets-of-either-side-start-it-again': (life) =>
      life
        .up(0, UDP, datagram)
        .down(299, UDP, datagram)
        .up(598, UDP, datagram)
        .down(897, UDP, datagram)
        .notDown(1197.5, UDP, datagram),
    'a-stranger-is-let-in': (life) =>
      life.up(0, UDP, datagram).down(1, UDP, datagram, STRANGER).up(2, UDP, datagram, STRANGER),
    'a-stranger-keeps-the-mapping-alive': (life) =>
      life
        .up(0, UDP, datagram)
        .down(250, UDP, datagram, STRANGER)
        .down(500, UDP, datagram, STRANGER)
        .down(501, UDP, datagram),
    'mapping-does-not-depend-on-the-server': (life) =>
      life.up(0, UDP, datagram).up(1, UDP, datagram, STRANGER).up(2, UDP, datagram, '8.8.8.8'),
    'the-same-client-gets-its-mapping-back': (life) =>
      life.up(0, UDP, datagram).notDown(301, UDP, datagram).up(302, UDP, datagram).down(303, UDP, datagram),
    'no-port-left': (life) => {
      const other = life.upPacket(UDP, (ends, _, to) => udp(ends, 4001, to, data(3)));
      return life.up(0, UDP, datagram).send(1, other, 'error', ownError6(life.client, 1, 3, 0, other));
    },
    's3.4-zero-checksum-is-computed': (life) =>
      life
        .up(0, UDP, datagram)
        .send(
          1,
          life.downPacket(UDP, unsummed),
          'translated',
          v6({ ...life.back6(), next: UDP, hops: 63 }, datagram(life.back6(), SERVER_PORT, CLIENT_PORT)),
        ),
    's5-ttl-one-is-answered': (life) => {
      const late = v4({ ...life.back4(), protocol: UDP, ttl: 1 }, datagram(life.back4(), SERVER_PORT, MAPPED_PORT));
      return life.up(0, UDP, datagram).send(1, late, 'error', ownError4(SERVER4, 11, 0, 0, late));
    },
    's4-too-big-with-df-is-answered': (life) => {
      const big = v4(
        { ...life.back4(), protocol: UDP, df: true },
        udp(life.back4(), SERVER_PORT, MAPPED_PORT, data(1472)),
      );
      return life.up(0, UDP, datagram).send(1, big, 'error', ownError4(SERVER4, 3, 4, 1480, big));
    },
  });
});

describe('s3.4-s3.5-what-is-not-for-it', () => {
  const from = (life: Life, dst: string): Uint8Array =>
    v6({ src: life.client, dst, next: UDP }, udp({ src: life.client, dst }, 1, 2, data(9)));
  /** RFC 4443 section 3.1: communication with destination administratively prohibited. */
  const refused = (life: Life, packet: Uint8Array): Life =>
    life.send(0, packet, 'error', ownError6(life.client, 1, 1, 0, packet));
  live({
    'private-address-behind-the-well-known-prefix': (life) => refused(life, from(life, '64:ff9b::10.1.2.3')),
    'multicast-behind-the-prefix': (life) => life.send(0, from(life, '64:ff9b::224.0.0.1'), 'dropped'),
    'destination-outside-pool6': (life) => life.send(0, from(life, '2001:db8:ffff::1'), 'dropped'),
    'source-inside-pool6': (life) => {
      const ends = { src: '64:ff9b::8.8.8.8', dst: '64:ff9b::198.51.100.7' };
      return life.send(0, v6({ ...ends, next: UDP }, datagram(ends, 1, 2)), 'dropped');
    },
    'destination-outside-pool4': (life) => {
      const ends = { src: SERVER4, dst: '203.0.113.200' };
      return life.send(0, v4({ ...ends, protocol: UDP }, datagram(ends, 1, 2)), 'dropped');
    },
    'other-protocol-from-inside': (life) => {
      const sctp = v6({ ...life.ends6(), next: 132 }, data(40));
      return life.send(0, sctp, 'error', ownError6(life.client, 1, 4, 0, sctp));
    },
    'other-protocol-from-outside': (life) => {
      const sctp = v4({ ...life.back4(), protocol: 132 }, data(40));
      return life.send(0, sctp, 'error', ownError4(SERVER4, 3, 2, 0, sctp));
    },
    'later-fragment-of-another-protocol': (life) =>
      life.send(0, v4({ ...life.back4(), protocol: 132, offset: 800, id: 9 }, data(40)), 'dropped'),
    'icmp-of-the-other-family-is-another-protocol': (life) => {
      const six = v6({ ...life.ends6(), next: ICMP }, data(40));
      const four = v4({ ...life.back4(), protocol: ICMP6 }, data(40));
      return life
        .send(0, six, 'error', ownError6(life.client, 1, 4, 0, six))
        .send(1, four, 'error', ownError4(SERVER4, 3, 2, 0, four));
    },
    'no-next-header': (life) => {
      const empty = v6({ ...life.ends6(), next: 59 }, []);
      return life.send(0, empty, 'error', ownError6(life.client, 1, 4, 0, empty));
    },
    'neighbour-discovery': (life) =>
      life.send(0, v6({ ...life.ends6(), next: ICMP6, hops: 255 }, icmp(life.ends6(), 135, 0, 0, data(16))), 'dropped'),
    'icmp-timestamp': (life) =>
      life.send(0, v4({ ...life.back4(), protocol: ICMP }, icmp(life.back4(), 13, 0, 0, data(12))), 'dropped'),
  });
});

describe('s3.5.3-icmp-queries', () => {
  live({
    'identifier-is-mapped': (life) => life.up(0, ICMP6, ping).down(1, ICMP, pong),
    'without-mapping-is-dropped': (life) => life.notDown(0, ICMP, pong),
    'lifetime-is-one-minute': (life) => life.up(0, ICMP6, ping).down(59.9, ICMP, pong).notDown(120, ICMP, pong),
    'the-same-client-gets-its-identifier-back': (life) =>
      life.up(0, ICMP6, ping).notDown(61, ICMP, pong).up(62, ICMP6, ping).down(63, ICMP, pong),
    'query-of-a-stranger-passes': (life) =>
      life
        .up(0, ICMP6, ping)
        .send(
          1,
          v4({ ...stranger(life.mapped), protocol: ICMP }, echo(stranger(life.mapped), 8, MAPPED_PORT, data(8))),
          'translated',
          v6({ ...life.back6(STRANGER), next: ICMP6, hops: 63 }, echo(life.back6(STRANGER), 128, CLIENT_PORT, data(8))),
        ),
    'a-table-of-its-own': (life) =>
      life.up(0, ICMP6, ping).up(1, UDP, datagram).notDown(100, ICMP, pong).down(101, UDP, datagram),
  });
});

describe('s3.6-icmp-errors', () => {
  /** The client refuses what the server sent: port unreachable. */
  const byClient = (life: Life, at: number, protocol: number, make: Make): Life => {
    const next = protocol === ICMP ? ICMP6 : protocol;
    const quote6 = v6({ ...life.back6(), next, hops: 50 }, make(life.back6(), SERVER_PORT, CLIENT_PORT));
    const quote4 = v4({ ...life.back4(), protocol, ttl: 50 }, make(life.back4(), SERVER_PORT, MAPPED_PORT));
    return life.send(
      at,
      v6({ ...life.ends6(), next: ICMP6 }, icmp(life.ends6(), 1, 4, 0, [...quote6])),
      'translated',
      v4({ ...life.ends4(), protocol: ICMP, ttl: 63 }, icmp(life.ends4(), 3, 3, 0, [...quote4])),
    );
  };
  const ROUTER = '8.8.8.1';
  const sent4 = (life: Life): Uint8Array =>
    v4({ ...life.ends4(), protocol: UDP, ttl: 60 }, datagram(life.ends4(), MAPPED_PORT, SERVER_PORT));
  const sent6 = (life: Life): Uint8Array =>
    v6({ ...life.ends6(), next: UDP, hops: 60 }, datagram(life.ends6(), CLIENT_PORT, SERVER_PORT));
  const error4 = (life: Life, src: string, type: number, code: number, word: number, quote = sent4(life)): Uint8Array =>
    v4({ src, dst: life.mapped, protocol: ICMP }, icmp({ src, dst: life.mapped }, type, code, word, [...quote]));
  const error6 = (
    life: Life,
    src: string,
    type: number,
    code: number,
    word: number,
    quote = sent6(life),
  ): Uint8Array => {
    const ends = { src: `64:ff9b::${src}`, dst: life.client };
    return v6({ ...ends, next: ICMP6, hops: 63 }, icmp(ends, type, code, word, [...quote]));
  };
  live({
    'of-the-server': (life) =>
      life.up(0, UDP, datagram).send(1, error4(life, SERVER4, 3, 3, 0), 'translated', error6(life, SERVER4, 1, 4, 0)),
    'of-a-router': (life) =>
      life.up(0, UDP, datagram).send(1, error4(life, ROUTER, 11, 0, 0), 'translated', error6(life, ROUTER, 3, 0, 0)),
    mtu: (life) =>
      life
        .up(0, UDP, datagram)
        .send(1, error4(life, ROUTER, 3, 4, 1400), 'translated', error6(life, ROUTER, 2, 0, 1420)),
    'about-a-packet-of-nobody': (life) => life.send(1, error4(life, ROUTER, 3, 3, 0), 'dropped'),
    'about-a-packet-without-a-session-passes-by-the-bib-entry': (life) => {
      const quote = v4({ ...life.ends4(STRANGER), protocol: UDP }, datagram(life.ends4(STRANGER), MAPPED_PORT, 80));
      const told = v6({ ...life.ends6(STRANGER), next: UDP }, datagram(life.ends6(STRANGER), CLIENT_PORT, 80));
      return life
        .up(0, UDP, datagram)
        .send(1, error4(life, ROUTER, 3, 3, 0, quote), 'translated', error6(life, ROUTER, 1, 4, 0, told));
    },
    'does-not-keep-the-session': (life) =>
      life
        .up(0, UDP, datagram)
        .send(200, error4(life, ROUTER, 3, 3, 0), 'translated', error6(life, ROUTER, 1, 4, 0))
        .notDown(301, UDP, datagram),
    'about-a-mapping-that-has-ended': (life) =>
      life
        .up(0, UDP, datagram)
        .send(300.05, error4(life, ROUTER, 3, 3, 0), 'dropped')
        .send(310, error4(life, ROUTER, 3, 3, 0), 'dropped'),
    'about-a-segment': (life) => {
      const [q4, q6] = [life.ends4(), life.ends6()];
      const quote = v4({ ...q4, protocol: TCP, ttl: 60 }, syn(q4, MAPPED_PORT, SERVER_PORT));
      const told = v6({ ...q6, next: TCP, hops: 60 }, syn(q6, CLIENT_PORT, SERVER_PORT));
      return life
        .up(0, TCP, syn)
        .send(1, error4(life, ROUTER, 11, 0, 0, quote), 'translated', error6(life, ROUTER, 3, 0, 0, told));
    },
    'about-a-reset-does-not-touch-the-state': (life) => {
      const [q4, q6] = [life.ends4(), life.ends6()];
      const quote = v4({ ...q4, protocol: TCP }, rst(q4, MAPPED_PORT, SERVER_PORT));
      const told = v6({ ...q6, next: TCP }, rst(q6, CLIENT_PORT, SERVER_PORT));
      return life
        .up(0, TCP, syn)
        .down(1, TCP, synAck)
        .send(2, error4(life, ROUTER, 3, 1, 0, quote), 'translated', error6(life, ROUTER, 1, 0, 0, told))
        .down(1000, TCP, ack);
    },
    'of-the-client-about-a-segment': (life) => byClient(life.up(0, TCP, syn), 1, TCP, synAck),
    'of-the-client-about-an-echo': (life) => byClient(life.up(0, ICMP6, ping), 1, ICMP, pong),
    'of-the-client-does-not-keep-the-session': (life) =>
      byClient(life.up(0, UDP, datagram), 200, UDP, datagram).notDown(300.05, UDP, datagram),
    'of-the-client-about-a-packet-of-nobody': (life) => {
      const quote = v6({ ...life.back6(), next: TCP }, synAck(life.back6(), SERVER_PORT, 999));
      return life
        .up(0, TCP, syn)
        .send(1, v6({ ...life.ends6(), next: ICMP6 }, icmp(life.ends6(), 1, 4, 0, [...quote])), 'dropped');
    },
    'does-not-end-the-session': (life) =>
      life
        .up(0, UDP, datagram)
        .send(1, error4(life, SERVER4, 3, 3, 0), 'translated', error6(life, SERVER4, 1, 4, 0))
        .down(2, UDP, datagram),
    'with-eight-bytes-of-the-transport': (life) =>
      life
        .up(0, UDP, datagram)
        .send(
          1,
          error4(life, ROUTER, 3, 3, 0, sent4(life).subarray(0, 28)),
          'translated',
          error6(life, ROUTER, 1, 4, 0, sent6(life).subarray(0, 48)),
        ),
    'about-an-echo': (life) => {
      const [q4, q6] = [life.ends4(), life.ends6()];
      const quote = v4({ ...q4, protocol: ICMP, ttl: 1 }, ping(q4, MAPPED_PORT, 0));
      const told = v6({ ...q6, next: ICMP6, hops: 1 }, ping(q6, CLIENT_PORT, 0));
      return life
        .up(0, ICMP6, ping)
        .send(1, error4(life, ROUTER, 11, 0, 0, quote), 'translated', error6(life, ROUTER, 3, 0, 0, told));
    },
    'of-the-client': (life) => byClient(life.up(0, UDP, datagram), 1, UDP, datagram),
    'of-a-router-inside-wears-the-mapping': (life) => {
      const ends = { src: '2001:db8:aaaa::1', dst: life.ends6().dst };
      const quote6 = v6({ ...life.back6(), next: UDP, hops: 1 }, datagram(life.back6(), SERVER_PORT, CLIENT_PORT));
      const quote4 = v4({ ...life.back4(), protocol: UDP, ttl: 1 }, datagram(life.back4(), SERVER_PORT, MAPPED_PORT));
      return life
        .up(0, UDP, datagram)
        .send(
          1,
          v6({ ...ends, next: ICMP6 }, icmp(ends, 3, 0, 0, [...quote6])),
          'translated',
          v4({ ...life.ends4(), protocol: ICMP, ttl: 63 }, icmp(life.ends4(), 11, 0, 0, [...quote4])),
        );
    },
    'error-in-an-error': (life) => {
      const inner = error4(life, ROUTER, 3, 3, 0);
      return life.up(0, UDP, datagram).send(1, error4(life, ROUTER, 3, 1, 0, inner), 'dropped');
    },
  });
});

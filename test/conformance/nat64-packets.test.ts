import { describe } from 'vitest';
import { clientOf, MAPPED_PORT, mappedOf, SERVER4 } from './instances.ts';
import { CLIENT_PORT, type Life, live, type Make, ownError4, ownError6, SERVER_PORT } from './timeline.ts';
import { ACK, data, echo, fragmentHeader, icmp, SYN, tcp, udp, v4, v6 } from './wire.ts';

const UDP = 17;
const ICMP = 1;
const ICMP6 = 58;
const STRANGER = '198.51.100.99';
const OTHER_PORT = 5353;

const datagram: Make = (ends, from, to) => udp(ends, from, to, data(41));
/** As a sender without checksums sends it. */
const unsummed: Make = (ends, from, to) => {
  const body = datagram(ends, from, to);
  body.splice(6, 2, 0, 0);
  return body;
};
/** Echo messages have one identifier; requests go up and replies down. */
const ping: Make = (ends, from) => echo(ends, ends.src.includes(':') ? 128 : 8, from, data(20));
const pong: Make = (ends, _, to) => echo(ends, ends.src.includes(':') ? 129 : 0, to, data(20));
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
  live({
    'private-address-behind-the-well-known-prefix': (life) => life.send(0, from(life, '64:ff9b::10.1.2.3'), 'dropped'),
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

describe('s3.4-fragments', () => {
  const whole = (life: Life): number[] => udp(life.ends6(), CLIENT_PORT, SERVER_PORT, data(2000));
  const mapped = (life: Life): number[] => udp(life.ends4(), MAPPED_PORT, SERVER_PORT, data(2000));
  const piece6 = (life: Life, from: number, to: number, id = 77): Uint8Array =>
    v6({ ...life.ends6(), next: 44 }, [...fragmentHeader(UDP, from, to < 2008, id), ...whole(life).slice(from, to)]);
  const piece4 = (life: Life, from: number, to: number, id = 77): Uint8Array =>
    v4({ ...life.ends4(), protocol: UDP, ttl: 63, id, mf: to < 2008, offset: from }, mapped(life).slice(from, to));
  const [a, b, c] = [[0, 800] as const, [800, 1600] as const, [1600, 2008] as const];
  /** From the server: `sum` says whether the datagram has its checksum. */
  const down4 = (life: Life, from: number, to: number, sum = true): Uint8Array => {
    const body = udp(life.back4(), SERVER_PORT, MAPPED_PORT, data(2000));
    if (!sum) body.splice(6, 2, 0, 0);
    return v4({ ...life.back4(), protocol: UDP, id: 99, mf: to < 2008, offset: from }, body.slice(from, to));
  };
  const down6 = (life: Life, from: number, to: number): Uint8Array => {
    const body = udp(life.back6(), SERVER_PORT, CLIENT_PORT, data(2000)).slice(from, to);
    return v6({ ...life.back6(), next: 44, hops: 63 }, [...fragmentHeader(UDP, from, to < 2008, 99), ...body]);
  };
  live({
    'in-order': (life) =>
      life
        .send(0, piece6(life, ...a), 'translated', piece4(life, ...a))
        .send(0.1, piece6(life, ...b), 'translated', piece4(life, ...b))
        .send(0.2, piece6(life, ...c), 'translated', piece4(life, ...c)),
    'the-first-one-last': (life) =>
      life
        .send(0, piece6(life, ...c), 'held')
        .send(0.1, piece6(life, ...b), 'held')
        .send(0.2, piece6(life, ...a), 'translated', piece4(life, ...a), piece4(life, ...c), piece4(life, ...b)),
    'the-first-one-comes-too-late': (life) =>
      life.send(0, piece6(life, ...b), 'held').send(2.1, piece6(life, ...a), 'translated', piece4(life, ...a)),
    'from-the-server': (life) =>
      life
        .up(0, UDP, datagram)
        .send(1, down4(life, ...b), 'held')
        .send(1.1, down4(life, ...a), 'translated', down6(life, ...a), down6(life, ...b))
        .send(1.2, down4(life, ...c), 'translated', down6(life, ...c)),
    'zero-checksum-in-order': (life) =>
      life
        .up(0, UDP, datagram)
        .send(1, down4(life, 0, 800, false), 'held')
        .send(1.1, down4(life, ...b), 'held')
        .send(1.2, down4(life, ...c), 'translated', down6(life, ...a), down6(life, ...b), down6(life, ...c)),
    'zero-checksum-the-first-one-last': (life) =>
      life
        .up(0, UDP, datagram)
        .send(1, down4(life, ...c), 'held')
        .send(1.1, down4(life, ...b), 'held')
        .send(1.2, down4(life, 0, 800, false), 'translated', down6(life, ...a), down6(life, ...c), down6(life, ...b)),
    'zero-checksum-without-mapping': (life) =>
      life
        .send(1, down4(life, 0, 800, false), 'held')
        .send(1.1, down4(life, ...b), 'held')
        .send(1.2, down4(life, ...c), 'dropped'),
    'zero-checksum-incomplete': (life) =>
      life
        .up(0, UDP, datagram)
        .send(1, down4(life, 0, 800, false), 'held')
        .send(3.1, down4(life, ...b), 'held')
        .send(3.2, down4(life, ...c), 'held'),
    'an-exact-copy-harms-nobody': (life) =>
      life
        .send(0, piece6(life, ...a), 'translated', piece4(life, ...a))
        .send(0.1, piece6(life, ...a), 'dropped')
        .send(0.2, piece6(life, ...b), 'translated', piece4(life, ...b))
        .send(0.3, piece6(life, ...b), 'dropped')
        .send(0.4, piece6(life, ...c), 'translated', piece4(life, ...c)),
    'rfc5722-an-overlap-ends-the-datagram': (life) =>
      life
        .send(0, piece6(life, ...a), 'translated', piece4(life, ...a))
        .send(0.1, piece6(life, 792, 1600), 'dropped')
        .send(0.2, piece6(life, ...b), 'dropped')
        .send(0.3, piece6(life, ...c), 'dropped'),
    'rfc1858-tiny-first-fragment': (life) => {
      const tiny = tcp(life.ends6(), CLIENT_PORT, SERVER_PORT, SYN, data(100)).slice(0, 16);
      return life.send(0, v6({ ...life.ends6(), next: 44 }, [...fragmentHeader(6, 0, true, 5), ...tiny]), 'dropped');
    },
    'rfc1858-fragment-at-offset-eight': (life) =>
      life.send(0, v6({ ...life.ends6(), next: 44 }, [...fragmentHeader(6, 8, true, 5), ...data(16)]), 'dropped'),
    atomic: (life) =>
      life.send(
        0,
        v6({ ...life.ends6(), next: 44 }, [
          ...fragmentHeader(UDP, 0, false, 0x50007),
          ...datagram(life.ends6(), CLIENT_PORT, SERVER_PORT),
        ]),
        'translated',
        v4({ ...life.ends4(), protocol: UDP, ttl: 63, id: 7 }, datagram(life.ends4(), MAPPED_PORT, SERVER_PORT)),
      ),
  });
});

describe('s3.6-icmp-errors', () => {
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
    'about-a-session-of-another-server': (life) => {
      const quote = v4({ ...life.ends4(STRANGER), protocol: UDP }, datagram(life.ends4(STRANGER), MAPPED_PORT, 80));
      return life.up(0, UDP, datagram).send(1, error4(life, ROUTER, 3, 3, 0, quote), 'dropped');
    },
    'does-not-keep-the-session': (life) =>
      life
        .up(0, UDP, datagram)
        .send(200, error4(life, ROUTER, 3, 3, 0), 'translated', error6(life, ROUTER, 1, 4, 0))
        .notDown(301, UDP, datagram),
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
    'of-the-client': (life) => {
      const quote6 = v6({ ...life.back6(), next: UDP, hops: 50 }, datagram(life.back6(), SERVER_PORT, CLIENT_PORT));
      const quote4 = v4({ ...life.back4(), protocol: UDP, ttl: 50 }, datagram(life.back4(), SERVER_PORT, MAPPED_PORT));
      return life
        .up(0, UDP, datagram)
        .send(
          1,
          v6({ ...life.ends6(), next: ICMP6 }, icmp(life.ends6(), 1, 4, 0, [...quote6])),
          'translated',
          v4({ ...life.ends4(), protocol: ICMP, ttl: 63 }, icmp(life.ends4(), 3, 3, 0, [...quote4])),
        );
    },
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
      v6({ ...got, next, hops: 63 }, make(got, MAPPED_PORT, CLIENT_PORT)),
    );
  };
  const syn: Make = (ends, from, to) => tcp(ends, from, to, SYN);
  const ack: Make = (ends, from, to) => tcp(ends, from, to, ACK, data(5));
  live(
    {
      'the-other-client': (life) =>
        life
          .up(0, UDP, datagram)
          .up(0.1, 6, syn)
          .up(0.2, ICMP6, ping)
          .send(
            5,
            v6(
              { src: B.client, dst: `64:ff9b::${mappedOf(2)}`, next: UDP },
              udp({ src: B.client, dst: `64:ff9b::${mappedOf(2)}` }, CLIENT_PORT, MAPPED_PORT, data(7)),
            ),
            'hairpinned',
            v6(
              { src: `64:ff9b::${B.mapped}`, dst: clientOf(2), next: UDP, hops: 63 },
              udp({ src: `64:ff9b::${B.mapped}`, dst: clientOf(2) }, MAPPED_PORT, CLIENT_PORT, data(7)),
            ),
          ),
      'udp-there-and-back': (life) => over(life, 4, UDP, datagram),
      tcp: (life) => over(over(life, 4, 6, syn), 6, 6, ack),
      echo: (life) => {
        const { sent, got } = across(life);
        return life.send(
          4,
          v6({ ...sent, next: ICMP6 }, echo(sent, 128, CLIENT_PORT, data(8))),
          'hairpinned',
          v6({ ...got, next: ICMP6, hops: 63 }, echo(got, 128, CLIENT_PORT, data(8))),
        );
      },
      'nobody-has-the-port': (life) => {
        const { sent } = across(life);
        return life.send(4, v6({ ...sent, next: UDP }, udp(sent, CLIENT_PORT, OTHER_PORT, data(4))), 'dropped');
      },
      'a-hairpin-is-one-hop': (life) => {
        const { sent, got } = across(life);
        return life.send(
          4,
          v6({ ...sent, next: UDP, hops: 2 }, datagram(sent, CLIENT_PORT, MAPPED_PORT)),
          'hairpinned',
          v6({ ...got, next: UDP, hops: 1 }, datagram(got, MAPPED_PORT, CLIENT_PORT)),
        );
      },
      'error-about-a-hairpinned-packet-finds-its-sender': (life) => {
        const { sent, got } = across(life);
        const back = { src: B.client, dst: `64:ff9b::${life.mapped}` };
        const home = { src: `64:ff9b::${B.mapped}`, dst: life.client };
        const quote = v6({ ...got, next: UDP, hops: 63 }, datagram(got, MAPPED_PORT, CLIENT_PORT));
        const told = v6({ ...sent, next: UDP, hops: 63 }, datagram(sent, CLIENT_PORT, MAPPED_PORT));
        return over(life, 4, UDP, datagram).send(
          6,
          v6({ ...back, next: ICMP6 }, icmp(back, 1, 4, 0, [...quote])),
          'hairpinned',
          v6({ ...home, next: ICMP6, hops: 63 }, icmp(home, 1, 4, 0, [...told])),
        );
      },
    },
    '    mtu4: 1500\n',
  );
});

describe('s3.5.1-address-dependent-filtering', () => {
  live(
    {
      'a-stranger-is-refused': (life) => {
        const packet = life.downPacket(UDP, datagram, STRANGER);
        return life.up(0, UDP, datagram).send(1, packet, 'error', ownError4(STRANGER, 3, 13, 0, packet));
      },
      'another-port-of-the-server-is-let-in': (life) =>
        life.up(0, UDP, datagram).down(1, UDP, (ends, _, to) => udp(ends, OTHER_PORT, to, data(4))),
      'a-query-of-a-stranger-is-refused': (life) => {
        const packet = v4(
          { ...stranger(life.mapped), protocol: ICMP },
          echo(stranger(life.mapped), 8, MAPPED_PORT, data(8)),
        );
        return life.up(0, ICMP6, ping).send(1, packet, 'error', ownError4(STRANGER, 3, 13, 0, packet));
      },
    },
    '    addressDependentFiltering: true\n',
  );
});

describe('s3.1-static-entries-and-options', () => {
  const live1 = (life: Life): Life =>
    life.down(0, UDP, datagram).up(1, UDP, datagram).down(1000, UDP, datagram, STRANGER);
  live(
    {
      'static-entry-lets-in-and-stays': live1,
      'externally-initiated-tcp-is-dropped': (life) => life.notDown(0, 6, (ends, from, to) => tcp(ends, from, to, SYN)),
      'pings-are-dropped': (life) => life.send(0, life.upPacket(ICMP6, ping), 'dropped'),
    },
    `    static: [{ protocol: udp, v6: "${clientOf(1)}", port6: ${CLIENT_PORT}, v4: ${mappedOf(1)}, port4: ${MAPPED_PORT} }]
    dropExternallyInitiatedTcp: true
    dropPings: true
`,
  );
});

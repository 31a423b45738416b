import { describe } from 'vitest';
import { MAPPED_PORT } from './instances.ts';
import { CLIENT_PORT, type Life, live, SERVER_PORT } from './timeline.ts';
import { ack, datagram, synAck, TCP, UDP } from './transports.ts';
import { data, type Ends, fragmentHeader, SYN, tcp, udp, v4, v6 } from './wire.ts';

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

describe('s3.4-fragments-of-each-protocol', () => {
  const WHOLE = 1008;
  const CUT = 504;
  const body = (protocol: number, ends: Ends, from: number, to: number): number[] =>
    protocol === UDP ? udp(ends, from, to, data(WHOLE - 8)) : tcp(ends, from, to, SYN, data(WHOLE - 20));
  const up6 = (life: Life, protocol: number, from: number, to: number): Uint8Array =>
    v6({ ...life.ends6(), next: 44 }, [
      ...fragmentHeader(protocol, from, to < WHOLE, 9),
      ...body(protocol, life.ends6(), CLIENT_PORT, SERVER_PORT).slice(from, to),
    ]);
  const up4 = (life: Life, protocol: number, from: number, to: number): Uint8Array =>
    v4(
      { ...life.ends4(), protocol, ttl: 63, id: 9, mf: to < WHOLE, offset: from },
      body(protocol, life.ends4(), MAPPED_PORT, SERVER_PORT).slice(from, to),
    );
  const down4 = (life: Life, protocol: number, from: number, to: number): Uint8Array =>
    v4(
      { ...life.back4(), protocol, id: 9, mf: to < WHOLE, offset: from },
      body(protocol, life.back4(), SERVER_PORT, MAPPED_PORT).slice(from, to),
    );
  live({
    'first-fragment-of-a-syn-opens-the-connection': (life) =>
      life
        .send(0, up6(life, TCP, CUT, WHOLE), 'held')
        .send(0.5, up6(life, TCP, 0, CUT), 'translated', up4(life, TCP, 0, CUT), up4(life, TCP, CUT, WHOLE))
        .down(1, TCP, synAck)
        .down(1000, TCP, ack),
    'first-fragment-of-an-unsolicited-syn-is-held-and-answered': (life) =>
      life
        .send(0, down4(life, TCP, 0, CUT), 'held')
        .send(0.1, down4(life, TCP, CUT, WHOLE), 'dropped')
        .timer(6, 3, 3, down4(life, TCP, 0, CUT)),
    'without-mapping-each-is-dropped': (life) =>
      life.send(0, down4(life, UDP, 0, CUT), 'dropped').send(0.1, down4(life, UDP, CUT, WHOLE), 'dropped'),
    'one-identification-for-two-protocols-is-two-datagrams': (life) =>
      life
        .send(0, up6(life, TCP, 0, CUT), 'translated', up4(life, TCP, 0, CUT))
        .send(0.1, up6(life, UDP, CUT, WHOLE), 'held')
        .send(0.2, up6(life, TCP, CUT, WHOLE), 'translated', up4(life, TCP, CUT, WHOLE))
        .send(0.3, up6(life, UDP, 0, CUT), 'translated', up4(life, UDP, 0, CUT), up4(life, UDP, CUT, WHOLE)),
  });
});

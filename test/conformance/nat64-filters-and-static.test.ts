import { describe } from 'vitest';
import { clientOf, MAPPED_PORT, mappedOf, SERVER4 } from './instances.ts';
import { CLIENT_PORT, type Life, live, type Make, ownError4, ownError6, SERVER_PORT } from './timeline.ts';
import { ack, datagram, ICMP, ICMP6, ping, syn, synAck, TCP, UDP } from './transports.ts';
import { data, echo, icmp, udp, v4, v6 } from './wire.ts';

const STRANGER = '198.51.100.99';
const OTHER_PORT = 5353;
const stranger = (to: string): { src: string; dst: string } => ({ src: STRANGER, dst: to });

describe('s3.5.1-address-dependent-filtering', () => {
  live(
    {
      'a-stranger-is-refused': (life) => {
        const packet = life.downPacket(UDP, datagram, STRANGER);
        return life.up(0, UDP, datagram).send(1, packet, 'error', ownError4(STRANGER, 3, 13, 0, packet));
      },
      'another-port-of-the-server-is-let-in': (life) =>
        life.up(0, UDP, datagram).down(1, UDP, (ends, _, to) => udp(ends, OTHER_PORT, to, data(4))),
      'an-error-about-a-packet-to-a-stranger-is-refused': (life) => {
        const quote = v4({ ...life.ends4(STRANGER), protocol: UDP }, datagram(life.ends4(STRANGER), MAPPED_PORT, 80));
        const ends = { src: STRANGER, dst: life.mapped };
        return life
          .up(0, UDP, datagram)
          .send(1, v4({ ...ends, protocol: ICMP }, icmp(ends, 3, 3, 0, [...quote])), 'dropped');
      },
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
      'externally-initiated-tcp-is-dropped': (life) => life.notDown(0, TCP, syn),
      'pings-are-dropped': (life) => life.send(0, life.upPacket(ICMP6, ping), 'dropped'),
    },
    `    static: [{ protocol: udp, v6: "${clientOf(1)}", port6: ${CLIENT_PORT}, v4: ${mappedOf(1)}, port4: ${MAPPED_PORT} }]
    dropExternallyInitiatedTcp: true
    dropPings: true
`,
  );
});

describe('s3.1-static-entries-of-each-protocol', () => {
  const PORT6 = 80;
  /** The server of the inside, which has the entries: the client of the first life. */
  const [inside, outside] = [clientOf(1), mappedOf(1)];
  const comesIn = (life: Life, at: number, protocol: number, make: Make, from = SERVER4): Life => {
    const [four, six] = [
      { src: from, dst: outside },
      { src: `64:ff9b::${from}`, dst: inside },
    ];
    return life.send(
      at,
      v4({ ...four, protocol }, make(four, SERVER_PORT, MAPPED_PORT)),
      'translated',
      v6({ ...six, next: protocol === ICMP ? ICMP6 : protocol, hops: 63 }, make(six, SERVER_PORT, PORT6)),
    );
  };
  const goesOut = (life: Life, at: number, protocol: number, make: Make, to = SERVER4): Life => {
    const [four, six] = [
      { src: outside, dst: to },
      { src: inside, dst: `64:ff9b::${to}` },
    ];
    return life.send(
      at,
      v6({ ...six, next: protocol }, make(six, PORT6, SERVER_PORT)),
      'translated',
      v4({ ...four, protocol, ttl: 63 }, make(four, MAPPED_PORT, SERVER_PORT)),
    );
  };
  const entry = (protocol: string): string =>
    `      - { protocol: ${protocol}, v6: "${inside}", port6: ${PORT6}, v4: ${outside}, port4: ${MAPPED_PORT} }\n`;
  live(
    {
      'connections-of-strangers-come-in': (life) => {
        comesIn(life, 0, TCP, syn);
        goesOut(life, 1, TCP, synAck);
        comesIn(life, 2, TCP, ack);
        return comesIn(life, 20_000, TCP, syn, STRANGER);
      },
      'segments-pass-long-after-the-connection': (life) => {
        comesIn(life, 30_000, TCP, ack);
        return goesOut(life, 40_000, TCP, ack);
      },
      'datagrams-pass-both-ways-at-any-time': (life) => {
        comesIn(life, 0, UDP, datagram);
        return goesOut(life, 1000, UDP, datagram);
      },
      'pings-come-in': (life) =>
        comesIn(life, 0, ICMP, (ends, _, to) => echo(ends, ends.src.includes(':') ? 128 : 8, to, data(8))),
      'another-port-of-the-client-does-not-get-the-port': (life) => {
        const ends = { src: inside, dst: `64:ff9b::${SERVER4}` };
        const other = v6({ ...ends, next: UDP }, datagram(ends, OTHER_PORT, SERVER_PORT));
        return life.send(5, other, 'error', ownError6(inside, 1, 3, 0, other));
      },
    },
    `    static:\n${['tcp', 'udp', 'icmp'].map(entry).join('')}`,
  );
});

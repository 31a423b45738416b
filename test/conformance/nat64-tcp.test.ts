import { describe } from 'vitest';
import { type Life, live, type Make, ownError6 } from './timeline.ts';
import { ack, datagram, fin, rst, segment, syn, synAck, TCP, UDP } from './transports.ts';
import { SYN, tcp } from './wire.ts';

/** Seconds: TCP_TRANS, TCP_EST and TCP_INCOMING_SYN of RFC 6146 section 4. */
const TRANS = 240;
const EST = 7440;
const HELD = 6;
const STRANGER = '198.51.100.99';

/** The client connects to the server within the first second. */
const connected = (life: Life): Life => life.up(0, TCP, syn).down(0.2, TCP, synAck).up(0.4, TCP, ack);

describe('s3.5.2.2-tcp-states', () => {
  live({
    'established-passes-both-ways': (life) => connected(life).down(1, TCP, ack).up(2, TCP, ack).down(1000, TCP, ack),
    'closed-other-segments-from-inside-are-dropped': (life) =>
      life
        .send(0, life.upPacket(TCP, ack), 'dropped')
        .send(1, life.upPacket(TCP, rst), 'dropped')
        .send(2, life.upPacket(TCP, fin), 'dropped'),
    'closed-other-segments-from-outside-are-dropped': (life) =>
      life.notDown(0, TCP, ack).notDown(1, TCP, rst).notDown(2, TCP, fin),
    'v6-init-is-over-after-trans': (life) => life.up(0, TCP, syn).notDown(TRANS + 0.05, TCP, ack),
    'v6-init-is-not-over-before': (life) =>
      life
        .up(0, TCP, syn)
        .down(TRANS - 0.05, TCP, synAck)
        .up(1000, TCP, ack),
    'v6-init-another-syn-starts-the-time-again': (life) =>
      life
        .up(0, TCP, syn)
        .up(200, TCP, syn)
        .down(TRANS + 100, TCP, synAck),
    'v6-init-other-segments-pass-and-start-nothing-again': (life) =>
      life
        .up(0, TCP, syn)
        .up(100, TCP, ack)
        .down(200, TCP, ack)
        .notDown(TRANS + 1, TCP, ack),
    'v6-init-syn-without-ack-establishes': (life) => life.up(0, TCP, syn).down(1, TCP, syn).down(1000, TCP, ack),
    'established-is-probed-and-over-after-est-and-trans': (life) =>
      connected(life)
        .probe(EST)
        .notDown(EST + TRANS + 1, TCP, ack),
    'established-trans-after-silence-establishes-again': (life) =>
      connected(life)
        .probe(EST)
        .up(EST + TRANS - 1, TCP, ack)
        .down(EST + TRANS + 1000, TCP, ack),
    'established-lives-on-with-each-segment': (life) =>
      connected(life)
        .up(EST - 100, TCP, ack)
        .down(2 * EST - 200, TCP, ack),
    'rst-of-the-server-trans-is-over-after-trans': (life) =>
      connected(life)
        .down(1, TCP, rst)
        .notDown(TRANS + 1.1, TCP, ack),
    'rst-of-the-client-trans-is-over-after-trans': (life) =>
      connected(life)
        .up(1, TCP, rst)
        .notDown(TRANS + 1.1, TCP, ack),
    'trans-another-rst-starts-nothing-again': (life) =>
      connected(life)
        .up(1, TCP, rst)
        .down(200, TCP, rst)
        .notDown(TRANS + 1.1, TCP, ack),
    'trans-a-segment-of-the-client-establishes-again': (life) =>
      connected(life).down(1, TCP, rst).up(200, TCP, ack).down(2000, TCP, ack),
    'trans-a-segment-of-the-server-establishes-again': (life) =>
      connected(life).down(1, TCP, rst).down(200, TCP, ack).down(2000, TCP, ack),
    'fin-of-the-server-keeps-the-established-time': (life) =>
      connected(life)
        .down(1, TCP, fin)
        .down(EST - 1, TCP, ack)
        .up(2 * EST - 10, TCP, ack),
    'fin-of-the-client-keeps-the-established-time': (life) =>
      connected(life)
        .up(1, TCP, fin)
        .down(EST - 1, TCP, ack),
    'fin-of-the-server-is-over-after-est': (life) =>
      connected(life)
        .down(1, TCP, fin)
        .notDown(EST + 1.1, TCP, ack),
    'fin-of-the-client-is-over-after-est': (life) =>
      connected(life)
        .up(1, TCP, fin)
        .notDown(EST + 1.1, TCP, ack),
    'fin-again-of-the-same-side-changes-nothing': (life) =>
      connected(life).up(1, TCP, fin).up(2, TCP, fin).down(1000, TCP, ack),
    // RFC 7857 section 2.2.
    'rst-behind-a-fin-ends-it-within-the-transitory-time': (life) =>
      connected(life)
        .up(1, TCP, fin)
        .down(2, TCP, rst)
        .notDown(TRANS + 2.1, TCP, ack),
    'rst-behind-a-fin-does-not-cut-a-connection-in-use': (life) =>
      connected(life)
        .up(1, TCP, fin)
        .down(2, TCP, rst)
        .down(TRANS + 1.9, TCP, ack)
        .down(2 * TRANS + 1.8, TCP, ack)
        .notDown(3 * TRANS + 2, TCP, ack),
    'both-fins-everything-passes-until-trans': (life) =>
      connected(life)
        .down(1, TCP, fin)
        .up(2, TCP, fin)
        .down(3, TCP, ack)
        .up(100, TCP, ack)
        .down(TRANS + 1.9, TCP, ack)
        .notDown(TRANS + 2.1, TCP, ack),
    'both-fins-the-client-first': (life) =>
      connected(life)
        .up(1, TCP, fin)
        .down(2, TCP, fin)
        .up(TRANS + 1.9, TCP, ack)
        .notDown(TRANS + 2.1, TCP, ack),
    'v4-syn-of-a-stranger-passes-where-there-is-a-bib-entry': (life) =>
      connected(life).down(1, TCP, syn, STRANGER).up(2, TCP, synAck, STRANGER).down(1000, TCP, ack, STRANGER),
    'closed-other-segments-of-a-stranger-pass-where-there-is-a-bib-entry': (life) =>
      connected(life).down(1, TCP, ack, STRANGER).down(2, TCP, rst, STRANGER),
    'bib-entry-serves-a-second-server': (life) =>
      connected(life).up(1, TCP, syn, STRANGER).down(2, TCP, synAck, STRANGER),
    'v4-syn-is-held-and-answered-after-six-seconds': (life) =>
      life.notDown(0, TCP, syn, 'held').timer(HELD, 3, 3, life.downPacket(TCP, syn)),
    'v4-syn-again-is-answered-once': (life) =>
      life
        .notDown(0, TCP, syn, 'held')
        .notDown(1, TCP, syn, 'held')
        .notDown(3, TCP, syn, 'held')
        .timer(HELD, 3, 3, life.downPacket(TCP, syn)),
    'v4-syn-with-data-is-quoted-whole': (life) =>
      life.notDown(0, TCP, segment(SYN, 400), 'held').timer(HELD, 3, 3, life.downPacket(TCP, segment(SYN, 400))),
    'simultaneous-open': (life) =>
      life.notDown(0, TCP, syn, 'held').up(3, TCP, syn).down(4, TCP, synAck).down(1000, TCP, ack),
    'simultaneous-open-too-late': (life) =>
      life
        .notDown(0, TCP, syn, 'held')
        .timer(HELD, 3, 3, life.downPacket(TCP, syn))
        .up(HELD + 1, TCP, syn)
        .notDown(HELD + TRANS + 2, TCP, ack),
    'v4-syns-of-two-hosts-are-held-apart': (life) =>
      life
        .notDown(0, TCP, syn, 'held')
        .notDown(1, TCP, syn, 'held', STRANGER)
        .timer(HELD, 3, 3, life.downPacket(TCP, syn))
        .timer(1 + HELD, 3, 3, life.downPacket(TCP, syn, STRANGER), STRANGER),
    'v4-syn-after-its-answer-is-held-anew': (life) =>
      life
        .notDown(0, TCP, syn, 'held')
        .timer(HELD, 3, 3, life.downPacket(TCP, syn))
        .notDown(HELD + 1, TCP, syn, 'held')
        .timer(2 * HELD + 1, 3, 3, life.downPacket(TCP, syn)),
    'v4-syn-to-a-mapping-that-has-ended-is-held': (life) =>
      life
        .up(0, TCP, syn)
        .notDown(TRANS + 0.05, TCP, syn, 'held')
        .timer(TRANS + 0.05 + HELD, 3, 3, life.downPacket(TCP, syn)),
    'simultaneous-open-just-in-time': (life) =>
      life
        .notDown(0, TCP, syn, 'held')
        .up(HELD - 0.01, TCP, syn)
        .down(HELD + 1, TCP, syn)
        .down(1000, TCP, ack),
    'simultaneous-open-needs-the-same-port': (life) =>
      life
        .notDown(0, TCP, syn, 'held')
        .up(3, TCP, (ends, from) => tcp(ends, from, 81, SYN))
        .timer(HELD, 3, 3, life.downPacket(TCP, syn)),
    'simultaneous-open-needs-the-same-host': (life) =>
      life.notDown(0, TCP, syn, 'held').up(3, TCP, syn, STRANGER).timer(HELD, 3, 3, life.downPacket(TCP, syn)),
    'simultaneous-open-needs-tcp': (life) =>
      life.notDown(0, TCP, syn, 'held').up(3, UDP, datagram).timer(HELD, 3, 3, life.downPacket(TCP, syn)),
    'v4-init-lives-for-trans': (life) =>
      life
        .up(0, TCP, syn)
        .down(200, TCP, syn, STRANGER)
        .down(300, TCP, ack, STRANGER)
        .up(301, TCP, ack, STRANGER)
        .down(199.95 + TRANS, TCP, ack, STRANGER),
    'v4-init-is-over-after-trans': (life) =>
      life
        .up(0, TCP, syn)
        .down(200, TCP, syn, STRANGER)
        .down(300, TCP, ack, STRANGER)
        .up(301, TCP, ack, STRANGER)
        .notDown(200.05 + TRANS, TCP, ack, 'dropped', STRANGER),
    'v4-init-v6-syn-establishes': (life) =>
      life.up(0, TCP, syn).down(200, TCP, syn, STRANGER).up(300, TCP, synAck, STRANGER).down(7000, TCP, ack, STRANGER),
    'segments-of-the-client-pass-by-the-bib-entry': (life) =>
      life.up(0, TCP, syn).up(1, TCP, ack, STRANGER).up(2, TCP, rst, STRANGER).up(3, TCP, fin, STRANGER),
    'segments-of-the-client-do-not-pass-when-it-has-ended': (life) =>
      life
        .up(0, TCP, syn)
        .send(TRANS + 0.05, life.upPacket(TCP, ack), 'dropped')
        .send(TRANS + 5, life.upPacket(TCP, ack, STRANGER), 'dropped'),
    'the-same-client-gets-its-mapping-back': (life) =>
      life
        .up(0, TCP, syn)
        .notDown(TRANS + 1, TCP, ack)
        .up(TRANS + 2, TCP, syn)
        .down(TRANS + 3, TCP, synAck),
    'the-same-client-gets-its-mapping-back-for-another-server': (life) =>
      life
        .up(0, TCP, syn)
        .up(TRANS + 60, TCP, syn, STRANGER)
        .down(TRANS + 61, TCP, synAck, STRANGER),
    'simultaneous-open-on-a-mapping-that-has-ended': (life) =>
      life
        .up(0, TCP, syn)
        .notDown(TRANS + 30, TCP, syn, 'held')
        .up(TRANS + 31, TCP, syn)
        .down(TRANS + 1000, TCP, ack),
    'pool4-exhausted-is-answered': (life) => {
      const again = life.upPacket(TCP, (ends, _, to) => tcp(ends, 4001, to, SYN));
      return life.up(0, TCP, syn).send(1, again, 'error', ownError6(life.client, 1, 3, 0, again));
    },
    'rfc6888-req8-a-freed-port-rests-for-two-minutes': (life) => {
      const again = life.upPacket(TCP, (ends, _, to) => tcp(ends, 4001, to, SYN));
      return life
        .up(0, TCP, syn)
        .send(TRANS + 60, again, 'error', ownError6(life.client, 1, 3, 0, again))
        .up(TRANS + 125, TCP, syn);
    },
  });
});

describe('s3.5.2.2-tcp-states-with-address-dependent-filtering', () => {
  const otherPort: Make = (ends, _, to) => tcp(ends, 81, to, SYN);
  live(
    {
      'v4-syn-of-a-stranger-is-held-and-answered': (life) =>
        connected(life)
          .notDown(1, TCP, syn, 'held', STRANGER)
          .timer(1 + HELD, 3, 3, life.downPacket(TCP, syn, STRANGER), STRANGER),
      'the-server-may-connect-from-another-port': (life) => connected(life).down(1, TCP, otherPort),
    },
    '    addressDependentFiltering: true\n',
  );
});

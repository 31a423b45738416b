import { describe } from 'vitest';
import { type Life, live } from './timeline.ts';
import { ack, fin, rst, syn, TCP } from './transports.ts';

/*
 * RFC 6146 section 3.5.2.2 as a table: in each state, what each segment of either side does to the state and to the
 * lifetime. A RST after the FIN of one side is what RFC 7857 section 2.2 says: the transitory time, which other packets
 * start again. How long a session lives is seen from outside: its BIB entry has no other, and a segment of the server
 * passes as long as the entry stands.
 */

/** Seconds: TCP_TRANS and TCP_EST of section 4. */
const TRANS = 240;
const EST = 7440;
/** Timers are exact to this, in seconds. */
const NEAR = 0.02;

const segments = { SYN: syn, FIN: fin, RST: rst, ACK: ack };
type Segment = keyof typeof segments;
type Side = 'V4' | 'V6';
type Event = `${Side} ${Segment}`;

/** A state, and how a connection comes there, beginning at second 0. */
interface Setup {
  /** When the lifetime was last set, and to what. */
  readonly setAt: number;
  readonly lifetime: number;
  /** Segments and their seconds. */
  readonly by: readonly (readonly [number, Event])[];
}

const opened = [
  [0, 'V6 SYN'],
  [1, 'V4 SYN'],
] as const;
const setups = {
  'V6 INIT': { setAt: 0, lifetime: TRANS, by: [[0, 'V6 SYN']] },
  ESTABLISHED: { setAt: 1, lifetime: EST, by: opened },
  'V4 FIN RCV': { setAt: 1, lifetime: EST, by: [...opened, [20, 'V4 FIN']] },
  'V6 FIN RCV': { setAt: 1, lifetime: EST, by: [...opened, [20, 'V6 FIN']] },
  'V6 FIN + V4 FIN RCV': { setAt: 30, lifetime: TRANS, by: [...opened, [20, 'V6 FIN'], [30, 'V4 FIN']] },
  ABORTED: { setAt: 30, lifetime: TRANS, by: [...opened, [20, 'V6 FIN'], [30, 'V4 RST']] },
  TRANS: { setAt: 20, lifetime: TRANS, by: [...opened, [20, 'V4 RST']] },
} as const satisfies Record<string, Setup>;
type State = keyof typeof setups;

/** What a segment does: `keep` leaves the lifetime alone. */
type Effect = readonly [next: State, lifetime: 'keep' | number];
const E = (next: State, lifetime: 'keep' | number): Effect => [next, lifetime];

const table: Record<State, Record<Event, Effect>> = {
  'V6 INIT': {
    'V4 SYN': E('ESTABLISHED', EST),
    'V6 SYN': E('V6 INIT', TRANS),
    'V4 FIN': E('V6 INIT', 'keep'),
    'V6 FIN': E('V6 INIT', 'keep'),
    'V4 RST': E('V6 INIT', 'keep'),
    'V6 RST': E('V6 INIT', 'keep'),
    'V4 ACK': E('V6 INIT', 'keep'),
    'V6 ACK': E('V6 INIT', 'keep'),
  },
  ESTABLISHED: {
    'V4 SYN': E('ESTABLISHED', EST),
    'V6 SYN': E('ESTABLISHED', EST),
    'V4 FIN': E('V4 FIN RCV', 'keep'),
    'V6 FIN': E('V6 FIN RCV', 'keep'),
    'V4 RST': E('TRANS', TRANS),
    'V6 RST': E('TRANS', TRANS),
    'V4 ACK': E('ESTABLISHED', EST),
    'V6 ACK': E('ESTABLISHED', EST),
  },
  'V4 FIN RCV': {
    'V4 SYN': E('V4 FIN RCV', EST),
    'V6 SYN': E('V4 FIN RCV', EST),
    'V4 FIN': E('V4 FIN RCV', EST),
    'V6 FIN': E('V6 FIN + V4 FIN RCV', TRANS),
    'V4 RST': E('ABORTED', TRANS),
    'V6 RST': E('ABORTED', TRANS),
    'V4 ACK': E('V4 FIN RCV', EST),
    'V6 ACK': E('V4 FIN RCV', EST),
  },
  'V6 FIN RCV': {
    'V4 SYN': E('V6 FIN RCV', EST),
    'V6 SYN': E('V6 FIN RCV', EST),
    'V4 FIN': E('V6 FIN + V4 FIN RCV', TRANS),
    'V6 FIN': E('V6 FIN RCV', EST),
    'V4 RST': E('ABORTED', TRANS),
    'V6 RST': E('ABORTED', TRANS),
    'V4 ACK': E('V6 FIN RCV', EST),
    'V6 ACK': E('V6 FIN RCV', EST),
  },
  'V6 FIN + V4 FIN RCV': {
    'V4 SYN': E('V6 FIN + V4 FIN RCV', 'keep'),
    'V6 SYN': E('V6 FIN + V4 FIN RCV', 'keep'),
    'V4 FIN': E('V6 FIN + V4 FIN RCV', 'keep'),
    'V6 FIN': E('V6 FIN + V4 FIN RCV', 'keep'),
    'V4 RST': E('V6 FIN + V4 FIN RCV', 'keep'),
    'V6 RST': E('V6 FIN + V4 FIN RCV', 'keep'),
    'V4 ACK': E('V6 FIN + V4 FIN RCV', 'keep'),
    'V6 ACK': E('V6 FIN + V4 FIN RCV', 'keep'),
  },
  ABORTED: {
    'V4 SYN': E('ABORTED', TRANS),
    'V6 SYN': E('ABORTED', TRANS),
    'V4 FIN': E('ABORTED', TRANS),
    'V6 FIN': E('ABORTED', TRANS),
    'V4 RST': E('ABORTED', 'keep'),
    'V6 RST': E('ABORTED', 'keep'),
    'V4 ACK': E('ABORTED', TRANS),
    'V6 ACK': E('ABORTED', TRANS),
  },
  TRANS: {
    'V4 SYN': E('ESTABLISHED', EST),
    'V6 SYN': E('ESTABLISHED', EST),
    'V4 FIN': E('ESTABLISHED', EST),
    'V6 FIN': E('ESTABLISHED', EST),
    'V4 RST': E('TRANS', 'keep'),
    'V6 RST': E('TRANS', 'keep'),
    'V4 ACK': E('ESTABLISHED', EST),
    'V6 ACK': E('ESTABLISHED', EST),
  },
};

/** The second of the segment that a row is about. */
const AT = 100;

function pass(life: Life, at: number, event: Event): Life {
  const make = segments[segmentOf(event)];
  return event.startsWith('V6') ? life.up(at, TCP, make) : life.down(at, TCP, make);
}

function segmentOf(event: Event): Segment {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the second word of the type's literals
  return event.slice(3) as Segment;
}

function entriesOf<Key extends string, Value>(of: Readonly<Record<Key, Value>>): [Key, Value][] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.entries forgets what the keys are
  return Object.entries(of) as [Key, Value][];
}

/** A connection in the state, to which then the segment happened. */
function after(state: State, event: Event): (life: Life) => Life {
  const { by } = setups[state];
  return (life) => {
    for (const [at, one] of by) pass(life, at, one);
    return pass(life, AT, event);
  };
}

function deadlineOf(state: State, event: Event): number {
  const [, lifetime] = table[state][event];
  const { setAt, lifetime: before } = setups[state];
  return lifetime === 'keep' ? setAt + before : AT + lifetime;
}

/**
 * Before the deadline a segment passes; at the deadline the session is gone, or established no more and alive for
 * TCP_TRANS.
 */
function lives(state: State, event: Event): Record<string, (life: Life) => Life> {
  const [next] = table[state][event];
  const end = deadlineOf(state, event);
  const name = `${state}, ${event}: ${next} until ${end}`;
  const early = (life: Life): Life => pass(after(state, event)(life), end - NEAR, 'V4 ACK');
  const probed = next === 'ESTABLISHED';
  const late = (life: Life): Life =>
    probed
      ? after(
          state,
          event,
        )(life)
          .probe(end)
          .notDown(end + TRANS + NEAR, TCP, segments.ACK)
      : after(state, event)(life).notDown(end + NEAR, TCP, segments.ACK);
  return { [`${name}, alive before`]: early, [`${name}, over then`]: late, ...told(state, event, name) };
}

/** Which FIN a session has seen: that of the other side ends it soon. */
function told(state: State, event: Event, name: string): Record<string, (life: Life) => Life> {
  const [next] = table[state][event];
  if (next !== 'V4 FIN RCV' && next !== 'V6 FIN RCV') return {};
  const other = next === 'V4 FIN RCV' ? 'V6 FIN' : 'V4 FIN';
  return {
    [`${name}, and the other FIN ends it`]: (life) =>
      pass(after(state, event)(life), AT + 50, other).notDown(AT + 50 + TRANS + NEAR, TCP, segments.ACK),
  };
}

describe('s3.5.2.2-table', () => {
  const rows = entriesOf(table).flatMap(([state, events]) => entriesOf(events).map(([event]) => lives(state, event)));
  live(Object.assign({}, ...rows));
});

import { beforeAll, expect, it } from 'vitest';
import { shown } from './expectation.ts';
import { clientOf, MAPPED_PORT, mappedOf, nat64, SERVER4 } from './instances.ts';
import { type Run, type Sent, translate } from './run-translate.ts';
import { address, type Ends, icmp, v4, v6 } from './wire.ts';

export const CLIENT_PORT = 4000;
export const SERVER_PORT = 80;
export const OWN4 = '203.0.113.1';
const OWN6 = '2001:db8::64';

/** Builds a transport from its ends and its ports. */
export type Make = (ends: Ends, from: number, to: number) => number[];

interface Step extends Sent {
  readonly verdict: string;
  readonly out: readonly string[];
}

/**
 * The life of one client in a run: what it and the world send at which second, what must become of it, and what timers
 * must send.
 */
export class Life {
  readonly client: string;
  readonly mapped: string;
  readonly steps: Step[] = [];
  readonly timers: { readonly atMs: number; readonly out: string }[] = [];
  readonly probes: number[] = [];

  constructor(number: number) {
    this.client = clientOf(number);
    this.mapped = mappedOf(number);
  }

  /** A packet that is sent, and all that must come out. */
  send(at: number, bytes: Uint8Array, verdict: string, ...out: readonly Uint8Array[]): this {
    this.steps.push({ atMs: at * 1000, bytes, verdict, out: out.map(shown) });
    return this;
  }

  /** The client sends, and its packet comes out with its mapping as the source. */
  up(at: number, next: number, make: Make, server = SERVER4): this {
    const sent = v6({ ...this.ends6(server), next }, make(this.ends6(server), CLIENT_PORT, SERVER_PORT));
    const out = make(this.ends4(server), MAPPED_PORT, SERVER_PORT);
    return this.send(
      at,
      sent,
      'translated',
      v4({ ...this.ends4(server), protocol: next === 58 ? 1 : next, ttl: 63 }, out),
    );
  }

  /** The server sends to the mapping, and the client gets it. */
  down(at: number, protocol: number, make: Make, server = SERVER4): this {
    const next = protocol === 1 ? 58 : protocol;
    const out = v6({ ...this.back6(server), next, hops: 63 }, make(this.back6(server), SERVER_PORT, CLIENT_PORT));
    return this.send(at, this.downPacket(protocol, make, server), 'translated', out);
  }

  /** As down, but another verdict, and nothing comes out. */
  notDown(at: number, protocol: number, make: Make, verdict = 'dropped', server = SERVER4): this {
    return this.send(at, this.downPacket(protocol, make, server), verdict);
  }

  downPacket(protocol: number, make: Make, server = SERVER4): Uint8Array {
    return v4({ ...this.back4(server), protocol }, make(this.back4(server), SERVER_PORT, MAPPED_PORT));
  }

  upPacket(next: number, make: Make, server = SERVER4): Uint8Array {
    return v6({ ...this.ends6(server), next }, make(this.ends6(server), CLIENT_PORT, SERVER_PORT));
  }

  /** At this second a timer sends an ICMPv4 error about the packet. */
  timer(at: number, type: number, code: number, about: Uint8Array, server = SERVER4): this {
    return this.timed(at, ownError4(server, type, code, 0, about));
  }

  /** At this second a timer sends the packet. */
  timed(at: number, out: Uint8Array): this {
    this.timers.push({ atMs: at * 1000, out: shown(out) });
    return this;
  }

  /** About this second a timer asks the client whether its connection stands. */
  probe(at: number): this {
    this.probes.push(at);
    return this;
  }

  ends4(server = SERVER4): Ends {
    return { src: this.mapped, dst: server };
  }

  ends6(server = SERVER4): Ends {
    return { src: this.client, dst: `64:ff9b::${server}` };
  }

  back4(server = SERVER4): Ends {
    return { src: server, dst: this.mapped };
  }

  back6(server = SERVER4): Ends {
    return { src: `64:ff9b::${server}`, dst: this.client };
  }
}

/** An ICMP error of the instance's own. */
export function ownError4(to: string, type: number, code: number, word: number, about: Uint8Array): Uint8Array {
  const ends = { src: OWN4, dst: to };
  return v4({ ...ends, protocol: 1, df: true }, icmp(ends, type, code, word, [...about.subarray(0, 548)]));
}

export function ownError6(to: string, type: number, code: number, word: number, about: Uint8Array): Uint8Array {
  const ends = { src: OWN6, dst: to };
  return v6({ ...ends, next: 58 }, icmp(ends, type, code, word, [...about.subarray(0, 1232)]));
}

/** The lives of a file that go through the same instance are one run: the program is started once for all of them. */
interface World {
  readonly lives: Life[];
  run: { readonly steps: readonly Step[]; readonly told: Run } | undefined;
}
const worlds = new Map<string, World>();

/** Lives all lives at the same time, each with a client of its own, and compares each step of each. */
export function live(lives: Readonly<Record<string, (life: Life) => Life>>, config = '', more: string[] = []): void {
  const key = JSON.stringify([config, more]);
  const world = worlds.get(key) ?? { lives: [], run: undefined };
  worlds.set(key, world);
  const own = Object.entries(lives).map(([name, make]) => {
    const life = make(new Life(world.lives.length + 1));
    world.lives.push(life);
    return { name, life };
  });
  const ran = (): NonNullable<World['run']> => {
    if (world.run !== undefined) return world.run;
    const steps = world.lives.flatMap((life) => life.steps).toSorted((one, other) => one.atMs - other.atMs);
    world.run = { steps, told: translate(nat64(world.lives.length, config), 'nat64', steps, more) };
    return world.run;
  };
  beforeAll(() => void ran());
  it.each(own)('$name', ({ life }) => {
    const { steps, told } = ran();
    const answers = life.steps.map((step) => {
      const answer = told.answers[steps.indexOf(step)];
      return [step.atMs, answer.verdict, ...answer.out.map(shown)];
    });
    expect(answers).toEqual(life.steps.map(({ atMs, verdict, out }) => [atMs, verdict, ...out]));
  });
  it('timers-send-what-is-due-and-nothing-else', () => {
    const sent = ran().told.timers.flatMap(({ atMs, out }) => out.map((bytes) => ({ atMs, bytes })));
    expect(sent.filter(({ bytes }) => !isProbe(bytes)).map(({ atMs, bytes }) => [atMs, shown(bytes)])).toEqual(
      world.lives
        .flatMap(({ timers }) => timers)
        .toSorted((one, other) => one.atMs - other.atMs)
        .map(({ atMs, out }) => [atMs, out]),
    );
    // Expiry is looked at each second: a probe may be as late.
    for (const { probes, client } of world.lives) {
      const asked = sent.filter(
        ({ bytes }) => isProbe(bytes) && address(client).every((byte, index) => bytes[24 + index] === byte),
      );
      if (probes.length === 0) continue;
      expect(asked).toHaveLength(probes.length);
      for (const [index, { atMs }] of asked.entries()) {
        expect(atMs).toBeGreaterThanOrEqual(probes[index] * 1000);
        expect(atMs).toBeLessThan(probes[index] * 1000 + 2000);
      }
    }
  });
}

/** Of all that timers send to clients only probes are TCP. */
function isProbe(bytes: Uint8Array): boolean {
  return bytes[0] >> 4 === 6 && bytes[6] === 6;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bench, OPTIONS, type Outcome } from '../unit/translator/nat64/bench-of-one.ts';
import { formatIp } from '../unit/translator/oracle-address.ts';
import { checksumsAreRight, echo, FLAGS, icmpError, tcp, udp } from '../unit/translator/packets.ts';
import { type Client, type Expected, Nat64Model, type Protocol, type Server } from './nat64-model.ts';

const POOL4 = '192.0.2.1';
const PORTS = [5000, 5001, 5002, 5003, 5004];
const times = {
  tcpEstablished: 60_000,
  tcpTransitory: 24_000,
  tcpIncomingSyn: 6000,
  udp: 30_000,
  icmp: 10_000,
  portHold: 20_000,
};
/** The first port of TCP and UDP is somebody's for good. */
const FIXED = (['tcp', 'udp'] as const).map((protocol) => ({ protocol, host: '2001:db8::3', port: 11, port4: 5000 }));

const protocol = fc.constantFrom<Protocol>('udp', 'tcp', 'tcp', 'icmp');
const server = fc.record({
  host: fc.constantFrom('198.51.100.7', '198.51.100.8'),
  port: fc.constantFrom(80, 81),
});
const { ack, fin, rst, syn } = FLAGS;
const flags = fc.constantFrom(syn, syn, syn | ack, ack, fin | ack, rst, rst | ack);
const client = fc.record({
  host: fc.constantFrom('2001:db8::1', '2001:db8::2', '2001:db8::3'),
  port: fc.constantFrom(10, 11),
});
const moments = [0, 1, 500, 5999, 6000, 9999, 10_000, 19_999, 23_999, 24_000, 24_001, 29_999, 30_000, 60_000, 84_000];
const op = fc.oneof(
  fc.record({ kind: fc.constant('client' as const), protocol, client, server, flags }),
  fc.record({ kind: fc.constant('server' as const), protocol, port4: fc.constantFrom(...PORTS, 6000), server, flags }),
  fc.record({ kind: fc.constant('error' as const), protocol, port4: fc.constantFrom(...PORTS), server }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(...moments) }),
);
type Op = typeof op extends fc.Arbitrary<infer Value> ? Value : never;

function packetOf(protocol: Protocol, src: string, from: number, dst: string, to: number, flags: number): Uint8Array {
  if (protocol === 'udp') return udp({ src, dst }, from, to, [1, 2, 3]);
  if (protocol === 'tcp') return tcp({ src, dst }, from, to, flags, [1, 2, 3]);
  return src.includes(':') ? echo({ src, dst }, 128, from) : echo({ src, dst }, 0, to);
}

/** A second or two each; `RUNS=2000` for a long look. */
const RUNS = Number(process.env['RUNS'] ?? 40);

/** Translator and model do not agree. */
class Mismatch extends Error {
  override readonly name = 'Mismatch';
}

function demandOneOf<Value>(what: string, got: Value, expected: readonly Value[]): void {
  if (!expected.includes(got)) throw new Mismatch(`${what}: ${String(got)}, not ${expected.join(' or ')}`);
}

/** A translator and the model of it, to which the same happens. */
class Pair {
  readonly bench: Bench;
  readonly model: Nat64Model;
  #refusedSyns = 0;

  constructor(rules: { addressDependentFiltering: boolean; dropExternallyInitiatedTcp: boolean }) {
    const pool4 = [
      { prefix: `${POOL4}/32`, ports: [5000, 5004] as const, protocols: ['tcp', 'udp', 'icmp'] as const, clients: [] },
    ];
    const fixed = FIXED.map(({ protocol, host, port, port4 }) => ({
      protocol,
      v6: host,
      port6: port,
      v4: POOL4,
      port4,
    }));
    const timeouts = { ...OPTIONS.timeouts, ...times };
    const limitless = { icmpErrorsPerSecond: Number.POSITIVE_INFINITY };
    this.bench = new Bench({ ...rules, ...limitless, pool4, static: fixed, timeouts, slots: 1 });
    this.model = new Nat64Model({ ...rules, times, ports: PORTS }, FIXED);
    this.model.pass(this.bench.nowMs);
  }

  run(op: Op): void {
    if (op.kind === 'wait') return this.#wait(op.ms);
    if (op.kind === 'client') this.#fromClient({ protocol: op.protocol, ...op.client }, op.server, op.flags);
    else if (op.kind === 'server') this.#fromServer(op.protocol, op.port4, op.server, op.flags);
    else this.#errorAbout(op.protocol, op.port4, op.server);
    this.#compareCounts();
  }

  #fromClient(from: Client, to: Server, flags: number): void {
    const expected = this.model.fromClient(from, to, flags);
    const packet = packetOf(from.protocol, from.host, from.port, `64:ff9b::${to.host}`, to.port, flags);
    const { verdict, out } = this.bench.send(packet);
    demandOneOf('verdict', verdict, expected.verdicts);
    if (verdict !== 'translated') return;
    const [sent] = out;
    const port = from.protocol === 'icmp' ? u16(sent, 24) : u16(sent, 20);
    demandOneOf('source', formatIp(sent.slice(12, 16)), [POOL4]);
    demandOneOf('destination', formatIp(sent.slice(16, 20)), [to.host]);
    demandOneOf('port', port, expected.ports ?? []);
    demandOneOf('right checksums', checksumsAreRight(sent), [true]);
    if (!this.model.has(from)) this.model.learn(from, to, port);
  }

  #fromServer(protocol: Protocol, port4: number, from: Server, flags: number): void {
    const expected = this.model.fromServer(protocol, port4, from, flags);
    const outcome = this.bench.send(packetOf(protocol, from.host, from.port, POOL4, port4, flags));
    this.#compare(expected, outcome);
    const [sent] = outcome.out;
    if (outcome.verdict !== 'translated') return;
    demandOneOf('port', u16(sent, protocol === 'icmp' ? 44 : 42), [expected.client?.port]);
  }

  #errorAbout(protocol: Protocol, port4: number, to: Server): void {
    const expected = this.model.errorAbout(protocol, port4, to);
    const quoted =
      protocol === 'icmp'
        ? echo({ src: POOL4, dst: to.host }, 8, port4)
        : packetOf(protocol, POOL4, port4, to.host, to.port, ack);
    this.#compare(expected, this.bench.send(icmpError({ src: '198.51.100.1', dst: POOL4 }, 3, 1, 0, quoted)));
  }

  #compare(expected: Expected, { verdict, out }: Outcome): void {
    demandOneOf('verdict', verdict, expected.verdicts);
    if (verdict !== 'translated') return;
    demandOneOf('receiver', formatIp(out[0].slice(24, 40)), [expected.client?.host]);
    demandOneOf('right checksums', checksumsAreRight(out[0]), [true]);
  }

  /** Seconds one after the other, as a worker's loop does; the log is drained as it does, too. */
  #wait(ms: number): void {
    const endMs = this.bench.nowMs + ms;
    for (let leftMs = ms; leftMs > 0; leftMs -= 1000) {
      const sent = this.bench.emitted(Math.min(1000, leftMs));
      this.#refusedSyns += sent.filter((bytes) => bytes[0] >> 4 === 4).length;
      this.bench.records();
    }
    this.model.pass(endMs);
    demandOneOf('held SYNs that were answered', this.#refusedSyns, [this.model.refusedSyns]);
    this.#compareCounts();
  }

  #compareCounts(): void {
    const { translator } = this.bench;
    for (const [what, count] of [
      ['session', translator.sessionCount],
      ['entry', translator.bibCount],
    ] as const) {
      const { least, most } = this.model.countOf(what);
      if (count < least || count > most) throw new Mismatch(`${count} of ${what}, not ${least} to ${most}`);
    }
  }
}

function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 8) | bytes[at + 1];
}

describe('the tables of a nat64 translator', () => {
  it.each([
    ['with filtering that does not depend on the address', false, false],
    ['with address-dependent filtering', true, false],
    ['without connections from outside', false, true],
    ['with both', true, true],
  ])(
    'do what lists of objects do, %s',
    (_, addressDependentFiltering, dropExternallyInitiatedTcp) => {
      fc.assert(
        fc.property(fc.array(op, { maxLength: 100, size: 'max' }), (ops) => {
          const pair = new Pair({ addressDependentFiltering, dropExternallyInitiatedTcp });
          expect(() => ops.forEach((one) => pair.run(one))).not.toThrow();
        }),
        { numRuns: RUNS },
      );
    },
    RUNS * 1000 + 60_000,
  );
});

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PacketArena } from '../../../src/net/packet-arena.ts';
import { TranslatorCounters } from '../../../src/translator/counters.ts';
import type { SiitOptions } from '../../../src/translator/options.ts';
import { SiitTranslator } from '../../../src/translator/siit/siit-translator.ts';
import { HEADROOM } from '../../../src/translator/translator.ts';
import { checksumsAreRight, echo, FLAGS, tcp, udp } from '../translator/packets.ts';
import { OPTIONS } from '../translator/siit/options.ts';
import { LEFT, ProgramBench, REDIRECTED } from './program-bench.ts';
import { comparable } from './comparable.ts';

const asRoot = process.getuid?.() === 0;
/** 192.0.2.33 in the pool6, and addresses of the EAM. */
const [REMOTE6, REMOTE4] = ['2001:db8:1c0:2:21::', '192.0.2.33'];
const { ack: ACK, fin: FIN, rst: RST, syn: SYN } = FLAGS;

/** Pairs of addresses (SIIT) in the program, against what the translator makes of the same packets. */
describe.runIf(asRoot)('the fast path of pairs', () => {
  let program: ProgramBench;
  beforeEach(() => {
    program = new ProgramBench('pair');
    program.configure({ excludedFlags: 0 });
  });
  afterEach(() => program.close());

  function slowPath(changes: Partial<SiitOptions> = {}): (bytes: Uint8Array) => Uint8Array[] {
    const out: Uint8Array[] = [];
    const sink = {
      emit: (arena: PacketArena, offset: number, length: number) => {
        out.push(arena.bytes.slice(offset, offset + length));
      },
    };
    const translator = new SiitTranslator({ ...OPTIONS, ...changes }, sink, new TranslatorCounters());
    translator.usePairOffload(program);
    const arena = new PacketArena(70_000);
    return (bytes) => {
      out.length = 0;
      arena.bytes.set(bytes, HEADROOM);
      translator.process(arena, HEADROOM, bytes.length, { partialChecksum: false, gsoType: 0, gsoSize: 0 }, 0);
      return [...out];
    };
  }

  it('translates all that it takes as the slow path does: SYN, FIN and RST, UDP, echoes of both kinds', () => {
    const send = slowPath();
    const packet = fc.record({
      host: fc.integer({ min: 1, max: 6 }),
      from6: fc.boolean(),
      kind: fc.constantFrom('udp' as const, 'echo' as const, SYN, SYN | ACK, FIN | ACK, RST, ACK),
      ports: fc.tuple(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 65_535 })),
      payload: fc.uint8Array({ maxLength: 1480 }),
      hops: fc.integer({ min: 0, max: 255 }),
      request: fc.boolean(),
      dontFragment: fc.boolean(),
    });
    const taken = new Map<string, number>();
    for (let host = 1; host <= 6; host++) {
      for (let time = 0; time < 2; time++) {
        send(udp({ src: `2001:db8:3::${host}`, dst: REMOTE6 }, 1, 2));
        send(udp({ src: REMOTE4, dst: `1.0.0.${host}` }, 1, 2));
      }
    }
    fc.assert(
      fc.property(packet, ({ host, from6, kind, ports, payload, hops, request, dontFragment }) => {
        const fields = from6
          ? { src: `2001:db8:3::${host}`, dst: REMOTE6, hops }
          : { src: REMOTE4, dst: `1.0.0.${host}`, hops, dontFragment };
        const [request6, reply6] = from6 ? [128, 129] : [8, 0];
        const bytes =
          kind === 'udp'
            ? udp(fields, ...ports, [...payload])
            : kind === 'echo'
              ? echo(fields, request ? request6 : reply6, ports[0], [...payload])
              : tcp(fields, ...ports, kind, [...payload]);
        const { verdict, packet: fast } = program.run(bytes);
        const [slow, ...more] = send(bytes);
        if (verdict === LEFT) return;
        expect(verdict).toBe(REDIRECTED);
        if (slow === undefined || more.length > 0) throw new Error('the slow path did not translate it');
        expect(Buffer.from(comparable(fast)).toString('hex')).toBe(Buffer.from(comparable(slow)).toString('hex'));
        expect(checksumsAreRight(fast)).toBe(true);
        const what = `${from6} ${typeof kind === 'number' ? 'tcp' : kind}`;
        taken.set(what, (taken.get(what) ?? 0) + 1);
      }),
      { numRuns: 500, seed: 20_261_129 },
    );
    expect(taken.size).toBe(6);
    for (const count of taken.values()) expect(count).toBeGreaterThan(15);
  });

  it('has each direction for itself, and none when the configuration has changed', () => {
    const send = slowPath();
    const out = udp({ src: '2001:db8:3::5', dst: REMOTE6 }, 1, 2, [1]);
    const back = udp({ src: REMOTE4, dst: '1.0.0.5' }, 2, 1, [1]);
    for (let time = 0; time < 2; time++) send(out);
    expect(program.run(out).verdict).toBe(REDIRECTED);
    expect(program.whyLeft(back)).toBe('noFlow');
    for (let time = 0; time < 2; time++) send(back);
    expect(program.run(back).verdict).toBe(REDIRECTED);
    program.forgetPairs();
    expect([program.whyLeft(out), program.whyLeft(back)]).toEqual(['noFlow', 'noFlow']);
    for (let time = 0; time < 64; time++) send(out);
    expect(program.run(out).verdict).toBe(REDIRECTED);
  });

  it('leaves SYNs to who lowers their MSS, and UDP without a checksum to who may compute it', () => {
    const send = slowPath({ clampMss: true });
    const fields = { src: '2001:db8:3::5', dst: REMOTE6 };
    for (let time = 0; time < 2; time++) send(udp(fields, 1, 2, [1]));
    program.configure({ excludedFlags: SYN });
    expect(program.whyLeft(tcp(fields, 1, 2, SYN))).toBe('tcpFlags');
    expect(program.run(tcp(fields, 1, 2, FIN | ACK)).verdict).toBe(REDIRECTED);
    const bare = udp(fields, 1, 2, [1]);
    bare.fill(0, 46, 48);
    expect(program.whyLeft(bare)).toBe('zeroChecksum');
  });

  it('lets the pair go that was used least when there is no room', () => {
    const send = slowPath({ eam: [{ v6: '2001:db8:3::/112', v4: '1.0.0.0/16' }] });
    const from = (host: number): Uint8Array =>
      udp({ src: `2001:db8:3::${host.toString(16)}`, dst: REMOTE6 }, 1, 2, [1]);
    for (let host = 1; host <= 1000; host++) {
      for (let time = 0; time < 2; time++) send(from(host));
    }
    expect(program.run(from(1000)).verdict).toBe(REDIRECTED);
    // Which of the older ones the kernel has kept hangs on the CPUs that this thread has been on.
    const older = Array.from({ length: 900 }, (_, index) => program.run(from(index + 1)));
    const gone = older.filter(({ counted }) => counted.noFlow === 1);
    expect(gone.length).toBeGreaterThan(700);
  });
});

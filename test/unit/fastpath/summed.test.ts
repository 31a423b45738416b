import { afterEach, describe, expect, it } from 'vitest';
import { runProgram } from '../../../src/linux/bpf-attachments.ts';
import { checksumsAreRight } from '../translator/packets.ts';
import { comparable } from './comparable.ts';
import { flowOf, packetOf, PROTOCOLS, type Side } from './numbered-flows.ts';
import { ProgramBench, REDIRECTED } from './program-bench.ts';

const NUMBER = 5;

const hex = (packet: Uint8Array): string => Buffer.from(comparable(packet, false)).toString('hex');

/** Whether this kernel shows a program packets that an interface has summed: since Linux 6.10. */
function canSum(): boolean {
  if (process.getuid?.() !== 0) return false;
  const program = new ProgramBench();
  try {
    return runProgram(program.program, new Uint8Array(64), 0, true).verdict !== REDIRECTED;
  } catch (error) {
    process.stdout.write(`tests of summed packets are skipped, they need Linux 6.10: ${String(error)}\n`);
    return false;
  } finally {
    program.close();
  }
}

/**
 * Interfaces sum all of a packet, and the kernel goes on with that sum: it is right for what leaves too, which the kernel
 * itself looks at here.
 */
describe.runIf(canSum())('a packet that its interface has summed', () => {
  let program: ProgramBench | undefined;
  afterEach(() => program?.close());

  const sides: readonly Side[] = [6, 4];
  const cases = (['session', 'pair'] as const).flatMap((kind) =>
    sides.flatMap((from) =>
      PROTOCOLS.flatMap((protocol) => [10_000, 4000].map((pool4Port) => [kind, from, protocol, pool4Port] as const)),
    ),
  );

  it.each(cases)(
    'becomes what every other one does: %s, from IPv%i, protocol %i, port %i',
    (kind, from, protocol, port) => {
      program = new ProgramBench(kind);
      const flow = flowOf(NUMBER, protocol, port);
      if (kind === 'pair') program.enterPair(flow, from);
      else program.enter(flow);
      for (const size of [99, 100, 600, 1280, 1400]) {
        const bytes = packetOf(from, NUMBER, protocol, { size, pool4Port: port });
        const plain = program.run(bytes);
        expect([plain.verdict, checksumsAreRight(plain.packet)]).toEqual([REDIRECTED, true]);
        const { verdict, packet } = program.run(bytes, { summed: true });
        expect(verdict).toBe(REDIRECTED);
        expect(hex(packet)).toBe(hex(plain.packet));
      }
    },
  );
});

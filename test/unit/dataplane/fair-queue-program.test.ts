import { describe, expect, it } from 'vitest';
import { type FairOptions, fairProgram } from '../../../src/dataplane/fair-queue-program.ts';
import { asFragment4 } from '../../property/arbitrary-packets.ts';
import { icmpError, tcp, udp } from '../translator/packets.ts';
import { KernelProgram } from './kernel-program.ts';

const OPTIONS: FairOptions = { queues: 9, clientBits: 64, ownQueue: false, seed: 0x1234567 };
const SERVER6 = '64:ff9b::198.51.100.7';

function queueOf(options: Partial<FairOptions> = {}): (packet: Uint8Array) => number {
  const program = new KernelProgram(fairProgram({ ...OPTIONS, ...options }));
  return (packet) => program.run(packet);
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const hex = (value: number): string => value.toString(16);

describe.runIf(process.getuid?.() === 0)('the program of fair queues, in the kernel', () => {
  const queue = queueOf();
  const from = (src: string, port = 5000): number => queue(udp({ src, dst: SERVER6 }, port, 53, [1]));
  const to = (dst: string, port: number, src = '198.51.100.7'): number => queue(udp({ src, dst }, 53, port, [1]));

  it('gives all packets of a client one queue, and clients all of the queues but the first', () => {
    const one = numbers(200).map((host) => from(`2001:db8:1:2::${hex(host)}`, 1000 + host));
    expect(new Set(one).size).toBe(1);
    const many = numbers(400).map((net) => from(`2001:db8:1:${hex(net)}::1`));
    expect(new Set(many)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
    for (const number of new Set(many)) expect(many.filter((other) => other === number).length).toBeGreaterThan(20);
  });

  it('takes for a client what the instance takes for one', () => {
    const [by48, by40] = [queueOf({ clientBits: 48 }), queueOf({ clientBits: 20 })];
    const packet = (src: string): Uint8Array => udp({ src, dst: SERVER6 }, 5000, 53, [1]);
    expect(new Set(numbers(100).map((net) => by48(packet(`2001:db8:1:${hex(net)}::1`)))).size).toBe(1);
    expect(new Set(numbers(100).map((net) => by48(packet(`2001:db8:${hex(net)}::1`)))).size).toBe(8);
    expect(new Set(numbers(100).map((net) => by40(packet(`2001:d${hex(net % 16)}8::1`)))).size).toBe(1);
  });

  it('gives what comes to one mapped port one queue, whoever sends it, with the other protocols by addresses', () => {
    const strangers = numbers(100).map((host) => to('192.0.2.1', 4711, `198.51.100.${host}`));
    expect(new Set(strangers).size).toBe(1);
    expect(new Set(numbers(200).map((port) => to('192.0.2.1', port))).size).toBe(8);
    const fields = { src: '198.51.100.7', dst: '192.0.2.1' };
    const whole = udp(
      fields,
      53,
      4711,
      Array.from({ length: 64 }, () => 7),
    );
    expect(queue(asFragment4(whole, 7, 0, true))).toBe(queue(asFragment4(whole, 7, 3, false)));
    const quoted = tcp({ src: '192.0.2.1', dst: '198.51.100.7' }, 4711, 80, 16);
    expect(queue(icmpError(fields, 3, 4, 1400, quoted))).toBeGreaterThan(0);
  });

  it('keeps the first queue for the machine itself', () => {
    // A test run has come by no interface.
    const own = queueOf({ ownQueue: true });
    expect(own(udp({ src: '2001:db8:1:2::1', dst: SERVER6 }, 5000, 53, [1]))).toBe(0);
  });

  it('cannot be aimed at without the seed', () => {
    const packets = numbers(64).map((net) => udp({ src: `2001:db8:1:${hex(net)}::1`, dst: SERVER6 }, 5000, 53, [1]));
    const other = queueOf({ seed: 0x7654321 });
    expect(packets.map(other)).not.toEqual(packets.map(queue));
  });
});

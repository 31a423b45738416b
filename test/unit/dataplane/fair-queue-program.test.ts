import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type FairOptions, fairProgram, FAIR_QUEUES, openCounts } from '../../../src/dataplane/fair-queue-program.ts';
import { FairQueues } from '../../../src/dataplane/fair-queues.ts';
import type { PacketSource } from '../../../src/dataplane/tun-sink.ts';
import { TUN_AGAIN } from '../../../src/linux/tun.ts';
import { asFragment4 } from '../../property/arbitrary-packets.ts';
import { icmpError, tcp, udp } from '../translator/packets.ts';
import { KernelProgram } from './kernel-program.ts';

const OPTIONS: FairOptions = { clientBits: 64, networkBits: 48, ownQueue: false, seed: 0x1234567 };
const [QUIET, BUSY_NETWORKS, BUSY_CLIENTS] = [new Set([1, 2, 3, 4]), new Set([5, 6]), new Set([7, 8])];
/** Of fewer packets in a moment nobody is busy. */
const FEW = 512;
/** Packets that the kernel is asked about in one go, so that they are a flood on a slow machine too. */
const FLOOD = 64;
const SERVER6 = '64:ff9b::198.51.100.7';

/** As long as that of a TUN (txqueuelen). */
const LENGTH = 500;

class ShortQueue implements PacketSource {
  readonly readHeader = new DataView(new ArrayBuffer(10));
  readonly packets: string[] = [];
  readonly lost: string[] = [];

  take(src: string): void {
    (this.packets.length < LENGTH ? this.packets : this.lost).push(src);
  }

  readPacket(): number {
    return this.packets.shift() === undefined ? TUN_AGAIN : 1;
  }
}

/** Each has counters of its own. */
function queueOf(options: Partial<FairOptions> = {}): (packet: Uint8Array, repeat?: number) => number {
  const program = new KernelProgram(fairProgram({ ...OPTIONS, ...options }, openCounts().fd));
  return (packet, repeat) => program.run(packet, repeat);
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const hex = (value: number): string => value.toString(16);

describe.runIf(process.getuid?.() === 0)('the program of fair queues, in the kernel', () => {
  let queue = queueOf();
  beforeEach(() => {
    queue = queueOf();
  });
  const from = (src: string, port = 5000, repeat = 1): number =>
    queue(udp({ src, dst: SERVER6 }, port, 53, [1]), repeat);
  const to = (dst: string, port: number, src = '198.51.100.7', repeat = 1): number =>
    queue(udp({ src, dst }, 53, port, [1]), repeat);

  it('gives all packets of a client one queue, and clients all of the queues but the first', () => {
    const one = numbers(200).map((host) => from(`2001:db8:1:2::${hex(host)}`, 1000 + host));
    expect(new Set(one).size).toBe(1);
    const many = numbers(300).map((net) => from(`2001:db8:${hex(net)}:1::1`));
    expect(new Set(many)).toEqual(QUIET);
    for (const number of QUIET) expect(many.filter((other) => other === number).length).toBeGreaterThan(40);
  });

  it('takes for a client what the instance takes for one', () => {
    const [by48, by40] = [queueOf({ clientBits: 48 }), queueOf({ clientBits: 20 })];
    const packet = (src: string): Uint8Array => udp({ src, dst: SERVER6 }, 5000, 53, [1]);
    expect(new Set(numbers(100).map((net) => by48(packet(`2001:db8:1:${hex(net)}::1`)))).size).toBe(1);
    expect(new Set(numbers(100).map((net) => by48(packet(`2001:db8:${hex(net)}::1`)))).size).toBe(4);
    expect(new Set(numbers(100).map((net) => by40(packet(`2001:d${hex(net % 16)}8::1`)))).size).toBe(1);
  });

  it('gives what comes to one mapped port one queue, whoever sends it, with the other protocols by addresses', () => {
    const strangers = numbers(100).map((host) => to('192.0.2.1', 4711, `198.51.100.${host}`));
    expect(new Set(strangers).size).toBe(1);
    expect(new Set(numbers(200).map((port) => to('192.0.2.1', port))).size).toBe(4);
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

  it('gives a flood of one /48 one queue, where no client of another /48 is', () => {
    const flood = (): number[] => numbers(100).map((net) => from(`2001:db8:ffff:${hex(net)}::1`, 5000, FLOOD));
    flood();
    const during = new Set(flood());
    expect(during.size).toBe(1);
    for (const number of during) expect(BUSY_NETWORKS).toContain(number);
    for (const net of numbers(50)) expect(QUIET).toContain(from(`2001:db8:${hex(net)}:1::1`));
  });

  it('loses no packet of a client beside the flood of another /48, where a worker reads half of what comes', () => {
    const queues = Array.from({ length: FAIR_QUEUES }, () => new ShortQueue());
    const worker = new FairQueues(
      queues,
      () => undefined,
      (number) => (queues[number]?.packets.length ?? 0) > 0,
    );
    const come = (src: string, packets: number): void => {
      const number = from(src, 5000, packets);
      for (let count = 0; count < packets; count++) queues[number]?.take(src);
      for (let count = 0; count < packets / 2; count++) worker.readPacket(new ArrayBuffer(1), 0, 1);
    };
    for (const net of numbers(400)) {
      come(`2001:db8:ffff:${hex(net)}::1`, FLOOD);
      come('2001:db8:2:1::1', 1);
    }
    const lost = queues.flatMap((full) => full.lost);
    expect(lost.length).toBeGreaterThan(8000);
    expect(lost).not.toContain('2001:db8:2:1::1');
  });

  it('gives a client that floods a queue apart from the others of its network', () => {
    for (const host of numbers(100)) from(`2001:db8:1:ffff::${hex(host)}`, 5000, FLOOD);
    expect(BUSY_CLIENTS).toContain(from('2001:db8:1:ffff::1'));
    for (const net of numbers(50)) expect(BUSY_NETWORKS).toContain(from(`2001:db8:1:${hex(net)}::1`));
    expect(QUIET).toContain(from('2001:db8:2:1::1'));
  });

  it('does the same for what comes to one mapped port, and from one /24', () => {
    for (const host of numbers(100)) to('192.0.2.1', 4711, `198.51.${host}.1`, FLOOD);
    expect(BUSY_CLIENTS).toContain(to('192.0.2.1', 4711));
    expect(QUIET).toContain(to('192.0.2.1', 4712));
    queue = queueOf();
    for (const port of numbers(100)) to('192.0.2.1', port, `198.51.100.${port}`, FLOOD);
    expect(BUSY_NETWORKS).toContain(to('192.0.2.1', 4711, '198.51.100.200'));
    expect(QUIET).toContain(to('192.0.2.1', 4711, '198.51.101.200'));
  });

  it('leaves a client alone that has much of little', () => {
    expect(QUIET).toContain(from('2001:db8:1:2::1', 5000, FEW - 1));
  });

  it('forgets after some seconds who was busy', async () => {
    expect(from('2001:db8:1:2::1', 5000, 2 * FEW)).toBeGreaterThan(6);
    await vi.waitFor(() => expect(QUIET).toContain(from('2001:db8:1:2::1')), { timeout: 10_000, interval: 100 });
  });

  it('cannot be aimed at without the seed', () => {
    const packets = numbers(64).map((net) => udp({ src: `2001:db8:1:${hex(net)}::1`, dst: SERVER6 }, 5000, 53, [1]));
    const other = queueOf({ seed: 0x7654321 });
    expect(packets.map(other)).not.toEqual(packets.map(queue));
  });
});

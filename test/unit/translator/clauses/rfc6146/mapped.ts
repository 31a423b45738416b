import { Bench, type Outcome } from '../../nat64/bench-of-one.ts';
import { formatIp } from '../../oracle-address.ts';
import { allSessions } from '../../nat64/tables/walked.ts';

export const CLIENT = '2001:db8::5';
export const SERVER = '198.51.100.7';
export const SERVER6 = `64:ff9b::${SERVER}`;
export const OUT = { src: CLIENT, dst: SERVER6 };

export const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] << 8) | bytes[at + 1];

/** What an IPv4 packet without options and with ports says of its ends. */
export function ends4(packet: Uint8Array): { src: string; srcPort: number; dst: string; dstPort: number } {
  const [src, dst] = [formatIp(packet.slice(12, 16)), formatIp(packet.slice(16, 20))];
  return { src, srcPort: u16(packet, 20), dst, dstPort: u16(packet, 22) };
}

/** The same of an IPv6 packet without extension headers. */
export function ends6(packet: Uint8Array): { src: string; srcPort: number; dst: string; dstPort: number } {
  const [src, dst] = [formatIp(packet.slice(8, 24)), formatIp(packet.slice(24, 40))];
  return { src, srcPort: u16(packet, 40), dst, dstPort: u16(packet, 42) };
}

/** A text for an IPv4 server as IPv6 clients see it, in the oracle's notation. */
export function embedded(address: string): string {
  return formatIp([0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, ...address.split('.').map(Number)]);
}

/** The address and port (or identifier) that stand for a client after this packet. */
export function mapping(outcome: Outcome): { address: string; port: number } {
  const [packet] = outcome.out;
  const icmp = packet[9] === 1;
  return { address: formatIp(packet.slice(12, 16)), port: u16(packet, icmp ? 24 : 20) };
}

/** One translator whose first session's state and age are looked at. */
export class Watched extends Bench {
  states(): string[] {
    return allSessions(this.translator.store, this.nowMs).map(({ state }) => state);
  }

  /** Lets time pass and tells whether the only session has ended by then. */
  endsAfter(ms: number): boolean {
    this.wait(ms - 1000);
    const before: number = this.translator.sessionCount;
    this.wait(2000);
    return before === 1 && this.translator.sessionCount === 0;
  }
}

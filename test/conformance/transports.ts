/** Transports of both families as timelines send them: makers that need the ends and the ports alone. */
import type { Make } from './timeline.ts';
import { ACK, data, echo, FIN, RST, SYN, tcp, udp } from './wire.ts';

export const TCP = 6;
export const UDP = 17;
export const ICMP = 1;
export const ICMP6 = 58;

export const datagram: Make = (ends, from, to) => udp(ends, from, to, data(41));

export const segment =
  (flags: number, bytes = 0): Make =>
  (ends, from, to) =>
    tcp(ends, from, to, flags, data(bytes));
export const syn = segment(SYN);
export const synAck = segment(SYN | ACK);
export const ack = segment(ACK, 10);
export const fin = segment(FIN | ACK);
export const rst = segment(RST);

/** Echo messages have one identifier; requests go up and replies down. */
export const ping: Make = (ends, from) => echo(ends, ends.src.includes(':') ? 128 : 8, from, data(20));
export const pong: Make = (ends, _, to) => echo(ends, ends.src.includes(':') ? 129 : 0, to, data(20));

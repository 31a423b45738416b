import { z } from 'zod';
import { duration, someTime } from './values.ts';

/** Timeouts of sessions and of held packets, with defaults. */
export const timeouts = z.strictObject({
  tcpEstablished: someTime
    .prefault('124m')
    .describe('Idle time after which an established TCP session ends (RFC 5382)'),
  tcpTransitory: someTime.prefault('4m').describe('The same while a TCP session opens or closes'),
  tcpIncomingSyn: someTime.prefault('6s').describe('How long an unsolicited SYN is held (RFC 6146 section 3.5.2.2)'),
  udp: someTime.prefault('5m').describe('Idle time after which a UDP session ends (RFC 4787: 2 minutes at least)'),
  icmp: someTime.prefault('1m').describe('Idle time after which an ICMP query session ends (RFC 5508)'),
  fragment: someTime.prefault('2s').describe('How long fragments are held for the first one (RFC 6146 section 3.4)'),
  portHold: duration
    .prefault('2m')
    .describe('How long a freed port is not given to another client (RFC 6888 REQ-8); 0s: not at all'),
});

/**
 * A session as Jool's session synchronisation says it: a datagram holds records one after the other, with nothing
 * before or behind them. No datagram has a magic number, version, sequence number or authentication; the length of a
 * record alone tells which versions of Jool it is from:
 *
 *      nla_len  versions         record
 *      140      4.1.0 to 4.1.11  nested netlink attributes, numbers in the sender's byte order
 *      52       4.1.12           48 octets in network order, with the server's IPv6 address
 *      40       4.1.13 and later 36 octets in network order, with the server's IPv4 address
 *
 * A record is no version of its session: an older one can come later, and none says that a session has ended.
 */
export interface JooldSession {
  protocol: 'tcp' | 'udp' | 'icmp';
  /** Of the client, 16 bytes in network order. */
  client: Uint8Array;
  /** Port, or identifier of ICMP, in host order; so are the others. */
  clientPort: number;
  pool4: number;
  pool4Port: number;
  server4: number;
  /**
   * The server's IPv6 address, 16 bytes, in the layouts that have it. In that of 4.1.12, which has nothing else of the
   * server, `server4` is what its last 32 bits say: right behind a /96.
   */
  server6?: Uint8Array;
  /** For ICMP the identifier on the IPv4 side. */
  serverPort: number;
  state: JooldState;
  timer: JooldTimer;
  /** How long it lives from now on, ms. */
  lifetimeMs: number;
}

/** Numbers of Jool's `enum tcp_state`, in this order. UDP and ICMP have the first. */
export const JOOLD_STATES = [
  'ESTABLISHED',
  'V6_INIT',
  'V4_INIT',
  'V4_FIN_RCV',
  'V6_FIN_RCV',
  'V4_FIN_V6_FIN_RCV',
  'TRANS',
] as const;
export type JooldState = (typeof JOOLD_STATES)[number];

/** Numbers of Jool's `enum session_timer_type`, in this order. */
export const JOOLD_TIMERS = ['EST', 'TRANS', 'SYN4'] as const;
export type JooldTimer = (typeof JOOLD_TIMERS)[number];

/** Numbers of Jool's `enum l4_protocol`, in this order. */
export const JOOLD_PROTOCOLS = ['tcp', 'udp', 'icmp'] as const;

/** The layouts, each by a version of Jool that has it. */
export const JOOLD_FORMATS = ['4.1.9', '4.1.12', '4.1.13'] as const;
export type JooldFormat = (typeof JOOLD_FORMATS)[number];

/** Length of a record with its header of 4 octets, by format. */
export const JOOLD_RECORD_LENGTH: Readonly<Record<JooldFormat, number>> = { '4.1.9': 140, '4.1.12': 52, '4.1.13': 40 };

/** Why a record, or the rest of a datagram, is not taken. */
export const JOOLD_REFUSALS = {
  truncated: 'the datagram ends inside a record',
  layout: 'a record with a length that no version of Jool sends, or of another format than the one that is set',
  attribute: 'an attribute of the nested layout is missing, unknown, or has another length',
  protocol: 'neither TCP, UDP nor ICMP',
  state: 'a state or timer that Jool does not have, or that its protocol cannot be in',
  address: 'an address or port that no session can have',
  expired: 'the session has no time left',
} as const;
export type JooldRefusal = keyof typeof JOOLD_REFUSALS;

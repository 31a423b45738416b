/**
 * A session in the format of Jool's session synchronisation: a datagram consists of consecutive records. It has no
 * magic number, version, sequence number or authentication; only the length of a record identifies the version of Jool:
 *
 *      nla_len  versions         record
 *      140      4.1.0 to 4.1.11  nested netlink attributes, numbers in the sender's byte order
 *      52       4.1.12           48 octets in network order, with the server's IPv6 address
 *      40       4.1.13 and later 36 octets in network order, with the server's IPv4 address
 *
 * Records carry no version: an older one can arrive later, and none reports the end of a session.
 */
export interface JooldSession {
  protocol: 'tcp' | 'udp' | 'icmp';
  /** Address of the client, 16 bytes in network order. */
  client: Uint8Array;
  /** Port, or ICMP identifier, in host order, like the others. */
  clientPort: number;
  pool4: number;
  pool4Port: number;
  server4: number;
  /**
   * The server's IPv6 address, 16 bytes, in the layouts that have it. In that of 4.1.12, which lacks the IPv4 address,
   * `server4` is its last 32 bits: correct for a /96.
   */
  server6?: Uint8Array;
  /** For ICMP the identifier on the IPv4 side. */
  serverPort: number;
  state: JooldState;
  timer: JooldTimer;
  /** Remaining lifetime, ms. */
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

/** The layouts, named by a version of Jool that uses them. */
export const JOOLD_FORMATS = ['4.1.9', '4.1.12', '4.1.13'] as const;
export type JooldFormat = (typeof JOOLD_FORMATS)[number];

/** Length of a record including its header of 4 octets, by format. */
export const JOOLD_RECORD_LENGTH: Readonly<Record<JooldFormat, number>> = { '4.1.9': 140, '4.1.12': 52, '4.1.13': 40 };

/** Why a record, or the rest of a datagram, is rejected. */
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

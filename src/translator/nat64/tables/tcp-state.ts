/**
 * The TCP state machine of RFC 6146 section 3.5.2.2. A V6 packet comes from the client, a V4 packet from the IPv4 side.
 *
 *     CLOSED ─V6 SYN→ V6_INIT ─V4 SYN→ ESTABLISHED ─V4 FIN→ V4_FIN ─V6 FIN→ BOTH_FIN ─time→ CLOSED
 *     CLOSED ─V4 SYN→ V4_INIT ─V6 SYN→ ESTABLISHED ─V6 FIN→ V6_FIN ─V4 FIN→ BOTH_FIN
 *     ESTABLISHED ─RST or time→ TRANS ─any packet but RST→ ESTABLISHED;  TRANS ─time→ CLOSED
 *     V4_FIN or V6_FIN ─RST→ ABORTED ─time→ CLOSED
 *
 * ABORTED is an addition to those states, by RFC 7857 section 2.2: a connection that one side has closed ends with a
 * RST when no packet comes for the transitory time. Packets other than RST restart that time, so that a forged RST does
 * not cut a half-closed connection that is in use. Records to other nodes carry BOTH_FIN.
 */
import { TCP_FIN, TCP_RST, TCP_SYN } from '../../../net/transport-headers.ts';

export const TcpState = {
  /** Not TCP: UDP and ICMP sessions have no states. */
  none: 0,
  v4Init: 1,
  v6Init: 2,
  established: 3,
  v4Fin: 4,
  v6Fin: 5,
  bothFin: 6,
  trans: 7,
  aborted: 8,
} as const;
export type TcpState = (typeof TcpState)[keyof typeof TcpState];

/** The state after a packet with these flags. */
export function nextTcpState(state: number, fromClient: boolean, flags: number): number {
  const fin = (flags & TCP_FIN) !== 0;
  const rst = (flags & TCP_RST) !== 0;
  switch (state) {
    case TcpState.v4Init:
      return fromClient && (flags & TCP_SYN) !== 0 ? TcpState.established : state;
    case TcpState.v6Init:
      return !fromClient && (flags & TCP_SYN) !== 0 ? TcpState.established : state;
    case TcpState.established:
      if (rst) return TcpState.trans;
      if (fin) return fromClient ? TcpState.v6Fin : TcpState.v4Fin;
      return state;
    case TcpState.v4Fin:
      if (rst) return TcpState.aborted;
      return fromClient && fin ? TcpState.bothFin : state;
    case TcpState.v6Fin:
      if (rst) return TcpState.aborted;
      return !fromClient && fin ? TcpState.bothFin : state;
    case TcpState.trans:
      return rst ? state : TcpState.established;
    default:
      return state;
  }
}

/**
 * Whether a packet restarts the session's timer, given the states before and after. The first FIN is the only
 * transition that does not.
 */
export function refreshesTimer(before: number, after: number, fromClient: boolean, flags: number): boolean {
  if (before !== after) return after !== TcpState.v4Fin && after !== TcpState.v6Fin;
  switch (after) {
    case TcpState.none:
    case TcpState.established:
    case TcpState.v4Fin:
    case TcpState.v6Fin:
      return true;
    case TcpState.aborted:
      return (flags & TCP_RST) === 0;
    case TcpState.v6Init:
      return fromClient && (flags & TCP_SYN) !== 0;
    default:
      return false;
  }
}

/** Whether the state has the long, established timeout. */
export function isLongLived(state: number): boolean {
  return state === TcpState.established || state === TcpState.v4Fin || state === TcpState.v6Fin;
}

/** The state written to records: ABORTED is unknown to older releases. */
export function recordedState(state: number): number {
  return state === TcpState.aborted ? TcpState.bothFin : state;
}

/** The state of a session of which two nodes have each seen some of the packets. */
export function mergeTcpStates(own: number, reported: number): number {
  switch (own) {
    case TcpState.v4Init:
    case TcpState.v6Init:
      return reported === TcpState.v4Init || reported === TcpState.v6Init ? initOfBoth(own, reported) : reported;
    case TcpState.established:
    case TcpState.trans:
      return reported === TcpState.v4Init || reported === TcpState.v6Init ? own : reported;
    case TcpState.v4Fin:
      return reported === TcpState.v6Fin || reported === TcpState.bothFin ? TcpState.bothFin : own;
    case TcpState.v6Fin:
      return reported === TcpState.v4Fin || reported === TcpState.bothFin ? TcpState.bothFin : own;
    default:
      return own;
  }
}

/** A SYN in each direction makes a connection. */
function initOfBoth(own: number, reported: number): number {
  return own === reported ? own : TcpState.established;
}

import {
  JOOLD_PROTOCOLS,
  JOOLD_RECORD_LENGTH,
  JOOLD_STATES,
  JOOLD_TIMERS,
  type JooldSession,
} from './joold-session.ts';

/** The layouts for export to a standby. That of 4.1.12 is of a single release only. */
export const EXPORT_FORMATS = ['4.1.9', '4.1.13'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Records per datagram, as in Jool: what fits in 1,500 octets of IPv6. */
export const RECORDS_PER_DATAGRAM: Readonly<Record<ExportFormat, number>> = { '4.1.9': 10, '4.1.13': 36 };

/** NLA_F_NESTED of linux/netlink.h. */
const NESTED = 0x8000;

/**
 * Encodes a datagram with at most RECORDS_PER_DATAGRAM sessions. Headers and the numbers of the nested layout are
 * little-endian, the byte order of the machines for which Jool is packaged.
 * @param embed writes the IPv6 form of an IPv4 address, 16 bytes
 */
export function encodeJoold(
  sessions: readonly JooldSession[],
  format: ExportFormat,
  embed: (server4: number, out: Uint8Array) => void,
): Uint8Array {
  const length = JOOLD_RECORD_LENGTH[format];
  const datagram = new Uint8Array(sessions.length * length);
  const view = new DataView(datagram.buffer);
  for (const [index, session] of sessions.entries()) {
    if (format === '4.1.13') writeFlat(view, index * length, session);
    else writeNested(view, index * length, session, embed);
  }
  return datagram;
}

function writeFlat(view: DataView, at: number, session: JooldSession): void {
  header(view, at, 40, 1);
  setBytes(view, at + 4, session.client);
  view.setUint32(at + 20, session.pool4);
  view.setUint32(at + 24, session.server4);
  view.setUint32(at + 28, lifetimeOf(session));
  view.setUint16(at + 32, session.clientPort);
  view.setUint16(at + 34, session.pool4Port);
  view.setUint16(at + 36, session.serverPort);
  const [protocol, state, timer] = numbersOf(session);
  view.setUint16(at + 38, (protocol << 5) | (state << 2) | timer);
}

function writeNested(
  view: DataView,
  at: number,
  session: JooldSession,
  embed: (server4: number, out: Uint8Array) => void,
): void {
  const server6 = new Uint8Array(16);
  embed(session.server4, server6);
  const server6Port = session.protocol === 'icmp' ? session.clientPort : session.serverPort;
  header(view, at, 140, NESTED | 1);
  transport6(view, at + 4, 1, session.client, session.clientPort);
  transport6(view, at + 36, 2, server6, server6Port);
  transport4(view, at + 68, 3, session.pool4, session.pool4Port);
  transport4(view, at + 88, 4, session.server4, session.serverPort);
  for (const [index, number] of numbersOf(session).entries()) {
    header(view, at + 108 + 8 * index, 5, 5 + index);
    view.setUint8(at + 112 + 8 * index, number);
  }
  header(view, at + 132, 8, 8);
  view.setUint32(at + 136, lifetimeOf(session), true);
}

function transport6(view: DataView, at: number, type: number, address: Uint8Array, port: number): void {
  header(view, at, 32, NESTED | type);
  header(view, at + 4, 20, 1);
  setBytes(view, at + 8, address);
  header(view, at + 24, 6, 2);
  view.setUint16(at + 28, port, true);
}

function transport4(view: DataView, at: number, type: number, address: number, port: number): void {
  header(view, at, 20, NESTED | type);
  header(view, at + 4, 8, 1);
  view.setUint32(at + 8, address);
  header(view, at + 12, 6, 2);
  view.setUint16(at + 16, port, true);
}

function header(view: DataView, at: number, length: number, type: number): void {
  view.setUint16(at, length, true);
  view.setUint16(at + 2, type, true);
}

function setBytes(view: DataView, at: number, bytes: Uint8Array): void {
  for (const [index, octet] of bytes.entries()) view.setUint8(at + index, octet);
}

function numbersOf({ protocol, state, timer }: JooldSession): readonly [number, number, number] {
  return [JOOLD_PROTOCOLS.indexOf(protocol), JOOLD_STATES.indexOf(state), JOOLD_TIMERS.indexOf(timer)];
}

function lifetimeOf({ lifetimeMs }: JooldSession): number {
  return Math.min(0xffffffff, Math.max(0, Math.floor(lifetimeMs)));
}

import {
  JOOLD_FORMATS,
  JOOLD_PROTOCOLS,
  JOOLD_RECORD_LENGTH,
  JOOLD_STATES,
  JOOLD_TIMERS,
  type JooldFormat,
  type JooldRefusal,
  type JooldSession,
} from './joold-session.ts';

/** Octets of a netlink attribute's header: length and type, in the sender's byte order. */
const HEADER = 4;
/** Bits of `nla_type` that are flags (linux/netlink.h: NLA_F_NESTED, NLA_F_NET_BYTEORDER). */
const TYPE_MASK = 0x3fff;
/**
 * A Jool datagram has at most 2,048 octets (JOOLD_MAX_PAYLOAD), which limits the number of records of the shortest
 * kind.
 */
export const MAX_RECORDS = 2048 / 40;

/** Numbers of `enum joolnl_attr_session`. */
const Attribute = { src6: 1, dst6: 2, src4: 3, dst4: 4, protocol: 5, state: 6, timer: 7, expiration: 8 } as const;
/** Numbers of `enum joolnl_attr_taddr`. */
const Transport = { address: 1, port: 2 } as const;

/** Fields of a record before validation. */
interface Raw {
  readonly client: Uint8Array;
  readonly clientPort: number;
  readonly pool4: number;
  readonly pool4Port: number;
  readonly server4: number;
  readonly server6?: Uint8Array;
  readonly serverPort: number;
  readonly protocol: number;
  readonly state: number;
  readonly timer: number;
  readonly lifetimeMs: number;
}

export interface DecodeResult {
  readonly sessions: readonly JooldSession[];
  readonly refused: readonly JooldRefusal[];
}

/**
 * Decodes the sessions of a datagram, with reasons for rejected ones. Never throws. Decoding continues after an invalid
 * record, but not after one with a wrong length.
 * @param format the only accepted format, or `auto` for any
 */
export function decodeJoold(datagram: Uint8Array, format: JooldFormat | 'auto' = 'auto'): DecodeResult {
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  const sessions: JooldSession[] = [];
  const refused: JooldRefusal[] = [];
  let at = 0;
  // Up to three octets after the last record are padding (nla_for_each_nested).
  while (view.byteLength - at >= HEADER && sessions.length + refused.length < MAX_RECORDS) {
    const found = layoutAt(view, at);
    if (found === undefined || (format !== 'auto' && found.format !== format)) {
      refused.push('layout');
      break;
    }
    const length = JOOLD_RECORD_LENGTH[found.format];
    if (at + length > view.byteLength) {
      refused.push('truncated');
      break;
    }
    const result = decodeRecord(view, at, found);
    if (typeof result === 'string') refused.push(result);
    else sessions.push(result);
    at += length;
  }
  return { sessions, refused };
}

interface Layout {
  readonly format: JooldFormat;
  readonly littleEndian: boolean;
}

/** The layout whose record length is at `at`, in either byte order. */
function layoutAt(view: DataView, at: number): Layout | undefined {
  for (const littleEndian of [true, false]) {
    const length = view.getUint16(at, littleEndian);
    const format = JOOLD_FORMATS.find((one) => JOOLD_RECORD_LENGTH[one] === length);
    if (format !== undefined) return { format, littleEndian };
  }
  return undefined;
}

function decodeRecord(view: DataView, at: number, { format, littleEndian }: Layout): JooldSession | JooldRefusal {
  switch (format) {
    case '4.1.9': {
      const raw = nested(view, at, littleEndian);
      return raw === undefined ? 'attribute' : judged(raw);
    }
    case '4.1.12':
      return judged(withServer6(view, at + HEADER));
    case '4.1.13':
      return judged(withServer4(view, at + HEADER));
    default:
      return 'layout';
  }
}

function withServer4(view: DataView, at: number): Raw {
  return {
    client: bytesAt(view, at, 16),
    pool4: view.getUint32(at + 16),
    server4: view.getUint32(at + 20),
    lifetimeMs: view.getUint32(at + 24),
    clientPort: view.getUint16(at + 28),
    pool4Port: view.getUint16(at + 30),
    serverPort: view.getUint16(at + 32),
    ...packedBits(view.getUint16(at + 34)),
  };
}

/** The server's IPv4 address is the last 32 bits of its IPv6 address, as the receiver of 4.1.12 takes it: a /96. */
function withServer6(view: DataView, at: number): Raw {
  const bits = packedBits(view.getUint16(at + 46));
  const pool4Port = view.getUint16(at + 44);
  return {
    client: bytesAt(view, at, 16),
    server4: view.getUint32(at + 28),
    server6: bytesAt(view, at + 16, 16),
    pool4: view.getUint32(at + 32),
    lifetimeMs: view.getUint32(at + 36),
    clientPort: view.getUint16(at + 40),
    serverPort: JOOLD_PROTOCOLS[bits.protocol] === 'icmp' ? pool4Port : view.getUint16(at + 42),
    pool4Port,
    ...bits,
  };
}

function packedBits(word: number): Pick<Raw, 'protocol' | 'state' | 'timer'> {
  return { protocol: (word >> 5) & 3, state: (word >> 2) & 7, timer: word & 3 };
}

/** All eight attributes, in any order; undefined if one is missing, unknown, duplicate or of another length. */
function nested(view: DataView, at: number, littleEndian: boolean): Raw | undefined {
  const parts = attributesIn(view, at + HEADER, at + JOOLD_RECORD_LENGTH['4.1.9'], littleEndian);
  if (parts?.size !== 8) return undefined;
  const transport = (type: number, size: number): { readonly at: number; readonly port: number } | undefined => {
    const part = parts.get(type);
    const inner = part === undefined ? undefined : attributesIn(view, part.at, part.at + part.size, littleEndian);
    const [address, port] = [inner?.get(Transport.address), inner?.get(Transport.port)];
    if (inner?.size !== 2 || address?.size !== size || port?.size !== 2) return undefined;
    return { at: address.at, port: view.getUint16(port.at, littleEndian) };
  };
  const octet = (type: number): number | undefined => {
    const part = parts.get(type);
    return part?.size === 1 ? view.getUint8(part.at) : undefined;
  };
  const [src6, dst6] = [transport(Attribute.src6, 16), transport(Attribute.dst6, 16)];
  const [src4, dst4] = [transport(Attribute.src4, 4), transport(Attribute.dst4, 4)];
  const [protocol, state, timer] = [octet(Attribute.protocol), octet(Attribute.state), octet(Attribute.timer)];
  const expiration = parts.get(Attribute.expiration);
  if (src6 === undefined || dst6 === undefined || src4 === undefined || dst4 === undefined) return undefined;
  if (protocol === undefined || state === undefined || timer === undefined || expiration?.size !== 4) return undefined;
  return {
    client: bytesAt(view, src6.at, 16),
    clientPort: src6.port,
    pool4: view.getUint32(src4.at),
    pool4Port: src4.port,
    server4: view.getUint32(dst4.at),
    server6: bytesAt(view, dst6.at, 16),
    serverPort: dst4.port,
    protocol,
    state,
    timer,
    lifetimeMs: view.getUint32(expiration.at, littleEndian),
  };
}

interface Part {
  readonly at: number;
  readonly size: number;
}

/** Offsets of the attribute values between `from` and `end`, by type; undefined: they do not fill it exactly. */
function attributesIn(view: DataView, from: number, end: number, littleEndian: boolean): Map<number, Part> | undefined {
  const parts = new Map<number, Part>();
  let at = from;
  while (end - at >= HEADER) {
    const length = view.getUint16(at, littleEndian);
    const type = view.getUint16(at + 2, littleEndian) & TYPE_MASK;
    if (length < HEADER || at + length > end || parts.has(type)) return undefined;
    parts.set(type, { at: at + HEADER, size: length - HEADER });
    at += (length + 3) & ~3;
  }
  return at >= end ? parts : undefined;
}

function judged(raw: Raw): JooldSession | JooldRefusal {
  const protocol = JOOLD_PROTOCOLS[raw.protocol];
  if (protocol === undefined) return 'protocol';
  const [state, timer] = [JOOLD_STATES[raw.state], JOOLD_TIMERS[raw.timer]];
  if (state === undefined || timer === undefined) return 'state';
  if (protocol !== 'tcp' && (state !== 'ESTABLISHED' || timer !== 'EST')) return 'state';
  if (raw.pool4 === 0 || raw.server4 === 0 || raw.client.every((octet) => octet === 0)) return 'address';
  const portless = raw.clientPort === 0 || raw.pool4Port === 0 || raw.serverPort === 0;
  if (protocol !== 'icmp' && portless) return 'address';
  if (raw.lifetimeMs === 0) return 'expired';
  return { ...raw, protocol, state, timer };
}

function bytesAt(view: DataView, at: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + at, length).slice();
}

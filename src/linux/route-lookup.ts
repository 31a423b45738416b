import { checked, libc, SystemCallError } from './libc.ts';
import { LITTLE_ENDIAN } from './tun.ts';

/*
 * Asks the kernel for the outgoing interface to an address (rtnetlink(7), RTM_GETROUTE). The cost of a look-up does not
 * depend on the number of routes. All in host order:
 *
 *     struct nlmsghdr, 16 bytes:  0 length   4 type   6 flags   8 sequence   12 port
 *     struct rtmsg, 12 bytes:    16 family  17 bits of the destination  18 bits of the source  …  28
 *     attributes:                 length (with these 4 bytes), type, value, padded to 4 bytes
 */
const NETLINK_HEADER = 16;
const ATTRIBUTES_AT = 28;
const ATTRIBUTE_HEADER = 4;

const AF_NETLINK = 16;
const NETLINK_ROUTE = 0;
const SOCK_RAW = 3;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const AF_INET = 2;
const AF_INET6 = 10;

const NLMSG_ERROR = 2;
const RTM_NEWROUTE = 24;
const RTM_GETROUTE = 26;
const NLM_F_REQUEST = 1;
const RTA_DST = 1;
const RTA_SRC = 2;
const RTA_IIF = 3;
const RTA_OIF = 4;
const RTM_TYPE_AT = 23;
const RTN_UNICAST = 1;
/** The kernel itself, as a netlink address: struct sockaddr_nl. */
const KERNEL = new Uint8Array(new Uint16Array([AF_NETLINK, 0, 0, 0, 0, 0]).buffer);
const MAX_ANSWER = 4096;

/** Route look-ups in the network namespace that the thread was in at construction. */
export class RouteLookup {
  readonly #fd = checked(
    libc.socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE),
    'socket',
    'rtnetlink',
  );
  readonly #answer = new Uint8Array(MAX_ANSWER);
  #sequence = 0;

  /**
   * @param address 4 or 16 bytes, network order
   * @param source source address of the same length, for rules that match on it
   * @param incoming index of the incoming interface, for a forwarded packet; 0: a local packet, whose source must be a
   * local address
   * @returns the interface's index; undefined: no route, or one without an outgoing interface (unreachable, blackhole,
   * local)
   * @throws SystemCallError
   */
  interfaceTo(address: Uint8Array, source?: Uint8Array, incoming = 0): number | undefined {
    const sequence = ++this.#sequence;
    const request = routeRequest(address, source, incoming, sequence);
    checked(libc.sendto(this.#fd, request, request.length, 0, KERNEL, KERNEL.length), 'sendto', 'rtnetlink');
    for (;;) {
      // The kernel answers synchronously; the rest of an earlier, interrupted call may come first.
      const length = libc.read(this.#fd, this.#answer, MAX_ANSWER);
      if (length < 0) throw new SystemCallError('read', 'rtnetlink');
      const answer = new DataView(this.#answer.buffer, 0, length);
      if (length >= NETLINK_HEADER && answer.getUint32(8, LITTLE_ENDIAN) === sequence) return readAnswer(answer);
    }
  }

  close(): void {
    libc.close(this.#fd);
  }
}

function routeRequest(
  address: Uint8Array,
  source: Uint8Array | undefined,
  incoming: number,
  sequence: number,
): Uint8Array {
  const attribute = ATTRIBUTE_HEADER + address.length;
  const behind = ATTRIBUTES_AT + (source === undefined ? 1 : 2) * attribute;
  const length = incoming === 0 ? behind : behind + ATTRIBUTE_HEADER + 4;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, length, LITTLE_ENDIAN);
  view.setUint16(4, RTM_GETROUTE, LITTLE_ENDIAN);
  view.setUint16(6, NLM_F_REQUEST, LITTLE_ENDIAN);
  view.setUint32(8, sequence, LITTLE_ENDIAN);
  view.setUint8(16, address.length === 4 ? AF_INET : AF_INET6);
  view.setUint8(17, address.length * 8);
  view.setUint16(ATTRIBUTES_AT, attribute, LITTLE_ENDIAN);
  view.setUint16(ATTRIBUTES_AT + 2, RTA_DST, LITTLE_ENDIAN);
  bytes.set(address, ATTRIBUTES_AT + ATTRIBUTE_HEADER);
  if (incoming !== 0) {
    view.setUint16(behind, ATTRIBUTE_HEADER + 4, LITTLE_ENDIAN);
    view.setUint16(behind + 2, RTA_IIF, LITTLE_ENDIAN);
    view.setUint32(behind + ATTRIBUTE_HEADER, incoming, LITTLE_ENDIAN);
  }
  if (source === undefined) return bytes;
  const at = ATTRIBUTES_AT + attribute;
  view.setUint8(18, source.length * 8);
  view.setUint16(at, attribute, LITTLE_ENDIAN);
  view.setUint16(at + 2, RTA_SRC, LITTLE_ENDIAN);
  bytes.set(source, at + ATTRIBUTE_HEADER);
  return bytes;
}

/** The interface in one answer. ENETUNREACH and EHOSTUNREACH mean that there is no route. */
function readAnswer(answer: DataView): number | undefined {
  const type = answer.getUint16(4, LITTLE_ENDIAN);
  if (type === NLMSG_ERROR || type !== RTM_NEWROUTE || answer.byteLength < ATTRIBUTES_AT) return undefined;
  if (answer.getUint8(RTM_TYPE_AT) !== RTN_UNICAST) return undefined;
  const end = Math.min(answer.byteLength, answer.getUint32(0, LITTLE_ENDIAN));
  for (let at = ATTRIBUTES_AT; at + ATTRIBUTE_HEADER <= end;) {
    const length = answer.getUint16(at, LITTLE_ENDIAN);
    if (length < ATTRIBUTE_HEADER) return undefined;
    if (answer.getUint16(at + 2, LITTLE_ENDIAN) === RTA_OIF && at + 8 <= end)
      return answer.getUint32(at + 4, LITTLE_ENDIAN);
    at += (length + 3) & ~3;
  }
  return undefined;
}

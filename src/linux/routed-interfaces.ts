import { attributesOf, LITTLE_ENDIAN, Netlink } from './netlink.ts';

/*
 * struct rtmsg, 12 bytes: 0 family  1 bits of the destination  …  7 type
 * struct rtnexthop, 8 bytes: 0 length  2 flags  3 hops  4 interface; then attributes
 */
const RTMSG_SIZE = 12;
const NEXT_HOP_SIZE = 8;
const RTM_GETROUTE = 26;
const RTN_UNICAST = 1;
const RTA_DST = 1;
const RTA_OIF = 4;
const RTA_MULTIPATH = 9;
const FAMILIES = { 4: 2, 6: 10 } as const;
/** Maximum number of routes read per family: more rarely add an interface, and reading takes time. */
const MOST_ROUTES = 2000;

/**
 * Those of the given interfaces that have unicast routes, other than link-local ones, which every interface has.
 * @param among interface indexes. @throws SystemCallError
 */
export function routedInterfaces(among: ReadonlySet<number>): Set<number> {
  const found = new Set<number>();
  const note = (index: number): void => {
    if (among.has(index)) found.add(index);
  };
  for (const family of [4, 6] as const) {
    if (found.size < among.size)
      visitRoutes(family, (message) => {
        noteRoute(message, family, note);
        return found.size < among.size;
      });
  }
  return found;
}

/** Visits at most MOST_ROUTES, until `see` returns false; uses a socket of its own, which may be closed mid-dump. */
function visitRoutes(family: 4 | 6, see: (message: DataView) => boolean): void {
  const request = new Uint8Array(RTMSG_SIZE);
  request[0] = FAMILIES[family];
  const netlink = new Netlink();
  let left = MOST_ROUTES;
  try {
    netlink.visit(RTM_GETROUTE, request, (message) => see(message) && --left > 0);
  } finally {
    netlink.close();
  }
}

function noteRoute(message: DataView, family: 4 | 6, note: (index: number) => void): void {
  if (message.byteLength < RTMSG_SIZE || message.getUint8(7) !== RTN_UNICAST) return;
  const attributes = attributesOf(message, RTMSG_SIZE);
  const destination = attributes.get(RTA_DST);
  if (destination !== undefined && family === 6 && isLinkLocal(destination)) return;
  const out = attributes.get(RTA_OIF);
  if (out !== undefined) note(out.getUint32(0, LITTLE_ENDIAN));
  for (const index of nextHops(attributes.get(RTA_MULTIPATH))) note(index);
}

/** fe80::/10 and ff00::/8 */
function isLinkLocal(address: DataView): boolean {
  const first = address.getUint8(0);
  return first === 0xff || (first === 0xfe && (address.getUint8(1) & 0xc0) === 0x80);
}

function nextHops(hops: DataView | undefined): number[] {
  const found: number[] = [];
  if (hops === undefined) return found;
  for (let at = 0; at + NEXT_HOP_SIZE <= hops.byteLength;) {
    found.push(hops.getInt32(at + 4, LITTLE_ENDIAN));
    const length = hops.getUint16(at, LITTLE_ENDIAN);
    if (length < NEXT_HOP_SIZE) break;
    at += (length + 3) & ~3;
  }
  return found;
}

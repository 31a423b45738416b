import {
  NAT_EVENT_CLIENT,
  NAT_EVENT_CLIENT_PORT,
  NAT_EVENT_COUNT,
  NAT_EVENT_FLAGS,
  NAT_EVENT_KIND,
  NAT_EVENT_POOL4,
  NAT_EVENT_POOL4_PORT,
  NAT_EVENT_PROTOCOL,
  NAT_EVENT_REMOTE,
  NAT_EVENT_REMOTE_PORT,
  NAT_EVENT_TIME,
  NatEventFlag,
  NatEventKind,
} from '../../translator/nat64/nat-events.ts';
import * as ipfix from './ipfix-templates.ts';
import type { LogSource } from './log-source.ts';

const PROTOCOL_ICMP = 1;
const PROTOCOL_ICMPV6 = 58;
const WORD = 2 ** 32;
/** `natEvent` values by kind; 0: IPFIX has no such event. */
const VALUES = new Uint8Array(256);
VALUES[NatEventKind.sessionCreated] = ipfix.NatEventValue.nat64SessionCreate;
VALUES[NatEventKind.sessionEnded] = ipfix.NatEventValue.nat64SessionDelete;
VALUES[NatEventKind.mappingCreated] = ipfix.NatEventValue.nat64BibCreate;
VALUES[NatEventKind.mappingDeleted] = ipfix.NatEventValue.nat64BibDelete;
VALUES[NatEventKind.blockAllocated] = ipfix.NatEventValue.blockAllocated;
VALUES[NatEventKind.blockReleased] = ipfix.NatEventValue.blockReleased;
VALUES[NatEventKind.poolExhausted] = ipfix.NatEventValue.portsExhausted;
VALUES[NatEventKind.clientLimit] = ipfix.NatEventValue.quotaExceeded;
VALUES[NatEventKind.tableFull] = ipfix.NatEventValue.quotaExceeded;
VALUES[NatEventKind.poolHigh] = ipfix.NatEventValue.thresholdReached;
VALUES[NatEventKind.poolLow] = ipfix.NatEventValue.thresholdReached;

/** The template of an event; undefined: IPFIX has no such event. */
export function templateOf(view: DataView, event: number): ipfix.Template | undefined {
  switch (view.getUint8(event + NAT_EVENT_KIND)) {
    case NatEventKind.sessionCreated:
    case NatEventKind.sessionEnded:
    case NatEventKind.mappingCreated:
    case NatEventKind.mappingDeleted: {
      const destination = (view.getUint8(event + NAT_EVENT_FLAGS) & NatEventFlag.destination) !== 0;
      return destination ? ipfix.SESSION : ipfix.MAPPING;
    }
    case NatEventKind.blockAllocated:
    case NatEventKind.blockReleased:
      return ipfix.BLOCK;
    case NatEventKind.poolExhausted:
      return ipfix.EXHAUSTED;
    case NatEventKind.clientLimit:
      return ipfix.USER_QUOTA;
    case NatEventKind.tableFull:
      return ipfix.SESSION_QUOTA;
    case NatEventKind.poolHigh:
      return ipfix.POOL_HIGH;
    case NatEventKind.poolLow:
      return ipfix.POOL_LOW;
    default:
      return undefined;
  }
}

/** Writes the record of an event, of the size of its template. */
export function writeRecord(out: DataView, at: number, source: LogSource, view: DataView, event: number): void {
  const kind = view.getUint8(event + NAT_EVENT_KIND);
  const timeMs = Math.floor(view.getFloat64(event + NAT_EVENT_TIME));
  out.setUint32(at, Math.floor(timeMs / WORD));
  out.setUint32(at + 4, timeMs % WORD);
  out.setUint8(at + 8, VALUES[kind]);
  out.setUint32(at + 9, source.number);
  const body = at + 13;
  switch (kind) {
    case NatEventKind.blockAllocated:
    case NatEventKind.blockReleased: {
      const first = view.getUint16(event + NAT_EVENT_POOL4_PORT);
      copyClient(out, body, view, event);
      out.setUint32(body + 16, view.getUint32(event + NAT_EVENT_POOL4));
      out.setUint16(body + 20, first);
      out.setUint16(body + 22, first + view.getUint32(event + NAT_EVENT_COUNT) - 1);
      return;
    }
    case NatEventKind.poolExhausted:
      out.setUint32(body, 0);
      out.setUint8(body + 4, protocolOf(view, event));
      return;
    case NatEventKind.clientLimit:
      out.setUint32(body, ipfix.QUOTA_PER_USER);
      out.setUint32(body + 4, source.limits.perClient);
      copyClient(out, body + 8, view, event);
      return;
    case NatEventKind.tableFull:
      out.setUint32(body, ipfix.QUOTA_SESSIONS);
      out.setUint32(body + 4, source.limits.sessions);
      return;
    case NatEventKind.poolHigh:
    case NatEventKind.poolLow: {
      const high = kind === NatEventKind.poolHigh;
      out.setUint32(body, high ? ipfix.THRESHOLD_POOL_HIGH : ipfix.THRESHOLD_POOL_LOW);
      out.setUint32(body + 4, view.getUint32(event + NAT_EVENT_POOL4));
      out.setUint32(body + 8, high ? source.limits.high : source.limits.low);
      return;
    }
    default:
      copyClient(out, body, view, event);
      out.setUint32(body + 16, view.getUint32(event + NAT_EVENT_POOL4));
      out.setUint8(body + 20, protocolOf(view, event));
      out.setUint16(body + 21, view.getUint16(event + NAT_EVENT_CLIENT_PORT));
      out.setUint16(body + 23, view.getUint16(event + NAT_EVENT_POOL4_PORT));
      if ((view.getUint8(event + NAT_EVENT_FLAGS) & NatEventFlag.destination) === 0) return;
      out.setUint32(body + 25, view.getUint32(event + NAT_EVENT_REMOTE));
      out.setUint16(body + 29, view.getUint16(event + NAT_EVENT_REMOTE_PORT));
  }
}

function copyClient(out: DataView, at: number, view: DataView, event: number): void {
  for (let word = 0; word < 16; word += 4) out.setUint32(at + word, view.getUint32(event + NAT_EVENT_CLIENT + word));
}

/** Clients use ICMPv6, while the mapping is one of ICMP: records contain the protocol of the client's packets. */
function protocolOf(view: DataView, event: number): number {
  const protocol = view.getUint8(event + NAT_EVENT_PROTOCOL);
  return protocol === PROTOCOL_ICMP ? PROTOCOL_ICMPV6 : protocol;
}

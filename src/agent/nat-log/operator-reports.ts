import { formatIpv4 } from '../../net/ipv4-address.ts';
import { formatIpv6 } from '../../net/ipv6-address.ts';
import {
  NAT_EVENT_CLIENT,
  NAT_EVENT_COUNT,
  NAT_EVENT_KIND,
  NAT_EVENT_POOL4,
  NAT_EVENT_PROTOCOL,
  NAT_EVENT_SIZE,
  NatEventKind,
} from '../../translator/nat64/nat-events.ts';
import type { LogReport, RefusalReport } from './log-messages.ts';
import type { LogSource } from './log-source.ts';

const REFUSALS: ReadonlyMap<number, RefusalReport['reason']> = new Map([
  [NatEventKind.poolExhausted, 'poolExhausted'],
  [NatEventKind.clientLimit, 'clientLimit'],
  [NatEventKind.tableFull, 'tableFull'],
]);

/** Reports refusals and watermarks also to the operator; a worker generates a few per second at most. */
export function reportToOperator(
  { instance }: LogSource,
  view: DataView,
  bytes: Uint8Array,
  offset: number,
  count: number,
  report: (message: LogReport) => void,
): void {
  for (let event = offset; event < offset + count * NAT_EVENT_SIZE; event += NAT_EVENT_SIZE) {
    const kind = view.getUint8(event + NAT_EVENT_KIND);
    const above = kind === NatEventKind.poolHigh;
    if (above || kind === NatEventKind.poolLow) {
      const percent = view.getUint32(event + NAT_EVENT_COUNT);
      const pool4 = formatIpv4(view.getUint32(event + NAT_EVENT_POOL4));
      report({
        kind: 'watermark',
        instance,
        above,
        percent,
        pool4,
        protocol: view.getUint8(event + NAT_EVENT_PROTOCOL),
      });
      continue;
    }
    const reason = REFUSALS.get(kind);
    if (reason === undefined) continue;
    const client = formatIpv6(bytes, event + NAT_EVENT_CLIENT);
    report({ kind: 'refusal', instance, reason, packets: view.getUint32(event + NAT_EVENT_COUNT), client });
  }
}

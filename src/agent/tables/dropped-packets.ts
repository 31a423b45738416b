import { formatIpv4 } from '../../net/ipv4-address.ts';
import { formatIpv6 } from '../../net/ipv6-address.ts';
import { PROTOCOL_ICMP, PROTOCOL_ICMPV6 } from '../../net/ip-headers.ts';
import { UNIT_COUNTERS } from '../../dataplane/shard-unit.ts';
import { COUNTERS } from '../../translator/counters.ts';
import type { DroppedAddress, DroppedReason } from '../../translator/drop-sources.ts';
import { PROTOCOL_NAMES } from '../../translator/nat64/tables/table-rows.ts';
import { ControlError } from '../control/control-error.ts';
import type { DropEnd, DropReason, DropsReply, DropsRequest } from '../control/messages.ts';
import { adviceOn } from '../status/counter-advice.ts';
import type { CounterRate } from '../status/traffic-meter.ts';
import type { Checker } from './top-sessions.ts';

/** Names of the reasons for which packets are dropped or answered with an error. */
export const DROP_REASONS: readonly string[] = UNIT_COUNTERS.flatMap(({ name, kind }) =>
  kind === 'drop' || kind === 'answer' ? [name] : [],
);
/** Of the others nobody notes addresses: they are dropped at the TUN, in the fast path, or between shards. */
const WITH_ADDRESSES: ReadonlySet<string> = new Set(COUNTERS.map(({ name }) => name));

/** What the worker of each shard of an instance says. */
export interface InstanceDrops {
  readonly instance: string;
  readonly shards: readonly (readonly DroppedReason[])[];
  readonly counted: CountedMinute;
}

/** The counters of an instance over its last minute so far. */
export interface CountedMinute {
  readonly rates: readonly Pick<CounterRate, 'name' | 'kind' | 'help' | 'lastMinute'>[];
  readonly spanMs: number;
}

interface ChosenDrops {
  /** Empty: every reason. */
  readonly reason: string;
  readonly limit: number;
}

/** @throws ControlError for a reason that no packet can have */
export function readDropsRequest({ reason, limit }: DropsRequest): ChosenDrops {
  const most = limit === 0 ? Number.POSITIVE_INFINITY : limit;
  if (reason !== '' && !DROP_REASONS.includes(reason))
    throw new ControlError(
      `${reason} is no reason for which packets are dropped or answered; there are: ${DROP_REASONS.join(', ')}`,
    );
  return { reason, limit: most };
}

/**
 * What all shards of all instances say, the reason with the most packets first. Pure.
 * @param checkers nodes that check their translation, by the address from which they do
 */
export function joinDrops(
  { reason, limit }: ChosenDrops,
  answers: readonly InstanceDrops[],
  checkers: ReadonlyMap<string, Checker>,
): DropsReply {
  const reasons = answers.flatMap(({ instance, shards, counted }) => {
    const parts = new Map<number, DroppedReason[]>();
    for (const part of shards.flat()) parts.set(part.counter, [...(parts.get(part.counter) ?? []), part]);
    const noted = [...parts].map(([index, all]) => reasonOf(instance, index, all, { limit, checkers }));
    return [...noted, ...withoutAddresses(instance, counted)].filter((one) => reason === '' || one.reason === reason);
  });
  return { reasons: reasons.sort((one, other) => other.packets - one.packets) };
}

function withoutAddresses(instance: string, { rates, spanMs }: CountedMinute): DropReason[] {
  return rates
    .filter(({ name, kind, lastMinute }) => kind === 'drop' && lastMinute > 0 && !WITH_ADDRESSES.has(name))
    .map(({ name, kind, help, lastMinute: packets }) => ({
      instance,
      reason: name,
      kind,
      help,
      packets,
      spanMs,
      sources: [],
      destinations: [],
      advice: adviceOn(name),
    }));
}

function reasonOf(
  instance: string,
  index: number,
  parts: readonly DroppedReason[],
  { limit, checkers }: Pick<ChosenDrops, 'limit'> & { readonly checkers: ReadonlyMap<string, Checker> },
): DropReason {
  const counter = COUNTERS[index];
  const ends = (lists: readonly (readonly DroppedAddress[])[]): DropEnd[] =>
    endsOf(lists)
      .slice(0, limit)
      .map((end) => {
        const { node: checkedBy = '', own = false } = checkers.get(end.address) ?? {};
        return Object.assign(end, { own, checkedBy });
      });
  return {
    instance,
    reason: counter?.name ?? '',
    kind: counter?.kind ?? '',
    help: counter?.help ?? '',
    packets: parts.reduce((sum, { packets }) => sum + packets, 0),
    spanMs: Math.max(...parts.map(({ spanMs }) => spanMs)),
    sources: ends(parts.map(({ sources }) => sources)),
    destinations: ends(parts.map(({ destinations }) => destinations)),
    advice: counter?.advice ?? '',
  };
}

/** An address that several shards have seen is one. */
function endsOf(lists: readonly (readonly DroppedAddress[])[]): DropEnd[] {
  const ends = new Map<string, DropEnd>();
  for (const read of lists.flat()) {
    const end = endOf(read);
    const before = ends.get(end.address);
    const { packets = 0, excess = 0 } = before ?? {};
    ends.set(end.address, { ...end, packets: end.packets + packets, excess: end.excess + excess });
  }
  return [...ends.values()].sort((one, other) => other.packets - one.packets);
}

function endOf(read: DroppedAddress): DropEnd {
  // Zeros at both ends: the packet was too short for addresses.
  const isRead = [...read.address, ...read.other].some((word) => word !== 0);
  const [own, other] = isRead ? [addressOf(read.family, read.address), addressOf(read.family, read.other)] : ['', ''];
  return {
    address: own,
    packets: read.packets,
    excess: read.excess,
    protocol: protocolName(read.protocol),
    source: read.isSource ? own : other,
    sourcePort: read.sourcePort,
    destination: read.isSource ? other : own,
    destinationPort: read.destinationPort,
    own: false,
    checkedBy: '',
  };
}

function addressOf(family: 4 | 6, words: DroppedAddress['address']): string {
  if (family === 4) return formatIpv4(words[0]);
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (const [index, word] of words.entries()) view.setUint32(4 * index, word);
  return formatIpv6(bytes);
}

function protocolName(number: number): string {
  return PROTOCOL_NAMES.get(number === PROTOCOL_ICMPV6 ? PROTOCOL_ICMP : number) ?? String(number);
}

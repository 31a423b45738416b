import { contains4, parsePrefix4 } from '../../net/prefix.ts';
import { type Directive, directivesOf } from './directives.ts';
import { ImportError, InstanceDraft, quoted } from './draft.ts';
import { addressOf, prefix4Of, prefix6Of } from './jool-parts.ts';

/**
 * tayga.conf (5), up to TAYGA 0.9.6. A TAYGA is stateless; with a dynamic pool it assigns each IPv6 host an IPv4
 * address temporarily. Here that becomes a nat64 instance, where clients share addresses, beside a siit instance for
 * hosts with a static mapping.
 */

interface Mapping {
  readonly v4: string;
  readonly v6: string;
}

const CHECKSUM_MODES: Readonly<Record<string, string>> = { drop: 'drop', fwd: 'forward', calc: 'compute' };

const WITHOUT_EQUIVALENT: Readonly<Record<string, string>> = {
  'data-dir': 'the state directory is named when the agent starts: --state-dir',
  'map-file': 'give that file too, or copy its lines to a file named by eamFile ("IPv6-prefix IPv4-prefix")',
  log: 'packets are not logged one by one; "isthmus explain" and the counters say what is dropped',
  'strict-frag-hdr': 'fragments are translated as RFC 7915 says',
  'tun-up': 'the agent brings its TUN device up',
  'tun-ip': 'the TUN device needs no address',
  'tun-route': 'the agent makes the routes to its TUN device',
  'worker-threads': 'one worker for each shard of an instance, see shards',
};

/** One siit instance, a nat64 one where there is a dynamic pool, or both. @throws ImportError */
export function importTayga(text: string, file: string, name: string): InstanceDraft[] {
  const directives = directivesOf(text, file, { comments: /#.*$/, separator: /\s+/ });
  const maps = directives.filter(({ key }) => key === 'map').map(mappingOf);
  const pool = directives.find(({ key }) => key === 'dynamic-pool');
  const drafts: InstanceDraft[] = [];
  if (pool !== undefined) drafts.push(dynamicPool(directives, pool, maps, `${name}-pool`, file));
  if (pool === undefined || maps.length > 0) drafts.push(mappings(directives, maps, pool !== undefined, name, file));
  return drafts;
}

function mappings(
  directives: readonly Directive[],
  maps: readonly Mapping[],
  besidePool: boolean,
  name: string,
  file: string,
): InstanceDraft {
  const draft = new InstanceDraft(name, 'siit', file);
  common(draft, directives);
  for (const { key, value, place } of directives) {
    if (key === 'udp-cksum-mode') {
      const mode = CHECKSUM_MODES[value];
      if (mode === undefined) throw new ImportError(place, `unknown mode ${value}`, 'TAYGA has drop, fwd and calc');
      if (mode !== 'drop') draft.set('zeroChecksumUdp', mode, `udp-cksum-mode ${value}`);
    }
  }
  if (maps.length > 0) {
    draft.list(
      'eam',
      maps.map(({ v4, v6 }) => ({ text: `{ v6: ${quoted(v6)}, v4: ${v4} }` })),
      'map',
    );
  }
  if (besidePool) {
    const clients = maps.map(({ v6 }) => quoted(v6)).join(', ');
    draft.set('clients', `[${clients}]`, 'hosts with a mapping come here, all others to the pool');
  }
  return draft;
}

function dynamicPool(
  directives: readonly Directive[],
  pool: Directive,
  maps: readonly Mapping[],
  name: string,
  file: string,
): InstanceDraft {
  const draft = new InstanceDraft(name, 'nat64', file);
  common(draft, directives);
  if (!draft.has('pool6')) {
    throw new ImportError(
      pool.place,
      'a dynamic pool without prefix',
      'a nat64 instance needs a pool6: prefix 64:ff9b::/96',
    );
  }
  const prefix = prefix4Of(pool.value, pool.place);
  const taken = maps.map(({ v4 }) => v4).filter((v4) => inside(v4, prefix));
  draft.list('pool4', [
    { text: `{ prefix: ${prefix}, ports: 1024-65535 }`, note: 'dynamic-pool; clients share its addresses by ports' },
  ]);
  draft.find(
    `dynamic-pool ${prefix}`,
    'a host no longer has an IPv4 address of its own, so nothing from the IPv4 side begins a connection to it',
  );
  for (const v4 of taken) draft.find(`map ${v4} inside the dynamic pool`, 'take it out of pool4 by hand');
  return draft;
}

/** Options common to both kinds of instance. */
function common(draft: InstanceDraft, directives: readonly Directive[]): void {
  for (const { key, value, place } of directives) {
    if (key === 'prefix') draft.set('pool6', quoted(prefix6Of(value, place)), 'prefix');
    else if (key === 'wkpf-strict' && /^(?:no|off|false|0)$/.test(value)) {
      draft.set('allowNonGlobal', 'true', 'wkpf-strict no');
    } else if (key === 'offlink-mtu') draft.set('lowestIpv6Mtu', value, 'offlink-mtu');
    else if (key === 'tun-device' && draft.kind === 'siit') draft.set('tun', value, 'tun-device');
    else if (key === 'ipv4-addr') draft.setIn('icmp', 'source4', address(value, place), 'ipv4-addr');
    else if (key === 'ipv6-addr') draft.setIn('icmp', 'source6', quoted(address(value, place)), 'ipv6-addr');
    else if (Object.hasOwn(WITHOUT_EQUIVALENT, key)) draft.find(`${key} ${value}`, WITHOUT_EQUIVALENT[key] ?? '');
    else if (!KNOWN.has(key)) draft.find(`${key} ${value}`, 'not a directive of TAYGA; it is left out');
  }
}

const KNOWN = new Set(['wkpf-strict', 'tun-device', 'map', 'dynamic-pool', 'udp-cksum-mode']);

function mappingOf({ value, place }: Directive): Mapping {
  const [v4 = '', v6 = ''] = value.split(/\s+/);
  return { v4: prefix4Of(v4, place), v6: prefix6Of(v6, place) };
}

function address(text: string, place: string): string {
  const canonical = addressOf(text);
  if (canonical !== undefined) return canonical;
  throw new ImportError(place, `${JSON.stringify(text)} is not an address`, 'write it like 192.0.2.1 or 2001:db8::1');
}

function inside(v4: string, pool: string): boolean {
  const [one, all] = [parsePrefix4(v4), parsePrefix4(pool)];
  return one !== undefined && all !== undefined && contains4(all, one.address);
}

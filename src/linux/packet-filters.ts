import { readFileSync } from 'node:fs';
import { SystemCallError } from './libc.ts';
import { attributesOf, Netlink, textOf } from './netlink.ts';

/*
 * Filters that may drop or change forwarded packets in the thread's network namespace: nftables (netfilter's netlink,
 * struct nfgenmsg of 4 bytes: 0 family; numbers in attributes are in network order), legacy iptables, and IPsec
 * policies (linux/xfrm.h, struct xfrm_userpolicy_info: 160 direction).
 */
const NFGENMSG_SIZE = 4;
const GET_CHAIN = (10 << 8) | 4;
const MAX_CHAINS = 4096;
const CHAIN = { table: 1, name: 3, hook: 4, policy: 5, use: 6 } as const;
const HOOK_NUMBER = 1;
const ACCEPT = 1;
const NETDEV = 5;
const FAMILIES: Readonly<Record<number, string>> = { 1: 'inet', 2: 'ip', 5: 'netdev', 7: 'bridge', 10: 'ip6' };
/** NF_INET_PRE_ROUTING, NF_INET_FORWARD, NF_INET_POST_ROUTING, NF_INET_INGRESS (linux/netfilter.h). */
const TRANSIT_HOOKS: ReadonlySet<number> = new Set([0, 2, 4, 5]);
const BRIDGE = 7;
const GET_POLICY = 0x15;
const POLICY_DIRECTION = 160;
const TRANSIT_DIRECTIONS: Readonly<Record<number, string>> = { 1: 'out', 2: 'forward' };
const MAX_POLICIES = 64;
/** Errors of a kernel without the subsystem: then it filters nothing. */
const ABSENT = new Set(['EPROTONOSUPPORT', 'EOPNOTSUPP', 'EINVAL', 'ENOENT']);
const LEGACY = ['/proc/thread-self/net/ip_tables_names', '/proc/thread-self/net/ip6_tables_names'] as const;

/**
 * Chains with rules or a drop policy, iptables tables, and IPsec policies; chains without rules accept everything.
 * @throws SystemCallError when they cannot be read
 */
export function transitFilters(): string[] {
  return [
    ...dumped('netfilter', GET_CHAIN, NFGENMSG_SIZE, MAX_CHAINS).flatMap(chainOf),
    ...LEGACY.flatMap((path) => legacyTables(path)),
    ...dumped('xfrm', GET_POLICY, 0, MAX_POLICIES).flatMap(policyOf).slice(0, 1),
  ];
}

/** Empty if the kernel lacks the subsystem. @param header size of the request's header, all zero */
function dumped(protocol: 'netfilter' | 'xfrm', type: number, header: number, limit: number): DataView[] {
  let netlink: Netlink | undefined;
  try {
    netlink = new Netlink(protocol);
    return netlink.dump(type, new Uint8Array(header), limit);
  } catch (error) {
    if (error instanceof SystemCallError && ABSENT.has(error.code)) return [];
    throw error;
  } finally {
    netlink?.close();
  }
}

function chainOf(message: DataView): string[] {
  const family = message.getUint8(0);
  const attributes = attributesOf(message, NFGENMSG_SIZE);
  const [table, name, hook] = [CHAIN.table, CHAIN.name, CHAIN.hook].map((type) => attributes.get(type));
  if (hook === undefined || family === BRIDGE) return [];
  const number = attributesOf(hook, 0).get(HOOK_NUMBER)?.getUint32(0) ?? 0;
  if (family !== NETDEV && !TRANSIT_HOOKS.has(number)) return [];
  const rules = attributes.get(CHAIN.use)?.getUint32(0) ?? 0;
  const policy = attributes.get(CHAIN.policy)?.getUint32(0) ?? ACCEPT;
  if (rules === 0 && policy === ACCEPT) return [];
  const names = [table, name].map((text) => (text === undefined ? '?' : textOf(text)));
  return [`the nftables chain ${FAMILIES[family] ?? `family ${family}`} ${names.join(' ')}`];
}

function policyOf(message: DataView): string[] {
  const direction = message.byteLength > POLICY_DIRECTION ? message.getUint8(POLICY_DIRECTION) : 0;
  const name = TRANSIT_DIRECTIONS[direction];
  return name === undefined ? [] : [`an IPsec policy (${name})`];
}

/** Legacy tables loaded in the namespace; only iptables-legacy(8) can tell whether they have rules. */
function legacyTables(path: string): string[] {
  try {
    const tables = readFileSync(path, 'utf8').split('\n');
    return tables.filter((table) => table !== '').map((table) => `the iptables table ${table}`);
  } catch {
    return []; // a kernel without it
  }
}

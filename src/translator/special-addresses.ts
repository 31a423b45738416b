import { contains4, parsePrefix4, type Prefix4 } from '../net/prefix.ts';

/**
 * IPv4 prefixes that are not globally reachable: the IANA special-purpose address registry (RFC 6890) and, for what it
 * does not cover, section 3 of RFC 5735, which RFC 6052 section 3.1 names: the former 6to4 relays, multicast and class
 * E.
 */
const NON_GLOBAL = named({
  '0.0.0.0/8': 'of this network',
  '10.0.0.0/8': 'private',
  '100.64.0.0/10': 'shared address space of carriers',
  '127.0.0.0/8': 'loopback',
  '169.254.0.0/16': 'link-local',
  '172.16.0.0/12': 'private',
  '192.0.0.0/24': 'of IETF protocols',
  '192.88.99.0/24': 'of the former 6to4 relays',
  '192.168.0.0/16': 'private',
  '198.18.0.0/15': 'for benchmarks',
  '224.0.0.0/4': 'multicast',
  '240.0.0.0/4': 'reserved (class E) or broadcast',
});

/** TEST-NET-1 to TEST-NET-3 (RFC 5737), which are not global either. */
const DOCUMENTATION = named({
  '192.0.2.0/24': 'for documentation',
  '198.51.100.0/24': 'for documentation',
  '203.0.113.0/24': 'for documentation',
});

interface NamedPrefix extends Prefix4 {
  readonly text: string;
  readonly name: string;
}

function named(names: Readonly<Record<string, string>>): readonly NamedPrefix[] {
  return Object.entries(names).flatMap(([text, name]) => {
    const prefix = parsePrefix4(text);
    return prefix === undefined ? [] : [{ ...prefix, text, name }];
  });
}

/** What kind of address one is that is not globally reachable: "private (10.0.0.0/8)"; undefined: it is global. */
export function specialKind4(address: number): string | undefined {
  const found = [...NON_GLOBAL, ...DOCUMENTATION].find((prefix) => contains4(prefix, address));
  return found === undefined || isGlobal4(address) ? undefined : `${found.name} (${found.text})`;
}

/**
 * 192.0.0.9 and 192.0.0.10, the anycast addresses of PCP and TURN (RFC 7723, RFC 8155): the only reachable addresses of
 * the registry inside a prefix above.
 */
const FIRST_ANYCAST = 0xc0000009;
const LAST_ANYCAST = 0xc000000a;

/**
 * @param exemplary the addresses of the documentation networks count as global, because the instance itself uses them
 */
export function isGlobal4(address: number, exemplary = false): boolean {
  if (address >= FIRST_ANYCAST && address <= LAST_ANYCAST) return true;
  if (!exemplary && isDocumentation4(address)) return false;
  for (let index = 0; index < NON_GLOBAL.length; index++) if (contains4(NON_GLOBAL[index], address)) return false;
  return true;
}

/**
 * Whether an instance is an example or a test: part of its pool4 is in the documentation networks, so its peers are
 * too.
 */
export function isExemplary(pool4: readonly { readonly prefix: string }[]): boolean {
  return pool4.some(({ prefix }) => isDocumentation4(parsePrefix4(prefix)?.address ?? 0));
}

function isDocumentation4(address: number): boolean {
  for (let index = 0; index < DOCUMENTATION.length; index++) if (contains4(DOCUMENTATION[index], address)) return true;
  return false;
}

/**
 * Multicast, this-network, loopback or broadcast: never a valid source of translated packets or destination of errors.
 */
export function isMartian4(address: number): boolean {
  const first = address >>> 24;
  return first === 0 || first === 127 || first >= 224;
}

/** fe80::/10, not to be forwarded (RFC 4291 section 2.5.6), as the upper ten bits. */
const LINK_LOCAL6 = 0x3fa;

/** Multicast, unspecified, loopback or link-local, given as four words. */
export function isMartian6(a: number, b: number, c: number, d: number): boolean {
  return a >>> 24 === 0xff || a >>> 22 === LINK_LOCAL6 || (a === 0 && b === 0 && c === 0 && d <= 1);
}

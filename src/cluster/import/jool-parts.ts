import { formatIpv4, parseIpv4 } from '../../net/ipv4-address.ts';
import { formatIpv6, parseIpv6 } from '../../net/ipv6-address.ts';
import { formatPrefix4, formatPrefix6, parsePrefix4, parsePrefix6 } from '../../net/prefix.ts';
import { ImportError } from './draft.ts';

/** Parts of a Jool instance, from its atomic configuration or from the output of `jool … display`. */

export type JoolProtocol = 'tcp' | 'udp' | 'icmp';
export type JoolSetting = string | number | boolean | null | readonly number[];

export interface JoolPool4 {
  readonly mark: number;
  readonly protocol: JoolProtocol;
  /** With its length. */
  readonly prefix: string;
  /** Inclusive. */
  readonly ports: readonly [number, number];
  readonly maxIterations: string | undefined;
}

export interface JoolBib {
  readonly protocol: JoolProtocol;
  readonly v6: string;
  readonly port6: number;
  readonly v4: string;
  readonly port4: number;
}

export interface JoolParts {
  /** The file, for messages. */
  readonly source: string;
  name: string | undefined;
  framework: string | undefined;
  /** From a display command: pool4 then has one row per address. */
  displayed: boolean;
  readonly globals: Map<string, JoolSetting>;
  pool4: JoolPool4[] | undefined;
  bib: JoolBib[] | undefined;
  eamt: { readonly v6: string; readonly v4: string }[] | undefined;
  denylist4: string[] | undefined;
  /** Rows of the BIB that are not static. */
  dynamicEntries: number;
  /** Keys unknown to all supported versions. */
  readonly unknown: string[];
}

/** Jool's default for an entry without a range. */
export const DEFAULT_PORTS = [61001, 65535] as const;

export function noParts(source: string): JoolParts {
  return {
    source,
    name: undefined,
    framework: undefined,
    displayed: false,
    globals: new Map(),
    pool4: undefined,
    bib: undefined,
    eamt: undefined,
    denylist4: undefined,
    dynamicEntries: 0,
    unknown: [],
  };
}

/** @throws ImportError */
export function protocolOf(text: unknown, place: string): JoolProtocol {
  const name = String(text).toLowerCase();
  if (name === 'tcp' || name === 'udp' || name === 'icmp') return name;
  throw new ImportError(place, `${JSON.stringify(text)} is not a protocol`, 'Jool has TCP, UDP and ICMP');
}

/** An IPv4 prefix; an address alone is a /32. @throws ImportError */
export function prefix4Of(text: unknown, place: string): string {
  const written = String(text);
  const prefix = parsePrefix4(written.includes('/') ? written : `${written}/32`);
  if (prefix !== undefined) return formatPrefix4(prefix);
  throw new ImportError(place, `${JSON.stringify(text)} is not an IPv4 prefix`, 'write it like 192.0.2.0/24');
}

/** An IPv6 prefix; an address alone is a /128. @throws ImportError */
export function prefix6Of(text: unknown, place: string): string {
  const written = String(text);
  const prefix = parsePrefix6(written.includes('/') ? written : `${written}/128`);
  // The well-known prefix in its usual notation, without the embedded IPv4 address.
  if (prefix !== undefined) return formatPrefix6(prefix).replace('::0.0.0.0/', '::/');
  throw new ImportError(place, `${JSON.stringify(text)} is not an IPv6 prefix`, 'write it like 2001:db8::/64');
}

/** `1024-65535` or `2000`; inclusive. @throws ImportError */
export function portsOf(text: unknown, place: string): readonly [number, number] {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(String(text));
  const first = Number(match?.[1]);
  const last = Number(match?.[2] ?? match?.[1]);
  if (first <= last && last <= 65535) return [first, last];
  throw new ImportError(place, `${JSON.stringify(text)} is not a range of ports`, 'write it like 61001-65535');
}

/** The address and port of `2001:db8::1#80` or `192.0.2.1#80`, in canonical form. @throws ImportError */
export function transportOf(text: unknown, place: string): { readonly address: string; readonly port: number } {
  const [address = '', port = '', ...rest] = String(text).split('#');
  const number = /^\d{1,5}$/.test(port) ? Number(port) : Number.NaN;
  const canonical = addressOf(address);
  if (canonical !== undefined && number <= 65535 && rest.length === 0) return { address: canonical, port: number };
  throw new ImportError(place, `${JSON.stringify(text)} is not a transport address`, 'write it like 192.0.2.1#80');
}

/** The canonical form of an address of either family; undefined: invalid. */
export function addressOf(text: string): string | undefined {
  const four = parseIpv4(text);
  if (four !== undefined) return formatIpv4(four);
  const six = parseIpv6(text);
  return six === undefined ? undefined : formatIpv6(six);
}

import { z } from 'zod';
import { formatIpv4, parseIpv4 } from '../net/ipv4-address.ts';
import { formatIpv6, parseIpv6 } from '../net/ipv6-address.ts';
import {
  formatPrefix4,
  formatPrefix6,
  networkOf4,
  networkOf6,
  overlap4,
  overlap6,
  parsePrefix4,
  parsePrefix6,
} from '../net/prefix.ts';

/** Types of single values in the file. An error message has the form `what; remedy`. */

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Timers of Node.js with longer delays would fire at once. */
const MAX_DURATION_MS = 24 * 86_400_000;

/** `2h`, `4m`, `1500ms`. @returns milliseconds; undefined: not a time */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
  const value = Number(match?.[1]) * (UNITS[match?.[2] ?? ''] ?? Number.NaN);
  return Number.isNaN(value) ? undefined : value;
}

/** `2h`, `4m`, `1500ms`; the value is milliseconds. */
export const duration = z.union([z.string(), z.number()], 'not a time; write it like 4m').transform((text, context) => {
  const value = parseDuration(String(text)) ?? Number.NaN;
  if (value <= MAX_DURATION_MS) return value;
  if (Number.isFinite(value)) {
    context.addIssue(`${JSON.stringify(text)} is too long a time; at most 24d is possible`);
    return z.NEVER;
  }
  context.addIssue(
    `${JSON.stringify(text)} is not a time; a number with a unit is needed, such as 500ms, 6s, 4m or 2h`,
  );
  return z.NEVER;
});

/** A time in ms in the notation of the file, with the largest unit that divides it. */
export function formatDuration(ms: number): string {
  const units = Object.entries(UNITS).toReversed();
  const [unit, size] = units.find(([, length]) => ms !== 0 && ms % length === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}

/** A time greater than zero. */
export const someTime = duration.refine((ms) => ms >= 1, 'too short a time; at least 1ms is needed');

/** Interval between the starts of two checks; the minimum limits the load. */
export const interval = duration.refine((ms) => ms >= 10, 'too short a time; at least 10ms is needed');

/** An absolute path, independent of the working directory. */
export const filePath = z.string().startsWith('/', {
  error: ({ input }) => `${JSON.stringify(input)} is not an absolute path; begin it with /`,
});

const NOT_PORTS = 'not a range of ports; FIRST-LAST is needed, within 0-65535';

/** `1024-65535` or `2000`; inclusive. */
export const ports = z.union([z.string(), z.number()], NOT_PORTS).transform((text, context): [number, number] => {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(String(text));
  const first = Number(match?.[1]);
  const last = Number(match?.[2] ?? match?.[1]);
  if (first <= last && last <= 65535) return [first, last];
  const turned = first > last && first <= 65535 ? `; did you mean ${last}-${first}?` : '';
  context.addIssue(`${JSON.stringify(text)} is ${NOT_PORTS}${turned}`);
  return z.NEVER;
});

export const port = z.number().int().min(0).max(65535);

export const ipv4 = z.string().refine((text) => parseIpv4(text) !== undefined, {
  error: ({ input }) => `${JSON.stringify(input)} is not an IPv4 address; write it like 192.0.2.1`,
});

export const ipv6 = z.string().refine((text) => parseIpv6(text) !== undefined, {
  error: ({ input }) => `${JSON.stringify(input)} is not an IPv6 address; write it like 2001:db8::1`,
});

export const address = z.string().refine((text) => parseIpv4(text) !== undefined || parseIpv6(text) !== undefined, {
  error: ({ input }) => `${JSON.stringify(input)} is not an IP address; write it like 192.0.2.1 or 2001:db8::1`,
});

/** All notations of a prefix, including a single address, give the same value: routes and hashes are made of it. */
export const prefix4 = z
  .string()
  .superRefine((text, context) => {
    if (parsePrefix4(text) !== undefined) return;
    context.addIssue(`${JSON.stringify(text)} is not an IPv4 prefix; ${suggest4(text)}`);
  })
  .overwrite((text) => {
    const prefix = parsePrefix4(text);
    return prefix === undefined ? text : formatPrefix4(prefix);
  });

export const prefix6 = z
  .string()
  .superRefine((text, context) => {
    if (parsePrefix6(text) !== undefined) return;
    context.addIssue(`${JSON.stringify(text)} is not an IPv6 prefix; ${suggest6(text)}`);
  })
  .overwrite((text) => {
    const prefix = parsePrefix6(text);
    return prefix === undefined ? text : formatPrefix6(prefix);
  });

/** Addresses that are not valid here, with their names. */
const UNFIT6 = [
  ['::/96', 'the unspecified address and the loopback'],
  ['::ffff:0:0/96', 'IPv4-mapped addresses, which never are on the wire'],
  ['fe80::/10', 'link-local addresses'],
  ['ff00::/8', 'multicast addresses'],
] as const;
const UNFIT4 = [
  ['0.0.0.0/8', 'addresses of "this network"'],
  ['127.0.0.0/8', 'loopback addresses'],
  ['224.0.0.0/4', 'multicast addresses'],
  ['240.0.0.0/4', 'addresses that are reserved'],
] as const;

/** A prefix of a length allowed by RFC 6052, with addresses that can send packets. */
export const pool6Prefix = prefix6.superRefine((text, context) => {
  const prefix = parsePrefix6(text);
  if (prefix === undefined) return;
  if (![32, 40, 48, 56, 64, 96].includes(prefix.length)) {
    context.addIssue(`a pool6 of length ${prefix.length}; RFC 6052 allows /32, /40, /48, /56, /64 and /96`);
    return;
  }
  // RFC 6052 section 2.2: bits 64 to 71.
  if (prefix.bytes[8] !== 0) context.addIssue(`bits 64 to 71 of ${text} are not zero; RFC 6052 reserves them`);
  const unfit = UNFIT6.find(([other]) => overlap6(parsePrefix6(other) ?? prefix, prefix));
  if (unfit === undefined) return;
  context.addIssue(`${text} holds ${unfit[1]}; use 64:ff9b::/96 or a prefix of your own network`);
});

/** Addresses that client addresses can be translated to. */
export const pool4Prefix = prefix4.superRefine((text, context) => {
  const prefix = parsePrefix4(text);
  if (prefix === undefined) return;
  const unfit = UNFIT4.find(([other]) => overlap4(parsePrefix4(other) ?? prefix, prefix));
  if (unfit !== undefined) context.addIssue(`${text} holds ${unfit[1]}; use addresses that are routed to this gateway`);
});

/** A name of a node, an instance or a namespace: it is used in file names and commands. */
export const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, {
    error: ({ input }) =>
      `${JSON.stringify(input)} cannot be a name; letters, digits, '-', '_' and '.' are allowed, 64 at most`,
  })
  // A property of every object, which a look-up would find.
  .refine((text) => !(text in {}), {
    error: ({ input }) => `${JSON.stringify(input)} cannot be a name; JavaScript has it for itself: rename it`,
  });

/** A name of a network interface (Linux: IFNAMSIZ). */
export const interfaceName = z.string().regex(/^[^\s/:]{1,15}$/, {
  error: ({ input }) =>
    `${JSON.stringify(input)} cannot be an interface; Linux allows 15 characters without spaces, '/' and ':'`,
});

function suggest4(text: string): string {
  const [base, length] = text.split('/');
  const value = parseIpv4(base ?? '');
  const bits = Number(length ?? 32);
  if (value === undefined || !(bits >= 0 && bits <= 32)) return 'write it like 192.0.2.0/24';
  return `its host bits are not zero: did you mean ${formatIpv4(networkOf4(value, bits))}/${bits}?`;
}

function suggest6(text: string): string {
  const [base, length] = text.split('/');
  const bytes = parseIpv6(base ?? '');
  const bits = Number(length ?? 128);
  if (bytes === undefined || !(bits >= 0 && bits <= 128)) return 'write it like 2001:db8::/96';
  return `its host bits are not zero: did you mean ${formatIpv6(networkOf6(bytes, bits))}/${bits}?`;
}

/** Description and unit of a number. The unit of a time is part of the value. */
export function described(description: string, unit: string): { description: string; 'x-unit': string } {
  return { description, 'x-unit': unit };
}

/** Marks a key of a nat64 instance that a reload applies without touching sessions. */
export const RELOADABLE = { 'x-reload': true } as const;

/** @returns the marked keys of a shape */
export function reloadableKeys(shape: z.ZodRawShape): ReadonlySet<string> {
  const keys = Object.entries(shape).filter(([, value]) => z.globalRegistry.get(value)?.['x-reload'] === true);
  return new Set(keys.map(([key]) => key));
}

/** A list with a minimum length; a single item may be written without brackets. */
export function listOf<Item extends z.ZodType>(item: Item, least = 1): z.ZodType<z.output<Item>[]> {
  const asList = (value: unknown): unknown => (value === undefined || Array.isArray(value) ? value : [value]);
  return z.preprocess(asList, z.array(item).min(least)).meta({ 'x-or-one': true });
}

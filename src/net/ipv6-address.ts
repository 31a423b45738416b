import { formatIpv4, parseIpv4 } from './ipv4-address.ts';

/** IPv6 addresses as 16 bytes in network order. */

/** @returns 16 bytes, or undefined where the text is not an IPv6 address (RFC 4291 section 2.2; no zone). */
export function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0] ?? '');
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '') : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  if (halves.length === 2 && (halves[0] ?? '').includes('.')) return undefined;
  const bytes = new Uint8Array(16);
  writeGroups(head, bytes, 0);
  writeGroups(tail, bytes, 16 - 2 * tail.length);
  return bytes;
}

function writeGroups(groups: readonly number[], bytes: Uint8Array, offset: number): void {
  for (let index = 0; index < groups.length; index++) {
    const group = groups[index] ?? 0;
    bytes[offset + 2 * index] = group >>> 8;
    bytes[offset + 2 * index + 1] = group & 255;
  }
}

function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part.includes('.')) {
      const embedded = parseIpv4(part);
      if (embedded === undefined) return undefined;
      groups.push(embedded >>> 16, embedded & 0xffff);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}

/** The canonical text of RFC 5952; the last 32 bits of 64:ff9b::/96 in dotted decimal (RFC 5952 section 5, RFC 6052 section 2.4). */
export function formatIpv6(bytes: Uint8Array, offset = 0): string {
  const groups = Array.from({ length: 8 }, (_, index) => {
    const at = offset + 2 * index;
    return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  });
  if (groups[0] === 0x64 && groups[1] === 0xff9b && groups.slice(2, 6).every((group) => group === 0)) {
    return `64:ff9b::${formatIpv4((((groups[6] ?? 0) << 16) | (groups[7] ?? 0)) >>> 0)}`;
  }
  const { start, length } = longestZeroRun(groups);
  return length < 2 ? hexOf(groups) : `${hexOf(groups.slice(0, start))}::${hexOf(groups.slice(start + length))}`;
}

function hexOf(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(':');
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let run = 0;
  for (const [index, group] of groups.entries()) {
    run = group === 0 ? run + 1 : 0;
    if (run > best.length) best = { start: index - run + 1, length: run };
  }
  return best;
}

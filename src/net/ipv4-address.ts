/** IPv4 addresses as unsigned 32-bit numbers in host order: 192.0.2.1 is 0xc0000201. */

const ZERO = 0x30;

/** @returns the address, or undefined where the text is not four decimal numbers without leading zeros. */
export function parseIpv4(text: string): number | undefined {
  return parseIpv4At(text, 0, text.length);
}

/** As parseIpv4, for the part of a text from `start` to before `end`. One pass: tables of addresses are long. */
export function parseIpv4At(text: string, start: number, end: number): number | undefined {
  let address = 0;
  let value = 0;
  let digits = 0;
  let dots = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (digits > 0 && value === 0) return undefined;
      value = value * 10 + digit;
      digits += 1;
      if (value > 255) return undefined;
    } else {
      if (text[at] !== '.' || digits === 0) return undefined;
      dots += 1;
      address = address * 256 + value;
      value = 0;
      digits = 0;
    }
  }
  return dots === 3 && digits > 0 ? address * 256 + value : undefined;
}

export function formatIpv4(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

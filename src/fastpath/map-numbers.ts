/* 64-bit numbers in map values, in host order, as JavaScript numbers: exact up to 2^53. */
const TWO32 = 0x1_0000_0000;
const NS_PER_MS = 1e6;

export function read64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * TWO32;
}

/** Writes a time given in ms as nanoseconds. */
export function writeMs(view: DataView, at: number, ms: number): void {
  const ns = ms * NS_PER_MS;
  view.setUint32(at, ns % TWO32, true);
  view.setUint32(at + 4, Math.floor(ns / TWO32), true);
}

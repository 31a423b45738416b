/** Packets whose headers are right as far as relaying looks at them. */
export function packet6(destination: readonly number[], length: number, fill = 0): Uint8Array {
  const packet = new Uint8Array(length).fill(fill);
  const view = new DataView(packet.buffer);
  view.setUint32(0, 0x6000_0000);
  view.setUint16(4, length - 40);
  packet.set(destination, 24);
  return packet;
}

export function packet4(destination: readonly number[], length: number): Uint8Array {
  const packet = new Uint8Array(length);
  packet[0] = 0x45;
  new DataView(packet.buffer).setUint16(2, length);
  packet.set(destination, 16);
  return packet;
}

/** 64:ff9b::11.4.0.80 */
export const SERVER6 = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 11, 4, 0, 80];
export const POOL_ADDRESS = [192, 0, 2, 5];
export const PREFIXES = ['64:ff9b::/96', '192.0.2.0/28'];

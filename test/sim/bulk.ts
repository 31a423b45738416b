import { udp } from '../unit/translator/packets.ts';
import type { SimulatedInstance } from './simulated-instance.ts';

/** Sessions that share a mapping: as many servers. */
const SERVERS = 25;
const FIRST_CLIENT_PORT = 10_000;
/** Places in an IPv6 packet with UDP: the last byte of the destination, and the source port. */
const DESTINATION_END = 39;
const SOURCE_PORT = 40;

/**
 * Makes so many sessions at once: their records, and snapshots of them, are more than the pace of the log lets through
 * in a moment.
 */
export function load(instance: SimulatedInstance, sessions: number): void {
  const packet = udp({ src: '2001:db8:b::1', dst: '64:ff9b::198.51.100.1' }, FIRST_CLIENT_PORT, 53);
  const view = new DataView(packet.buffer, packet.byteOffset);
  for (let session = 0; session < sessions; session++) {
    packet[DESTINATION_END] = 100 + (session % SERVERS);
    view.setUint16(SOURCE_PORT, FIRST_CLIENT_PORT + Math.floor(session / SERVERS));
    instance.send(packet);
  }
}

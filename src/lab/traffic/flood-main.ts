/*
 * A flood of small packets from a TUN device, as if networks of clients or other hosts were behind this machine. See
 * pace.ts for its standard input. Usage: flood-main.js TUN FLOOD ADDRESS PORT, with a flood of flood-packets.ts
 */
import { Tun, TUN_AGAIN } from '../../linux/tun.ts';
import { FloodPackets, FLOODS } from './flood-packets.ts';
import { floodAtRate } from './pace.ts';

const [name = '', kind = '', address = '', port = ''] = process.argv.slice(2);
const flood = FLOODS.find((known) => known === kind);
if (flood === undefined) throw new Error('usage: flood-main.js TUN FLOOD ADDRESS PORT');
const packets = new FloodPackets(flood, { address, port: Number(port) });
const tun = Tun.open({ name, withoutOffloads: true });

floodAtRate((count) => {
  let sent = 0;
  for (let index = 0; index < count; index++) {
    packets.next();
    if (tun.writePacket(packets.bytes, 0, packets.length) !== TUN_AGAIN) sent++;
  }
  return sent;
});

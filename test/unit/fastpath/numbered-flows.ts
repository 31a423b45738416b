import { SettledFlow } from '../../../src/translator/flow-offload.ts';
import { EmbeddingPrefix } from '../../../src/translator/rfc6052.ts';
import { checksumOf, echo, FLAGS, tcp, udp } from '../translator/packets.ts';

/*
 * Flows that are known by a number, in which all addresses of theirs end, and their packets.
 */
export const TCP = 6;
export const UDP = 17;
export const ICMP = 1;
export const PROTOCOLS = [TCP, UDP, ICMP] as const;
export type Protocol = (typeof PROTOCOLS)[number];
/** The IP version that a packet comes with. */
export type Side = 6 | 4;
const CLIENT_PORT = 4000;

export function flowOf(number: number, protocol: Protocol, pool4Port = 10_000): SettledFlow {
  const flow = new SettledFlow();
  flow.protocol = protocol;
  flow.client.set([0x20, 1, 0x0d, 0xb8]);
  flow.client[15] = number;
  flow.server4 = 0xc6336400 + number;
  new EmbeddingPrefix('64:ff9b::/96').embed(flow.server4, flow.server6, 0);
  flow.clientPort = CLIENT_PORT;
  flow.pool4 = 0xcb007100 + number;
  flow.pool4Port = pool4Port;
  flow.serverPort = protocol === ICMP ? 0 : 53;
  return flow;
}

/** @param size of the packet that leaves, from the IP header on @param tos its TOS byte, or traffic class */
export function packetOf(
  from: Side,
  number: number,
  protocol: Protocol,
  { size = 100, tos = 0, pool4Port = 10_000 } = {},
): Uint8Array {
  const server = `198.51.100.${number}`;
  const fields =
    from === 6
      ? { src: `2001:db8::${number}`, dst: `64:ff9b::${server}` }
      : { src: server, dst: `203.0.113.${number}` };
  const payload = Array<number>(size - (from === 6 ? 20 : 40) - (protocol === TCP ? 20 : 8)).fill(7);
  const [source, destination] = from === 6 ? [CLIENT_PORT, 53] : [53, pool4Port];
  let bytes: Uint8Array;
  if (protocol === ICMP)
    bytes = from === 6 ? echo(fields, 128, CLIENT_PORT, payload) : echo(fields, 0, pool4Port, payload);
  else if (protocol === UDP) bytes = udp(fields, source, destination, payload);
  else bytes = tcp(fields, source, destination, FLAGS.ack, payload);
  if (from === 6) bytes.set([0x60 | (tos >> 4), (tos & 15) << 4]);
  else {
    bytes.set([0, 0], 10);
    bytes[1] = tos;
    const sum = checksumOf([...bytes.subarray(0, 20)]);
    bytes.set([sum >> 8, sum & 255], 10);
  }
  return bytes;
}

import { parseIpv4 } from '../../net/ipv4-address.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';
import { contains6, parsePrefix6 } from '../../net/prefix.ts';
import { ControlError } from '../control/control-error.ts';
import type { ExplainReply, ExplainRequest } from '../control/messages.ts';
import { type ExplainedInstance, type ExplainedPacket, type Explanation, noPacket } from './explanation.ts';
import { explainNat64 } from './explain-nat64.ts';
import { explainSiit } from './explain-siit.ts';

/**
 * Says what would happen to the first packet that looks like this.
 * @throws ControlError for an unknown instance, or addresses that are none or of two families
 */
export async function explain(request: ExplainRequest, instances: readonly ExplainedInstance[]): Promise<ExplainReply> {
  const packet = readPacket(request);
  const asked = request.instance === '' ? instances : instances.filter(({ name }) => name === request.instance);
  if (asked.length === 0) throw new ControlError(unknownInstance(request.instance, instances));
  const led = request.instance === '' && packet.family === 6 ? ledTo(packet, asked) : asked;
  for (const instance of led) {
    const found = await explainBy(instance, packet);
    if (found !== undefined) return { ...found, instance: instance.name };
  }
  const where = asked.map(({ name }) => name).join(', ');
  return {
    ...noPacket(),
    steps: [
      `no instance (${where}) has ${request.destination} in ${packet.family === 6 ? 'its pool6' : 'its IPv4 prefixes'}`,
    ],
    verdict: 'notOurs',
    instance: '',
  };
}

/** Instances that the kernel may send an IPv6 packet to: those for its sender first, then those for all. */
function ledTo(
  { from6, to6 }: ExplainedPacket & { family: 6 },
  instances: readonly ExplainedInstance[],
): ExplainedInstance[] {
  const inside = (address: Uint8Array) => (text: string) => {
    const prefix = parsePrefix6(text);
    return prefix !== undefined && contains6(prefix, address);
  };
  const reached = instances.filter(({ ways }) => ways === undefined || ways.routes.some(inside(to6)));
  const own = reached.filter(({ ways }) => ways?.clients.some(inside(from6)));
  return [...own, ...reached.filter(({ ways }) => ways === undefined || ways.clients.length === 0)];
}

async function explainBy(instance: ExplainedInstance, packet: ExplainedPacket): Promise<Explanation> {
  const { options } = instance;
  return options.kind === 'nat64' ? explainNat64(instance, options, packet) : explainSiit(options, packet);
}

function readPacket(request: ExplainRequest): ExplainedPacket {
  const { source, destination, protocol, sourcePort, destinationPort } = request;
  const [from6, to6] = [parseIpv6(source), parseIpv6(destination)];
  const fields = { source, destination, protocol: protocol === '' ? 'tcp' : protocol, sourcePort, destinationPort };
  if (from6 && to6) return { ...fields, family: 6, from6, to6 };
  const [from4, to4] = [parseIpv4(source), parseIpv4(destination)];
  if (from4 !== undefined && to4 !== undefined) return { ...fields, family: 4, from4, to4 };
  for (const [text, six, four] of [
    [source, from6, from4],
    [destination, to6, to4],
  ] as const) {
    if (six === undefined && four === undefined)
      throw new ControlError(`${text} is neither an IPv6 nor an IPv4 address`);
  }
  throw new ControlError(`${source} and ${destination} are not of one family`);
}

function unknownInstance(name: string, instances: readonly ExplainedInstance[]): string {
  const known = instances.map((instance) => instance.name).join(', ');
  return `there is no instance ${name} on this node; there are: ${known}`;
}

import { parseIpv4 } from '../../net/ipv4-address.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';
import { contains6, parsePrefix6 } from '../../net/prefix.ts';
import type { Code } from '../../codes.ts';
import { COUNTERS } from '../../translator/counters.ts';
import { ControlError } from '../control/control-error.ts';
import type { ExplainReply, ExplainRequest } from '../control/messages.ts';
import { type ExplainedPacket, summaryOf } from './explained-packet.ts';
import { type ExplainedInstance, type ExplainedNode, type Explanation, type Finding, noPacket } from './explanation.ts';
import { explainNat64 } from './explain-nat64.ts';
import { explainSiit } from './explain-siit.ts';

const HIGHEST_PORT = 65_535;
/** Together with all headers it fits into an IPv4 packet. */
const LARGEST_PAYLOAD = 65_000;
const DEFAULT_HOPS = 64;

/**
 * Predicts what would happen to a packet like this.
 * @throws ControlError for an unknown instance, or addresses that are invalid or of different families
 */
export async function explain(
  request: ExplainRequest,
  instances: readonly ExplainedInstance[],
  node: ExplainedNode,
): Promise<ExplainReply> {
  const packet = readPacket(request);
  const asked = request.instance === '' ? instances : instances.filter(({ name }) => name === request.instance);
  if (asked.length === 0) throw new ControlError(unknownInstance(request.instance, instances));
  const led = request.instance === '' && packet.family === 6 ? ledTo(packet, asked) : asked;
  for (const instance of led) {
    const found = await explainBy(instance, node, packet);
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

/** Instances to which the kernel may route an IPv6 packet: those for its sender first, then those for all. */
function ledTo(
  { from6, to6 }: ExplainedPacket & { family: 6 },
  instances: readonly ExplainedInstance[],
): ExplainedInstance[] {
  const inside = (address: Uint8Array) => (text: string) => {
    const prefix = parsePrefix6(text);
    return prefix !== undefined && contains6(prefix, address);
  };
  const reached = instances.filter(({ routing }) => routing === undefined || routing.routes.some(inside(to6)));
  const own = reached.filter(({ routing }) => routing?.clients.some(inside(from6)));
  return [...own, ...reached.filter(({ routing }) => routing === undefined || routing.clients.length === 0)];
}

async function explainBy(
  instance: ExplainedInstance,
  node: ExplainedNode,
  packet: ExplainedPacket,
): Promise<Explanation> {
  const { options } = instance;
  const found =
    options.kind === 'nat64' ? await explainNat64(instance, options, node, packet) : explainSiit(options, packet);
  return found === undefined ? undefined : reply(found, instance, node);
}

/** The result including the kernel's route and the state of the upstreams. */
async function reply(found: Finding, instance: ExplainedInstance, node: ExplainedNode): Promise<Explanation> {
  const { reason, out } = found;
  let { verdict } = found;
  const steps = [...found.steps];
  const concerns: Code[] = [...found.concerns];
  const unreached = node.unreached();
  if (unreached !== undefined) {
    concerns.push(unreached.code);
    steps.unshift(`${unreached.text}; what follows is for a packet that arrives here anyway`);
  }
  const packets = out.map(summaryOf);
  let outgoing = '';
  const [first] = out;
  if (first !== undefined) {
    outgoing = await instance.interfaceFor(first);
    if (outgoing === '') {
      verdict = 'noRoute';
      steps.push(`the kernel has no route to ${packets[0]?.destination} from where the instance is`);
    } else steps.push(...packets.map((packet) => leaving(packet, outgoing)));
  }
  const counter = COUNTERS[reason]?.name ?? '';
  return { ...noPacket(), ...endsOf(packets[0]), verdict, steps, counter, packets, interface: outgoing, concerns };
}

/** Addresses and ports of a packet; empty if it is not sent. */
function endsOf(packet: ReturnType<typeof summaryOf> | undefined): Partial<ExplainReply> {
  if (packet === undefined) return {};
  const { source, sourcePort, destination, destinationPort } = packet;
  return { source, sourcePort, destination, destinationPort };
}

function leaving(packet: ReturnType<typeof summaryOf>, outgoing: string): string {
  const { hopLimit, length, fragment } = packet;
  const [from, to] = [endpoint(packet.source, packet.sourcePort), endpoint(packet.destination, packet.destinationPort)];
  const what = fragment ? 'a fragment leaves' : 'it leaves';
  return `${what} by ${outgoing} from ${from} to ${to}, ${length} bytes, hop limit ${hopLimit}`;
}

function endpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function readPacket(request: ExplainRequest): ExplainedPacket {
  const { source, destination, protocol, sourcePort, destinationPort, payload, hopLimit } = request;
  const fits = [
    sourcePort <= HIGHEST_PORT,
    destinationPort <= HIGHEST_PORT,
    payload <= LARGEST_PAYLOAD,
    hopLimit <= 255,
  ];
  if (fits.includes(false)) {
    throw new ControlError(
      `ports are 0 to ${HIGHEST_PORT}, the payload 0 to ${LARGEST_PAYLOAD} bytes, the hop limit 1 to 255`,
    );
  }
  const [from6, to6] = [parseIpv6(source), parseIpv6(destination)];
  const named = protocol === '' ? 'tcp' : protocol;
  if (!['tcp', 'udp', 'icmp'].includes(named)) {
    throw new ControlError(`${named} is not a protocol; there are: tcp, udp, icmp`);
  }
  const sizes = { payload, hopLimit: hopLimit === 0 ? DEFAULT_HOPS : hopLimit };
  const fields = { source, destination, protocol: named, sourcePort, destinationPort, ...sizes };
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

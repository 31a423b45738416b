import { formatIpv4 } from '../../net/ipv4-address.ts';
import { formatIpv6 } from '../../net/ipv6-address.ts';
import { contains4, contains6, parsePrefix4, parsePrefix6 } from '../../net/prefix.ts';
import type { Nat64Options } from '../../translator/options.ts';
import { EmbeddingPrefix } from '../../translator/rfc6052.ts';
import { isExemplary, isGlobal4, isMartian4 } from '../../translator/special-addresses.ts';
import type { BibEntry, Session } from '../control/messages.ts';
import { dropped, type ExplainedInstance, type ExplainedPacket, type Explanation, noPacket } from './explanation.ts';

/** RFC 6146 section 3.5, in words. */
export async function explainNat64(
  instance: ExplainedInstance,
  options: Nat64Options,
  packet: ExplainedPacket,
): Promise<Explanation> {
  return packet.family === 6 ? fromClient(instance, options, packet) : fromInternet(instance, options, packet);
}

type Packet6 = Extract<ExplainedPacket, { family: 6 }>;
type Packet4 = Extract<ExplainedPacket, { family: 4 }>;

async function fromClient(instance: ExplainedInstance, options: Nat64Options, packet: Packet6): Promise<Explanation> {
  const pool6 = options.pool6.find((text) => new EmbeddingPrefix(text).contains(packet.to6, 0));
  if (pool6 === undefined) return undefined;
  const embedding = new EmbeddingPrefix(pool6);
  const remote = embedding.extract(packet.to6, 0);
  const remoteText = formatIpv4(remote);
  const steps = [
    `${packet.destination} is in pool6 ${pool6} of instance ${instance.name} and stands for ${remoteText}`,
  ];
  const untranslatable = untranslatableDestination(options, embedding, remote);
  if (untranslatable !== undefined) {
    return dropped([...steps, `${remoteText} ${untranslatable}`]);
  }
  if (options.pool6.some((text) => new EmbeddingPrefix(text).contains(packet.from6, 0))) {
    return dropped([
      ...steps,
      `${packet.source} is itself in pool6, so the packet runs in a loop (RFC 6146 section 3.5; counter dropSourceInPool6)`,
    ]);
  }
  const { protocol, sourcePort, destinationPort } = packet;
  const client = formatIpv6(packet.from6);
  const mapping = await instance.findBib({ protocol, client, clientPort: sourcePort });
  const translated = { ...noPacket(), destination: remoteText, destinationPort, verdict: 'translated' };
  if (mapping === undefined) return unmapped(options, packet, steps, translated);
  steps.push(mappingSentence(mapping));
  const remotePort = protocol === 'icmp' ? 0 : destinationPort;
  const session = await instance.findSession({
    protocol,
    client,
    clientPort: sourcePort,
    remote: remoteText,
    remotePort,
  });
  steps.push(
    session === undefined
      ? 'there is no session with this peer: one would be made'
      : `${sessionSentence(session)}, for another ${Math.round(session.expiresInMs / 1000)} s`,
  );
  return { ...translated, steps, source: mapping.pool4, sourcePort: mapping.pool4Port };
}

/** Why no packet goes to this IPv4 address; undefined: they do. */
function untranslatableDestination(
  options: Nat64Options,
  { wellKnown }: EmbeddingPrefix,
  remote: number,
): string | undefined {
  if (isMartian4(remote)) return 'is a loopback, multicast or reserved address (counter dropNonGlobal)';
  if (!wellKnown || options.allowNonGlobal || isGlobal4(remote, isExemplary(options.pool4))) return undefined;
  const own = options.pool4.some(({ prefix }) => {
    const parsed = parsePrefix4(prefix);
    return parsed !== undefined && contains4(parsed, remote);
  });
  return own
    ? undefined
    : 'is not global, and 64:ff9b::/96 must not stand for it (RFC 6052 section 3.1); answered with administratively prohibited (counter answerNonGlobal)';
}

function unmapped(
  options: Nat64Options,
  packet: Packet6,
  steps: readonly string[],
  translated: Omit<NonNullable<Explanation>, 'steps'>,
): Explanation {
  const entries = options.pool4.filter(
    ({ protocols, clients }) =>
      protocols.some((name) => name === packet.protocol) &&
      (clients.length === 0 || clients.some((text) => containsClient(text, packet.from6))),
  );
  if (entries.length === 0) {
    return dropped([...steps, `no pool4 entry serves ${packet.protocol} of client ${packet.source}`]);
  }
  const [first] = entries;
  const places = entries.map(({ prefix, ports }) => `${prefix} ports ${ports[0]}-${ports[1]}`).join(', ');
  const slice = options.slots > 1 ? `, from the slice of slot ${options.slot} of ${options.slots}` : '';
  const mapped = `the client has no mapping for this port: one would be made in ${places}${slice}`;
  return { ...translated, steps: [...steps, mapped], source: first?.prefix ?? '' };
}

function containsClient(text: string, address: Uint8Array): boolean {
  const prefix = parsePrefix6(text);
  return prefix !== undefined && contains6(prefix, address);
}

async function fromInternet(instance: ExplainedInstance, options: Nat64Options, packet: Packet4): Promise<Explanation> {
  const entry = options.pool4.find(({ prefix }) => {
    const parsed = parsePrefix4(prefix);
    return parsed !== undefined && contains4(parsed, packet.to4);
  });
  if (entry === undefined) return undefined;
  const { protocol, sourcePort, destination, destinationPort } = packet;
  const steps = [`${destination} is in pool4 ${entry.prefix} of instance ${instance.name}`];
  const port = protocol === 'icmp' ? sourcePort : destinationPort;
  const mapping = await instance.findBib({ protocol, pool4: destination, pool4Port: port });
  if (mapping === undefined) {
    return dropped([...steps, `no client has ${protocol} port ${port} of it (counter dropNoMapping)`]);
  }
  steps.push(mappingSentence(mapping));
  const peer = { remote: packet.source, remotePort: protocol === 'icmp' ? 0 : sourcePort };
  const session = await instance.findSession({ protocol, pool4: destination, pool4Port: port, ...peer });
  if (
    session === undefined &&
    (options.addressDependentFiltering || (protocol === 'tcp' && options.dropExternallyInitiatedTcp))
  ) {
    return dropped([
      ...steps,
      'the client has no session with this peer, and the configuration lets none in from outside (counter dropFiltered)',
    ]);
  }
  steps.push(
    session === undefined ? 'there is no session with this peer: one would be made' : sessionSentence(session),
  );
  return {
    steps,
    verdict: 'translated',
    source: embedded(options, packet.from4),
    sourcePort,
    destination: mapping.client,
    destinationPort: mapping.clientPort,
  };
}

function embedded(options: Nat64Options, address: number): string {
  const [first] = options.pool6;
  if (first === undefined) return '';
  const bytes = new Uint8Array(16);
  new EmbeddingPrefix(first).embed(address, bytes, 0);
  return formatIpv6(bytes);
}

/** UDP and ICMP sessions have no state. */
function sessionSentence({ state, owner }: Session): string {
  return `there is ${state === '' ? 'a session' : `a session, ${state}`}, owned by ${owner}`;
}

function mappingSentence({ protocol, client, clientPort, pool4, pool4Port, static: fixed }: BibEntry): string {
  return `${fixed ? 'static' : 'BIB'} entry: ${protocol} [${client}]:${clientPort} is ${pool4}:${pool4Port}`;
}

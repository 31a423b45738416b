import { formatIpv4 } from '../../net/ipv4-address.ts';
import { formatIpv6 } from '../../net/ipv6-address.ts';
import { contains4, contains6, parsePrefix4, parsePrefix6 } from '../../net/prefix.ts';
import { TCP_ACK, TCP_SYN } from '../../net/transport-headers.ts';
import { Counter } from '../../translator/counters.ts';
import type { Preview, PreviewStep, PreviewVerdict } from '../../translator/nat64/preview/preview.ts';
import { bibRows, sessionRows } from '../../translator/nat64/tables/table-rows.ts';
import type { Nat64Options } from '../../translator/options.ts';
import { EmbeddingPrefix } from '../../translator/rfc6052.ts';
import type { Code } from '../../codes.ts';
import { bytesOf, type ExplainedPacket } from './explained-packet.ts';
import {
  type ExplainedInstance,
  type ExplainedNode,
  type Finding,
  reasonSentence,
  specialSentence,
} from './explanation.ts';

/** Counters of packets not addressed to the instance. */
const NOT_FOR_US: ReadonlySet<number> = new Set([Counter.dropNotForUs6, Counter.dropNotForUs4]);

const VERDICTS: Readonly<Record<PreviewVerdict, string>> = {
  translated: 'translated',
  hairpinned: 'translated',
  error: 'answered',
  dropped: 'dropped',
  held: 'held',
};

/** Describes what the running translator would do; undefined: the packet is not for the instance. */
export async function explainNat64(
  instance: ExplainedInstance,
  options: Nat64Options,
  node: ExplainedNode,
  packet: ExplainedPacket,
): Promise<Finding | undefined> {
  const preview = await nextPacket(instance, packet);
  const { verdict, reason } = preview;
  if (NOT_FOR_US.has(reason)) return undefined;
  const steps = stepsOf(preview, instance.name, options, node, packet);
  const retired = preview.steps.some(({ kind }) => kind === 'retired');
  const concerns: Code[] = retired ? ['sessions-outside-pool'] : [];
  return { verdict: VERDICTS[verdict], reason, steps, out: preview.out, concerns };
}

/** Descriptions of the steps of a packet's path. */
export function stepsOf(
  preview: Preview,
  instance: string,
  options: Nat64Options,
  node: Pick<ExplainedNode, 'nodeOf'>,
  packet: ExplainedPacket,
): string[] {
  if (NOT_FOR_US.has(preview.reason)) return [reasonSentence(VERDICTS[preview.verdict], preview.reason)];
  const steps = [arrival(instance, options, packet)];
  for (const step of preview.steps) steps.push(...sentences(step, options, node, packet));
  if (preview.reason >= 0) steps.push(...ending(preview, options, packet));
  return steps;
}

/** For TCP, the next segment of a connection that has a session; else the first one. */
async function nextPacket(instance: ExplainedInstance, packet: ExplainedPacket): Promise<Preview> {
  const first = await instance.preview(bytesOf(packet, packet.protocol === 'tcp' ? TCP_ACK : 0));
  if (packet.protocol !== 'tcp' || first.steps.some(({ kind }) => kind === 'session')) return first;
  return instance.preview(bytesOf(packet, TCP_SYN));
}

function arrival(name: string, options: Nat64Options, packet: ExplainedPacket): string {
  if (packet.family === 6) {
    const { to6 } = packet;
    const pool6 = options.pool6.find((text) => new EmbeddingPrefix(text).contains(to6, 0));
    // A damaged packet is dropped whatever its destination is.
    if (pool6 === undefined) return `${packet.destination} is not in pool6 of instance ${name}`;
    const remote = formatIpv4(new EmbeddingPrefix(pool6).extract(to6, 0));
    return `${packet.destination} is in pool6 ${pool6} of instance ${name} and stands for ${remote}`;
  }
  const { to4 } = packet;
  const entry = options.pool4.find(({ prefix }) => {
    const parsed = parsePrefix4(prefix);
    return parsed !== undefined && contains4(parsed, to4);
  });
  const where = entry === undefined ? 'a former pool4' : `pool4 ${entry.prefix}`;
  return `${packet.destination} is in ${where} of instance ${name}`;
}

function sentences(
  step: PreviewStep,
  options: Nat64Options,
  node: Pick<ExplainedNode, 'nodeOf'>,
  packet: ExplainedPacket,
): string[] {
  switch (step.kind) {
    case 'mapping':
      return bibRows(step.row).map(
        (row) =>
          `${row.static ? 'static' : 'BIB'} entry: ${row.protocol} [${row.client}]:${row.clientPort} is ` +
          `${row.pool4}:${row.pool4Port}`,
      );
    case 'newMapping':
      return [newMapping(step, options)];
    case 'session':
      return sessionRows(step.row).map(({ state, owner, expiresInMs, fastPath }) => {
        const what = state === '' ? 'a session' : `a session, ${state}`;
        const path = fastPath ? '; its packets take the fast path' : '';
        return `there is ${what}, owned by ${node.nodeOf(owner)}, for another ${Math.round(expiresInMs / 1000)} s${path}`;
      });
    case 'newSession':
      return ['there is no session with this peer: one would be made'];
    case 'noSession':
      return ['there is no session with this peer, and none would be made: the mapping is enough'];
    case 'waitsForPeer':
      return [`it waits until another node has the record of the session, at most ${step.mostMs} ms`];
    case 'waitsForRecord':
      return [
        'the port is of the slice of another node: it waits for a record from there; what follows is without one',
      ];
    case 'retired':
      return [
        `${formatIpv4(step.address)} is no longer in pool4: its routes are gone, so that answers do not come here; ` +
          `isthmus sessions end --pool4 ${formatIpv4(step.address)}`,
      ];
    case 'hairpin':
      return [`${packet.destination} stands for an address of pool4: the packet comes back in at once (hairpin)`];
    case 'otherShard':
      return [`what comes back is for shard ${step.shard}: ask for the packet that it gets`];
    case 'holdings':
      return [holdings(step, options)];
    default:
      return step satisfies never;
  }
}

function newMapping({ address, port, again }: PreviewStep & { kind: 'newMapping' }, options: Nat64Options): string {
  const text = `${formatIpv4(address)}:${port}`;
  if (again) return `the client has had ${text} for this port until a while ago: it would get it again`;
  const slices = options.slices ?? [options.slot];
  const slice = options.slots > 1 ? `, from the slice of slot ${slices.join(', ')} of ${options.slots}` : '';
  return `the client has no mapping for this port: it would get ${text}${slice}`;
}

function holdings({ client, network }: PreviewStep & { kind: 'holdings' }, { limits }: Nat64Options): string {
  const words = ({ sessions, entries, ports }: typeof client): string =>
    `${sessions} sessions, ${entries} BIB entries, ${ports} ports of this node`;
  return (
    `the client (its /${limits.clientPrefixLength}) has ${words(client)}; ` +
    `its network (/${limits.networkPrefixLength}) has ${words(network)}; limits: ${limitsInForce(limits)}`
  );
}

/** By their keys in the cluster file. */
function limitsInForce(limits: Nat64Options['limits']): string {
  const counts = (['sessionsPerClient', 'portsPerClient', 'newSessionsPerSecondPerClient'] as const)
    .filter((name) => limits[name] > 0)
    .map((name) => `${name} ${limits[name]}`);
  const shares = (['sharePerClient', 'sharePerNetwork'] as const)
    .filter((name) => limits[name] < 100)
    .map((name) => `${name} ${limits[name]} %`);
  const reserve = limits.reserve > 0 ? [`reserve ${limits.reserve} %`] : [];
  return [...counts, ...shares, ...reserve].join(', ') || 'none';
}

function ending({ verdict, reason }: Preview, options: Nat64Options, packet: ExplainedPacket): string[] {
  const sentence = reasonSentence(VERDICTS[verdict], reason);
  if (reason === Counter.answerPool4Exhausted && packet.family === 6 && !isServed(options, packet)) {
    return [`no pool4 entry serves ${packet.protocol} of client ${formatIpv6(packet.from6)}`, sentence];
  }
  const special = specialSentence(VERDICTS[verdict], reason, remoteOf(options, packet));
  if (special !== undefined) return [special];
  if (reason === Counter.answerNoSlice) return ['this node has no slice of pool4 from which it may allocate', sentence];
  return [sentence];
}

/** The IPv4 address at the far end; undefined: there is none. */
function remoteOf({ pool6 }: Nat64Options, packet: ExplainedPacket): number | undefined {
  if (packet.family === 4) return packet.from4;
  const { to6 } = packet;
  return pool6
    .map((text) => new EmbeddingPrefix(text))
    .find((prefix) => prefix.contains(to6, 0))
    ?.extract(to6, 0);
}

function isServed(options: Nat64Options, { protocol, from6 }: ExplainedPacket & { family: 6 }): boolean {
  return options.pool4.some(
    ({ protocols, clients }) =>
      protocols.some((name) => name === protocol) &&
      (clients.length === 0 || clients.some((text) => containsClient(text, from6))),
  );
}

function containsClient(text: string, address: Uint8Array): boolean {
  const prefix = parsePrefix6(text);
  return prefix !== undefined && contains6(prefix, address);
}

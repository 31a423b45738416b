import { z } from 'zod';
import { formatIpv4 } from '../../../net/ipv4-address.ts';
import { formatPrefix6, parsePrefix4, parsePrefix6 } from '../../../net/prefix.ts';
import {
  type AssignedPorts,
  holderOf,
  type PortPlan,
  portsOfClient,
} from '../../../translator/nat64/ports/deterministic-plan.ts';
import { type Answer, SILENCE_MS } from './answer.ts';
import { isRecord, type LogLine } from './log-line.ts';
import type { Question } from './log-search.ts';

const port = z.int().min(0).max(65_535);
/** A plan from a file, which may have been modified. */
const planShape: z.ZodType<PortPlan> = z.object({
  prefix: z.string().refine((text) => parsePrefix4(text) !== undefined),
  ports: z.tuple([port, port]).refine(([first, last]) => first <= last),
  protocols: z.array(z.enum(['tcp', 'udp', 'icmp'])),
  clients: z.array(z.string().refine((text) => parsePrefix6(text) !== undefined)),
  clientPrefixLength: z.int().min(1).max(128),
  slots: z.int().min(1).max(64),
  shards: z.int().min(1).max(64),
});

/**
 * An entry of pool4 with deterministic ports, and the period in which it was in force according to lines about the log.
 */
interface Assigned {
  readonly instance: string;
  readonly plan: PortPlan;
  readonly revision: string;
  readonly node: string;
  /** Time of the first line with it, and of the first line with something else; milliseconds since 1970. */
  readonly fromMs: number;
  readonly untilMs: number | undefined;
  /** The node had a different assignment before. */
  readonly changed: boolean;
}

/**
 * The holders of ports with deterministic assignment (RFC 7422), under the configurations recorded in the logs. Pure.
 * @param about lines of all nodes that describe the instances
 */
export function computedAnswers(question: Question, about: readonly LogLine[]): Answer[] {
  const { timeMs, skewMs } = question;
  const all = assignedBy(about, timeMs - skewMs);
  const current = all.filter(
    ({ fromMs, untilMs }) => fromMs <= timeMs + skewMs && (untilMs ?? Infinity) >= timeMs - skewMs,
  );
  const answers = new Map<string, Answer>();
  for (const one of current) {
    const before = all.filter((other) => isBefore(other, one));
    for (const found of askedFor(question, one.plan)) {
      const answer = answerOf(one, found, question, before);
      // Equal answers of several nodes are merged; that of the slice's node comes first.
      const key = `${answer.instance} ${answer.protocol} ${answer.client} ${answer.pool4} ${answer.ports.join('-')}`;
      const known = answers.get(key);
      if (known === undefined || (known.certainty !== 'certain' && answer.certainty === 'certain'))
        answers.set(key, answer);
    }
  }
  return [...answers.values()];
}

/** What cannot be computed, a sentence each: a prefix of many clients. */
export function notComputed({ client, timeMs }: Question, about: readonly LogLine[]): string[] {
  if (client === undefined) return [];
  const { prefixLength } = client.address === undefined ? client : { prefixLength: 128 };
  const short = assignedBy(about, timeMs).filter(
    ({ plan, fromMs, untilMs }) =>
      prefixLength < plan.clientPrefixLength && fromMs <= timeMs && (untilMs ?? Infinity) >= timeMs,
  );
  const reported = short.map(
    ({ instance, plan }) =>
      `ports of ${instance} follow from clients of /${plan.clientPrefixLength}: ask for one of them, not for all of a /${prefixLength}`,
  );
  return [...new Set(reported)];
}

/** @param sinceMs a node silent for long before this time counts as having no assignment */
function assignedBy(about: readonly LogLine[], sinceMs: number): Assigned[] {
  const found: Assigned[] = [];
  const nodes = new Set(about.filter((line) => plansIn(line).length > 0).map(({ node }) => node));
  for (const node of nodes) {
    const own = about.filter((line) => line.node === node);
    const endMs = own.reduce((last, line) => Math.max(last, line.timeMs), 0) + SILENCE_MS;
    const lines = own
      .filter(({ instances }) => Object.keys(instances).length > 0)
      .toSorted((one, other) => one.timeMs - other.timeMs);
    const open = new Map<string, Assigned>();
    for (const line of lines) {
      const now = new Map(
        plansIn(line).map(([instance, plan]) => [`${instance} ${JSON.stringify(plan)}`, { instance, plan }]),
      );
      for (const [key, one] of open) {
        if (now.has(key)) continue;
        found.push({ ...one, untilMs: line.timeMs });
        open.delete(key);
      }
      for (const [key, one] of now) {
        if (open.has(key)) continue;
        open.set(key, {
          ...one,
          revision: line.revision,
          node,
          fromMs: line.timeMs,
          untilMs: undefined,
          changed: line !== lines[0],
        });
      }
    }
    const untilMs = endMs < sinceMs ? endMs : undefined;
    for (const one of open.values()) found.push({ ...one, untilMs });
  }
  return found;
}

function plansIn({ instances }: LogLine): [instance: string, plan: PortPlan][] {
  return Object.entries(instances).flatMap(([name, account]) => {
    const assigned: unknown = isRecord(account) ? account['assigned'] : undefined;
    const { success, data } = planShape.array().safeParse(assigned);
    return success ? data.map((plan): [string, PortPlan] => [name, plan]) : [];
  });
}

/** Another assignment of the same addresses on the same node, from which sessions may remain. */
function isBefore(other: Assigned, one: Assigned): boolean {
  const sameAddresses = other.instance === one.instance && other.node === one.node;
  return sameAddresses && other !== one && other.untilMs !== undefined && other.untilMs <= one.fromMs;
}

function askedFor({ pool4, client, protocol }: Question, plan: PortPlan): AssignedPorts[] {
  if (protocol !== undefined && !plan.protocols.some((one) => one === protocol)) return [];
  if (pool4 !== undefined) {
    const holder = holderOf(plan, pool4.address, pool4.port);
    return holder === undefined ? [] : [holder];
  }
  if (client === undefined) return [];
  if (client.address !== undefined) return portsOfClient(plan, client.address);
  return client.pseudonym || client.prefixLength < plan.clientPrefixLength ? [] : portsOfClient(plan, client.bytes);
}

function answerOf(one: Assigned, found: AssignedPorts, question: Question, before: readonly Assigned[]): Answer {
  const { timeMs, skewMs } = question;
  const { instance, plan, revision, node, fromMs, untilMs, changed } = one;
  const remarks = [`computed from the port assignment of configuration ${revision}: mappings need not be logged`];
  const covers = fromMs <= timeMs - skewMs && (untilMs ?? Infinity) >= timeMs + skewMs;
  if (!covers) remarks.push(`the configuration changed within ${skewMs / 1000} s of the time asked for`);
  const former = before.flatMap((other) => askedFor(question, other.plan));
  const others = former.filter((other) => formatPrefix6(other.client) !== formatPrefix6(found.client));
  const doubtful = changed && (former.length === 0 || others.length > 0);
  if (doubtful) remarks.push(`the assignment changed at ${textOf(fromMs)}; sessions from before kept their ports`);
  for (const other of others) remarks.push(`before, the port was one of ${formatPrefix6(other.client)}`);
  return {
    certainty: covers ? (doubtful ? 'probable' : 'certain') : 'possible',
    remarks,
    instance,
    protocol: plan.protocols.join('/'),
    client: formatPrefix6(found.client),
    pseudonym: false,
    clientPort: undefined,
    pool4: formatIpv4(found.address),
    ports: found.ports,
    fromMs,
    fromNode: node,
    untilMs,
    untilNode: untilMs === undefined ? '' : node,
    remotes: [],
    computed: true,
  };
}

function textOf(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

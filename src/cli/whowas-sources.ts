import { CONTROL } from '../agent/control/control-service.ts';
import type { LogQuestion } from '../agent/control/messages.ts';
import { parseLogLine } from '../agent/nat-log/search/log-line.ts';
import type { Found, Question } from '../agent/nat-log/search/log-search.ts';
import { formatIpv4 } from '../net/ipv4-address.ts';
import { networkOf4, parsePrefix4 } from '../net/prefix.ts';
import { withAgent } from './control-connection.ts';

/** Results of the nodes, and those that did not answer, a sentence each. */
export interface Answers {
  readonly found: readonly Found[];
  readonly absent: readonly string[];
}

/**
 * Queries this machine's agent, and through it every other node of the cluster, or only the given one. Nodes that do
 * not answer are reported on standard error.
 * @returns undefined if no agent runs here
 */
export async function askNodes(
  question: Question,
  runDir: string,
  only: string | undefined,
): Promise<Answers | undefined> {
  let nodes: readonly string[] | undefined;
  await withAgent(
    { runDir },
    async (client) => {
      const status = await client.call(CONTROL.getStatus, {});
      nodes = status.nodes.map(({ name }) => name);
    },
    () => undefined,
  );
  if (nodes === undefined) return undefined;
  const found: Found[] = [];
  const absent: string[] = [];
  for (const node of only === undefined ? nodes : [only]) {
    const before = found.length;
    await withAgent({ runDir, node }, async (client) => {
      const parts: Found[] = [];
      for await (const part of client.stream(CONTROL.searchLog, requestOf(question))) {
        const { lines, notes, openings, unreadable, files } = part;
        const parsed = (list: readonly string[]) => list.flatMap((text) => parseLogLine(text) ?? []);
        parts.push({
          lines: parsed(lines),
          notes: parsed(notes),
          openings: parsed(openings),
          unreadable,
          files,
        });
      }
      found.push(joined(parts));
    });
    if (found.length === before) absent.push(`the log of ${node} was not searched: it did not answer`);
  }
  return { found, absent };
}

/** A sentence where an address is in no pool4 as it is configured now. */
export async function notInPool4({ pool4 }: Question, runDir: string): Promise<string[]> {
  if (pool4 === undefined) return [];
  const prefixes: string[] = [];
  await withAgent(
    { runDir },
    async (client) => {
      const { entries } = await client.call(CONTROL.getPool, { instance: '' });
      prefixes.push(...entries.map(({ prefix, instance }) => `${prefix} of ${instance}`));
    },
    () => undefined,
  );
  return strayAddress(pool4.address, prefixes);
}

/** @param prefixes of pool4, each with the instance that it is of: `192.0.2.0/28 of internet` */
export function strayAddress(address: number, prefixes: readonly string[]): string[] {
  const isInside = (text: string): boolean => {
    const prefix = parsePrefix4(text.split(' ')[0] ?? '');
    return prefix !== undefined && networkOf4(address, prefix.length) === prefix.address;
  };
  if (prefixes.length === 0 || prefixes.some(isInside)) return [];
  const pools = [...new Set(prefixes)].join(', ');
  return [`${formatIpv4(address)} is in no pool4 now: there are ${pools}`];
}

function joined(parts: readonly Found[]): Found {
  return {
    lines: parts.flatMap(({ lines }) => lines),
    notes: parts.flatMap(({ notes }) => notes),
    openings: parts.flatMap(({ openings }) => openings),
    unreadable: parts.flatMap(({ unreadable }) => unreadable),
    files: parts.reduce((sum, { files }) => sum + files, 0),
  };
}

function requestOf({ pool4, client, protocol, timeMs, skewMs }: Question): LogQuestion {
  return {
    pool4: pool4 === undefined ? '' : formatIpv4(pool4.address),
    port: pool4?.port ?? 0,
    client: client?.bytes ?? new Uint8Array(),
    prefixLength: client?.prefixLength ?? 0,
    pseudonym: client?.pseudonym ?? false,
    protocol: protocol ?? '',
    time: timeMs,
    skewMs,
  };
}

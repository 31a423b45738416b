import { readFile } from 'node:fs/promises';
import type { Code } from '../codes.ts';
import { ConfigError } from '../cluster/config-error.ts';
import { parseDuration } from '../cluster/values.ts';
import { keyOf, pseudonymOf, addressOf } from '../agent/nat-log/client-privacy.ts';
import type { Answer } from '../agent/nat-log/search/answer.ts';
import { logPlacesIn } from '../agent/nat-log/search/log-files.ts';
import { type Found, type Question, searchLogs } from '../agent/nat-log/search/log-search.ts';
import { type Judgement, judge } from '../agent/nat-log/search/who-was.ts';
import { parseIpv4 } from '../net/ipv4-address.ts';
import { formatIpv6 } from '../net/ipv6-address.ts';
import { parsePrefix6 } from '../net/prefix.ts';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from './exit-status.ts';
import { printFailure } from './failure.ts';
import { hasZone, parsePastTime, parseTime, TimeError } from './times.ts';
import { askNodes, notInPool4 } from './whowas-sources.ts';

export interface WhoWasOptions {
  readonly client?: string;
  readonly proto?: string;
  readonly clockSkew: string;
  readonly node?: string;
  readonly runDir: string;
  readonly stateDir: string;
  readonly logs?: readonly string[];
  readonly keyFile?: string;
  readonly config?: string;
  readonly json?: true;
}

/** The arguments are not a valid query, or the logs cannot be read. */
class WhoWasError extends Error {
  override readonly name = 'WhoWasError';
  readonly code: Code;

  constructor(code: Code, message: string) {
    super(message);
    this.code = code;
  }
}

/** Sets the exit status: 0 found with certainty, 1 not found or incomplete, 2 usage. */
export async function runWhoWas(
  place: string | undefined,
  time: string | undefined,
  options: WhoWasOptions,
): Promise<void> {
  try {
    const key = options.keyFile === undefined ? undefined : keyOf(await readKey(options.keyFile));
    const question = questionOf(place, time, options, key);
    const judgement = await judged(question, options);
    if (options.json === true) console.log(JSON.stringify(jsonOf(question, judgement, key)));
    else printJudgement(question, judgement, key);
    const certain = judgement.answers.length > 0 && judgement.answers.every(({ certainty }) => certainty === 'certain');
    process.exitCode = certain && judgement.missing.length === 0 ? EXIT_OK : EXIT_FAILED;
  } catch (error) {
    if (!(error instanceof WhoWasError) && !(error instanceof ConfigError)) throw error;
    printFailure(error, EXIT_USAGE, options.json === true);
  }
}

async function judged(question: Question, options: WhoWasOptions): Promise<Judgement> {
  if (options.config !== undefined) return computed(options.config, question);
  const { found, absent } = await searched(question, options);
  const { answers, missing } = judge(question, found);
  const stray = answers.length === 0 && options.logs === undefined ? await notInPool4(question, options.runDir) : [];
  return { answers, missing: [...missing, ...absent, ...stray] };
}

/** Searches through the agents of the cluster; in files if they are named, or no agent runs here. */
async function searched(
  question: Question,
  options: WhoWasOptions,
): Promise<{ readonly found: readonly Found[]; readonly absent: readonly string[] }> {
  const answers = options.logs === undefined ? await askNodes(question, options.runDir, options.node) : undefined;
  if (answers !== undefined) return answers;
  const places = placesOf(options);
  try {
    return { found: [searchLogs(places, question)], absent: [] };
  } catch (error) {
    throw new WhoWasError('file-unusable', `the NAT log cannot be read: ${messageOf(error)}; see --logs`);
  }
}

/** Computes from a cluster file alone. */
async function computed(file: string, question: Question): Promise<Judgement> {
  const { computedFrom } = await import('./whowas-by-config.ts');
  const judgement = await computedFrom(file, question);
  if (judgement !== undefined) return judgement;
  const what = 'no entry of pool4 has assignment: deterministic, so that nothing can be computed';
  throw new WhoWasError('request-invalid', `${file}: ${what}; leave --config out to search the log`);
}

function questionOf(
  place: string | undefined,
  time: string | undefined,
  { client, proto, clockSkew, config }: WhoWasOptions,
  key: Buffer | undefined,
): Question {
  const skewMs = parseDuration(clockSkew);
  if (skewMs === undefined) {
    throw new WhoWasError('request-invalid', `--clock-skew ${clockSkew} is not a time; write it like 30s`);
  }
  if (client !== undefined) {
    // With --client the time is the first argument.
    const timeMs = config !== undefined && place === undefined ? Date.now() : timeOf(place, config !== undefined);
    return { client: clientOf(client, key), protocol: proto, timeMs, skewMs };
  }
  const [, address = '', port = ''] = /^(.+):(\d+)$/.exec(place ?? '') ?? [];
  const number = parseIpv4(address);
  if (number === undefined) {
    const what = place === undefined ? 'no one to search for' : `${place} is not an IPv4 address and port`;
    throw new WhoWasError('request-invalid', `${what}; write it like 192.0.2.7:40312, or use --client`);
  }
  if (Number(port) > 65_535) throw new WhoWasError('request-invalid', `${port} is not a port; ports are 0 to 65535`);
  const timeMs = config !== undefined && time === undefined ? Date.now() : timeOf(time, config !== undefined);
  return { pool4: { address: number, port: Number(port) }, protocol: proto, timeMs, skewMs };
}

/** @param computed by a cluster file: that also tells what would be */
function timeOf(text: string | undefined, computed: boolean): number {
  if (text === undefined)
    throw new WhoWasError(
      'request-invalid',
      'the time is missing (only --config has a default: now); write it like 2026-11-29T14:03:10+01:00',
    );
  try {
    const timeMs = (computed ? parseTime : parsePastTime)(text, Date.now());
    if (!hasZone(text)) console.error(`isthmus: the time has no zone: ${text} is taken as UTC`);
    return timeMs;
  } catch (error) {
    if (!(error instanceof TimeError)) throw error;
    throw new WhoWasError('request-invalid', `${text} is not a time for this: ${error.message}`);
  }
}

function clientOf(text: string, key: Buffer | undefined): NonNullable<Question['client']> {
  const prefix = parsePrefix6(text.includes('/') ? text : `${text}/128`);
  if (prefix === undefined) {
    throw new WhoWasError('request-invalid', `${text} is not an IPv6 address or prefix; write it like 2001:db8::1`);
  }
  if (key === undefined) return { bytes: prefix.bytes, prefixLength: prefix.length, pseudonym: false };
  const address = prefix.length === 128 ? { address: prefix.bytes } : {};
  return { bytes: pseudonymOf(key, prefix.bytes), prefixLength: 128, pseudonym: true, ...address };
}

async function readKey(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new WhoWasError('file-unusable', `${file}: the key cannot be read: ${messageOf(error)}`);
  }
}

function placesOf({ logs, stateDir }: WhoWasOptions): readonly string[] {
  try {
    const places = logs ?? logPlacesIn(stateDir);
    if (places.length > 0) return places;
  } catch (error) {
    throw new WhoWasError(
      'file-unusable',
      `${stateDir} cannot be read: ${messageOf(error)}; see --state-dir and --logs`,
    );
  }
  throw new WhoWasError('file-unusable', `${stateDir} has no NAT log; see --state-dir and --logs`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The client as far as the key permits: an address, or the pseudonym as logged. */
function nameOf({ client, pseudonym }: Answer, key: Buffer | undefined): string {
  if (!pseudonym) return client;
  const bytes = Buffer.from(client, 'hex');
  return key === undefined || bytes.length !== 16 ? `pseudonym ${client}` : formatIpv6(addressOf(key, bytes));
}

function isoOf(timeMs: number | undefined): string | null {
  return timeMs === undefined ? null : new Date(timeMs).toISOString();
}

function jsonOf({ timeMs, skewMs }: Question, { answers, missing }: Judgement, key: Buffer | undefined): object {
  return {
    time: isoOf(timeMs),
    clockSkewMs: skewMs,
    answers: answers.map((answer) => ({
      certainty: answer.certainty,
      computed: answer.computed,
      client: nameOf(answer, key),
      clientPort: answer.clientPort ?? null,
      protocol: answer.protocol,
      pool4: answer.pool4,
      ports: answer.ports,
      instance: answer.instance,
      from: isoOf(answer.fromMs),
      fromNode: answer.fromNode,
      until: isoOf(answer.untilMs),
      untilNode: answer.untilNode,
      remarks: answer.remarks,
      remotes: answer.remotes.map(({ remote, port, fromMs, toMs }) => ({
        remote,
        port,
        from: isoOf(fromMs),
        until: isoOf(toMs),
      })),
    })),
    missing,
  };
}

function printJudgement({ timeMs, skewMs }: Question, judgement: Judgement, key: Buffer | undefined): void {
  const { answers, missing } = judgement;
  console.log(`at ${String(isoOf(timeMs))}${skewMs > 0 ? ` ± ${skewMs / 1000} s` : ''}`);
  if (answers.length === 0) console.log('no match in the log');
  for (const answer of answers) {
    const { certainty, protocol, pool4, ports, clientPort, instance, fromMs, fromNode, untilMs, untilNode } = answer;
    const range = ports[0] === ports[1] ? String(ports[0]) : ports.join('-');
    const port = clientPort === undefined ? '' : ` port ${clientPort}`;
    console.log(`\n${nameOf(answer, key)}${port}  had ${pool4}:${range} ${protocol}  (${instance})  ${certainty}`);
    if (answer.computed) {
      if (fromNode !== '')
        console.log(`  as configured from ${String(isoOf(fromMs))} until ${isoOf(untilMs) ?? 'now'}`);
      for (const remark of answer.remarks) console.log(`  ${remark}`);
      continue;
    }
    const from = fromMs === undefined ? 'before the log begins' : `${String(isoOf(fromMs))} (${fromNode})`;
    const until = untilMs === undefined ? 'no end in the log' : `${String(isoOf(untilMs))} (${untilNode})`;
    console.log(`  from ${from} until ${until}`);
    for (const remark of answer.remarks) console.log(`  ${remark}`);
    for (const { remote, port: remotePort, fromMs: since, toMs } of answer.remotes) {
      console.log(
        `  to ${remote}:${remotePort} from ${String(isoOf(since))} until ${isoOf(toMs) ?? 'no end in the log'}`,
      );
    }
  }
  if (missing.length === 0) return;
  console.log('\nmissing:');
  for (const text of missing) console.log(`  ${text}`);
}

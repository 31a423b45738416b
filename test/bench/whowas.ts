/*
 * What a question about a large NAT log costs: makes the files of so many lines as agents leave them, then asks who had
 * an address and port, and what a client had, and checks every answer. Run with
 *
 *     npm run bench:whowas -- 100000000 /var/tmp/whowas
 *
 * The files stay in the directory; one more run makes those that are missing, and asks.
 */
import { closeSync, existsSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { finishSegment } from '../../src/agent/nat-log/finish-segment.ts';
import { LineEncoder, MAX_LINE } from '../../src/agent/nat-log/line-encoder.ts';
import { type Question, searchLogs } from '../../src/agent/nat-log/search/log-search.ts';
import { type Judgement, judge } from '../../src/agent/nat-log/search/who-was.ts';
import { COMPRESSED, INDEX, PLAIN, stemOf } from '../../src/agent/nat-log/segment-directory.ts';
import { formatIpv6 } from '../../src/net/ipv6-address.ts';
import {
  NAT_EVENT_CLIENT,
  NAT_EVENT_CLIENT_PORT,
  NAT_EVENT_KIND,
  NAT_EVENT_POOL4,
  NAT_EVENT_POOL4_PORT,
  NAT_EVENT_PROTOCOL,
  NAT_EVENT_SIZE,
  NAT_EVENT_TIME,
  NatEventKind,
} from '../../src/translator/nat64/nat-events.ts';

const total = Number(process.argv[2] ?? 1_000_000);
const directory = process.argv[3] ?? '/var/tmp/whowas';
const QUESTIONS = 20;

/** The log of one node for 30 days: mappings begin at a steady rate, and each ends 50,000 mappings later. */
const BEGIN_MS = Date.parse('2026-10-01T00:00:00Z');
const SPAN_MS = 30 * 86_400_000;
/** A file has an hour. */
const FILES = 720;
const OPEN = 50_000;
const CLIENTS = 100_000;
const ADDRESSES = 256;
const PORTS = 64_512;
const POOL4 = 0x0b40_0000;
const ALIVE_MS = 60_000;
const TCP = 6;
const lineMs = SPAN_MS / total;

const IDENTITY = { node: 'gw1', slot: 1, epoch: BEGIN_MS };
const SOURCE = { ...IDENTITY, instance: 'internet', number: 1, limits: { sessions: 0, perClient: 0, high: 0, low: 0 } };
const event = new Uint8Array(NAT_EVENT_SIZE);
const view = new DataView(event.buffer);

const clientOf = (mapping: number): number => (Math.imul(mapping, 0x9e3779b1) >>> 0) % CLIENTS;
const portOf = (mapping: number): number => 1024 + (Math.floor(mapping / ADDRESSES) % PORTS);
const addressOf = (mapping: number): number => POOL4 + (mapping % ADDRESSES);

function writeClient(into: Uint8Array, at: number, client: number): void {
  into.fill(0, at, at + 16);
  into.set([0x20, 1, 0xd, 0xb8, 0, client >>> 16, (client >>> 8) & 255, client & 255], at);
  into[at + 15] = 1;
}

/** The line with this number: mappings begin in even ones, and end in odd ones. */
function setEvent(number: number): void {
  const begins = number % 2 === 0;
  const mapping = begins ? number / 2 : (number - 1) / 2 - OPEN;
  view.setUint8(NAT_EVENT_KIND, mapping < 0 ? 0 : begins ? NatEventKind.mappingCreated : NatEventKind.mappingDeleted);
  view.setUint8(NAT_EVENT_PROTOCOL, TCP);
  view.setUint16(NAT_EVENT_POOL4_PORT, portOf(mapping));
  view.setUint16(NAT_EVENT_CLIENT_PORT, 1024 + (mapping % PORTS));
  view.setUint32(NAT_EVENT_POOL4, addressOf(mapping));
  view.setFloat64(NAT_EVENT_TIME, BEGIN_MS + number * lineMs);
  writeClient(event, NAT_EVENT_CLIENT, clientOf(mapping));
}

/** One file as an agent leaves it: a first line about the log, one each minute, and all others about mappings. */
function makeFile(first: number, count: number): void {
  const stem = join(directory, stemOf('gw1', BEGIN_MS + first * lineMs));
  if (existsSync(`${stem}${COMPRESSED}`) && existsSync(`${stem}${INDEX}`)) return;
  const encoder = new LineEncoder(false);
  const file = openSync(`${stem}${PLAIN}`, 'w', 0o600);
  const buffer = Buffer.alloc(2 ** 20);
  let used = 0;
  const note = (timeMs: number, what: object): void => {
    used += buffer.write(`${JSON.stringify({ time: new Date(timeMs).toISOString(), ...IDENTITY, ...what })}\n`, used);
  };
  const instances = { internet: { natLog: 'bib', destinations: false } };
  note(BEGIN_MS + first * lineMs, { event: 'logContinued', cluster: 'campus', nodes: ['gw1'], instances });
  let aliveMs = BEGIN_MS + first * lineMs;
  for (let number = first; number < first + count; number++) {
    setEvent(number);
    used = encoder.write(buffer, used, SOURCE, view, 0, event);
    if (BEGIN_MS + number * lineMs - aliveMs >= ALIVE_MS) note((aliveMs += ALIVE_MS), { event: 'logAlive' });
    if (used < buffer.length - 2 * MAX_LINE) continue;
    writeSync(file, buffer, 0, used);
    used = 0;
  }
  writeSync(file, buffer, 0, used);
  closeSync(file);
  finishSegment(`${stem}${PLAIN}`, true, undefined);
}

interface Cost {
  readonly ms: number;
  readonly cpuMs: number;
}

function ask(question: Omit<Question, 'skewMs' | 'protocol'>): { judgement: Judgement; cost: Cost } {
  const whole = { ...question, skewMs: 0, protocol: 'tcp' };
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  const judgement = judge(whole, [searchLogs([directory], whole)]);
  const { user, system } = process.cpuUsage(cpu);
  return { judgement, cost: { ms: performance.now() - begun, cpuMs: (user + system) / 1000 } };
}

/** A mapping that was open in the middle of its life, of all there are but the last ones. */
function mappingAt(question: number): { mapping: number; timeMs: number } {
  const mapping = Math.floor(((question + 0.37) / QUESTIONS) * (total / 2 - OPEN));
  return { mapping, timeMs: BEGIN_MS + (2 * mapping + OPEN) * lineMs };
}

function nameOf(mapping: number): string {
  const bytes = new Uint8Array(16);
  writeClient(bytes, 0, clientOf(mapping));
  return formatIpv6(bytes);
}

function whoHad(question: number): Cost {
  const { mapping, timeMs } = mappingAt(question);
  const { judgement, cost } = ask({ pool4: { address: addressOf(mapping), port: portOf(mapping) }, timeMs });
  const found = judgement.answers.map(({ client, certainty }) => `${client} ${certainty}`).join(', ');
  if (found !== `${nameOf(mapping)} certain`) throw new Error(`mapping ${mapping}: the log says ${found}`);
  return cost;
}

function whatHad(question: number): Cost {
  const { mapping, timeMs } = mappingAt(question);
  const bytes = new Uint8Array(16);
  writeClient(bytes, 0, clientOf(mapping));
  const { judgement, cost } = ask({ client: { bytes, prefixLength: 128, pseudonym: false }, timeMs });
  const ports = judgement.answers.map(({ ports: [port] }) => port);
  if (!ports.includes(portOf(mapping))) throw new Error(`mapping ${mapping}: the client had ${ports.join(', ')}`);
  return cost;
}

function report(what: string, costs: readonly Cost[]): void {
  const [ms, cpuMs] = [costs.map((cost) => cost.ms), costs.map((cost) => cost.cpuMs)].map((values) =>
    values.toSorted((one, other) => one - other),
  );
  const [median, most] = [ms[QUESTIONS >> 1], ms.at(-1)].map((value) => `${((value ?? 0) / 1000).toFixed(2)} s`);
  process.stdout.write(
    `${what}: median ${median}, at most ${most}; CPU ${((cpuMs[QUESTIONS >> 1] ?? 0) / 1000).toFixed(2)} s\n`,
  );
}

mkdirSync(directory, { recursive: true });
const begun = performance.now();
const each = Math.ceil(total / FILES);
for (let first = 0; first < total; first += each) makeFile(first, Math.min(each, total - first));
process.stdout.write(`${total} lines: ${((performance.now() - begun) / 1000).toFixed(0)} s to make what was missing\n`);
const questions = Array.from({ length: QUESTIONS }, (_, index) => index);
report('who had an address and port', questions.map(whoHad));
report('what a client had', questions.map(whatHad));

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DIST } from '../../programs.ts';
import type { LabProcess } from '../../world/lab-process.ts';
import { waitFor } from '../../world/wait.ts';
import { Connections } from '../connections.ts';
import { type Course, instanceOptions } from '../course.ts';
import type { Measurement, Row } from '../measurement.ts';
import { COLLECTORS, Collector, settingsFor, SINKS, type SinkKind } from './collectors.ts';
import type { StandOrder } from './stand-main.ts';

const STAND = join(DIST, 'lab/bench/nat-log/stand-main.js');
/** New sessions per second that are created, or offered. */
const RATE = 50_000;
/** Idle timeout of a session, which limits the number of sessions in the table. */
const IDLE_MS = 5000;
const TABLE = 1_000_000;
const FINISH_MS = 180_000;
/** If a smaller share of the offered packets creates a session, half the rate is offered. */
const ENOUGH = 0.95;
const LEAST_RATE = 3000;
const MAX_CONNECTIONS = 900_000;

const sinks = z.array(
  z.object({ lines: z.number(), waiting: z.number(), losses: z.array(z.object({ lines: z.number() })) }),
);
const log = z.object({ cpuMs: z.number(), sinks });
const outcome = z.object({
  made: z.object({ created: z.number(), ended: z.number(), seconds: z.number() }),
  natLog: log,
});
const summary = z.object({ counters: z.array(z.object({ name: z.string(), value: z.number() })), natLog: log });
type Summary = z.infer<typeof summary>;

/** The NAT log with each of its sinks, with the translator in memory; and with real packets, into files. */
export const natLogMeasurements: readonly Measurement[] = [
  ...SINKS.map((kind) => ({
    name: `natlog-${kind}`,
    rows: rowsOf(
      `natlog-${kind}`,
      `new sessions a second, of ${RATE} for as long as --seconds says, each with a line at the collector ` +
        `(${COLLECTORS[kind]}) for its begin and for its end; packets in memory`,
    ),
    systems: ['isthmus' as const],
    run: async (course: Course, _system: unknown, seconds: number) => byTranslator(course, kind, seconds),
  })),
  {
    name: 'natlog-packets',
    rows: rowsOf(
      'natlog-packets',
      `new sessions a second of packets through the gateway, ${RATE} offered, halved until ${ENOUGH * 100} % begin a ` +
        'session; each with a line in the files',
    ),
    systems: ['isthmus'],
    run: async (course, _system, seconds) => byPackets(course, seconds),
  },
];

function rowsOf(name: string, what: string): Row[] {
  return [
    { name, unit: 'k/s', more: true, what },
    { name: `${name}-lost`, unit: 'lines', more: false, what: 'lines that are not at the collector' },
    {
      name: `${name}-cpu`,
      unit: 'CPU s/M',
      more: false,
      what: 'processor time of the thread of the NAT log for a million lines',
    },
  ];
}

/** Runs the work in a directory on disk, which is removed afterwards. */
async function inDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp('/var/tmp/isthmus-natlog-');
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function byTranslator({ gateway }: Course, kind: SinkKind, seconds: number): Promise<Map<string, number>> {
  return inDirectory(async (directory) => {
    const collector = await Collector.start(kind, gateway, directory);
    const order: StandOrder = { settings: settingsFor(kind, directory), options: options(), rate: RATE, seconds };
    const stand = gateway.start('nat-log-stand', [process.execPath, STAND, JSON.stringify(order)]);
    const line = await stand.waitForLine(/^\{/, seconds * 1000 + FINISH_MS);
    const { made, natLog } = outcome.parse(JSON.parse(line));
    const wanted = made.created + made.ended;
    const lines = await collector.count(wanted);
    return valuesOf(`natlog-${kind}`, made.created / made.seconds, wanted - lines, natLog);
  });
}

function options(): StandOrder['options'] {
  const { translator } = instanceOptions({});
  if (translator.kind !== 'nat64') throw new Error('the course runs a nat64 instance');
  return {
    ...translator,
    natLog: 'sessions',
    pool4: translator.pool4.map((entry) => ({ ...entry, prefix: '11.64.0.0/28' })),
    timeouts: { ...translator.timeouts, udp: IDLE_MS, portHold: 0 },
    limits: { ...translator.limits, sessions: TABLE, bibEntries: TABLE },
  };
}

function valuesOf(
  name: string,
  rate: number,
  lost: number,
  { cpuMs, sinks: [sink] }: Summary['natLog'],
): Map<string, number> {
  return new Map([
    [name, rate / 1000],
    [`${name}-lost`, lost],
    [`${name}-cpu`, (cpuMs * 1000) / (sink?.lines ?? 0)],
  ]);
}

async function byPackets(course: Course, seconds: number): Promise<Map<string, number>> {
  for (let rate = RATE; ; rate /= 2) {
    const values = await offered(course, rate, seconds);
    if (values !== undefined) return values;
    if (rate < LEAST_RATE) throw new Error(`packets are lost even at ${rate} new sessions a second`);
  }
}

/** @returns undefined: too many of the packets created no session */
async function offered(course: Course, offer: number, seconds: number): Promise<Map<string, number> | undefined> {
  return inDirectory(async (directory) => {
    const { gateway } = course;
    const collector = await Collector.start('file', gateway, directory);
    const isthmus = await course.isthmus({ fresh: true, natLog: settingsFor('file', directory) });
    const connections = await Connections.open(course, 'isthmus');
    try {
      const count = Math.min(MAX_CONNECTIONS, offer * seconds);
      const { rate } = await connections.send(0, count, offer);
      const last = await waitFor('the log to be written', () => settled(isthmus), { timeoutMs: FINISH_MS });
      const created = last.counters.find(({ name }) => name === 'sessionsCreated')?.value ?? 0;
      if (created < count * ENOUGH) return undefined;
      const lines = await collector.count(created);
      return valuesOf('natlog-packets', (rate * created) / count, created - lines, last.natLog);
    } finally {
      await connections.close();
      await course.isthmus({ fresh: true });
    }
  });
}

/** The summary, once nothing is queued any more and two consecutive ones are equal. */
async function settled(isthmus: LabProcess): Promise<Summary | undefined> {
  const [first, second] = [await ask(isthmus), await ask(isthmus)];
  const lines = ({ natLog }: Summary): number => natLog.sinks[0]?.lines ?? 0;
  const waiting = second.natLog.sinks[0]?.waiting ?? 1;
  return waiting === 0 && lines(first) > 0 && lines(first) === lines(second) ? second : undefined;
}

/** The thread of the NAT log reports its status twice a second. */
const STATUS_MS = 700;

async function ask(isthmus: LabProcess): Promise<Summary> {
  await new Promise((resolve) => setTimeout(resolve, STATUS_MS));
  const lines: string[] = [];
  const forget = isthmus.onLine((line) => lines.push(line));
  isthmus.writeLine('');
  const line = await waitFor('a summary', () => lines.find((text) => text.startsWith('{')), { timeoutMs: 10_000 });
  forget();
  return summary.parse(JSON.parse(line));
}

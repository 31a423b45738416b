import { z } from 'zod';
import type { LogSettings } from '../../agent/nat-log/log-messages.ts';
import { natLog } from '../../cluster/nat-log-schema.ts';
import type { LabProcess } from '../world/lab-process.ts';
import type { Machine } from '../world/machine.ts';
import { waitFor } from '../world/wait.ts';
import { Connections } from './connections.ts';
import type { Course } from './course.ts';
import type { Measurement, Row } from './measurement.ts';

/** New sessions a second that are offered; a machine that bears fewer says so by its row. */
const RATE = 50_000;
/** Of the table, which nothing leaves meanwhile. */
const MAX_SESSIONS = 900_000;
const DIRECTORY = '/run/isthmus/nat-log';
const COLLECTED = '/run/collected';
const PORTS = { ipfix: 24_739, syslog: 24_514 };
const SETTLE_MS = 60_000;

type Kind = 'file' | 'ipfix' | 'syslog';

const summary = z.object({
  counters: z.array(z.object({ name: z.string(), value: z.number() })),
  natLog: z.object({
    cpuMs: z.number(),
    sinks: z.array(
      z.object({
        lines: z.number(),
        waiting: z.number(),
        losses: z.array(z.object({ reason: z.string(), lines: z.number() })),
      }),
    ),
  }),
});
type Summary = z.infer<typeof summary>;

/** New sessions from real packets, each a line of the NAT log, counted at the collector. */
export function natLogMeasurement(kind: Kind): Measurement {
  const name = `natlog-${kind}`;
  const row = (suffix: string, unit: string, more: boolean, what: string): Row => ({
    name: `${name}${suffix}`,
    unit,
    more,
    what,
  });
  return {
    name,
    rows: [
      row(
        '',
        'k/s',
        true,
        `new sessions a second, ${RATE} offered, each a line at the collector (${COLLECTORS[kind]})`,
      ),
      row('-lost', 'lines', false, 'sessions without a line at the collector'),
      row('-cpu', 'CPU s/M', false, 'processor time of the thread of the NAT log for a million lines'),
    ],
    systems: ['isthmus'],
    run: async (course, _system, seconds) => measure(course, kind, seconds),
  };
}

const COLLECTORS: Readonly<Record<Kind, string>> = {
  file: 'the files',
  ipfix: 'nfcapd, UDP',
  syslog: 'rsyslogd, TCP',
};

async function measure(course: Course, kind: Kind, seconds: number): Promise<Map<string, number>> {
  const { gateway } = course;
  await gateway.run(['rm', '-rf', DIRECTORY, COLLECTED]);
  await gateway.run(['mkdir', '-p', DIRECTORY, COLLECTED]);
  const collector = await startCollector(gateway, kind);
  const isthmus = await course.isthmus({ fresh: true, natLog: settingsFor(kind) });
  const connections = await Connections.open(course, 'isthmus');
  try {
    const count = Math.min(MAX_SESSIONS, RATE * seconds);
    const begun = performance.now();
    const { rate } = await connections.send(0, count, RATE);
    const took = (performance.now() - begun) / 1000;
    const last = await waitFor('the log to be written', () => settled(isthmus), { timeoutMs: SETTLE_MS, everyMs: 250 });
    const created = last.counters.find((one) => one.name === 'sessionsCreated')?.value ?? 0;
    const collected = await collect(gateway, kind, collector, created);
    const lines = last.natLog.sinks[0]?.lines ?? 0;
    return new Map([
      [`natlog-${kind}`, Math.min(rate, created / took, collected / took) / 1000],
      [`natlog-${kind}-lost`, created - collected],
      [`natlog-${kind}-cpu`, (last.natLog.cpuMs * 1000) / lines],
    ]);
  } finally {
    await connections.close();
    await collector?.stop();
    await course.isthmus({ fresh: true });
  }
}

function settingsFor(kind: Kind): LogSettings {
  const sinks = {
    file: { kind: 'file', compress: false },
    ipfix: { kind: 'ipfix', collector: '127.0.0.1', port: PORTS.ipfix },
    syslog: { kind: 'syslog', server: '127.0.0.1', port: PORTS.syslog },
  };
  return {
    identity: { node: 'bench', slot: 1, epoch: 1 },
    cluster: 'bench',
    nodes: ['bench'],
    directory: DIRECTORY,
    config: natLog.parse({ sinks: { [kind]: sinks[kind] } }),
    instances: {},
  };
}

async function startCollector(gateway: Machine, kind: Kind): Promise<LabProcess | undefined> {
  if (kind === 'file') return undefined;
  if (kind === 'ipfix') {
    const args = ['-w', COLLECTED, '-p', String(PORTS.ipfix), '-B', '67108864', '-I', 'bench'];
    const nfcapd = gateway.start('nfcapd', ['nfcapd', ...args]);
    await nfcapd.waitForLine(/Startup nfcapd/, SETTLE_MS);
    return nfcapd;
  }
  const lines = [
    `global(workDirectory="${COLLECTED}")`,
    'module(load="imtcp")',
    'template(name="line" type="string" string="%msg%\\n")',
    'ruleset(name="all" queue.type="LinkedList" queue.size="2000000") {',
    `  action(type="omfile" file="${COLLECTED}/lines" template="line" ioBufferSize="256k" flushOnTXEnd="off")`,
    '}',
    `input(type="imtcp" port="${PORTS.syslog}" ruleset="all")`,
  ];
  await gateway.writeFile(`${COLLECTED}/rsyslog.conf`, `${lines.join('\n')}\n`);
  const args = ['-n', '-f', `${COLLECTED}/rsyslog.conf`, '-i', `${COLLECTED}/pid`];
  const rsyslogd = gateway.start('rsyslogd', ['rsyslogd', ...args]);
  const runs = async (): Promise<true | undefined> =>
    (await gateway.run(['test', '-e', `${COLLECTED}/pid`], { allowFailure: true })).code === 0 ? true : undefined;
  await waitFor('rsyslogd to run', runs, { timeoutMs: SETTLE_MS });
  return rsyslogd;
}

/** The summary, once nothing waits any more and two of them in a row say the same. */
async function settled(isthmus: LabProcess): Promise<Summary | undefined> {
  const [first, second] = [await ask(isthmus), await ask(isthmus)];
  const lines = ({ natLog: { sinks } }: Summary): number => sinks[0]?.lines ?? 0;
  const waiting = second.natLog.sinks[0]?.waiting ?? 1;
  return waiting === 0 && lines(first) > 0 && lines(first) === lines(second) ? second : undefined;
}

/** The thread of the NAT log tells its status twice a second. */
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

/** How many sessions the collector has the beginning of. */
async function collect(
  gateway: Machine,
  kind: Kind,
  collector: LabProcess | undefined,
  wanted: number,
): Promise<number> {
  const counted = async (command: string): Promise<number> =>
    Number((await gateway.run(['sh', '-c', command])).stdout.trim());
  if (kind === 'file') return counted(`cat ${DIRECTORY}/*.jsonl | grep -c sessionCreated || true`);
  if (kind === 'syslog') {
    const command = `grep -c sessionCreated ${COLLECTED}/lines || true`;
    let last = 0;
    const complete = async (): Promise<true | undefined> => {
      const before = last;
      last = await counted(command);
      return last >= wanted || (last > 0 && last === before) ? true : undefined;
    };
    await waitFor('rsyslogd to write', complete, { timeoutMs: SETTLE_MS, everyMs: 2000 });
    await collector?.stop();
    return counted(command);
  }
  await new Promise((resolve) => setTimeout(resolve, STATUS_MS));
  // nfcapd completes its file when it ends; each record is a session's beginning: none has ended yet.
  await collector?.stop();
  return counted(`nfdump -I -R ${COLLECTED} | sed -n 's/^Flows: //p'`);
}

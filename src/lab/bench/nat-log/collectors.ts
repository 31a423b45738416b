import type { LogSettings } from '../../../agent/nat-log/log-messages.ts';
import { natLog } from '../../../cluster/nat-log-schema.ts';
import type { LabProcess } from '../../world/lab-process.ts';
import type { Machine } from '../../world/machine.ts';
import { waitFor } from '../../world/wait.ts';

export const SINKS = ['file', 'ipfix', 'syslog'] as const;
export type SinkKind = (typeof SINKS)[number];

/** Addresses of the collectors, which count lines. */
export const COLLECTORS: Readonly<Record<SinkKind, string>> = {
  file: 'the files',
  ipfix: 'nfcapd, UDP',
  syslog: 'rsyslogd, TCP',
};

const PORTS = { ipfix: 24_739, syslog: 24_514 };
const START_MS = 60_000;
const WRITTEN_MS = 120_000;
/** Receive buffer of a UDP collector, bytes. */
const RECEIVE_BUFFER = 64 * 2 ** 20;

/** Settings of the NAT log with one sink. @param directory of its files */
export function settingsFor(kind: SinkKind, directory: string): LogSettings {
  const sinks = {
    file: { kind: 'file', compress: false, maxFileSize: 4096 },
    ipfix: { kind: 'ipfix', collector: '127.0.0.1', port: PORTS.ipfix },
    syslog: { kind: 'syslog', server: '127.0.0.1', port: PORTS.syslog },
  };
  return {
    identity: { node: 'bench', slot: 1, epoch: 1 },
    cluster: 'bench',
    revision: '',
    nodes: ['bench'],
    directory,
    config: natLog.parse({ sinks: { [kind]: sinks[kind] } }),
    instances: {},
  };
}

/** The collector for a kind of sink, and the number of session lines received. */
export class Collector {
  readonly #kind: SinkKind;
  readonly #machine: Machine;
  readonly #directory: string;
  readonly #process: LabProcess | undefined;

  private constructor(kind: SinkKind, machine: Machine, directory: string, process: LabProcess | undefined) {
    this.#kind = kind;
    this.#machine = machine;
    this.#directory = directory;
    this.#process = process;
  }

  /** @param directory empty directory for its output; a file sink writes there itself */
  static async start(kind: SinkKind, machine: Machine, directory: string): Promise<Collector> {
    const of = { file: undefined, ipfix: startNfcapd, syslog: startRsyslogd }[kind];
    return new Collector(kind, machine, directory, await of?.(machine, directory));
  }

  /** Ends it. @param expected number of lines to wait for while more arrive @returns number of session lines */
  async count(expected: number): Promise<number> {
    const directory = this.#directory;
    if (this.#kind === 'file') return this.#counted(`cat ${directory}/*.jsonl | grep -c '"event":"session' || true`);
    if (this.#kind === 'ipfix') {
      await drained(this.#machine);
      // nfcapd completes its file when it ends; each record is the start or the end of a session.
      await this.#process?.stop();
      return this.#counted(`nfdump -I -R ${directory} | sed -n 's/^Flows: //p'`);
    }
    const command = `grep -c '"event":"session' ${directory}/lines || true`;
    let last = -1;
    const complete = async (): Promise<true | undefined> => {
      const before = last;
      last = await this.#counted(command);
      return last >= expected || last === before ? true : undefined;
    };
    await waitFor('rsyslogd to write', complete, { timeoutMs: WRITTEN_MS, everyMs: 3000 });
    await this.#process?.stop();
    return this.#counted(command);
  }

  async #counted(command: string): Promise<number> {
    return Number((await this.#machine.run(['sh', '-c', command])).stdout.trim());
  }
}

async function startNfcapd(machine: Machine, directory: string): Promise<LabProcess> {
  const args = ['-w', directory, '-p', String(PORTS.ipfix), '-B', String(RECEIVE_BUFFER), '-I', 'bench'];
  const nfcapd = machine.start('nfcapd', ['nfcapd', ...args]);
  await nfcapd.waitForLine(/Startup nfcapd/, START_MS);
  return nfcapd;
}

async function startRsyslogd(machine: Machine, directory: string): Promise<LabProcess> {
  const lines = [
    `global(workDirectory="${directory}")`,
    'module(load="imtcp")',
    'template(name="line" type="string" string="%msg%\\n")',
    'ruleset(name="all" queue.type="LinkedList" queue.size="2000000") {',
    `  action(type="omfile" file="${directory}/lines" template="line" ioBufferSize="256k" flushOnTXEnd="off")`,
    '}',
    `input(type="imtcp" port="${PORTS.syslog}" ruleset="all")`,
  ];
  await machine.writeFile(`${directory}/rsyslog.conf`, `${lines.join('\n')}\n`);
  const args = ['-n', '-f', `${directory}/rsyslog.conf`, '-i', `${directory}/pid`];
  const rsyslogd = machine.start('rsyslogd', ['rsyslogd', ...args]);
  const runs = async (): Promise<true | undefined> =>
    (await machine.run(['test', '-e', `${directory}/pid`], { allowFailure: true })).code === 0 ? true : undefined;
  await waitFor('rsyslogd to run', runs, { timeoutMs: START_MS });
  return rsyslogd;
}

/** Waits until the receive queue of the collector's socket is empty: the fifth column of /proc/net/udp, second half. */
async function drained(machine: Machine): Promise<void> {
  const port = PORTS.ipfix.toString(16).toUpperCase().padStart(4, '0');
  const empty = async (): Promise<true | undefined> => {
    const { stdout } = await machine.run(['sh', '-c', `cat /proc/net/udp /proc/net/udp6 | grep ':${port} '`]);
    const waiting = stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/)[4]?.split(':')[1] ?? '');
    return waiting.every((bytes) => /^0+$/.test(bytes)) ? true : undefined;
  };
  await waitFor('nfcapd to read what has come', empty, { timeoutMs: WRITTEN_MS, everyMs: 250 });
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SinkStatus } from '../../src/agent/nat-log/sink.ts';
import { LogThread } from '../../src/agent/nat-log/log-thread.ts';
import { natLog } from '../../src/cluster/nat-log-schema.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { NatEventKind } from '../../src/translator/nat64/nat-events.ts';
import { IDENTITY, SampleWorker, SOURCE } from '../unit/agent/nat-log/sample-events.ts';
import { labTest } from './needs-root.ts';

const WITHIN_MS = 60_000;
const SESSIONS = 20_000;
const PORTS = { ipfix: 24_739, udp: 24_514, tcp: 24_515, tls: 24_516 };

/** The NAT log against collectors as Debian has them: nfcapd, rsyslogd, and the dissector of tshark. */
describe.runIf(labTest)('collectors', () => {
  let directory: string;
  let started: ChildProcess[] = [];
  let stopped: (() => Promise<void>)[] = [];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'isthmus-collectors-'));
    started = [];
    stopped = [];
  });
  afterEach(async () => {
    for (const stop of stopped) await stop();
    await Promise.all(started.map((child) => ended(child, 'SIGKILL')));
    rmSync(directory, { recursive: true, force: true });
  });

  function start(program: string, args: readonly string[]): ChildProcess {
    const child = spawn(program, args, { stdio: 'ignore', cwd: directory });
    started.push(child);
    return child;
  }

  async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
    });
    child.kill(signal);
    await gone;
  }

  /** The thread of the NAT log with one sink, and a worker that it reads from. */
  async function logTo(sink: object): Promise<{ worker: SampleWorker; status: () => SinkStatus | undefined }> {
    const worker = new SampleWorker(2 ** 16);
    let last: SinkStatus | undefined;
    const thread = new LogThread({
      report: (report) => {
        if (report.kind === 'status') [last] = report.sinks;
      },
      now: Date.now,
      finish: () => undefined,
    });
    const config = natLog.parse({ sinks: { collector: sink } });
    const settings = {
      identity: IDENTITY,
      cluster: 'campus',
      revision: '',
      nodes: ['gw1'],
      directory,
      config,
      instances: {},
    };
    await thread.call({ kind: 'configure', settings });
    await thread.call({ kind: 'sources', sources: [{ source: SOURCE, ring: worker.ring }] });
    thread.run();
    stopped.push(() => thread.call({ kind: 'stop', limitMs: 1000 }));
    return { worker, status: () => last };
  }

  /** Adds sessions as fast as the ring takes them; the ports tell them apart. */
  async function make(worker: SampleWorker, count: number, from = 0): Promise<void> {
    for (let port = from; port < from + count; port++) {
      worker.session(port & 0xffff, (port & 1) === 0 ? NatEventKind.sessionCreated : NatEventKind.sessionEnded);
      if (port % 1000 === 999) {
        worker.commit();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
    worker.commit();
  }

  async function untilSent(status: () => SinkStatus | undefined, lines: number): Promise<SinkStatus> {
    return waitFor('all lines to be sent', () => ((status()?.lines ?? 0) >= lines ? status() : undefined), {
      timeoutMs: WITHIN_MS,
    });
  }

  async function rsyslogd(): Promise<{ child: ChildProcess; lines: () => string[] }> {
    const [certificate, key, out] = ['cert.pem', 'key.pem', 'out.log'].map((name) => join(directory, name));
    if (!existsSync(certificate)) {
      const name = ['-subj', '/CN=log.example', '-addext', 'subjectAltName=DNS:log.example'];
      const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...name];
      expect(spawnSync('openssl', [...args, '-keyout', key, '-out', certificate]).status).toBe(0);
    }
    writeFileSync(
      join(directory, 'rsyslog.conf'),
      `global(workDirectory="${directory}" DefaultNetstreamDriverCAFile="${certificate}"
  DefaultNetstreamDriverCertFile="${certificate}" DefaultNetstreamDriverKeyFile="${key}")
module(load="imudp")
module(load="imtcp")
template(name="line" type="string" string="%hostname% %app-name% %msgid% %pri% %timestamp:::date-rfc3339% %msg%\\n")
ruleset(name="all" queue.type="LinkedList" queue.size="200000") {
  action(type="omfile" file="${out}" template="line" flushOnTXEnd="on")
}
input(type="imudp" port="${PORTS.udp}" rcvbufSize="16m" ruleset="all")
input(type="imtcp" port="${PORTS.tcp}" ruleset="all")
input(type="imtcp" port="${PORTS.tls}" ruleset="all" StreamDriver.Name="gtls" StreamDriver.Mode="1"
  StreamDriver.AuthMode="anon")
`,
    );
    const pid = join(directory, 'rsyslogd.pid');
    rmSync(pid, { force: true });
    const child = start('rsyslogd', ['-n', '-f', join(directory, 'rsyslog.conf'), '-i', pid]);
    await waitFor('rsyslogd to run', () => existsSync(pid) || undefined, { timeoutMs: WITHIN_MS });
    const lines = (): string[] => (existsSync(out) ? readFileSync(out, 'utf8').split('\n').slice(0, -1) : []);
    return { child, lines };
  }

  const ports = (lines: readonly string[]): Set<number> =>
    new Set(
      lines.flatMap((line) => Number(/"pool4Port":(\d+)/.exec(line)?.[1] ?? Number.NaN)).filter((port) => port >= 0),
    );

  it('nfcapd has every record, and no gap in the sequence', async () => {
    const child = start('nfcapd', ['-w', directory, '-p', String(PORTS.ipfix), '-B', '16000000', '-I', 'gw1']);
    await waitFor('nfcapd to listen', () => udpListens(PORTS.ipfix), { timeoutMs: WITHIN_MS });
    const { worker, status } = await logTo({ kind: 'ipfix', collector: '127.0.0.1', port: PORTS.ipfix });
    await make(worker, SESSIONS);
    const sent = await untilSent(status, SESSIONS);
    expect(sent).toMatchObject({ problem: '', losses: [] });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await ended(child, 'SIGINT');
    const facts = spawnSync('nfdump', ['-I', '-R', directory], { encoding: 'utf8' }).stdout;
    expect(facts).toContain(`Flows: ${SESSIONS}\n`);
    expect(facts).toContain('Sequence failures: 0');
    const one = spawnSync('nfdump', ['-R', directory, '-o', 'raw', 'src port 4000 and src nport 1025'], {
      encoding: 'utf8',
    });
    expect(one.stdout).toMatch(/src addr\s+=\s+2001:db8::9\b/);
    expect(one.stdout).toMatch(/src xlt ip\s+=\s+192\.0\.2\.1\b/);
    expect(one.stdout).toMatch(/dst xlt ip\s+=\s+198\.51\.100\.7\b/);
    expect(one.stdout).toMatch(/nat event\s+=\s+7\b/);
  }, 300_000);

  it('tshark reads every message of a stream by its templates', async () => {
    const capture = join(directory, 'ipfix.raw');
    const sink = start('socat', ['-u', `TCP-LISTEN:${PORTS.ipfix},bind=127.0.0.1,reuseaddr`, `CREATE:${capture}`]);
    const { worker, status } = await logTo({
      kind: 'ipfix',
      collector: '127.0.0.1',
      port: PORTS.ipfix,
      transport: 'tcp',
    });
    worker.add(NatEventKind.blockAllocated, 0, 0xc0000201, 1024, 0, 0, 0, 64);
    worker.events.refuse(NatEventKind.poolExhausted, 17, new Uint8Array(16), 0);
    worker.events.refuse(NatEventKind.clientLimit, 17, new Uint8Array(16), 0);
    worker.events.refuse(NatEventKind.tableFull, 17, new Uint8Array(16), 0);
    worker.add(NatEventKind.poolHigh, 6, 0xc0000200, 1024, 0, 0, 0, 91);
    await make(worker, 500);
    await untilSent(status, 505);
    // More at once than a worker holds: what it has lost is told in a record.
    for (let session = 0; session < 20_000; session++) worker.session(1024 + session);
    worker.commit();
    worker.session(1);
    worker.commit();
    const lost = await waitFor('events to be lost', () => status()?.losses.find(({ reason }) => reason === 'ring'), {
      timeoutMs: WITHIN_MS,
    });
    await stopped.pop()?.();
    await waitFor('the end of the stream', () => (sink.exitCode === null ? undefined : true), { timeoutMs: WITHIN_MS });
    const pcap = join(directory, 'ipfix.pcap');
    // A capture of one packet for each message, as a dissector wants it.
    const dump = spawnSync('text2pcap', ['-q', '-u', `40000,${PORTS.ipfix}`, '-', pcap], {
      input: hexOf(readFileSync(capture)),
    });
    expect(dump.status).toBe(0);
    const args = [
      '-r',
      pcap,
      '-d',
      `udp.port==${PORTS.ipfix},cflow`,
      '-T',
      'fields',
      '-e',
      'cflow.nat_event',
      '-e',
      '_ws.malformed',
      '-e',
      'cflow.notsent_flows',
    ];
    const { stdout } = spawnSync('tshark', args, { encoding: 'utf8' });
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((row) => row.split('\t'));
    const events = rows.flatMap(([list = '']) =>
      list
        .split(',')
        .filter((value) => value !== '')
        .map(Number),
    );
    expect(rows.every(([, malformed = '']) => malformed === '')).toBe(true);
    expect(events.slice(0, 5)).toEqual([16, 12, 13, 13, 18]);
    expect(rows.flatMap(([, , list = '']) => list.split(',').filter((value) => value !== ''))).toContain(
      String(lost.lines),
    );
    expect(events.slice(5, 505).toSorted((a, b) => a - b)).toEqual([
      ...Array<number>(250).fill(6),
      ...Array<number>(250).fill(7),
    ]);
  }, 300_000);

  it.each(['udp', 'tcp', 'tls'] as const)(
    'rsyslogd has every line over %s',
    async (transport) => {
      const { lines } = await rsyslogd();
      const count = transport === 'udp' ? 2000 : SESSIONS;
      const tls = transport === 'tls' ? { ca: join(directory, 'cert.pem'), serverName: 'log.example' } : {};
      const { worker, status } = await logTo({
        kind: 'syslog',
        server: '127.0.0.1',
        port: PORTS[transport],
        transport,
        ...tls,
      });
      await make(worker, count);
      await untilSent(status, count);
      const all = await waitFor('rsyslogd to write', () => (ports(lines()).size >= count ? lines() : undefined), {
        timeoutMs: WITHIN_MS,
      });
      const first = all.find((line) => line.includes('sessionCreated'));
      expect(first).toMatch(
        /^gw1 isthmus natlog 134 2026-01-01T00:00:01\.500\S* \s*\{"time":"2026-01-01T00:00:01\.500Z","node":"gw1","slot":1,/,
      );
      expect(status()).toMatchObject({ problem: '', losses: [] });
    },
    120_000,
  );

  it('a server that dies and comes back gets what waited, and loss is counted when it is away too long', async () => {
    const { child } = await rsyslogd();
    const { worker, status } = await logTo({ kind: 'syslog', server: '127.0.0.1', port: PORTS.tcp, queue: 1 });
    await make(worker, 1000);
    await untilSent(status, 1000);
    await ended(child, 'SIGKILL');
    await waitFor('the connection to end', () => (status()?.problem === '' ? undefined : true), {
      timeoutMs: WITHIN_MS,
    });
    await make(worker, 10_000, 1000);
    const away = await waitFor('lines to be lost', () => ((status()?.losses.length ?? 0) > 0 ? status() : undefined), {
      timeoutMs: WITHIN_MS,
    });
    const lost = away.losses.reduce((sum, { lines: count }) => sum + count, 0);
    const again = await rsyslogd();
    await untilSent(status, 11_000 - lost);
    await waitFor('the lines that waited', () => (ports(again.lines()).size >= 11_000 - lost ? true : undefined), {
      timeoutMs: WITHIN_MS,
    });
    expect(again.lines().length).toBeGreaterThanOrEqual(11_000 - lost);
  }, 300_000);
});

function udpListens(port: number): true | undefined {
  const place = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  return (
    [readFileSync('/proc/net/udp', 'utf8'), readFileSync('/proc/net/udp6', 'utf8')].some((text) =>
      text.includes(place),
    ) || undefined
  );
}

/** Each message of a stream as text2pcap reads packets. */
function hexOf(bytes: Buffer): string {
  const packets: string[] = [];
  for (let at = 0; at + 16 <= bytes.length;) {
    const length = bytes.readUInt16BE(at + 2);
    const octets = [...bytes.subarray(at, at + length)].map((octet) => octet.toString(16).padStart(2, '0'));
    packets.push(`000000 ${octets.join(' ')}\n`);
    at += length;
  }
  return packets.join('');
}

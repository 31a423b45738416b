import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StatusReply } from '../../src/agent/control/messages.ts';
import {
  agentOf,
  CLUSTER_FILE,
  type GatewayAgent,
  makeSecret,
  ownState,
  RUN_DIR,
} from '../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, CLIENT6, gatewayNamed, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import { untilRoutedTo } from '../../src/lab/topology/steering.ts';
import { checkFlows, TrafficProgram } from '../../src/lab/traffic/traffic.ts';
import type { LabProcess } from '../../src/lab/world/lab-process.ts';
import type { Machine } from '../../src/lab/world/machine.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

const WITHIN_MS = 60_000;
const FLOWS = { tcp: 8, udp: 4 };
const ALL = { tcp: FLOWS.tcp, tcpTotal: FLOWS.tcp, udp: FLOWS.udp, udpTotal: FLOWS.udp };
const METRICS = '127.0.0.1:9464';
/** Packets of many clients for an address that nobody has, from a TUN of the client's. */
const FILL = { tun: 'fill0', prefix: 'fd77::/16', nobody: '64:ff9b::11.5.0.9' };
const BURST = 4000;
/** Of a burst, at least: packets that find a full queue of an interface on their way are lost. */
const ARRIVES = 500;
const MAX_BURSTS = 15;
/** MiB that may wait for a sink. */
const QUEUE = 1;
const PORTS = { syslog: 24_514, ipfix: 24_739 };
const FAILING = ['collector', 'disk', 'siem'];
const DISK = '/run/disk';
const LOGS = '/run/logs';
const RSYSLOG = '/run/rsyslog';

const SINKS = `natLog:
  sinks:
    file: { kind: file, directory: ${LOGS} }
    disk: { kind: file, directory: ${DISK}/logs, queue: ${QUEUE} }
    siem: { kind: syslog, server: 127.0.0.1, port: ${PORTS.syslog}, queue: ${QUEUE} }
    collector: { kind: ipfix, collector: 127.0.0.1, port: ${PORTS.ipfix}, templateInterval: 1s }
`;
const OTHER_SINKS = `natLog:
  sinks:
    file: { kind: file, directory: ${LOGS} }
    second: { kind: file, directory: /run/second }
`;

/** The NAT log of an agent whose sinks fail, one in each way there is, and whose configuration changes. */
describe.runIf(labTest)('the sinks of the NAT log', () => {
  let site: Site;
  let gateway: Machine;
  let agent: GatewayAgent;
  let flows: TrafficProgram;
  let fill: TrafficProgram;
  let rsyslogd: LabProcess;
  let nfcapd: LabProcess;
  let before: string;
  let sent = 0;

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    const one = gatewayNamed(site, 'gw1');
    gateway = one.machine;
    agent = agentOf(one);
    before = `${SINKS}${clusterFile([one]).replace('    prefer:', '    natLog: bib\n    prefer:')}`;
    // Small buffers: what a stopped server has not read is in the agent's queue, and not in the kernel's.
    await gateway.run([
      'sh',
      '-ec',
      `for way in rmem wmem; do echo '4096 16384 65536' >/proc/sys/net/ipv4/tcp_$way; done
       mkdir -p ${DISK} ${RSYSLOG} /run/flows; mount -t tmpfs -o size=8m tmpfs ${DISK}`,
    ]);
    rsyslogd = await startRsyslogd();
    nfcapd = await startNfcapd();
    await agent.install(before, makeSecret());
    agent.start({ args: ['--http', METRICS] });
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
    const server = new TrafficProgram(site.server4, 'server');
    await server.next('ready', WITHIN_MS);
    const counts = [String(FLOWS.tcp), String(FLOWS.udp)];
    flows = new TrafficProgram(site.client6, 'sessions', [`64:ff9b::${SERVER4}`, ...counts]);
    await flows.next('ready', WITHIN_MS);
    await site.router.ip([`route add 11.5.0.0/16 via ${SERVER4}`, `route add ${FILL.prefix} via ${CLIENT6}`]);
    await site.client6.enableForwarding();
    fill = new TrafficProgram(site.client6, 'fill', [FILL.tun, FILL.nobody]);
    await fill.next('ready', WITHIN_MS);
    await site.client6.ip([`link set ${FILL.tun} up`, `route add ${FILL.prefix} dev ${FILL.tun}`]);
  }, 300_000);

  afterAll(async () => {
    rsyslogd?.resume();
    await site?.world.close();
  });

  async function startRsyslogd(): Promise<LabProcess> {
    const lines = [
      `global(workDirectory="${RSYSLOG}")`,
      'module(load="imtcp")',
      'template(name="line" type="string" string="%msg%\\n")',
      `ruleset(name="all") { action(type="omfile" file="${RSYSLOG}/lines" template="line") }`,
      `input(type="imtcp" port="${PORTS.syslog}" ruleset="all")`,
    ];
    await gateway.writeFile(`${RSYSLOG}/rsyslog.conf`, `${lines.join('\n')}\n`);
    const args = ['-n', '-f', `${RSYSLOG}/rsyslog.conf`, '-i', `${RSYSLOG}/pid`];
    const started = gateway.start('rsyslogd', ['rsyslogd', ...args]);
    await waitFor('rsyslogd to run', () => exists(`${RSYSLOG}/pid`), { timeoutMs: WITHIN_MS });
    return started;
  }

  async function startNfcapd(): Promise<LabProcess> {
    const args = ['-w', '/run/flows', '-p', String(PORTS.ipfix), '-I', 'gw1'];
    const started = gateway.start('nfcapd', ['nfcapd', ...args]);
    await started.waitForLine(/Startup nfcapd/, WITHIN_MS);
    return started;
  }

  async function exists(path: string): Promise<true | undefined> {
    return (await gateway.run(['test', '-e', path], { allowFailure: true })).code === 0 ? true : undefined;
  }

  async function shell(command: string): Promise<string> {
    return (await gateway.run(['sh', '-c', command])).stdout.trim();
  }

  /** Mappings of clients that there were none of before. */
  async function burst(): Promise<void> {
    const seen = fill.count('filled');
    fill.send(JSON.stringify({ first: sent, count: BURST, pps: 4000 }));
    sent += BURST;
    await fill.next('filled', WITHIN_MS, seen);
  }

  type Sink = StatusReply['natLog'][number];

  function sinkOf({ natLog }: StatusReply, name: string): Sink {
    const found = natLog.find((one) => one.name === name);
    if (found === undefined) throw new Error(`the status has no sink ${name}`);
    return found;
  }

  const lostBy = ({ lost }: Sink, reason: string): number => lost.find(({ name }) => name === reason)?.value ?? 0;

  const subjects = ({ problems }: StatusReply): string[] =>
    problems.flatMap(({ code, subject }) => (code === 'nat-log-lost' ? [subject] : [])).toSorted();

  /** Waits until there is an event with this code about each sink that fails, and none about another. */
  async function untilEvents(code: string): Promise<void> {
    let sinks: string[] = [];
    const all = async (): Promise<true | undefined> => {
      const events = (await agent.events()).filter((event) => event.code === code);
      sinks = [...new Set(events.map(({ reason }) => /^sink (\w+)/.exec(reason)?.[1] ?? reason))].toSorted();
      return sinks.length >= FAILING.length ? true : undefined;
    };
    await waitFor(`events ${code}`, all, { timeoutMs: WITHIN_MS, everyMs: 200, diagnose: () => sinks.join() });
    expect(sinks).toEqual(FAILING);
  }

  async function metric(name: string, labels: string): Promise<number> {
    const text = await shell(`curl -sg http://${METRICS}/metrics | grep -F '${name}{' | grep -F '${labels}'`);
    return Number(text.split(' ').at(-1));
  }

  const MAPPINGS = `grep -h '"event":"mapping'`;

  it('have all lines while they work', async () => {
    await burst();
    const status = await agent.until(
      'to have written',
      (now) => now.natLog.every(({ lines }) => lines >= ARRIVES),
      WITHIN_MS,
    );
    expect(subjects(status)).toEqual([]);
    expect(Object.fromEntries(status.natLog.map(({ name, lost }) => [name, lost]))).toEqual({
      file: [],
      disk: [],
      siem: [],
      collector: [],
    });
  }, 120_000);

  it('that are stopped, full or gone lose what is counted for each, loudly, and nothing else suffers', async () => {
    await rsyslogd.signal('SIGSTOP');
    await nfcapd.signal('SIGKILL');
    await nfcapd.exited;
    await shell(`dd if=/dev/zero of=${DISK}/filler bs=4k 2>/dev/null || true`);
    for (let bursts = 0; bursts < MAX_BURSTS; bursts++) {
      await burst();
      const now = await agent.until('to answer', () => true, WITHIN_MS);
      const [disk, siem, collector] = ['disk', 'siem', 'collector'].map((name) => sinkOf(now, name));
      const lost = [lostBy(disk, 'queue'), lostBy(siem, 'queue'), lostBy(collector, 'connection')];
      if (lost.every((lines) => lines > 0)) break;
    }
    const failing = await agent.until('to report the sinks that fail', (now) => subjects(now).length === 3, WITHIN_MS);
    expect(subjects(failing)).toEqual(FAILING.map((name) => `NAT log sink ${name}`));
    const [file, disk, siem, collector] = ['file', 'disk', 'siem', 'collector'].map((name) => sinkOf(failing, name));
    expect(disk.problem).toMatch(/^ENOSPC/);
    expect(lostBy(disk, 'queue')).toBeGreaterThan(0);
    expect(siem.losing).toBe(true);
    expect(lostBy(siem, 'queue')).toBeGreaterThan(0);
    expect(collector.problem).toMatch(/ECONNREFUSED/);
    expect(lostBy(collector, 'connection')).toBeGreaterThan(0);
    for (const { waiting } of failing.natLog) expect(waiting).toBeLessThanOrEqual(QUEUE * 2 ** 20);
    // The others have all, and so have clients.
    expect(file).toMatchObject({ problem: '', lost: [], losing: false });
    expect(ownState(failing).state).toBe('active');
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);

    await untilEvents('nat-log-lost');
    expect(await metric('isthmus_nat_log_ok', 'sink="disk"')).toBe(0);
    expect(await metric('isthmus_nat_log_ok', 'sink="file"')).toBe(1);
    expect(await metric('isthmus_nat_log_lost_total', 'sink="siem",reason="queue"')).toBeGreaterThan(0);
    expect(await metric('isthmus_nat_log_lost_total', 'sink="file",reason="queue"')).toBe(0);
  }, 300_000);

  it('go on by themselves, and tell what they have lost', async () => {
    await rsyslogd.signal('SIGCONT');
    nfcapd = await startNfcapd();
    await shell(`rm ${DISK}/filler`);
    await burst();
    await agent.until('to find nothing wrong', (now) => subjects(now).length === 0, WITHIN_MS);
    await untilEvents('nat-log-restored');
    const status = await agent.until(
      'to have written all',
      (now) => now.natLog.every(({ waiting }) => waiting === 0),
      WITHIN_MS,
    );
    const all = Number(await shell(`${MAPPINGS} ${LOGS}/*.jsonl | sort -u | wc -l`));
    for (const [name, files] of [
      ['disk', `${DISK}/logs/*.jsonl`],
      ['siem', `${RSYSLOG}/lines`],
    ] as const) {
      const lost = lostBy(sinkOf(status, name), 'queue');
      // Lines that say each minute that the log goes on may be among the lost ones.
      const complete = async (): Promise<true | undefined> => {
        const there = Number(await shell(`${MAPPINGS} ${files} | sort -u | wc -l`));
        return there >= all - lost && there <= all - lost + 5 ? true : undefined;
      };
      await waitFor(`all but ${lost} of ${all} lines in ${name}`, complete, { timeoutMs: WITHIN_MS, everyMs: 500 });
      const told = await shell(`grep -h '"event":"linesLost"' ${files} | sed 's/.*"lines":\\([0-9]*\\).*/\\1/'`);
      const sum = told.split('\n').reduce((total, lines) => total + Number(lines), 0);
      expect(sum).toBe(lost);
    }
    await nfcapd.stop();
    const dumped = await shell('nfdump -I -R /run/flows');
    // The first nfcapd was killed: what it had not written is its own loss.
    expect(Number(/Flows: (\d+)/.exec(dumped)?.[1])).toBeGreaterThanOrEqual(ARRIVES);
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
  }, 180_000);

  it('change by a reload, and what is recorded too, without a restart and under sessions', async () => {
    const epoch = await shell(`cat ${LOGS}/*.jsonl | sed -n '1s/.*"epoch":\\([0-9]*\\).*/\\1/p'`);
    const files = await shell(`ls ${LOGS}`);
    const after = before.replace(SINKS, OTHER_SINKS).replace('natLog: bib', 'natLog: sessions');
    await gateway.writeFile(CLUSTER_FILE, after);
    const busy = burst();
    const { code, stdout, stderr } = await agent.isthmus(['reload', '--run-dir', RUN_DIR]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('configuration applied');
    await busy;
    await burst();
    const status = await agent.until(
      'to write to the sinks that it has now',
      ({ natLog }) => natLog.length === 2 && natLog.every(({ waiting }) => waiting === 0),
      WITHIN_MS,
    );
    expect(status.natLog.map(({ name }) => name).toSorted()).toEqual(['file', 'second']);
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(ALL);
    expect(agent.process.running).toBe(true);
    const recorded = async (): Promise<true | undefined> =>
      Number(await shell(`grep -hc '"event":"sessionCreated"' /run/second/*.jsonl || true`)) >= BURST
        ? true
        : undefined;
    await waitFor('sessions in the new sink', recorded, { timeoutMs: WITHIN_MS, everyMs: 500 });
    // The sink that did not change goes on in its file.
    expect(await shell(`ls ${LOGS}`)).toBe(files);
    const events = (directory: string): Promise<string> =>
      shell(`grep -ho '"event":"log[BCS][a-z]*' ${directory}/*.jsonl | cut -d'"' -f4`);
    expect(await events(LOGS)).toBe('logContinued\nlogStarted\nlogConfigured');
    expect(await events('/run/second')).toBe('logContinued\nlogConfigured');
    expect(
      await shell(`grep -h '"event":"sessionCreated"' ${LOGS}/*.jsonl | grep -vc '"epoch":${epoch},' || true`),
    ).toBe('0');
  }, 180_000);
});

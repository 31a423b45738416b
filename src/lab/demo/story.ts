import type { Event } from '../../agent/control/messages.ts';
import { inSyncWith, makeSecret, ownState, sessionCounts } from '../gateway/agent.ts';
import { translated } from '../../drills/samples.ts';
import { clusterFile } from '../topology/cluster-file.ts';
import { SERVER4, SERVER_NAME } from '../topology/site.ts';
import { untilRoutedTo } from '../topology/steering.ts';
import { BLOCK, contentSha256 } from '../traffic/content.ts';
import { Ping } from '../traffic/ping.ts';
import { checkFlows, TrafficProgram } from '../traffic/traffic.ts';
import { waitFor } from '../world/wait.ts';
import { succeeded } from './result.ts';
import { milliseconds, seconds } from '../screen.ts';
import type { Stage } from './stage.ts';
import { statusAsSeenBy } from './status-command.ts';

/**
 * The download is paced by the server until it is told to finish, so that it lasts for the whole demo on any machine.
 */
const DOWNLOAD_BLOCKS = 2048;
const DOWNLOAD_RATE = 400_000;
const HURRY_RATE = 50_000_000;
const PING_INTERVAL_MS = 10;
const TCP_CONNECTIONS = 24;
const UDP_FLOWS = 16;
const SLOW_PINGS_MS = [200, 200, 200];
const SERVER6 = `64:ff9b::${SERVER4}`;

/** A step of the demo has failed. */
export class DemoFailure extends Error {
  override readonly name = 'DemoFailure';
}

interface Traffic {
  readonly server: TrafficProgram;
  readonly download: TrafficProgram;
  readonly flows: TrafficProgram;
  readonly ping: Ping;
}

/**
 * The steps of the demo: two gateways carry traffic, the active agent is killed, no connection breaks, the first one
 * takes over again.
 */
export async function tellStory(stage: Stage): Promise<void> {
  await startAgents(stage);
  const server = await fetchByName(stage);
  const traffic = await startTraffic(stage, server);
  await killFirst(stage, traffic);
  await bringBackFirst(stage, traffic);
  await finishDownload(stage, traffic);
  summarise(stage);
}

async function startAgents({ screen, site, first, second }: Stage): Promise<void> {
  screen.step('Two agents with one cluster file');
  const file = clusterFile(site.gateways);
  const secret = makeSecret();
  screen.quote(file);
  const started = performance.now();
  for (const agent of [first, second]) {
    await agent.install(file, secret);
    screen.command(agent.node, `isthmus agent --config cluster.yaml --node ${agent.node}`);
    agent.start();
  }
  for (const agent of [first, second])
    await agent.until('to be active', (status) => ownState(status).state === 'active', 20_000);
  await untilRoutedTo(site, first.node, 10_000);
  screen.good(`both active, and the router sends to gw1, ${seconds(performance.now() - started)} after their start`);
}

async function fetchByName({ screen, site: { client6, server4 }, result }: Stage): Promise<TrafficProgram> {
  screen.step(`client6 fetches http://${SERVER_NAME}/ by name`);
  const server = new TrafficProgram(server4, 'server');
  await server.next('ready', 10_000);
  server.send(`rate ${DOWNLOAD_RATE}`);
  screen.command('client6', 'ip -brief address');
  const { stdout: addresses } = await client6.run(['ip', '-brief', 'address']);
  screen.quote(addresses);
  if (/\d+\.\d+\.\d+\.\d+/.test(addresses)) throw new DemoFailure('client6 should have no IPv4 address');
  screen.command('client6', `curl http://${SERVER_NAME}/`);
  const page = await client6.run(
    ['curl', '-sS', '--max-time', '10', '-w', 'connected to %{remote_ip}\n', `http://${SERVER_NAME}/`],
    {
      allowFailure: true,
    },
  );
  screen.quote(page.stdout + page.stderr);
  result.fetched = page.code === 0 && /You come from 11\.64\.0\.\d+\./.test(page.stdout);
  if (!result.fetched) throw new DemoFailure('expected the page of server4, asked for from an address of pool4');
  screen.good('the name became an IPv6 address by DNS64, the connection came out of pool4 by NAT64');
  return server;
}

async function startTraffic(
  { screen, site: { client6 }, first, second, result }: Stage,
  server: TrafficProgram,
): Promise<Traffic> {
  screen.step('Traffic that must not break');
  const download = new TrafficProgram(client6, 'download', [
    `http://${SERVER_NAME}/download?blocks=${DOWNLOAD_BLOCKS}`,
  ]);
  const [ping] = [PING_INTERVAL_MS, ...SLOW_PINGS_MS].map((interval) => new Ping(client6, SERVER6, interval));
  if (ping === undefined) throw new DemoFailure('there is no ping');
  const flows = new TrafficProgram(client6, 'sessions', [SERVER6, String(TCP_CONNECTIONS), String(UDP_FLOWS)]);
  const { localPort } = await download.next('connected', 10_000);
  await flows.next('ready', 10_000);
  await ping.flowing(50, 10_000);
  screen.note(
    `one download of ${(DOWNLOAD_BLOCKS * BLOCK) / 2 ** 20} MiB over one TCP connection, from port ${localPort}`,
  );
  screen.note(`a ping each ${PING_INTERVAL_MS} ms and ${SLOW_PINGS_MS.length} slower ones`);
  screen.note(`${TCP_CONNECTIONS} more TCP connections and ${UDP_FLOWS} UDP flows to an echo server`);
  const checked = await checkFlows(flows, 5_000);
  if (checked.tcp !== checked.tcpTotal || checked.udp !== checked.udpTotal)
    throw new DemoFailure(`not every flow is answered: ${describeFlows(checked)}`);
  await second.until('to hold all that gw1 owns', (status) => inSyncWith(status, first.node), 10_000);
  result.sessionsBefore = sessionCounts(await statusAsSeenBy(first)).own;
  screen.good(`gw1 owns ${result.sessionsBefore} sessions; gw2 holds them too: the digests agree`);
  return { server, download, flows, ping };
}

async function killFirst(
  { screen, site, first, second, result }: Stage,
  { download, flows, ping }: Traffic,
): Promise<void> {
  screen.step('kill -9 of the active agent');
  const before = await first.until('to answer', () => true, 5_000);
  screen.command('gw1', `kill -9 ${before.nodes.find(({ self }) => self)?.pid ?? ''}`);
  download.send('mark');
  const killedAt = Date.now();
  await first.process.signal('SIGKILL');
  await first.process.exited;
  await untilRoutedTo(site, second.node, 10_000);
  await ping.flowing(50, 10_000);
  result.outageMs = Math.round(ping.outageMs(killedAt));
  screen.good(`the router sends to gw2; no ping was answered for ${milliseconds(result.outageMs)}`);
  const status = await statusAsSeenBy(second);
  result.sessionsOnSurvivor = sessionCounts(status).all;
  result.duplicatesDropped = status.replication.duplicatesDropped;
  await requireUnbroken('after the kill', flows, download);
  screen.good(
    `the same TCP connections go on; the download stood still for ${milliseconds(download.latest('progress')?.longestGapMs ?? 0)} at most`,
  );
  screen.command('gw2', 'isthmus status');
  screen.quote((await second.isthmus(['status'])).stdout);
}

async function bringBackFirst(
  { screen, site, first, second, result }: Stage,
  { download, flows, ping }: Traffic,
): Promise<void> {
  screen.step('gw1 comes back');
  const startedAt = Date.now();
  screen.command('gw1', 'isthmus agent --config cluster.yaml --node gw1');
  first.start();
  let announcedUnsynced = false;
  let syncedAt: number | undefined;
  const status = await first.until(
    'to be active again',
    (seen) => {
      const synced = inSyncWith(seen, second.node);
      if (synced) syncedAt ??= seen.time;
      if (!synced && syncedAt === undefined && seen.announcements.some(({ observed }) => observed === 'announced'))
        announcedUnsynced = true;
      return ownState(seen).state === 'active';
    },
    30_000,
  );
  await untilRoutedTo(site, first.node, 10_000);
  const routedAt = Date.now();
  await ping.flowing(50, 10_000);
  const events = (await first.events()).filter(({ time }) => time >= startedAt);
  const story = events.map((event) => ({ time: event.time, text: describeEvent(event) }));
  story.push({ time: routedAt, text: 'the router sends to gw1 again' });
  for (const { time, text } of story.toSorted((one, other) => one.time - other.time)) {
    screen.quote(`${milliseconds(time - startedAt).padStart(8)}  ${text}`);
  }
  if (syncedAt === undefined) throw new DemoFailure('gw1 became active without having been in sync');
  const activeAt = events.find(
    ({ subject, name, to }) => subject === 'node' && name === first.node && to === 'active',
  )?.time;
  const announcedAt = events.find(({ subject, to }) => subject === 'announcement' && to === 'announced')?.time;
  if (activeAt === undefined || (announcedAt !== undefined && announcedAt < activeAt)) announcedUnsynced = true;
  if (announcedUnsynced) throw new DemoFailure('gw1 announced before it was in sync');
  result.resyncMs = Math.round(syncedAt - startedAt);
  const carried = translated(await first.until('to answer', () => true, 5_000));
  await first.until('to translate packets', (seen) => translated(seen) > carried, 5_000);
  await requireUnbroken('after the way back', flows, download);
  result.backOnFirst = true;
  screen.good(
    `in sync (${sessionCounts(status).all} sessions) before it announced; then the traffic came back, the longest pause was ${milliseconds(ping.outageMs(startedAt))}`,
  );
}

async function finishDownload({ screen, result }: Stage, { server, download, flows }: Traffic): Promise<void> {
  screen.step('The download ends');
  server.send(`rate ${HURRY_RATE}`);
  const end = await download.next('end', 60_000);
  const expected = contentSha256(DOWNLOAD_BLOCKS);
  screen.note(`${end.bytes} bytes over one connection, SHA-256 ${end.sha256}`);
  result.sha256Ok = end.sha256 === expected && end.bytes === DOWNLOAD_BLOCKS * BLOCK;
  if (!result.sha256Ok) throw new DemoFailure(`expected ${DOWNLOAD_BLOCKS * BLOCK} bytes with SHA-256 ${expected}`);
  const checked = await checkFlows(flows, 5_000);
  result.tcpSurvived = checked.tcp === checked.tcpTotal && checked.tcpBroken === 0 && download.count('connected') === 1;
  if (!result.tcpSurvived) throw new DemoFailure(`not every TCP connection survived: ${describeFlows(checked)}`);
  screen.good('as it was sent; every TCP connection survived both moves');
}

function summarise({ screen, result }: Stage): void {
  screen.step('Summary');
  const { sessionsBefore = 0, sessionsOnSurvivor = 0 } = result;
  screen.table([
    { name: 'fetched by name through DNS64', value: yes(result.fetched), ok: result.fetched },
    {
      name: 'traffic stood still at the kill',
      value: `${result.outageMs ?? '–'} ms`,
      ok: result.outageMs !== undefined,
    },
    { name: 'sessions of the killed node', value: String(sessionsBefore), ok: sessionsBefore > 0 },
    { name: 'sessions on the survivor', value: String(sessionsOnSurvivor), ok: sessionsOnSurvivor >= sessionsBefore },
    { name: 'TCP connections survived', value: yes(result.tcpSurvived), ok: result.tcpSurvived },
    { name: 'SHA-256 of the download right', value: yes(result.sha256Ok), ok: result.sha256Ok },
    { name: 'second copies of frames dropped', value: String(result.duplicatesDropped ?? '–') },
    { name: 'gw1 in sync after its start', value: `${result.resyncMs ?? '–'} ms`, ok: result.resyncMs !== undefined },
    { name: 'in sync first, then back on gw1', value: yes(result.backOnFirst), ok: result.backOnFirst },
  ]);
  screen.line();
  if (!succeeded(result)) throw new DemoFailure('not everything was as it should be: see the table');
}

/** @throws DemoFailure when a flow is not answered, or the download stalls */
async function requireUnbroken(when: string, flows: TrafficProgram, download: TrafficProgram): Promise<void> {
  const before = download.latest('progress')?.bytes ?? 0;
  const checked = await checkFlows(flows, 10_000);
  if (checked.tcp !== checked.tcpTotal || checked.udp !== checked.udpTotal) {
    throw new DemoFailure(`${when} not every flow is answered: ${describeFlows(checked)}`);
  }
  await waitFor(`the download to go on ${when}`, () => (download.latest('progress')?.bytes ?? 0) > before, {
    timeoutMs: 10_000,
    diagnose: () => download.process.tail(3),
  });
}

function describeEvent({ subject, name, from, to, reason }: Event): string {
  const change = from === '' ? to : `${from} → ${to}`;
  return `${subject} ${name}: ${change}${reason === '' ? '' : ` (${reason})`}`;
}

function describeFlows(flows: {
  tcp: number;
  tcpTotal: number;
  tcpBroken: number;
  udp: number;
  udpTotal: number;
}): string {
  return `TCP ${flows.tcp} of ${flows.tcpTotal} (${flows.tcpBroken} broken), UDP ${flows.udp} of ${flows.udpTotal}`;
}

function yes(value: boolean): string {
  return value ? 'yes' : 'no';
}

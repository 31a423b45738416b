import { inSyncWith, ownState, sessionCounts } from '../../gateway/agent.ts';
import { POOL6, SERVER4 } from '../../topology/site.ts';
import { Ping } from '../../traffic/ping.ts';
import { firstAnswers, streamed, TrafficProgram } from '../../traffic/traffic.ts';
import { pause } from '../../world/wait.ts';
import { AgentWatch, type Watched } from './agent-watch.ts';
import { HTTP, type JoinSite } from './join-site.ts';

const SERVER6 = `${POOL6.split('/')[0]}${SERVER4}`;
const PING_MS = 5;
const UDP_STREAMS = 4;
const TCP_STREAMS = 4;
const STREAM_MS = 5;
const NEW_SESSION_MS = 50;
const ALONE_MS = 5000;
const WITHIN_MS = 240_000;

/** Cost of a join, and its effect on the traffic through the other node. */
export interface JoinResult {
  /** From the start of the process until it has all sessions, verified by a digest, and is active. */
  readonly seconds: number;
  /** From the first record to the verification. */
  readonly copySeconds: number;
  readonly sessions: number;
  /** The first node alone, before the join, under the same traffic. */
  readonly alone: Watched & { readonly pingOutageMs: number };
  readonly owner: Watched;
  readonly joiner: Watched;
  readonly pingsLost: number;
  /** The longest time without an echo reply, beyond the interval, ms. */
  readonly pingOutageMs: number;
  readonly udpSent: number;
  readonly udpLost: number;
  readonly tcpAlive: boolean;
  readonly tcpGapMs: number;
  /** First packets of sessions opened meanwhile, which wait until the joining node has their records. */
  readonly firsts: {
    readonly opened: number;
    readonly answered: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
    readonly longestMs: number;
  };
  readonly framesSent: number;
  readonly framesResent: number;
  readonly framesLost: number;
  /** Warnings and errors among the events of both nodes. */
  readonly events: readonly string[];
}

/** Starts the second agent, under traffic through the first, and observes it until it is active. */
export async function join({ site, owner, joiner }: JoinSite): Promise<JoinResult> {
  const { client6 } = site;
  const streams = [UDP_STREAMS, TCP_STREAMS, STREAM_MS].map(String);
  const stream = new TrafficProgram(client6, 'stream', [SERVER6, ...streams]);
  const firsts = new TrafficProgram(client6, 'first-answers', [SERVER6, String(NEW_SESSION_MS)]);
  for (const program of [stream, firsts]) await program.next('ready', 30_000);
  const ping = new Ping(client6, SERVER6, PING_MS);
  await ping.flowing(40, 30_000);
  const before = await owner.until('an answer', () => true, WITHIN_MS);
  const eventsBefore = (await owner.events()).length;
  const alone = await AgentWatch.ofRunning(owner);
  await pause(ALONE_MS);
  const ownerAlone = await alone.stop();
  const alonePing = ping.outageMs(0);
  const ownerWatch = await AgentWatch.ofRunning(owner);
  for (const program of [stream, firsts]) program.send('mark');
  const began = Date.now();
  const startedMs = performance.now();
  joiner.start({ args: ['--http', HTTP] });
  const watches = [ownerWatch, AgentWatch.ofStarted(joiner)];
  let firstMs: number | undefined;
  let provenMs: number | undefined;
  const after = await joiner.until(
    'to be active with all sessions',
    (status) => {
      if (sessionCounts(status).all > 0) firstMs ??= performance.now();
      if (inSyncWith(status, owner.node)) provenMs ??= performance.now();
      return provenMs !== undefined && ownState(status).state === 'active';
    },
    WITHIN_MS,
  );
  const endMs = performance.now();
  const account = await streamed(stream);
  const answered = await firstAnswers(firsts);
  await ping.flowing(20, 30_000);
  const [ofOwner, ofJoiner] = await Promise.all(watches.map((watch) => watch.stop()));
  if (ofOwner === undefined || ofJoiner === undefined) throw new Error('an agent was not watched');
  const sent = await owner.until('an answer', () => true, WITHIN_MS);
  const events = [...(await owner.events()).slice(eventsBefore), ...(await joiner.events())];
  for (const { process: program } of [stream, firsts, ping]) await program.stop();
  return {
    seconds: (endMs - startedMs) / 1000,
    copySeconds: ((provenMs ?? endMs) - (firstMs ?? startedMs)) / 1000,
    sessions: sessionCounts(after).all,
    alone: { ...ownerAlone, pingOutageMs: alonePing },
    owner: ofOwner,
    joiner: ofJoiner,
    pingsLost: ping.lost,
    pingOutageMs: ping.outageMs(began),
    udpSent: account.sent,
    udpLost: account.lost,
    tcpAlive: account.tcp === account.tcpTotal,
    tcpGapMs: account.tcpGapMs,
    firsts: answered,
    framesSent: (sent.replication?.sequence ?? 0) - (before.replication?.sequence ?? 0),
    framesResent: sent.replication?.framesResent ?? 0,
    framesLost: after.replication?.framesLost ?? 0,
    events: events
      .filter(({ severity }) => severity !== 'info')
      .map(({ node, subject, name, to, reason }) => `${node}: ${subject} ${name} ${to} (${reason})`),
  };
}

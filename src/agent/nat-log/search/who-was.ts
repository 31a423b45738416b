import { type Answer, type Certainty, SILENCE_MS } from './answer.ts';
import { computedAnswers, notComputed } from './computed.ts';
import { type Holding, holdingsOf } from './holdings.ts';
import { isRecord, type LogLine } from './log-line.ts';
import type { Found, Question } from './log-search.ts';

export interface Judgement {
  readonly answers: readonly Answer[];
  /** Gaps of the log around the time, a sentence each. */
  readonly missing: readonly string[];
}

/** Maximum age of losses in the worker when they are reported. */
const LOST_MS = 10_000;

/** A time from which or until which a node has no lines, and why. */
interface Gap {
  readonly node: string;
  readonly slot: number | undefined;
  readonly fromMs: number;
  readonly toMs: number;
  readonly what: string;
}

/** Evaluates lines for a query. Pure. @param found of all nodes that answered @param nodes names of those */
export function judge(question: Question, found: readonly Found[], expected: readonly string[] = []): Judgement {
  const { timeMs, skewMs } = question;
  const [earliest, latest] = [timeMs - skewMs, timeMs + skewMs];
  const notes = merged(found.flatMap((one) => one.notes));
  const lines = merged(found.flatMap((one) => one.lines));
  const gaps = gapsOf(notes);
  const holdings = holdingsOf(lines).filter((one) => startOf(one) <= latest && endOf(one) >= earliest);
  const about = [...found.flatMap(({ openings }) => openings), ...notes];
  const logged = holdings.map((holding) => answerOf(holding, question, gaps, notes));
  const answers = [...logged, ...computedAnswers(question, about)].toSorted(
    (one, other) => RANK[one.certainty] - RANK[other.certainty],
  );
  const reported = gaps.filter(({ fromMs, toMs }) => fromMs <= latest && toMs >= earliest).map(({ what }) => what);
  return { answers, missing: [...reported, ...notComputed(question, about), ...absences(question, found, expected)] };
}

const RANK: Readonly<Record<Certainty, number>> = { certain: 0, probable: 1, possible: 2 };

function merged(lines: readonly LogLine[]): LogLine[] {
  return lines.toSorted((one, other) => one.timeMs - other.timeMs);
}

function startOf({ from, begun }: Holding): number {
  return begun ? from.timeMs : Number.NEGATIVE_INFINITY;
}

function endOf({ until, replaced }: Holding): number {
  return until?.timeMs ?? replaced?.timeMs ?? Number.POSITIVE_INFINITY;
}

function answerOf(
  holding: Holding,
  { timeMs, skewMs }: Question,
  gaps: readonly Gap[],
  notes: readonly LogLine[],
): Answer {
  const { from, begun, until, replaced } = holding;
  const remarks: string[] = [];
  const [start, end] = [startOf(holding), endOf(holding)];
  let certainty: Certainty = start <= timeMs - skewMs && end >= timeMs + skewMs ? 'certain' : 'possible';
  if (certainty === 'possible') remarks.push(`its time begins or ends within ${skewMs / 1000} s of the time asked for`);
  const doubt = (why: string): void => {
    if (certainty === 'certain') certainty = 'probable';
    remarks.push(why);
  };
  if (!begun) doubt('its beginning is not in the log');
  if (until === undefined && replaced !== undefined) {
    doubt(`its end is not in the log; another client had the port from ${text(replaced.timeMs)} on`);
  }
  const takeover = notes.find((line) => isTakeover(line, from, end));
  for (const gap of gaps.filter(({ fromMs, toMs }) => fromMs < end && toMs > Math.max(start, 0))) {
    // Mappings of a killed node continue on the node that has taken over, whose lines contain their end.
    const carried =
      takeover !== undefined && gap.slot === takeover.formerSlot && until !== undefined && !isBehind(gap, until);
    if (!carried && isWithin(gap, start, Math.max(timeMs + skewMs, from.timeMs))) doubt(gap.what);
  }
  if (takeover !== undefined) remarks.push(`taken over by ${takeover.node} at ${text(takeover.timeMs)}`);
  return {
    certainty,
    remarks,
    instance: holding.instance,
    protocol: holding.protocol,
    client: holding.client,
    pseudonym: holding.pseudonym,
    clientPort: holding.port,
    pool4: holding.pool4,
    ports: holding.ports,
    fromMs: begun ? from.timeMs : undefined,
    fromNode: from.node,
    untilMs: until?.timeMs,
    untilNode: until?.node ?? '',
    remotes: holding.remotes,
    computed: false,
  };
}

function isTakeover(line: LogLine, from: LogLine, end: number): boolean {
  const of = line.event === 'takenOver' && line.instance === from.instance && line.formerSlot === from.slot;
  return of && line.timeMs >= from.timeMs && line.timeMs <= end;
}

function isBehind({ fromMs }: Gap, until: LogLine): boolean {
  return fromMs > until.timeMs;
}

function isWithin({ fromMs, toMs }: Gap, startMs: number, endMs: number): boolean {
  return fromMs < endMs && toMs > startMs;
}

/** Times for which a node's log has no lines, or has lost some. */
function gapsOf(notes: readonly LogLine[]): Gap[] {
  const gaps: Gap[] = [];
  const last = new Map<string, LogLine>();
  for (const line of notes) {
    const { node, slot, timeMs } = line;
    const before = last.get(node);
    last.set(node, line);
    if (line.event === 'linesLost') {
      const fromMs = line.sinceMs ?? timeMs;
      const what = `${node} lost ${line.lines} lines from ${text(fromMs)} to ${text(timeMs)}`;
      gaps.push({ node, slot, fromMs, toMs: timeMs, what });
    }
    if (line.lostBefore > 0) {
      const what = `${node} lost ${line.lostBefore} lines shortly before ${text(timeMs)}`;
      gaps.push({ node, slot, fromMs: Math.max(timeMs - LOST_MS, before?.timeMs ?? 0), toMs: timeMs, what });
    }
    if (before === undefined || before.event === 'logStopped') continue;
    const restarted = line.epoch !== before.epoch;
    if (!restarted && timeMs - before.timeMs <= SILENCE_MS) continue;
    const why = restarted ? 'its agent ended without a last line' : 'no line about the log itself';
    const what = `${node} has no lines from ${text(before.timeMs)} to ${text(timeMs)} for certain: ${why}`;
    gaps.push({ node, slot, fromMs: before.timeMs, toMs: timeMs, what });
  }
  for (const [node, line] of last) {
    if (line.event === 'logStopped') continue;
    const what = `the log of ${node} ends at ${text(line.timeMs)}`;
    gaps.push({ node, slot: line.slot, fromMs: line.timeMs + SILENCE_MS, toMs: Number.POSITIVE_INFINITY, what });
  }
  return gaps;
}

/** Nodes whose logs are missing, logs that begin later, and instances that logged nothing. */
function absences({ timeMs }: Question, found: readonly Found[], expected: readonly string[]): string[] {
  const openings = merged(found.flatMap(({ openings: some }) => some));
  const present = new Set([...openings, ...found.flatMap(({ notes }) => notes)].map(({ node }) => node));
  const named = new Set([...expected, ...openings.flatMap(({ nodes }) => nodes)]);
  const missing = [...named].filter((node) => !present.has(node)).map((node) => `the log of ${node} was not searched`);
  const first = openings[0];
  if (found.every(({ files }) => files === 0)) missing.push('there are no files of the NAT log');
  else if (first !== undefined && first.timeMs > timeMs) missing.push(`the log begins at ${text(first.timeMs)}`);
  const current = openings.findLast((line) => line.timeMs <= timeMs);
  for (const [name, account] of Object.entries(current?.instances ?? {})) {
    if (!isRecord(account) || account['natLog'] !== 'off') continue;
    // With deterministic ports only, nothing is missing.
    if (account['assigned'] !== undefined && account['shares'] !== true) continue;
    missing.push(`instance ${name} recorded no mappings then (natLog: off)`);
  }
  return [...missing, ...found.flatMap(({ unreadable }) => unreadable)];
}

function text(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

/*
 * What questions about a large table cost: fills a table, then asks as `explain`, `sessions` and `bib` do, and prints how
 * long each question took in all, and how long packets had to wait for one step of it. Run with
 *
 *     npm run bench:look-ups -- 4000000
 */
import { TableWalks } from '../../src/dataplane/table-walks.ts';
import { TOP_GROUPS, type TopGroup, type TopQuestion, TopWalk } from '../../src/translator/nat64/tables/top-walk.ts';
import type { WorkerReport } from '../../src/dataplane/worker-messages.ts';
import { TranslatorCounters } from '../../src/translator/counters.ts';
import { SessionStore } from '../../src/translator/nat64/tables/session-store.ts';
import { EVERYTHING, type TableFilter } from '../../src/translator/nat64/tables/table-filter.ts';
import { type TableQuery, TableWalk } from '../../src/translator/nat64/tables/table-query.ts';
import { TcpState } from '../../src/translator/nat64/tables/tcp-state.ts';
import { instanceOptions } from '../../src/lab/bench/course.ts';

const TCP = 6;
const PORTS = 64_512;
const POOL4 = 0x0b40_0000;
const most = Number(process.argv[2] ?? 4_000_000);

function filled(): SessionStore {
  const { translator: options } = instanceOptions({});
  if (options.kind !== 'nat64') throw new Error('the course runs a nat64 instance');
  const limits = { ...options.limits, sessions: most, bibEntries: most };
  const store = new SessionStore(1, limits, options.timeouts, new TranslatorCounters(), 7, options);
  const records = new Uint8Array(64 * 1024);
  for (let number = 0; number < most; number++) {
    const address = POOL4 + Math.floor(number / PORTS);
    const [house, port] = [number % 65_536, 1024 + Math.floor(number / 65_536)];
    const bib = store.entries.create(TCP, 0x2001_0db8, house, 0, 1, port, address, 1024 + (number % PORTS));
    store.open(bib, 0xc633_6400 + (number % 251), 443, TcpState.established, 1);
    if (number % 1024 === 0) while (store.log.take(records, 0, 1024, 1) > 0);
  }
  return store;
}

const store = filled();
const client = [0x2001_0db8, 4711, 0, 1] as const;
const QUESTIONS: readonly (readonly [string, Partial<TableQuery>, Partial<TableFilter>])[] = [
  ['explain: client and port', {}, { client, clientLength: 128, clientPort: 1030 }],
  ['bib --pool4 address:port', { table: 'bib' }, { pool4: POOL4 + 3, pool4Length: 32, pool4Port: 2000 }],
  ['sessions --client address', {}, { client, clientLength: 128 }],
  ['sessions --client /64, count', { what: 'count' }, { client, clientLength: 64 }],
  ['sessions --remote address, count', { what: 'count' }, { remote: 0xc633_6407, remoteLength: 32 }],
  ['sessions --pool4 address, count', { what: 'count' }, { pool4: POOL4 + 3, pool4Length: 32 }],
  ['sessions, all', {}, {}],
];

/** Runs one question to its end. @returns pages, sessions found, and the length of each step, microseconds */
function ask(query: Partial<TableQuery>, filter: Partial<TableFilter>): { found: number; stepsUs: number[] } {
  const stepsUs: number[] = [];
  let found = 0;
  for (let from = 0; from >= 0;) {
    const whole: TableQuery = { table: 'sessions', what: 'rows', ...query, from, filter: { ...EVERYTHING, ...filter } };
    const answers: WorkerReport[] = [];
    const walks = new TableWalks((report) => void answers.push(report), nowUs);
    walks.add(1, () => new TableWalk(store, whole));
    while (answers.length === 0) {
      const beginUs = nowUs();
      walks.step(2);
      stepsUs.push(nowUs() - beginUs);
    }
    const [answer] = answers;
    if (answer?.kind !== 'answer' || typeof answer.value !== 'object' || !('next' in answer.value)) {
      throw new Error('the question was not answered');
    }
    found += 'count' in answer.value ? answer.value.count : 0;
    from = answer.value.next;
  }
  return { found, stepsUs };
}

/** The same for the largest groups. */
function askTop(by: TopGroup): { found: number; stepsUs: number[] } {
  const stepsUs: number[] = [];
  const answers: WorkerReport[] = [];
  const walks = new TableWalks((report) => void answers.push(report), nowUs);
  const question: TopQuestion = { by, sort: 'sessions', filter: EVERYTHING, prefixLength: 128, rows: 1000 };
  const beginUs = nowUs();
  walks.add(1, () => new TopWalk(store, question, () => true, 7));
  stepsUs.push(nowUs() - beginUs);
  while (answers.length === 0) {
    const stepUs = nowUs();
    walks.step(2);
    stepsUs.push(nowUs() - stepUs);
  }
  const [answer] = answers;
  if (answer?.kind !== 'answer' || typeof answer.value !== 'object' || !('groups' in answer.value)) {
    throw new Error('the question was not answered');
  }
  return { found: answer.value.groups, stepsUs };
}

function report(name: string, run: () => { found: number; stepsUs: number[] }): void {
  for (const time of ['first', 'again']) {
    const beginUs = nowUs();
    const { found, stepsUs } = run();
    const tookMs = (nowUs() - beginUs) / 1000;
    const sorted = stepsUs.toSorted((one, other) => one - other);
    const at = (part: number): string => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(0);
    const steps = `${sorted.length} steps, p50 ${at(0.5)} us, p99 ${at(0.99)} us, longest ${at(1)} us`;
    print(`${name} (${time}): ${tookMs.toFixed(1)} ms, ${found} found; ${steps}`);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function nowUs(): number {
  return performance.now() * 1000;
}

print(`${most} sessions, each with a BIB entry of its own`);
for (const [name, query, filter] of QUESTIONS) report(name, () => ask(query, filter));
for (const by of TOP_GROUPS) report(`top ${by}`, () => askTop(by));

/* oxlint-disable no-console -- a command */
// Runs a folder's tests against each change of its source (docs/testing.md).
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** No line of the journal for so long: a change has stopped the process. */
const HUNG_MS = 240_000;
/** Before its first line a process instruments the folder and loads a file of tests, at the lowest priority. */
const LOADED_MS = 1_200_000;
/** Restarts after which something else is wrong. */
const MAX_RESTARTS = 500;

const USAGE = `usage: npm run mutate -- FOLDER [--every N] [--without NAME] [--tests FOLDER] [--reach]
  a folder of src/; with --every, each Nth change only; with --without, a folder in it is left out;
  with --tests, another folder of test/unit than that of the layer;
  with --reach, only what no test executes: a minute, where the changes take many`;

const { positionals, values } = readArguments();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const [folder = '', ...others] = positionals;
const { every, without, tests: nearest, reach } = values;
if (folder === '') refuse('a folder of src/ is missing');
if (others.length > 0) refuse(`one folder at a time, and not ${others.join(', ')} too`);
if (!/^[1-9]\d*$/.test(every)) refuse(`--every takes a whole number from 1 on, and not ${every}`);
const sources = filesIn(join('src', folder), '.ts').map((path) => resolve(path));
if (sources.length === 0) refuse(`there is no source in src/${folder}${without === '' ? '' : ` without ${without}`}`);
// All of the layer: what a room does is often seen next door. Simulations and random packets would take hours.
const tests = filesIn(join('test/unit', nearest ?? folder.split('/')[0]), '.test.ts');
if (tests.length === 0) refuse(`there are no tests in test/unit/${nearest ?? folder.split('/')[0]}`);

// By the source alone: a file of tests that has changed is run again, against the changes that none has noticed so far.
const state = resolve('dist/mutation', `${folder.replaceAll('/', '-')}-${digestOf([every], sources)}`);
const journal = join(state, 'journal');
mkdirSync(state, { recursive: true });
const equivalent = JSON.parse(readFileSync(new URL('equivalent.json', import.meta.url), 'utf8'));
const contents = new Map();
const versions = versionsOfTests();

let running;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    if (running !== undefined) end(running);
    process.exit(1);
  });
}
await untilDone('reach', () => versions.filter((version) => reachOf(version) === undefined));
if (!reach) await untilDone('changes', () => quickestFirst(versions.filter(isLeft)));
report();

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        every: { type: 'string', default: '1' },
        without: { type: 'string', default: '' },
        tests: { type: 'string' },
        reach: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    // It throws nothing else than what is wrong with the arguments.
    return refuse(error.message.split(/\.(?:\s|$)/)[0]);
  }
}

function refuse(sentence) {
  console.error(`${sentence}\n${USAGE}`);
  process.exit(2);
}

/** Processes of Vitest, one after the other, until no file of tests is left. */
async function untilDone(phase, leftOf) {
  for (let restarts = 0; ; restarts++) {
    const changed = filesThatChanged();
    if (changed.length > 0) {
      console.error(`changed while they ran: ${changed.join(', ')}; run the command again, it goes on where it was`);
      process.exit(1);
    }
    const left = leftOf();
    if (left.length === 0) return;
    if (restarts > MAX_RESTARTS) throw new Error(`restarted ${MAX_RESTARTS} times; see ${state}`);
    const { code, output } = await run(phase, left);
    const last = lines().at(-1);
    if (last?.begun !== undefined) add({ killed: last.begun, file: last.file, by: 'it stopped the process' });
    // Its tests do not get through even without a change.
    else if (last?.started !== undefined) add({ ...nothingReached(last.started), done: last.started });
    else if (last === undefined) throw new Error(`no tests ran: ${code}\n${output}`);
  }
}

function versionsOfTests() {
  return tests.map((path) => `${path}@${digestOf([], [path])}`);
}

/** What was noticed counts for the content that the run began with. */
function filesThatChanged() {
  return tests.filter((path, index) => !existsSync(path) || `${path}@${digestOf([], [path])}` !== versions[index]);
}

function nothingReached(file) {
  return { covered: [], unconditional: [], file, ms: 0 };
}

/** What this version of a file of tests executes; undefined: it has not run yet. */
function reachOf(version) {
  return lines().find((line) => line.covered !== undefined && line.file === version);
}

/** It executes something that no test has noticed, and has not tried all of it. */
function isLeft(version) {
  const all = lines();
  if (all.some((line) => line.done === version)) return false;
  const killed = new Set(all.flatMap((line) => line.killed ?? []));
  return reachOf(version).covered.some((id) => !killed.has(id));
}

function quickestFirst(versions) {
  return versions.toSorted((left, right) => reachOf(left).ms - reachOf(right).ms);
}

function digestOf(texts, paths) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text);
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest('hex').slice(0, 8);
}

function filesIn(root, ending) {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true })
    .map((name) => join(root, name))
    .filter((path) => path.endsWith(ending) && (without === '' || !path.includes(`/${without}/`)))
    .toSorted();
}

function lines() {
  if (!existsSync(journal)) return [];
  return readFileSync(journal, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function add(line) {
  appendFileSync(journal, `${JSON.stringify(line)}\n`);
}

/** One process of Vitest, until it ends or hangs. */
async function run(phase, left) {
  const env = {
    ...process.env,
    MUTATION_STATE: state,
    MUTATION_PHASE: phase,
    MUTATION_EVERY: every,
    MUTATION_SOURCES: sources.join('\n'),
    MUTATION_TESTS: left.join('\n'),
  };
  const args = ['run', '--config', 'test/mutation/vitest.config.ts', '--no-color', '--root', '.'];
  const child = spawn('node_modules/.bin/vitest', args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running = child;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      output = (output + text).slice(-20_000);
    });
  }
  const begunMs = Date.now();
  const watch = setInterval(() => {
    const seen = existsSync(journal) ? statSync(journal).mtimeMs : 0;
    const limitMs = phase === 'changes' && seen > begunMs ? HUNG_MS : LOADED_MS;
    if (Date.now() - Math.max(seen, begunMs) > limitMs) process.kill(-child.pid, 'SIGKILL');
  }, 1000);
  const code = await new Promise((done) => {
    child.once('exit', done);
  });
  clearInterval(watch);
  end(child);
  return { code, output };
}

function end({ pid }) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

function report() {
  const all = lines();
  const { mutants } = JSON.parse(readFileSync(join(state, 'mutants.json'), 'utf8'));
  const killed = new Set(all.flatMap((line) => line.killed ?? []));
  const reached = versions.map(reachOf);
  const covered = new Set(reached.flatMap((line) => line.covered));
  const unconditional = new Set(reached.flatMap((line) => line.unconditional));
  const tried = mutants.filter(({ id, status }) => status !== 'Ignored' && Number(id) % Number(every) === 0);
  // What runs only while a module is loaded cannot be switched on afterwards.
  const reachable = tried.filter(({ id }) => covered.has(id) || !unconditional.has(id));
  const argued = reachable.filter((mutant) => !killed.has(mutant.id) && isArgued(mutant));
  const counted = reachable.filter((mutant) => !argued.includes(mutant));
  const noticed = ({ id }) => (reach ? covered.has(id) : killed.has(id));
  const survivors = counted.filter((mutant) => !noticed(mutant));
  for (const mutant of survivors) {
    const { location, mutatorName, replacement, id } = mutant;
    const place = `${nameOf(mutant)}:${location.start.line + 1}:${location.start.column + 1}`;
    const reach = covered.has(id) ? '' : '(no test comes there) ';
    console.log(`${place} ${reach}${mutatorName}: ${inOneLine(textOf(mutant))} -> ${inOneLine(replacement)}`);
  }
  const files = new Map();
  for (const mutant of counted) {
    const [sum, dead] = files.get(nameOf(mutant)) ?? [0, 0];
    files.set(nameOf(mutant), [sum + 1, dead + (noticed(mutant) ? 1 : 0)]);
  }
  for (const [name, [sum, dead]] of files) console.log(`${share(dead, sum)} ${name} (${dead} of ${sum})`);
  const names = new Set(mutants.map(nameOf));
  for (const entry of equivalent) {
    const stale = names.has(entry.file) && !mutants.some((mutant) => matches(entry, mutant));
    if (stale) console.log(`equivalent.json: no change of ${entry.file} is ${entry.text} -> ${entry.to}`);
  }
  const dead = counted.length - survivors.length;
  const uncovered = survivors.filter(({ id }) => !covered.has(id)).length;
  console.log(
    `${folder}: ${counted.length} changes${every === '1' ? '' : ` (each ${every}th)`}, ${dead} ${reach ? 'reached' : 'killed'}, ` +
      `${survivors.length} ${reach ? 'not' : 'survived'} (${uncovered} of them where no test comes): ${share(dead, counted.length)}; ` +
      `not counted: ${argued.length} argued in equivalent.json, ` +
      `${tried.length - reachable.length} of module level not tried`,
  );
}

/** A reader has found that nothing depends on it (equivalent.json). */
function isArgued(mutant) {
  return equivalent.some((entry) => matches(entry, mutant));
}

function matches(entry, mutant) {
  if (entry.file !== nameOf(mutant) || entry.to !== inOneLine(mutant.replacement)) return false;
  const line = contentOf(mutant.fileName).split('\n')[mutant.location.start.line] ?? '';
  return entry.text === inOneLine(textOf(mutant)) && line.includes(entry.line ?? '');
}

function nameOf({ fileName }) {
  return fileName.slice(process.cwd().length + 1);
}

function textOf({ fileName, location: { start, end } }) {
  const within = contentOf(fileName)
    .split('\n')
    .slice(start.line, end.line + 1);
  within[within.length - 1] = within.at(-1).slice(0, end.column);
  within[0] = within[0].slice(start.column);
  return within.join('\n');
}

function contentOf(fileName) {
  const known = contents.get(fileName) ?? readFileSync(fileName, 'utf8');
  contents.set(fileName, known);
  return known;
}

function inOneLine(text) {
  return text.replaceAll(/\s+/g, ' ').slice(0, 100);
}

function share(part, whole) {
  return `${whole === 0 ? 100 : Math.round((100 * part) / whole)} %`;
}

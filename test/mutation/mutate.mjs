/* oxlint-disable no-console -- a command */
// Usage: mutate.mjs FOLDER [--every N] [--without NAME]. Runs the folder's tests against each change of its source (docs/testing.md).
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** No line of the journal for so long: a change has stopped the process. */
const HUNG_MS = 240_000;
/** Restarts after which something else is wrong. */
const MAX_RESTARTS = 500;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    every: { type: 'string', default: '1' },
    without: { type: 'string', default: '' },
    tests: { type: 'string' },
  },
});
const [folder = ''] = positionals;
const { every, without, tests: nearest } = values;
const sources = filesIn(join('src', folder), '.ts').map((path) => resolve(path));
if (folder === '' || sources.length === 0 || !(Number(every) >= 1)) {
  console.error('usage: npm run mutate -- FOLDER [--every N] [--without NAME] [--tests FOLDER]');
  console.error('  a folder of src/; with --every, each Nth change only; with --without, a folder in it is left out;');
  console.error('  with --tests, another folder of test/unit than that of the layer');
  process.exit(2);
}
// All of the layer: what a room does is often seen next door. Simulations and random packets would take hours.
const tests = filesIn(join('test/unit', nearest ?? folder.split('/')[0]), '.test.ts');

const print = createHash('sha256').update(every);
for (const path of [...sources, ...tests]) print.update(readFileSync(path));
const state = resolve('dist/mutation', `${folder.replaceAll('/', '-')}-${print.digest('hex').slice(0, 8)}`);
const journal = join(state, 'journal');
mkdirSync(state, { recursive: true });

for (let restarts = 0; ; restarts++) {
  const left = tests.filter((path) => !lines().some((line) => line.done === path));
  if (left.length === 0) break;
  if (restarts > MAX_RESTARTS) throw new Error(`restarted ${MAX_RESTARTS} times; see ${state}`);
  const { code, output } = await run(left);
  const last = lines().at(-1);
  if (last?.begun !== undefined) add({ killed: last.begun, file: last.file, by: 'it stopped the process' });
  // Its tests do not get through even without a change.
  else if (last?.started !== undefined) add({ done: last.started, unusable: ['all'] });
  else if (last === undefined) throw new Error(`no tests ran: ${code}\n${output}`);
}
report();

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
async function run(left) {
  const env = {
    ...process.env,
    MUTATION_STATE: state,
    MUTATION_EVERY: every,
    MUTATION_SOURCES: sources.join('\n'),
    MUTATION_TESTS: left.join('\n'),
  };
  const args = ['run', '--config', 'test/mutation/vitest.config.ts', '--no-color', '--root', '.'];
  const child = spawn('node_modules/.bin/vitest', args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      output = (output + text).slice(-20_000);
    });
  }
  let begunMs = Date.now();
  const watch = setInterval(() => {
    const seen = existsSync(journal) ? statSync(journal).mtimeMs : 0;
    if (Date.now() - Math.max(seen, begunMs) > HUNG_MS) process.kill(-child.pid, 'SIGKILL');
  }, 1000);
  const code = await new Promise((done) => {
    child.once('exit', done);
  });
  clearInterval(watch);
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
  return { code, output };
}

function report() {
  const all = lines();
  const { mutants } = JSON.parse(readFileSync(join(state, 'mutants.json'), 'utf8'));
  const killed = new Set(all.flatMap((line) => line.killed ?? []));
  const covered = new Set(all.flatMap((line) => line.covered ?? []));
  const unconditional = new Set(all.flatMap((line) => line.unconditional ?? []));
  const tried = mutants.filter(({ id, status }) => status !== 'Ignored' && Number(id) % Number(every) === 0);
  // What runs only while a module is loaded cannot be switched on afterwards.
  const counted = tried.filter(({ id }) => covered.has(id) || !unconditional.has(id));
  const survivors = counted.filter(({ id }) => !killed.has(id));
  for (const { fileName, location, mutatorName, replacement, id } of survivors) {
    const place = `${fileName.slice(process.cwd().length + 1)}:${location.start.line + 1}:${location.start.column + 1}`;
    const to = replacement.replaceAll(/\s+/g, ' ').slice(0, 100);
    console.log(`${place} ${covered.has(id) ? '' : '(no test comes there) '}${mutatorName}: ${to}`);
  }
  const files = new Map();
  for (const { fileName, id } of counted) {
    const [sum, dead] = files.get(fileName) ?? [0, 0];
    files.set(fileName, [sum + 1, dead + (killed.has(id) ? 1 : 0)]);
  }
  for (const [name, [sum, dead]] of files)
    console.log(`${share(dead, sum)} ${name.slice(process.cwd().length + 1)} (${dead} of ${sum})`);
  const dead = counted.length - survivors.length;
  const uncovered = survivors.filter(({ id }) => !covered.has(id)).length;
  console.log(
    `${folder}: ${counted.length} changes${every === '1' ? '' : ` (each ${every}th)`}, ${dead} killed, ` +
      `${survivors.length} survived (${uncovered} of them where no test comes): ${share(dead, counted.length)}; ` +
      `${tried.length - counted.length} of module level not tried`,
  );
}

function share(part, whole) {
  return `${whole === 0 ? 100 : Math.round((100 * part) / whole)} %`;
}

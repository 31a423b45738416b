import { join, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';

/**
 * What is loaded before a command does anything: the modules that static imports reach. The bundler reads them as they
 * run, without the imports of types.
 */

const root = resolve(import.meta.dirname, '../..');
/** The command line says all it can do with these alone. */
const DECLARATIONS = ['commander'];
/** Whoever asks the agent speaks its protocol, and reads no cluster file. */
const ASKING = ['@grpc/grpc-js', 'protobufjs'];
const ENTRIES = {
  program: 'src/main.ts',
  status: 'src/cli/status-run.ts',
  sessions: 'src/cli/sessions-run.ts',
  pool: 'src/cli/pool-run.ts',
  explain: 'src/cli/explain-run.ts',
  drain: 'src/cli/drain-run.ts',
  reload: 'src/cli/reload-run.ts',
  events: 'src/cli/events-run.ts',
  translate: 'src/cli/translate-run.ts',
  withdraw: 'src/cli/withdraw-run.ts',
  whowas: 'src/cli/whowas-run.ts',
} as const;

let inputs: Metafile['inputs'];

beforeAll(async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.values(ENTRIES),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    metafile: true,
    write: false,
    outdir: join(root, 'dist'),
    logLevel: 'silent',
  });
  ({ inputs } = metafile);
});

interface Loaded {
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

/** What `entry` loads at once, and with `onDemand` all that it may load ever. */
function loadedBy(entry: string, onDemand = false): Loaded {
  const files = new Set<string>();
  const packages = new Set<string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const { path, kind, external } of inputs[file].imports) {
      if (kind === 'dynamic-import' && !onDemand) continue;
      if (external !== true) open.push(path);
      else if (!path.startsWith('node:')) packages.add(packageOf(path));
    }
  }
  return { files: [...files].toSorted(), packages: [...packages].toSorted() };
}

function packageOf(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

describe('what a command loads', () => {
  it('is nothing but declarations for --help, --version and what a shell completes', () => {
    const { files, packages } = loadedBy(ENTRIES.program);
    expect(packages).toEqual(DECLARATIONS);
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => file.endsWith('-run.ts'))).toEqual([]);
  });

  it.each(['status', 'sessions', 'pool', 'explain', 'drain', 'reload', 'events'] as const)(
    'is the connection to the agent for %s',
    (command) => expect(loadedBy(ENTRIES[command]).packages).toEqual(ASKING),
  );

  it('is the cluster file for translate and withdraw, which ask no agent, and the words of times for whowas', () => {
    expect(loadedBy(ENTRIES.translate).packages).toEqual(['yaml', 'zod']);
    expect(loadedBy(ENTRIES.whowas).packages).toEqual([...ASKING, 'zod']);
    // The gate in the kernel is shut by system calls.
    expect(loadedBy(ENTRIES.withdraw).packages).toEqual(['koffi', 'yaml', 'zod']);
  });

  it('is seen where it is loaded on demand', () => {
    const all = ['@grpc/grpc-js', 'koffi', 'pino', 'prom-client', 'protobufjs', 'yaml', 'zod'];
    expect(loadedBy(ENTRIES.program, true).packages).toEqual([...DECLARATIONS, ...all].toSorted());
  });
});

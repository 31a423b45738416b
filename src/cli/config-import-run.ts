import { open, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readText, whyUnreadable } from '../cluster/bounded-file.ts';
import { parseClusterText } from '../cluster/cluster-file.ts';
import { ConfigError } from '../cluster/config-error.ts';
import { clusterText } from '../cluster/import/cluster-text.ts';
import { type Finding, ImportError, InstanceDraft, nameFrom } from '../cluster/import/draft.ts';
import { instanceOfFile, looksLikeCsv, readJoolCsv } from '../cluster/import/jool-csv.ts';
import { importJool, type JoolImportOptions } from '../cluster/import/jool-instance.ts';
import { readJoolJson } from '../cluster/import/jool-json.ts';
import { type JoolParts, noParts } from '../cluster/import/jool-parts.ts';
import { importTayga } from '../cluster/import/tayga-conf.ts';
import { importTundra } from '../cluster/import/tundra-conf.ts';
import { EXIT_FAILED, EXIT_USAGE } from './exit-status.ts';

export interface ImportOptions {
  readonly nodes: string;
  readonly links: string;
  readonly cluster: string;
  readonly instance?: string;
  readonly out?: string;
  readonly json?: true;
}

export interface JoolOptions extends ImportOptions {
  readonly kind?: 'nat64' | 'siit';
  readonly mark?: string[];
  readonly address?: string[];
  readonly namespace?: string[];
  readonly destinations?: string[];
}

/** 100,000 mappings of a display command have 5 MB. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

interface InputFile {
  readonly file: string;
  readonly text: string;
}

export async function runImportJool(files: readonly string[], options: JoolOptions): Promise<void> {
  await importing(files, options, (inputs) => joolDrafts(inputs, joolOptions(options)));
}

export async function runImportTayga(files: readonly string[], options: ImportOptions): Promise<void> {
  const name = nameFrom(options.instance ?? 'siit');
  await importing(files, options, (inputs) => {
    // A mapping file (map-file) continues the file that names it.
    const text = inputs.map((input) => input.text).join('\n');
    return importTayga(text, inputs.map(({ file }) => file).join(', '), name);
  });
}

export async function runImportTundra(files: readonly string[], options: ImportOptions): Promise<void> {
  await importing(files, options, (inputs) =>
    inputs.map(({ file, text }, index) =>
      importTundra(text, file, nameFrom(options.instance ?? (index === 0 ? 'siit' : `siit${index + 1}`))),
    ),
  );
}

/** Each JSON file is one instance. */
function joolDrafts(inputs: readonly InputFile[], options: JoolImportOptions): InstanceDraft[] {
  const whole = inputs.filter(({ text }) => !looksLikeCsv(text)).map(({ file, text }) => readJoolJson(text, file));
  const displayed = displayedParts(
    inputs.filter(({ text }) => looksLikeCsv(text)),
    options.name,
  );
  const drafts = withOwnNames([...whole, ...displayed].map((parts) => importJool(parts, options)));
  expectNamed('--namespace', options.namespaces, drafts);
  expectNamed('--destinations', options.destinations, drafts);
  return drafts;
}

/** An instance named in an option must exist. @throws ImportError */
function expectNamed(option: string, by: ReadonlyMap<string, unknown>, drafts: readonly InstanceDraft[]): void {
  const names = drafts.map(({ name }) => name);
  const unknown = [...by.keys()].find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new ImportError(option, `no instance is called ${unknown}`, `these are there: ${names.join(', ')}`);
}

/** Output of display commands, of one instance or of several according to the file names. @throws ImportError */
function displayedParts(inputs: readonly InputFile[], name: string | undefined): JoolParts[] {
  const instances = new Map<string | undefined, InputFile[]>();
  for (const input of inputs) {
    const instance = name ?? instanceOfFile(basename(input.file));
    instances.set(instance, [...(instances.get(instance) ?? []), input]);
  }
  const [nameless] = instances.get(undefined) ?? [];
  if (nameless !== undefined && instances.size > 1) {
    const remedy =
      'call it NAME-pool4.csv or the like, as the others, or import one instance at a time with --instance';
    throw new ImportError(nameless.file, 'its name does not tell to which instance it belongs', remedy);
  }
  return [...instances].map(([instance, files]) => {
    const parts = noParts(files.map(({ file }) => file).join(', '));
    parts.name = instance;
    for (const { file, text } of files) readJoolCsv(text, file, parts);
    return parts;
  });
}

/** One name in two files: Jool has separate names per program and namespace, a cluster file has not. */
function withOwnNames(drafts: readonly InstanceDraft[]): InstanceDraft[] {
  const seen = new Set<string>();
  for (const { name } of drafts) {
    if (seen.has(name)) {
      const remedy = 'give each file an "instance" of its own, or import them one at a time with --instance';
      throw new ImportError(`instance ${name}`, 'two files have it', remedy);
    }
    seen.add(name);
  }
  return [...drafts];
}

/** @throws ImportError */
function joolOptions(options: JoolOptions): JoolImportOptions {
  const pairs = (list: readonly string[], option: string, form: string): [string, string][] =>
    list.map((text) => {
      const [key = '', value = '', ...rest] = text.split('=');
      if (key !== '' && value !== '' && rest.length === 0) return [key, value];
      throw new ImportError(option, `${JSON.stringify(text)} is not possible`, `write it like ${form}`);
    });
  const marks = pairs(options.mark ?? [], '--mark', '1=2001:db8::/48').map(([mark, prefixes]) => {
    if (!/^\d+$/.test(mark)) throw new ImportError('--mark', `${mark} is not a mark`, 'write it like 1=2001:db8::/48');
    return [Number(mark), prefixes.split(',')] as const;
  });
  return {
    name: options.instance,
    kind: options.kind,
    marks: new Map(marks),
    ownAddresses: options.address ?? [],
    namespaces: new Map(pairs(options.namespace ?? [], '--namespace', 'INSTANCE=NAMESPACE')),
    destinations: new Map(
      pairs(options.destinations ?? [], '--destinations', 'INSTANCE=0.0.0.0/1').map(([name, prefixes]) => [
        name,
        prefixes.split(','),
      ]),
    ),
  };
}

/** Exit status 0 when `config check` accepts the result, 1 when it needs manual work, 2 when nothing could be read. */
async function importing(
  files: readonly string[],
  options: ImportOptions,
  make: (inputs: readonly InputFile[]) => InstanceDraft[],
): Promise<void> {
  try {
    const inputs = await Promise.all(files.map(readInput));
    const drafts = make(inputs);
    const origin = files.map((file) => basename(file)).join(', ');
    const frame = { cluster: options.cluster, nodes: listOf(options.nodes), links: listOf(options.links), origin };
    const text = clusterText(frame, drafts);
    if (options.out !== undefined) await writeNew(options.out, text);
    report(
      text,
      drafts.flatMap(({ findings }) => findings),
      options,
    );
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    if (options.json === true) console.log(JSON.stringify({ ok: false, code: error.code, error: error.message }));
    else console.error(`isthmus: ${error.message}`);
    process.exitCode = EXIT_USAGE;
  }
}

async function readInput(file: string): Promise<InputFile> {
  try {
    return { file, text: await readText(file, MAX_FILE_BYTES) };
  } catch (error) {
    throw new ImportError(file, `it cannot be read: ${whyUnreadable(error)}`, 'name a configuration file');
  }
}

/** An existing file is never overwritten. @throws ImportError */
async function writeNew(file: string, text: string): Promise<void> {
  try {
    const handle = await open(file, 'wx', 0o644);
    try {
      await writeFile(handle, text);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const what = exists ? 'it exists, and was not changed' : `it cannot be written: ${whyUnreadable(error)}`;
    throw new ImportError(file, what, 'name another file with --out');
  }
}

function report(text: string, findings: readonly Finding[], { out, json }: ImportOptions): void {
  const mistakes = mistakesOf(text, out ?? 'cluster.yaml');
  if (mistakes !== undefined) process.exitCode = EXIT_FAILED;
  if (json === true) {
    console.log(JSON.stringify({ ok: mistakes === undefined, text, findings, mistakes: mistakes?.mistakes ?? [] }));
    return;
  }
  if (out === undefined) process.stdout.write(text);
  for (const { instance, what, meaning } of findings) console.error(`${instance}: ${what}: ${meaning}`);
  if (mistakes !== undefined) {
    console.error('isthmus: "config check" does not accept the result; mend it by hand:');
    console.error(mistakes.message);
  } else if (out !== undefined) console.error(`${out}: written; "isthmus config check ${out}" accepts it`);
}

function mistakesOf(text: string, file: string): ConfigError | undefined {
  try {
    parseClusterText(text, file);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

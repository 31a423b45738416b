import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'yaml';
import { readNodeConfig } from '../agent/config/node-config.ts';
import { openCoordinator } from '../agent/compose/open-coordinator.ts';
import { effectiveOf } from '../agent/config/effective-config.ts';
import { planReload, type ReloadPlan } from '../agent/config/reload-plan.ts';
import { loadClusterFile, placesIn, readClusterFile } from '../cluster/cluster-file.ts';
import { ConfigError } from '../cluster/config-error.ts';
import { clusterJsonSchema } from '../cluster/json-schema.ts';
import { notesOn } from '../cluster/file-notes.ts';
import { readHttpAccess } from '../cluster/http-files.ts';
import { asInFile } from '../cluster/file-spelling.ts';
import type { ClusterConfig } from '../cluster/schema.ts';
import { makeTlsAuthority } from '../cluster/tls-authority.ts';
import { revisionOf } from '../cluster/translator-options.ts';
import { EXIT_FAILED, EXIT_USAGE } from './exit-status.ts';
import { printFailure } from './failure.ts';

export interface CheckOptions {
  readonly node?: string;
  readonly here?: true;
  readonly json?: true;
}

export interface ShowOptions {
  readonly effective?: true;
  readonly json?: true;
}

export interface DiffOptions {
  readonly node?: string;
  readonly json?: true;
}

export interface InitSecretOptions {
  readonly json?: true;
}

export interface InitTlsOptions extends InitSecretOptions {
  readonly out: string;
  readonly force?: true;
}

export async function runCheck(file: string, options: CheckOptions): Promise<void> {
  await refusing(() => check(file, options), options);
}

export async function runShow(file: string, options: ShowOptions): Promise<void> {
  await refusing(async () => {
    const cluster = await loadClusterFile(file);
    const effective = options.effective === true ? { effective: effectiveOf(cluster) } : {};
    if (options.json === true) console.log(JSON.stringify({ ...cluster, ...effective }));
    else console.log(stringify({ ...asInFile(await readClusterFile(file)), ...effective }).trimEnd());
  }, options);
}

export async function runDiff(before: string, after: string, options: DiffOptions): Promise<void> {
  await refusing(async () => diff(await loadClusterFile(before), await loadClusterFile(after), options), options);
}

export function runSchema(): void {
  console.log(JSON.stringify(clusterJsonSchema(), null, 2));
}

export async function runInitTls(file: string, options: InitTlsOptions): Promise<void> {
  await refusing(async () => initTls(await loadClusterFile(file), options), options);
}

/** Exit status 0 when a reload suffices, 1 when a node needs a restart, 2 when there is no such node. */
function diff(before: ClusterConfig, after: ClusterConfig, { node, json }: DiffOptions): void {
  const known = [...new Set([...Object.keys(before.nodes), ...Object.keys(after.nodes)])];
  if (node !== undefined && !known.includes(node)) {
    const message = `neither file has a node ${node}; they have ${known.join(', ')}`;
    printFailure({ code: 'request-invalid', message }, EXIT_USAGE, json === true);
    return;
  }
  const plans = known
    .filter((name) => node === undefined || name === node)
    .map((name) => ({ node: name, plan: planReload(before, after, name) }));
  if (json === true) console.log(JSON.stringify(plans));
  else console.log(plans.map(planText).join('\n'));
  if (plans.some(({ plan }) => plan.refused.length > 0)) process.exitCode = EXIT_FAILED;
}

function planText({ node, plan }: { readonly node: string; readonly plan: ReloadPlan }): string {
  const { changes, refused, unconcerned } = plan;
  if (changes.length + unconcerned.length === 0) return `${node}: nothing changes`;
  const verdict =
    refused.length > 0
      ? 'a reload would be refused'
      : changes.length === 0
        ? 'a reload changes nothing here'
        : 'a reload applies all of it';
  const lines = [
    `${node}: ${verdict}`,
    ...changes.map((text) => `  ${text}`),
    ...unconcerned.map((text) => `  not of this node: ${text}`),
    ...refused.map((text) => `  refused: ${text}`),
  ];
  return lines.join('\n');
}

async function check(file: string, { node, here, json }: CheckOptions): Promise<void> {
  if (here === true && node === undefined) {
    const message = '--here needs --node: the name of this machine in the cluster file';
    printFailure({ code: 'request-invalid', message }, EXIT_USAGE, json === true);
    return;
  }
  const cluster = node === undefined ? await loadClusterFile(file) : await checkNode(file, node, here === true);
  const summary = summaryOf(cluster);
  const notes = notesOn(cluster);
  if (json === true) console.log(JSON.stringify({ ok: true, ...summary, notes }));
  else console.log([sentence(file, summary), ...notes].join('\n'));
}

/** @throws ConfigError */
async function checkNode(file: string, node: string, here: boolean): Promise<ClusterConfig> {
  const config = await readNodeConfig(file, node);
  // Opened only to read its files.
  await (await openCoordinator(config)).stop();
  await readHttpAccess(config.cluster.http);
  if (here) {
    const { findMistakesHere } = await import('../agent/config/machine-checks.ts');
    const mistakes = await findMistakesHere(config);
    if (mistakes.length > 0) throw new ConfigError(await placesIn(file, mistakes));
  }
  return config.cluster;
}

interface Summary {
  readonly cluster: string;
  readonly nodes: readonly string[];
  readonly instances: readonly string[];
  readonly upstreams: readonly string[];
  readonly revision: string;
}

function summaryOf(config: ClusterConfig): Summary {
  const { cluster, nodes, instances, upstreams } = config;
  const names = { nodes: Object.keys(nodes), instances: Object.keys(instances), upstreams: Object.keys(upstreams) };
  return { cluster, ...names, revision: revisionOf(config) };
}

function sentence(file: string, { cluster, nodes, instances, upstreams, revision }: Summary): string {
  const counts = [countOf(nodes, 'node'), countOf(instances, 'instance'), countOf(upstreams, 'upstream')].join(', ');
  return `${file}: no mistake; cluster ${cluster}, ${counts}, revision ${revision}`;
}

function countOf(names: readonly string[], what: string): string {
  return `${names.length} ${what}${names.length === 1 ? '' : 's'}`;
}

/** Prints the mistakes of a file instead of failing with them. */
async function refusing(action: () => Promise<void>, { json }: { readonly json?: true }): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    if (json === true) console.log(JSON.stringify({ ok: false, code: error.code, mistakes: error.mistakes }));
    else console.error(error.message);
    process.exitCode = EXIT_USAGE;
  }
}

async function initTls({ cluster, nodes, replication }: ClusterConfig, options: InitTlsOptions): Promise<void> {
  const { out, force, json } = options;
  try {
    const request = { directory: out, cluster, nodes: Object.keys(nodes), force: force === true };
    const { made, kept } = await makeTlsAuthority(request);
    if (json === true) {
      const paths = (names: readonly string[]): string[] => names.map((name) => `${out}/${name}`);
      console.log(JSON.stringify({ made: paths(made), kept: paths(kept) }));
      return;
    }
    const place = dirname(replication.grpc?.certificate ?? '/etc/isthmus/tls/node.crt');
    for (const name of kept) console.log(`${out}/${name}: is there already, and stays as it is`);
    for (const name of made) console.log(`${out}/${name}: made; copy its files to ${name}:${place}/`);
    console.log(`${out}/ca.key: keep it here or at a safer place; no node needs it`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `the certificates were not made: ${reason}`;
    printFailure({ code: 'file-unusable', message }, EXIT_FAILED, json === true);
  }
}

function whyNotMade(file: string, error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EEXIST') return `${file} is there already, and stays as it is`;
  if (code === 'ENOENT') return `there is no folder ${dirname(file)}`;
  return error.message;
}

export async function runInitSecret(file: string, { json }: InitSecretOptions): Promise<void> {
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(`${randomBytes(32).toString('hex')}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (json === true) console.log(JSON.stringify({ made: [file] }));
    else console.log(`${file}: made; copy it to every node of the cluster`);
  } catch (error) {
    const message = `the secret was not made: ${whyNotMade(file, error)}`;
    printFailure({ code: 'file-unusable', message }, EXIT_FAILED, json === true);
  }
}

import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { findMistakesHere } from '../agent/here-checks.ts';
import { readNodeConfig } from '../agent/node-config.ts';
import { loadClusterFile, placesIn } from '../cluster/cluster-file.ts';
import { ConfigError } from '../cluster/config-error.ts';
import type { ClusterConfig } from '../cluster/schema.ts';
import { revisionOf } from '../cluster/translator-options.ts';
import { EXIT_FAILED, EXIT_USAGE } from './exit-status.ts';

interface CheckOptions {
  readonly node?: string;
  readonly here?: true;
  readonly json?: true;
}

export function registerConfigCommand(program: Command): void {
  const config = program.command('config').description('look at a cluster file, and make its secret');
  config
    .command('check <file>')
    .description('say every mistake of a cluster file, with its place and what would be right')
    .option('--node <name>', 'check what this node needs too: its name, and the secret file')
    .option('--here', 'this machine is that node: its interfaces are there, and FRR knows the upstreams')
    .option('--json', 'print JSON')
    .action(async (file: string, options: CheckOptions) => refusing(() => check(file, options), options));
  config
    .command('show <file>')
    .description('print a cluster file with every default filled in; times are milliseconds')
    .option('--json', 'print JSON')
    .action(async (file: string, options: { readonly json?: true }) =>
      refusing(async () => {
        const cluster = await loadClusterFile(file);
        console.log(options.json === true ? JSON.stringify(cluster) : stringify(cluster).trimEnd());
      }, options),
    );
  config
    .command('init-secret <file>')
    .description(
      'make a cluster secret of 32 random bytes that only its owner can read; an existing file stays as it is',
    )
    .action(initSecret);
}

async function check(file: string, { node, here, json }: CheckOptions): Promise<void> {
  if (here === true && node === undefined) {
    console.error('isthmus: --here needs --node: which of the nodes is this machine?');
    process.exitCode = EXIT_USAGE;
    return;
  }
  const cluster = node === undefined ? await loadClusterFile(file) : await checkNode(file, node, here === true);
  const summary = summaryOf(cluster);
  console.log(json === true ? JSON.stringify({ ok: true, ...summary }) : sentence(file, summary));
}

/** @throws ConfigError */
async function checkNode(file: string, node: string, here: boolean): Promise<ClusterConfig> {
  const config = await readNodeConfig(file, node);
  const mistakes = here ? await findMistakesHere(config) : [];
  if (mistakes.length > 0) throw new ConfigError(await placesIn(file, mistakes));
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
  const counts = `${nodes.length} nodes, ${instances.length} instances, ${upstreams.length} upstreams`;
  return `${file}: no mistake; cluster ${cluster}, ${counts}, revision ${revision}`;
}

/** Prints the mistakes of a file instead of failing on them. */
async function refusing(action: () => Promise<void>, { json }: { readonly json?: true }): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    if (json === true) console.log(JSON.stringify({ ok: false, mistakes: error.mistakes }));
    else console.error(error.message);
    process.exitCode = EXIT_USAGE;
  }
}

async function initSecret(file: string): Promise<void> {
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(`${randomBytes(32).toString('hex')}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    console.log(`${file}: made; copy it to every node of the cluster`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`isthmus: the secret was not made: ${reason}`);
    process.exitCode = EXIT_FAILED;
  }
}

import { readNodeView } from '../agent/config/node-config.ts';
import { ConfigError } from '../cluster/config-error.ts';
import { CommandError, runCommand } from '../linux/command.ts';
import { ensureNamespace } from '../linux/network-namespace.ts';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from './exit-status.ts';
import { printFailure } from './failure.ts';

export interface NamespacesOptions {
  readonly config: string;
  readonly node: string;
  readonly json?: true;
}

/** @returns the exit status */
export async function runNamespaces({ config, node, json }: NamespacesOptions): Promise<number> {
  try {
    const { cluster } = await readNodeView(config, node);
    const names = Object.values(cluster.instances).flatMap(({ namespace }) => namespace ?? []);
    const made: string[] = [];
    for (const name of new Set(names)) if (await ensureNamespace(name, runCommand)) made.push(name);
    if (json === true) process.stdout.write(`${JSON.stringify({ made })}\n`);
    else for (const name of made) process.stdout.write(`network namespace ${name} made\n`);
    return EXIT_OK;
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error instanceof CommandError)) throw error;
    const status = error instanceof ConfigError ? EXIT_USAGE : EXIT_FAILED;
    printFailure(error, status, json === true);
    return status;
  }
}

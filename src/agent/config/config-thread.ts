import { Worker } from 'node:worker_threads';
import { ConfigError, type ConfigMistake } from '../../cluster/config-error.ts';
import { FileSections } from '../../cluster/file-sections.ts';
import type { NodeConfig } from './node-config.ts';

export interface ConfigQuestion {
  readonly file: string;
  readonly node: string;
}

export type ConfigAnswer =
  | { readonly config: Omit<NodeConfig, 'sections'> }
  | { readonly mistakes: readonly ConfigMistake[] };

/**
 * Like `readNodeConfig`, in a thread of its own: a file with 100,000 mappings takes about a second, longer on a busy
 * machine, and an agent whose main loop blocks that long is considered hung.
 * @throws ConfigError
 */
export async function readNodeConfigAside(file: string, node: string): Promise<NodeConfig> {
  const workerData: ConfigQuestion = { file, node };
  const thread = new Worker(entryPoint(), { name: 'configuration', workerData, execArgv: [] });
  try {
    const answer = await new Promise<ConfigAnswer>((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', reject);
      thread.once('exit', () => reject(new Error(`the thread that reads ${file} has ended without an answer`)));
    });
    if ('mistakes' in answer) throw new ConfigError(answer.mistakes);
    // Only plain data can be passed between threads.
    return { ...answer.config, sections: new FileSections(answer.config.cluster) };
  } finally {
    await thread.terminate();
  }
}

/** The thread's entry file is beside this one, compiled or not. */
function entryPoint(): URL {
  return new URL(`./config-thread-main${import.meta.url.endsWith('.js') ? '.js' : '.ts'}`, import.meta.url);
}

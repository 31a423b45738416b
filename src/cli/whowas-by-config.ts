import { accountsOf } from '../agent/nat-log/log-settings.ts';
import { computedAnswers, notComputed } from '../agent/nat-log/search/computed.ts';
import { parseLogLine } from '../agent/nat-log/search/log-line.ts';
import type { Question } from '../agent/nat-log/search/log-search.ts';
import type { Judgement } from '../agent/nat-log/search/who-was.ts';
import { loadClusterFile } from '../cluster/cluster-file.ts';
import { revisionOf } from '../cluster/translator-options.ts';

/**
 * Computes the answer from a cluster file alone: any of its nodes would log this for its instances.
 * @returns undefined if no ports follow from clients
 * @throws ConfigError
 */
export async function computedFrom(file: string, question: Question): Promise<Judgement | undefined> {
  const cluster = await loadClusterFile(file);
  const instances = accountsOf(cluster);
  if (!Object.values(instances).some((account) => 'assigned' in account)) return undefined;
  const time = new Date(question.timeMs - question.skewMs).toISOString();
  const line = { time, node: '', event: 'logConfigured', revision: revisionOf(cluster), instances };
  const about = [parseLogLine(JSON.stringify(line))].filter((one) => one !== undefined);
  return { answers: computedAnswers(question, about), missing: notComputed(question, about) };
}

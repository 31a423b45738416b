import type { ConfigurationReply } from '../../agent/control/messages.ts';
import type { ClusterAccess } from '../cluster-access.ts';

/** What a node runs with. */
export interface NodeContext {
  readonly name: string;
  /** Of its configuration; empty: it did not answer. */
  readonly revision: string;
  readonly versions: ConfigurationReply['versions'];
}

/** A configuration, and the nodes that run with it: normally all of them. */
export interface ConfigurationContext {
  readonly revision: string;
  readonly nodes: readonly string[];
  readonly text: string;
  /** What the text does not show, a sentence each. */
  readonly omitted: readonly string[];
}

/** What stands in a report besides the runs. */
export interface ReportContext {
  readonly cluster: string;
  readonly nodes: readonly NodeContext[];
  readonly configurations: readonly ConfigurationContext[];
}

/** Asks every node what it runs with; one that does not answer has no versions, and no configuration. */
export async function contextOf(
  cluster: Pick<ClusterAccess, 'names' | 'self' | 'views' | 'configuration'>,
): Promise<ReportContext> {
  const [views, ...replies] = await Promise.all([
    cluster.views(),
    ...cluster.names.map(async (name) => [name, await cluster.configuration(name)] as const),
  ]);
  const configurations = new Map<string, ConfigurationContext>();
  for (const [name, reply] of replies) {
    if (reply === undefined) continue;
    const { revision, text, omitted } = reply;
    const nodes = [...(configurations.get(revision)?.nodes ?? []), name];
    configurations.set(revision, { revision, nodes, text, omitted });
  }
  return {
    cluster: views.get(cluster.self)?.cluster ?? '',
    nodes: replies.map(([name, reply]) => ({ name, revision: reply?.revision ?? '', versions: reply?.versions ?? [] })),
    configurations: [...configurations.values()],
  };
}

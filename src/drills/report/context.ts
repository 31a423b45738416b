import type { ConfigurationReply } from '../../agent/control/messages.ts';
import type { ClusterAccess } from '../cluster-access.ts';

/** Software and configuration of a node. */
export interface NodeContext {
  readonly name: string;
  /** Revision of its configuration; empty: it did not answer. */
  readonly revision: string;
  readonly versions: ConfigurationReply['versions'];
}

/** A configuration, and the nodes with it: normally all. */
export interface ConfigurationContext {
  readonly revision: string;
  readonly nodes: readonly string[];
  readonly text: string;
  /** What the text omits, a sentence each. */
  readonly omitted: readonly string[];
}

/** Content of a report apart from the runs. */
export interface ReportContext {
  readonly cluster: string;
  readonly nodes: readonly NodeContext[];
  readonly configurations: readonly ConfigurationContext[];
}

/** Queries every node for its versions and configuration, which are absent for nodes that do not answer. */
export async function contextOf(
  cluster: Pick<ClusterAccess, 'cluster' | 'names' | 'configuration'>,
): Promise<ReportContext> {
  const replies = await Promise.all(
    cluster.names.map(async (name) => [name, await cluster.configuration(name)] as const),
  );
  const configurations = new Map<string, ConfigurationContext>();
  for (const [name, reply] of replies) {
    if (reply === undefined) continue;
    const { revision, text, omitted } = reply;
    const nodes = [...(configurations.get(revision)?.nodes ?? []), name];
    configurations.set(revision, { revision, nodes, text, omitted });
  }
  return {
    cluster: cluster.cluster,
    nodes: replies.map(([name, reply]) => ({ name, revision: reply?.revision ?? '', versions: reply?.versions ?? [] })),
    configurations: [...configurations.values()],
  };
}

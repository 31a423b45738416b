import type { Code } from '../codes.ts';
import type { StatusReply } from '../agent/control/messages.ts';
import type { Drill } from './drill-file.ts';
import { hasStore, type Views } from './layout.ts';

/** Targets of a drill, and reasons against it. */
export interface Plan {
  readonly drill: Drill;
  /** The target nodes, one after the other. */
  readonly targets: readonly string[];
  /** Sentences; empty: it may run. */
  readonly refusals: readonly string[];
  /** Problems before the drill that neither prevent it nor must be repaired after it. */
  readonly accepted: readonly string[];
  /** Features missing in the cluster; with --all such a drill is skipped. */
  readonly lacks: readonly string[];
  /** None of the refusals is temporary. */
  readonly lasting: boolean;
}

export interface Consent {
  /** The node of the operator. */
  readonly operatorNode: string;
  /** Also if no node would serve meanwhile. */
  readonly acceptOutage: boolean;
  /** Target node in place of the drill's own choice. */
  readonly target?: string | undefined;
}

/**
 * Selects the targets of a drill, and finds every reason against it. Pure.
 * @param carried packets per second translated by each node at present
 */
export function planDrill(drill: Drill, views: Views, carried: ReadonlyMap<string, number>, consent: Consent): Plan {
  const names = [...views.keys()];
  const busiest = [...carried].sort(([, one], [, other]) => other - one)[0]?.[0] ?? names[0];
  const chosen = consent.target ?? busiest;
  // An agent that ends closes the operator's connection: `each` means all nodes except the operator's.
  const each = drill.endsAgent ? names.filter((name) => name !== consent.operatorNode) : names;
  const other = consent.target ?? names.find((name) => name !== busiest);
  const one = names.filter((name) => name === (drill.node === 'other' ? other : chosen));
  const targets = drill.node === 'each' && consent.target === undefined ? each : one;
  const lacks =
    drill.needs === 'coordinator' && !hasStore(views) ? ['the cluster has no coordinator but its file'] : [];
  const lasting = [
    ...(targets.length === 0 ? [`there is no node ${chosen ?? ''}; there are ${names.join(', ')}`] : []),
    ...lacks,
  ];
  const accepted = consent.acceptOutage ? acceptedIn(views) : [];
  const refusals = [
    ...lasting,
    ...unhealthy(views, accepted),
    ...(drill.leavesService && !consent.acceptOutage ? targets.flatMap((target) => lastOne(target, views)) : []),
    ...(drill.leavesService ? targets.flatMap((target) => withoutCapacity(target, views)) : []),
    ...(drill.endsAgent && targets.includes(consent.operatorNode)
      ? [`it ends the agent of ${consent.operatorNode}, through which you ask: ask on another node, or choose --target`]
      : []),
  ];
  return { drill, targets, refusals, accepted, lacks, lasting: lasting.length > 0 };
}

/**
 * Problems of a cluster, a sentence each: a drill requires a healthy cluster. Pure.
 * @param accepted sentences to skip
 */
export function unhealthy(views: Views, accepted: readonly string[] = []): string[] {
  return wrongIn(views)
    .map(({ text }) => text)
    .filter((text) => !accepted.includes(text));
}

function wrongIn(views: Views): { readonly code: string; readonly text: string }[] {
  return [...views].flatMap(([name, view]) => {
    if (view === undefined) return [{ code: 'agent-not-running', text: `the agent of ${name} does not answer` }];
    if (view.health === 'healthy') return [];
    return view.problems.map(({ code, subject, text }) => ({ code, text: `${name} says: ${subject}: ${text}` }));
  });
}

/** Nodes taken out of service on purpose; a drill continues without them if the outage is accepted. */
const OUT_OF_SERVICE: ReadonlySet<string> = new Set(['node-draining', 'node-withdrawn'] satisfies readonly Code[]);

function acceptedIn(views: Views): string[] {
  return wrongIn(views).flatMap(({ code, text }) => (OUT_OF_SERVICE.has(code) ? [text] : []));
}

function lastOne(target: string, views: Views): string[] {
  const others = [...views].filter(([name, view]) => name !== target && isActive(view));
  if (others.length > 0) return [];
  return [`${target} is the last active node; --accept-outage runs it anyway`];
}

/** The node's ports and sessions must fit on the others. */
function withoutCapacity(target: string, views: Views): string[] {
  return [...views].flatMap(([name, view]) => {
    if (name === target || !isActive(view)) return [];
    const full = view?.checks.find((check) => check.name === 'pool4' && !check.ok);
    return full === undefined ? [] : [`${name} could not take more: ${full.text}`];
  });
}

export function isActive(view: StatusReply | undefined): boolean {
  return view?.nodes.some(({ self, state, announcing }) => self && state === 'active' && announcing) === true;
}

/** Whether every node has verified replicas of every other node's sessions. Pure. */
export function allInSync(views: Views): boolean {
  return [...views.values()].every((view) =>
    view?.nodes.every(
      ({ self, alive, instances }) => self || (alive && instances.every(({ sync }) => sync === 'inSync')),
    ),
  );
}

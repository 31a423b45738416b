import type { Code } from '../codes.ts';
import type { StatusReply } from '../agent/control/messages.ts';
import type { Drill } from './drill-file.ts';
import { hasStore, type Views } from './layout.ts';

/** What a drill would do, and why it must not. */
export interface Plan {
  readonly drill: Drill;
  /** The nodes that it is done to, one after the other. */
  readonly targets: readonly string[];
  /** Sentences; none: it may run. */
  readonly refusals: readonly string[];
  /** What is wrong before the drill and is no reason against it, nor to be repaired after it. */
  readonly accepted: readonly string[];
  /** What the cluster does not have at all, of those; a drill of all drills is then left out. */
  readonly lacks: readonly string[];
  /** None of them passes by itself. */
  readonly lasting: boolean;
}

export interface Consent {
  /** The node at which the operator sits. */
  readonly operatorNode: string;
  /** Even if no node would serve meanwhile. */
  readonly acceptOutage: boolean;
  /** The node to do it to, in place of those that the drill names. */
  readonly target?: string | undefined;
}

/**
 * Decides what a drill is done to, and finds every reason against it. Pure.
 * @param carried packets per second that each node translates now
 */
export function planDrill(drill: Drill, views: Views, carried: ReadonlyMap<string, number>, consent: Consent): Plan {
  const names = [...views.keys()];
  const busiest = [...carried].sort(([, one], [, other]) => other - one)[0]?.[0] ?? names[0];
  const chosen = consent.target ?? busiest;
  // An agent that ends takes the operator's connection with it: of each node, all but his own.
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
 * What is wrong in a cluster, a sentence each: a drill shows something only of one that was well before. Pure.
 * @param accepted sentences that are left out
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

/** Somebody has taken a node out of service, and a drill goes on without it when its outage is accepted. */
const OUT_OF_SERVICE: ReadonlySet<string> = new Set(['node-draining', 'node-withdrawn'] satisfies readonly Code[]);

function acceptedIn(views: Views): string[] {
  return wrongIn(views).flatMap(({ code, text }) => (OUT_OF_SERVICE.has(code) ? [text] : []));
}

function lastOne(target: string, views: Views): string[] {
  const others = [...views].filter(([name, view]) => name !== target && isActive(view));
  if (others.length > 0) return [];
  return [`${target} is the last active node; --accept-outage runs it anyway`];
}

/** The ports and sessions of the node have to find a place on the others. */
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

/** Whether every node holds what every other one owns, as the digests say. Pure. */
export function allInSync(views: Views): boolean {
  return [...views.values()].every((view) =>
    view?.nodes.every(
      ({ self, alive, instances }) => self || (alive && instances.every(({ sync }) => sync === 'inSync')),
    ),
  );
}

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { DrillStepRequest, Outcome } from '../agent/control/messages.ts';
import type { ClusterAccess } from './cluster-access.ts';
import type { Drill, DrillStep } from './drill-file.ts';
import { layoutOf } from './layout.ts';
import type { Views } from './layout.ts';
import { allInSync, isActive, type Plan, unhealthy } from './plan.ts';
import type { ProbeFeed } from './probe/probe-lines.ts';
import { type Mark, measure, type Sample, sampleOf, shareOf } from './samples.ts';
import type { DrillRun } from './verdict.ts';

export interface RunWorld {
  readonly cluster: Pick<ClusterAccess, 'views' | 'hold' | 'step' | 'names' | 'self' | 'eventsOfDrill'>;
  readonly probe?: ProbeFeed | undefined;
  readonly user: string;
  /** Called with progress messages. */
  readonly say: (text: string) => void;
  /** A run has ended, and the next one has not begun. */
  readonly finished?: (run: DrillRun) => void;
  /** The current gap of the probe's worst flow, and packets lost, with each sample. */
  readonly live?: (gapMs: number, lost: number) => void;
  /** Aborted when the operator ends the drill. */
  readonly interrupted: AbortSignal;
}

const SAMPLE_MS = 250;
/** Time of steady traffic before the first step. */
const STEADY_MS = 1500;
/** Maximum time to return to the initial state after the last lease has ended. */
const UNDONE_MS = 30_000;
/** Maximum time for the end of a lease to reach every node. */
const LEASE_ENDS_MS = 5000;
/** Time after the last step for delayed effects. */
const AFTER_MS = 1500;

/** Steps that may be repeated, and the maximum time to do so. */
const TAKES_BACK: ReadonlySet<string> = new Set(['restore', 'undrain'] satisfies readonly DrillStep['do'][]);
const TAKEN_BACK_MS = 20_000;

/** A node with more than this share of the packets carries the traffic. */
const MOST = 0.7;

/** A step that changes something on a node. */
type Change = Exclude<DrillStep, { do: 'wait' | 'until' | 'until-event' }>;

/** Runs a drill on each of its targets; refusals have been handled before. */
export async function runPlan({ drill, targets, accepted }: Plan, world: RunWorld): Promise<DrillRun[]> {
  const runs: DrillRun[] = [];
  for (const target of targets) {
    if (world.interrupted.aborted) break;
    const run = await new Running(drill, target, accepted, world).run();
    world.finished?.(run);
    runs.push(run);
  }
  return runs;
}

/** One run of one drill on one node. */
class Running {
  readonly #drill: Drill;
  readonly #target: string;
  /** Problems of the cluster that do not count. */
  readonly #accepted: readonly string[];
  readonly #world: RunWorld;
  readonly #run = randomUUID();
  readonly #samples: Sample[] = [];
  readonly #marks: Mark[] = [];
  readonly #failures: string[] = [];
  readonly #stop = new AbortController();
  #views: Views = new Map();
  /** When the statuses were requested. */
  #viewsMs = 0;
  /** Pid of the agent before the first step. */
  #pid = 0;
  /** The link for which the steps are executed; empty: they are not repeated for each link. */
  #link = '';
  #firstMs = 0;
  #lastMs = 0;

  constructor(drill: Drill, target: string, accepted: readonly string[], world: RunWorld) {
    this.#drill = drill;
    this.#target = target;
    this.#accepted = accepted;
    this.#world = world;
  }

  async run(): Promise<DrillRun> {
    const { probe, user, interrupted, say } = this.#world;
    const begun = Date.now();
    say(`${this.#drill.name} on ${this.#target}: ${this.#drill.title}`);
    const onInterrupt = (): void => this.#abort('interrupted by the operator');
    interrupted.addEventListener('abort', onInterrupt);
    const sampling = new AbortController();
    const sampled = this.#sample(sampling.signal);
    const released = await this.#hold();
    probe?.mark();
    await delay(STEADY_MS);
    this.#requireAnswers();
    this.#firstMs = this.#lastMs = Date.now();
    const layout = layoutOf(this.#views);
    await this.#carryOutAll();
    await delay(AFTER_MS);
    const account = await probe?.account();
    this.#stop.abort();
    await Promise.all(released);
    const undone = await this.#isUndone();
    sampling.abort();
    await sampled;
    interrupted.removeEventListener('abort', onInterrupt);
    return {
      drill: this.#drill.name,
      title: this.#drill.title,
      why: this.#drill.why,
      target: this.#target,
      user,
      layout,
      begun,
      ended: Date.now(),
      samples: this.#samples,
      marks: this.#marks,
      measured: measure(this.#samples, this.#target, this.#firstMs, this.#lastMs),
      ...(account === undefined ? {} : { probe: account }),
      failures: this.#failures,
      undone,
    };
  }

  /** Nothing is broken for a probe that cannot measure it. */
  #requireAnswers(): void {
    const { probe } = this.#world;
    if (probe === undefined) return;
    const { gapMs } = probe.live;
    const without = gapMs < STEADY_MS ? undefined : `a flow of the probe has been without an answer for ${gapMs} ms`;
    const why = probe.failure ?? without;
    if (why !== undefined)
      this.#abort(`not begun: ${why}; does its far end run, and does the cluster carry its traffic?`);
  }

  /** Every node grants a lease, so that no other drill can begin anywhere. */
  async #hold(): Promise<Promise<void>[]> {
    const released: Promise<void>[] = [];
    for (const node of this.#world.cluster.names) {
      try {
        released.push((await this.#leaseOf(node)).ended);
      } catch (error) {
        this.#abort(`${node} refuses: ${error instanceof Error ? error.message : String(error)}`);
        break;
      }
    }
    return released;
  }

  /** A node that has not been notified of the end of the previous run refuses at first. */
  async #leaseOf(node: string): ReturnType<ClusterAccess['hold']> {
    const { signal } = this.#stop;
    const deadline = Date.now() + LEASE_ENDS_MS;
    for (;;) {
      try {
        return await this.#world.cluster.hold(node, this.#run, this.#drill.name, signal);
      } catch (error) {
        if (signal.aborted || Date.now() >= deadline) throw error;
      }
      await delay(SAMPLE_MS);
    }
  }

  /** Once, or for each link of the node if a step uses `each`. */
  async #carryOutAll(): Promise<void> {
    const links = this.#views.get(this.#target)?.links.map(({ name }) => name) ?? [];
    const repeated = this.#drill.steps.some((step) => step.do === 'cut' && step.links === 'each');
    if (links.length === 0 && repeated) this.#fail(`${this.#target} has no replication link`);
    for (const link of repeated ? links : ['']) {
      this.#link = link;
      for (const step of this.#drill.steps) {
        if (this.#stop.signal.aborted) return;
        await this.#carryOut(step);
      }
    }
  }

  async #carryOut(step: DrillStep): Promise<void> {
    if (step.do === 'wait') {
      this.#mark('step', step.say);
      await delay(step.for, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    } else if (step.do === 'until') await this.#until(step);
    else if (step.do === 'until-event') await this.#untilEvent(step);
    else await this.#change(step);
  }

  async #change(step: Change): Promise<void> {
    this.#mark('step', step.say);
    const request = {
      run: this.#run,
      action: step.do,
      link: step.do === 'cut' ? this.#linkOf(step.links) : '',
      direction: step.do === 'cut' ? step.direction : '',
      daemon: step.do === 'end-daemon' ? step.daemon : '',
      milliseconds: millisecondsOf(step),
    };
    try {
      const { done, text } = await this.#asked(request);
      if (!done) this.#fail(`${step.do}: ${text}`);
    } catch (error) {
      this.#fail(`${step.do}: ${error instanceof Error ? error.message : String(error)}`);
    }
    this.#lastMs = Date.now();
  }

  /** What takes back a change is asked for again where the node could not be reached: it may be late, but must happen. */
  async #asked(request: DrillStepRequest): Promise<Outcome> {
    const deadline = Date.now() + TAKEN_BACK_MS;
    for (;;) {
      try {
        return await this.#world.cluster.step(this.#target, request);
      } catch (error) {
        const again = TAKES_BACK.has(request.action) && Date.now() < deadline && !this.#stop.signal.aborted;
        if (!again) throw error;
      }
      await delay(SAMPLE_MS);
    }
  }

  async #until({ state, within, say }: Extract<DrillStep, { do: 'until' }>): Promise<void> {
    const before = this.#views.get(this.#target);
    const startedMs = Date.now();
    while (!this.#stop.signal.aborted) {
      // Statuses requested before the step do not count.
      if (this.#viewsMs > startedMs && this.#holds(state))
        return this.#mark('expectation', `${say} (after ${Date.now() - startedMs} ms)${this.#evidence(state)}`);
      if (Date.now() - startedMs > within) {
        const seen = before === undefined ? 'its agent does not answer' : this.#seen();
        return this.#fail(`not within ${within} ms: ${say}; seen instead: ${seen}`);
      }
      await delay(SAMPLE_MS / 2);
    }
  }

  async #untilEvent({ code, name, within, say }: Extract<DrillStep, { do: 'until-event' }>): Promise<void> {
    const { cluster } = this.#world;
    const startedMs = Date.now();
    while (!this.#stop.signal.aborted) {
      const events = (await Promise.all(cluster.names.map((node) => cluster.eventsOfDrill(node)))).flat();
      const found = events.find((event) => event.code === code && (name === undefined || event.name === name));
      if (found !== undefined) {
        const at = `${found.node} (after ${Date.now() - startedMs} ms)`;
        return this.#mark('expectation', `${say}: ${found.name} on ${at}: ${found.reason}`);
      }
      if (Date.now() - startedMs > within) return this.#fail(`not within ${within} ms: ${say}; no event ${code}`);
      await delay(SAMPLE_MS);
    }
  }

  #holds(state: Extract<DrillStep, { do: 'until' }>['state']): boolean {
    const view = this.#views.get(this.#target);
    const own = view?.nodes.find(({ self }) => self);
    if (state === 'active') return isActive(view);
    if (state === 'withdrawn') return view !== undefined && !isActive(view);
    if (state === 'in sync') return allInSync(this.#views);
    if (state === 'agent restarted') return own !== undefined && own.pid !== this.#pid;
    if (state === 'healthy') return unhealthy(this.#views, this.#accepted).length === 0;
    if (state === 'traffic elsewhere' || state === 'traffic here') {
      const share = shareOf(this.#samples.at(-2), this.#samples.at(-1), this.#target);
      return share !== undefined && (state === 'traffic here' ? share > MOST : share < 1 - MOST);
    }
    return linkProblem(this.#views) !== undefined;
  }

  /** Evidence that a state has been reached, where the drill's description does not name it. */
  #evidence(state: Extract<DrillStep, { do: 'until' }>['state']): string {
    return state === 'link problem' ? `: ${linkProblem(this.#views) ?? ''}` : '';
  }

  #seen(): string {
    const own = this.#views.get(this.#target)?.nodes.find(({ self }) => self);
    return own === undefined ? 'its agent does not answer' : `${own.state}: ${own.reason}`;
  }

  /** The link name for the node's request; empty: all links. */
  #linkOf(links: Extract<DrillStep, { do: 'cut' }>['links']): string {
    if (links === 'each') return this.#link;
    return links === 'first' ? (this.#views.get(this.#target)?.links[0]?.name ?? '') : '';
  }

  async #sample(stopped: AbortSignal): Promise<void> {
    const { cluster, probe } = this.#world;
    while (!stopped.aborted) {
      const askedMs = Date.now();
      const views = await cluster.views();
      [this.#views, this.#viewsMs] = [views, askedMs];
      const pid = views.get(this.#target)?.nodes.find(({ self }) => self)?.pid ?? 0;
      if (this.#firstMs === 0) this.#pid = pid;
      // Nodes answer at once, but for one that does not answer at all, for which the others are kept waiting.
      const sample = sampleOf(askedMs, views, this.#samples.at(-1));
      this.#samples.push(probe === undefined ? sample : { ...sample, gapMs: probe.live.gapMs });
      if (probe !== undefined) this.#world.live?.(probe.live.gapMs, probe.live.lost);
      if (probe !== undefined && this.#firstMs > 0 && !this.#stop.signal.aborted) this.#keepLimits(probe);
      await delay(SAMPLE_MS);
    }
  }

  #keepLimits(probe: ProbeFeed): void {
    const { outage, lost } = this.#drill.limits;
    const { gapMs, lost: missing } = probe.live;
    // Without a measuring probe, exceeded limits would not be detected.
    if (probe.failure !== undefined) this.#abort(probe.failure);
    else if (gapMs > outage)
      this.#abort(`a flow has been without an answer for ${gapMs} ms; the limit is ${outage} ms`);
    else if (missing > lost) this.#abort(`${missing} packets were lost; the limit is ${lost}`);
  }

  /** All nodes healthy, in service and in sync, as at the start of the drill; deviations are failures. */
  async #isUndone(): Promise<boolean> {
    const deadline = Date.now() + UNDONE_MS;
    for (;;) {
      const views = await this.#world.cluster.views();
      const left = unhealthy(views, this.#accepted);
      if (left.length === 0 && allInSync(views)) return true;
      if (Date.now() > deadline) {
        for (const text of left) this.#fail(`afterwards ${text}`);
        return false;
      }
      await delay(SAMPLE_MS);
    }
  }

  #mark(kind: Mark['kind'], plain: string): void {
    const text = this.#link === '' ? plain : `${this.#link}: ${plain}`;
    this.#marks.push({ time: Date.now(), kind, node: this.#target, text });
    const gap = this.#world.probe?.live.gapMs;
    this.#world.say(`  ${text}${gap === undefined ? '' : `  [gap ${gap} ms]`}`);
  }

  #fail(text: string): void {
    this.#failures.push(text);
    this.#mark('abort', text);
  }

  /** Aborting means undoing: the leases end. */
  #abort(text: string): void {
    this.#fail(text);
    this.#stop.abort();
  }
}

/** The first problem of a link or peer, and the reporting node. */
function linkProblem(views: Views): string | undefined {
  for (const [name, view] of views) {
    const found = view?.problems.find(({ code }) => /^(link|peer)-/.test(code));
    if (found !== undefined) return `${name} says: ${found.subject}: ${found.text}`;
  }
  return undefined;
}

/** Duration or offset of a step. */
function millisecondsOf(step: Change): number {
  if (step.do === 'hang') return step.for;
  return step.do === 'step-clock' ? step.by : 0;
}

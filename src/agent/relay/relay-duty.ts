import type { Clock } from '../../replication/clock.ts';
import { SENT } from '../../replication/relay/relay-limits.ts';
import { RelayPace } from '../../replication/relay/relay-pace.ts';
import { MAX_RELAYED } from '../../dataplane/relay/relay-routes.ts';
import type { RelayPart } from '../compose/parts.ts';
import type { RelayStatus } from '../control/messages.ts';
import type { EventLog } from '../events/event-log.ts';
import { RelayCounts } from './relay-counters.ts';
import { failedTranslators, type RelayFacts, type RelayPeer, relayTargets, takenInstances } from './relay-decision.ts';
import type { OpenRelay, RelayInstance } from './relay-instance.ts';
import { RelayReceiver } from './relay-receiver.ts';
import { type RelayRun, RelaySender, type SenderWorld } from './relay-sender.ts';

const SECOND_MS = 1000;

export interface RelayDutyWorld {
  readonly self: { readonly slot: number; readonly epoch: number };
  readonly clock: Clock;
  /** The time of day, milliseconds since 1970. */
  readonly now: () => number;
  readonly events: Pick<EventLog, 'add'>;
  readonly instances: () => readonly RelayInstance[];
  readonly open: OpenRelay;
  readonly send: SenderWorld['send'];
  /** Removes what a killed agent has left. Never throws. */
  readonly tidy: () => Promise<void>;
}

interface Forwarding {
  readonly sender: RelaySender;
  /** The time of day when the current target was chosen. */
  since: number;
}

/**
 * Forwards packets that arrive for a failed translator here to a node that serves, over the replication links, and
 * accepts those of other nodes while this one serves (docs/decisions/0072).
 */
export class RelayDuty implements RelayPart {
  readonly #world: RelayDutyWorld;
  readonly #counts = new RelayCounts();
  readonly #senderWorld: SenderWorld;
  readonly #receiver: RelayReceiver;
  readonly #forwarding = new Map<string, Forwarding>();
  readonly #numbers = new Map<string, number>();
  /** Instances whose device is being removed: its name is still in use. */
  readonly #ending = new Set<string>();
  readonly #unable = new Map<string, string>();
  #takes: readonly string[] = [];
  #packet = 0;
  #stopped = false;

  constructor(world: RelayDutyWorld) {
    this.#world = world;
    const { clock, open, send, self } = world;
    const shared = {
      clock,
      open,
      counts: this.#counts,
      numberOf: (instance: string) => this.#numberOf(instance),
      onUnable: (instance: string, reason: string) => this.#onUnable(instance, reason),
    };
    this.#senderWorld = {
      ...shared,
      send,
      pace: new RelayPace(SENT, clock.now()),
      onBegun: (instance, node) => this.#onBegun(instance, node),
      onEnded: (instance, run, reason) => this.#onEnded(instance, run, reason),
    };
    const served = (name: string): RelayInstance | undefined =>
      this.#takes.includes(name) ? this.#instance(name) : undefined;
    this.#receiver = new RelayReceiver({ ...shared, self, served });
  }

  get takes(): readonly string[] {
    return this.#takes;
  }

  async start(): Promise<void> {
    await this.#world.tidy();
  }

  update(facts: RelayFacts): void {
    if (this.#stopped) return;
    this.#takes = takenInstances(facts);
    const current = new Map([...this.#forwarding].map(([name, { sender }]) => [name, sender.target.slot]));
    const targets = relayTargets(facts, current);
    for (const [name, { sender }] of this.#forwarding) {
      if (targets.has(name)) continue;
      this.#forwarding.delete(name);
      this.#ending.add(name);
      void sender.stop(whyEnded(name, facts)).then(() => this.#ending.delete(name));
    }
    for (const [name, target] of targets) this.#forward(name, target);
    this.#receiver.expire();
  }

  /** A frame of a living peer. @throws when the bytes are not such a message */
  receive(slot: number, epoch: number, body: Uint8Array): void {
    if (!this.#stopped) this.#receiver.receive(slot, epoch, body);
  }

  status(): RelayStatus {
    const targets = [...this.#forwarding].map(([instance, { sender, since }]) => {
      const { node, packets } = sender.target;
      return { instance, node, packets, since };
    });
    return { targets, counters: this.#counts.list() };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#takes = [];
    const senders = [...this.#forwarding.values()].map(({ sender }) => sender);
    this.#forwarding.clear();
    await Promise.all([...senders.map((sender) => sender.stop('the agent ends')), this.#receiver.stop()]);
  }

  #forward(name: string, target: RelayPeer): void {
    const known = this.#forwarding.get(name);
    if (known !== undefined) {
      if (known.sender.target.slot !== target.slot) known.since = this.#world.now();
      return known.sender.setTarget(target);
    }
    const instance = this.#instance(name);
    if (instance === undefined || this.#ending.has(name) || this.#numberOf(name) > MAX_RELAYED) return;
    const sender = new RelaySender(instance, target, () => ++this.#packet, this.#senderWorld);
    this.#forwarding.set(name, { sender, since: this.#world.now() });
  }

  #instance(name: string): RelayInstance | undefined {
    return this.#world.instances().find((instance) => instance.name === name);
  }

  #numberOf(instance: string): number {
    const number = this.#numbers.get(instance) ?? this.#numbers.size + 1;
    this.#numbers.set(instance, number);
    return number;
  }

  #onBegun(name: string, node: string): void {
    const reason = 'its translator has failed, and packets still arrive';
    this.#report({ code: 'relay-started', name, to: `forwarded to ${node}`, reason });
  }

  #onEnded(name: string, { node, packets, dropped, durationMs }: RelayRun, why: string): void {
    const seconds = (durationMs / SECOND_MS).toFixed(1);
    const reason = `${why}; ${packets} packets went to ${node} in ${seconds} s, ${dropped} were dropped`;
    this.#report({ code: 'relay-ended', name, to: 'not forwarded any more', reason });
  }

  #onUnable(name: string, reason: string): void {
    if (this.#unable.get(name) === reason) return;
    this.#unable.set(name, reason);
    this.#report({ code: 'relay-unable', name, to: 'cannot be forwarded', reason });
  }

  #report(event: Pick<Parameters<EventLog['add']>[0], 'code' | 'name' | 'to' | 'reason'>): void {
    this.#world.events.add({ ...event, subject: 'instance' });
  }
}

function whyEnded(instance: string, facts: RelayFacts): string {
  return failedTranslators(facts).includes(instance) ? 'no other node serves' : 'the translator works again';
}

import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { NotifyTarget } from '../../cluster/notify-schema.ts';
import { readPrivateFile } from '../../cluster/secret-file.ts';
import type { ProgramStarter } from '../../linux/programs/program.ts';
import type { Clock } from '../../replication/clock.ts';
import type { CheckStatus, Event } from '../control/messages.ts';
import type { EventLog } from '../events/event-log.ts';
import type { FileQueue } from '../files/file-queue.ts';
import { CommandCourier } from './command-courier.ts';
import type { Courier } from './courier.ts';
import { Delivery, type DeliveryStatus } from './delivery.ts';
import { WebhookCourier, type WebhookSecrets } from './webhook-courier.ts';

type Targets = Readonly<Record<string, NotifyTarget>>;

export interface NotificationsWorld {
  readonly events: Pick<EventLog, 'add' | 'listen'>;
  readonly files: Pick<FileQueue, 'run'>;
  readonly clock: Clock;
  /** Starts the commands of targets; absent: the calling thread does. */
  readonly programs?: ProgramStarter;
}

/** A target, and counts of its events. */
export interface NotifyStatus extends DeliveryStatus {
  readonly name: string;
  readonly kind: NotifyTarget['kind'];
}

interface Open {
  readonly target: NotifyTarget;
  readonly delivery: Delivery;
}

/** Polling interval for an empty queue. */
const POLL_MS = 20;
/** Severities in ascending order. */
const RANKS: ReadonlyMap<string, number> = new Map([
  ['info', 0],
  ['warning', 1],
  ['error', 2],
]);

/** Notifies the configured targets of this node's events. Nothing waits for a target. */
export class Notifications {
  readonly #world: NotificationsWorld;
  readonly #open = new Map<string, Open>();
  #unlisten: () => void = () => undefined;

  constructor(world: NotificationsWorld) {
    this.#world = world;
  }

  start(targets: Targets): void {
    this.configure(targets);
    this.#unlisten = this.#world.events.listen((event) => this.#tell(event));
  }

  /** Unchanged targets keep their queues. */
  configure(targets: Targets): void {
    for (const [name, { target, delivery }] of this.#open) {
      if (isDeepStrictEqual(target, targets[name])) continue;
      delivery.stop();
      this.#open.delete(name);
    }
    for (const [name, target] of Object.entries(targets)) {
      if (this.#open.has(name)) continue;
      const onChange = (failure: string): void => this.#report(name, failure);
      const delivery = new Delivery(this.#courierFor(target), target, this.#world.clock, onChange);
      this.#open.set(name, { target, delivery });
    }
  }

  /** State of each target, in the form of checks. */
  checks(): CheckStatus[] {
    return [...this.#open].map(([name, { delivery }]) => {
      const { failure, delivered, lostFromQueue, lostAfterAttempts, waiting } = delivery.status;
      const counts = `${delivered} delivered, ${lostFromQueue + lostAfterAttempts} lost, ${waiting} waiting`;
      const ok = failure === '';
      const text = ok ? counts : `${failure} (${counts})`;
      return { name: `notify ${name}`, ok, result: ok ? 'ok' : 'failed', effect: 'degrade', text };
    });
  }

  /** Counts of events for each target. */
  status(): NotifyStatus[] {
    return [...this.#open].map(([name, open]) => statusOf(name, open));
  }

  /** Resolves when all queues are empty, or at the time limit; queued events are then lost. */
  async close(limitMs: number): Promise<void> {
    const { clock } = this.#world;
    const until = clock.now() + limitMs;
    const waits = (): boolean => [...this.#open.values()].some(({ delivery }) => delivery.status.waiting > 0);
    while (waits() && clock.now() < until) {
      await new Promise<void>((resolve) => void clock.after(POLL_MS, resolve));
    }
    this.#unlisten();
    for (const { delivery } of this.#open.values()) delivery.stop();
  }

  #tell(event: Event): void {
    for (const [name, { target, delivery }] of this.#open) {
      // A failing target is not notified of its own failure.
      const ofItself = event.code.startsWith('notify-') && event.name === name;
      if (!ofItself && isWanted(target, event)) delivery.add(event);
    }
  }

  #report(name: string, failure: string): void {
    const failing = failure !== '';
    this.#world.events.add({
      code: failing ? 'notify-failing' : 'notify-restored',
      subject: 'check',
      name,
      to: failing ? 'not notified' : 'notified again',
      reason: failure,
    });
  }

  #courierFor(target: NotifyTarget): Courier {
    if (target.kind === 'exec') return new CommandCourier(target.command, target.timeout, this.#world.programs);
    const { url, tokenFile, ca, timeout: timeoutMs } = target;
    const secrets = (): Promise<WebhookSecrets> => this.#world.files.run(() => readSecrets(tokenFile, ca));
    return new WebhookCourier({ url, timeoutMs, secrets });
  }
}

function statusOf(name: string, { target, delivery }: Open): NotifyStatus {
  return { ...delivery.status, name, kind: target.kind };
}

/** Whether a target is to be notified of an event. Pure. */
export function isWanted({ codes, severity }: NotifyTarget, event: Pick<Event, 'code' | 'severity'>): boolean {
  if (codes !== undefined) return codes.some((code) => code === event.code);
  return (RANKS.get(event.severity) ?? 0) >= (RANKS.get(severity) ?? 0);
}

/** @throws ConfigError, and file system errors */
async function readSecrets(tokenFile: string | undefined, ca: string | undefined): Promise<WebhookSecrets> {
  return {
    ...(tokenFile === undefined ? {} : { token: (await readPrivateFile(tokenFile)).toString('utf8').trim() }),
    ...(ca === undefined ? {} : { ca: await readFile(ca, 'utf8') }),
  };
}

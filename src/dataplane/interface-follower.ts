import type { DataInterfaces } from '../fastpath/data-interfaces.ts';
import type { FastPathAttachment } from '../fastpath/attachment.ts';
import { SystemCallError } from '../linux/libc.ts';
import type { FastPathRequest } from './instance-options.ts';

/** Polls between two full readings while no route has changed; those check filters and settings. */
const POLLS_BETWEEN_READINGS = 5;

/** State of the fast path at the interfaces. */
export interface InterfaceReport {
  /** As `InstanceSummary.fastPath` has it. */
  readonly state: string;
  readonly attached: boolean;
  /** Failed attempts to attach, since the start. */
  readonly failures: number;
}

/** Keeps the fast path attached to its interfaces: the configured ones, or those that routes use. */
export class InterfaceFollower {
  readonly #request: FastPathRequest;
  readonly #attachment: FastPathAttachment;
  readonly #find: () => DataInterfaces;
  #state = '';
  #failures = 0;
  #looks = 0;
  /** Routes have changed since the last reading. */
  #news = false;

  /** @param find determines which interfaces routes use; throws SystemCallError */
  constructor(request: FastPathRequest, attachment: FastPathAttachment, find: () => DataInterfaces) {
    this.#request = request;
    this.#attachment = attachment;
    this.#find = find;
  }

  /** Routes have changed. @returns whether an interface in use is gone, so that `look` should be called now */
  noteNews(): boolean {
    this.#news = true;
    return this.#attachment.hasMoved();
  }

  /**
   * Attaches to new interfaces and detaches from unused ones. A failed attachment is retried at the next call; packets
   * of that interface take the slow path meanwhile.
   */
  look(): InterfaceReport {
    try {
      this.#state = this.#follow();
    } catch (error) {
      this.#failures += 1;
      this.#news = true;
      const known = error instanceof SystemCallError;
      this.#state = this.#stateWith([known ? error.message : `interfaces are not read: ${String(error)}`]);
    }
    return { state: this.#state, attached: this.#attachment.isAttached, failures: this.#failures };
  }

  /** Detaches from all interfaces. */
  end(): void {
    this.#attachment.follow([]);
  }

  /** @returns the resulting state. @throws SystemCallError */
  #follow(): string {
    const { interfaces: named, mode } = this.#request;
    if (named !== undefined) {
      this.#news = false;
      this.#attachment.follow(named);
      return this.#stateWith(this.#missing(named));
    }
    this.#looks = (this.#looks + 1) % POLLS_BETWEEN_READINGS;
    if (this.#looks !== 1 && !this.#news) return this.#state;
    this.#news = false;
    const { interfaces, bypasses } = this.#find();
    if (bypasses !== undefined && mode === 'auto') {
      this.#attachment.follow([]);
      return offFor(this.#request, bypasses);
    }
    this.#attachment.follow(interfaces);
    if (interfaces.length === 0) return offFor(this.#request, 'no route leads to an Ethernet interface that is up');
    return this.#stateWith(this.#missing(interfaces));
  }

  /** @param faults why it is not attached to every interface */
  #stateWith(faults: readonly string[]): string {
    const { interfaces } = this.#attachment;
    if (interfaces.length === 0) return offFor(this.#request, faults.join(', '));
    return [`on ${interfaces.join(', ')}`, ...faults].join('; ');
  }

  #missing(wanted: readonly string[]): string[] {
    return wanted.filter((name) => !this.#attachment.interfaces.includes(name)).map((name) => `no ${name} yet`);
  }
}

/** The state of a fast path without attachments. */
export function offFor({ mode }: FastPathRequest, why: string): string {
  return mode === 'auto' ? `auto: off, ${why}` : `off: ${why}`;
}

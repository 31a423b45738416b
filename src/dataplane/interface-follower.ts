import type { DataInterfaces } from '../fastpath/data-interfaces.ts';
import type { FastPathAttachment } from '../fastpath/attachment.ts';
import { SystemCallError } from '../linux/libc.ts';
import type { FastPathRequest } from './instance-options.ts';

/** Where interfaces are found: looks between two readings when no route has changed, for filters and settings. */
const LOOKS_BETWEEN_READINGS = 5;

/** How the fast path stands at the interfaces. */
export interface InterfaceReport {
  /** As `InstanceSummary.fastPath` has it. */
  readonly state: string;
  readonly attached: boolean;
  /** Attempts to attach that failed, since the start. */
  readonly failures: number;
}

/** The fast path's interfaces: those of the request, or those that routes use now. */
export class InterfaceFollower {
  readonly #request: FastPathRequest;
  readonly #attachment: FastPathAttachment;
  readonly #find: () => DataInterfaces;
  #state = '';
  #failures = 0;
  #looks = 0;
  /** Routes have changed since the interfaces were found. */
  #news = false;

  /** @param find reads which interfaces routes use; throws SystemCallError */
  constructor(request: FastPathRequest, attachment: FastPathAttachment, find: () => DataInterfaces) {
    this.#request = request;
    this.#attachment = attachment;
    this.#find = find;
  }

  /** Routes have changed. @returns whether an interface is gone that packets come by: then it is time for a look */
  noteNews(): boolean {
    this.#news = true;
    return this.#attachment.hasMoved();
  }

  /**
   * Attaches to what has come and detaches from what is not used any more. An interface that cannot be attached to now can
   * perhaps at the next look; its packets take the slow path.
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

  /** From no interface on. */
  end(): void {
    this.#attachment.follow([]);
  }

  /** @returns how it stands then. @throws SystemCallError */
  #follow(): string {
    const { interfaces: named, mode } = this.#request;
    if (named !== undefined) {
      this.#news = false;
      this.#attachment.follow(named);
      return this.#stateWith(this.#missing(named));
    }
    this.#looks = (this.#looks + 1) % LOOKS_BETWEEN_READINGS;
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

  /** @param faults why it is not at every interface */
  #stateWith(faults: readonly string[]): string {
    const { interfaces } = this.#attachment;
    if (interfaces.length === 0) return offFor(this.#request, faults.join(', '));
    return [`on ${interfaces.join(', ')}`, ...faults].join('; ');
  }

  #missing(wanted: readonly string[]): string[] {
    return wanted.filter((name) => !this.#attachment.interfaces.includes(name)).map((name) => `no ${name} yet`);
  }
}

/** The state of a fast path that is at no interface. */
export function offFor({ mode }: FastPathRequest, why: string): string {
  return mode === 'auto' ? `auto: off, ${why}` : `off: ${why}`;
}

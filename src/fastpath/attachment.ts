import { interfaceIndex } from '../linux/bpf.ts';
import type { TrafficProgram } from '../linux/traffic-program.ts';
import { FENCE_MS } from './layout.ts';

/**
 * Attachments of the fast path's program in the network namespace of the calling thread. Every call may block on the
 * kernel's rtnl lock, which all namespaces share: seconds while network cards are reset or namespaces removed. Not for
 * a thread that translates.
 */
export class FastPathAttachment {
  readonly #program: Pick<TrafficProgram, 'attach' | 'detach' | 'removeLeft'>;
  readonly #monotonicMs: () => number;
  #wanted: readonly string[] = [];
  /** Interface index by name, of current attachments. */
  readonly #attached = new Map<string, number>();
  /** When the fence of every program left by another worker has expired; 0: they have been removed. */
  #leftUntilMs = 0;

  constructor(program: Pick<TrafficProgram, 'attach' | 'detach' | 'removeLeft'>, monotonicMs: () => number) {
    this.#program = program;
    this.#monotonicMs = monotonicMs;
  }

  /** Names of the attached interfaces. */
  get interfaces(): readonly string[] {
    return [...this.#attached.keys()];
  }

  get isAttached(): boolean {
    return this.#attached.size > 0;
  }

  /** Sets the interfaces to attach to, and detaches from others. @throws SystemCallError */
  follow(interfaces: readonly string[]): void {
    this.#wanted = interfaces;
    for (const [name, index] of this.#attached) {
      if (interfaces.includes(name)) continue;
      this.#program.detach(index);
      this.#attached.delete(name);
    }
    this.attachAll();
  }

  /**
   * Attaches to interfaces that have appeared or reappeared.
   * @throws SystemCallError when attaching to one fails; the others are attached
   */
  attachAll(): void {
    const failures: unknown[] = [];
    for (const name of this.#wanted) {
      try {
        this.#attach(name);
      } catch (error) {
        failures.push(error);
      }
    }
    this.#removeLeft();
    if (failures.length > 0) throw failures[0];
  }

  /** Whether an attached interface is gone, or another one has its name. */
  hasMoved(): boolean {
    for (const [name, index] of this.#attached) if (interfaceIndex(name) !== index) return true;
    return false;
  }

  #attach(name: string): void {
    const index = interfaceIndex(name);
    const before = this.#attached.get(name);
    if (before === index || (before === undefined && index === 0)) return;
    this.#attached.delete(name);
    if (before !== undefined) this.#program.detach(before);
    if (index === 0) return;
    this.#program.attach(index, name);
    this.#attached.set(name, index);
    this.#leftUntilMs = this.#monotonicMs() + 2 * FENCE_MS;
  }

  /** A previous worker's program may still be within its fence when this one attaches. */
  #removeLeft(): void {
    if (this.#leftUntilMs === 0 || this.#monotonicMs() < this.#leftUntilMs) return;
    this.#leftUntilMs = 0;
    this.#program.removeLeft();
  }
}

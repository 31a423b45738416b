import { interfaceIndex } from '../linux/bpf.ts';
import type { TrafficProgram } from '../linux/traffic-program.ts';
import { FENCE_MS } from './layout.ts';

/**
 * Where the fast path's program is attached, in the network namespace of the thread that uses this. Every call may wait
 * for as long as the kernel changes interfaces elsewhere (its rtnl lock, one for all namespaces): seconds where network
 * cards are reset or namespaces removed. So it is not for a thread that translates.
 */
export class FastPathAttachment {
  readonly #program: Pick<TrafficProgram, 'attach' | 'detach' | 'removeLeft'>;
  readonly #monotonicMs: () => number;
  #wanted: readonly string[] = [];
  /** Index by name of the interfaces that it is attached to. */
  readonly #attached = new Map<string, number>();
  /** When every program that another worker has left is over its fence; 0: they are removed. */
  #leftUntilMs = 0;

  constructor(program: Pick<TrafficProgram, 'attach' | 'detach' | 'removeLeft'>, monotonicMs: () => number) {
    this.#program = program;
    this.#monotonicMs = monotonicMs;
  }

  /** Names of the interfaces that it is attached to now. */
  get interfaces(): readonly string[] {
    return [...this.#attached.keys()];
  }

  get isAttached(): boolean {
    return this.#attached.size > 0;
  }

  /** From now on at these interfaces, and at no other. @throws SystemCallError */
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
   * Attaches it to the interfaces that have come, or come back.
   * @throws SystemCallError when one of them cannot be attached to; the others are
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

  /** Whether an interface is gone that it is attached to, or another one has its name. */
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

  /** What a worker before this one has left may still be within its fence when this one attaches. */
  #removeLeft(): void {
    if (this.#leftUntilMs === 0 || this.#monotonicMs() < this.#leftUntilMs) return;
    this.#leftUntilMs = 0;
    this.#program.removeLeft();
  }
}

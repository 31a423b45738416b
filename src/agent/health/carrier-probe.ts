import type { Probe } from './check.ts';
import type { Finding } from './finding.ts';
import type { NamespaceView } from './namespace-view.ts';

/** The data interfaces are up and have a carrier. While at least one has, the node continues to serve, degraded. */
export class CarrierProbe implements Probe {
  readonly name: string;
  readonly #interfaces: readonly string[];
  readonly #view: NamespaceView;

  constructor(name: string, interfaces: readonly string[], view: NamespaceView) {
    this.name = name;
    this.#interfaces = interfaces;
    this.#view = view;
  }

  async check(): Promise<Finding> {
    const states = await Promise.all(this.#interfaces.map((name) => this.#view.interfaceState(name)));
    const wrong = this.#interfaces.flatMap((name, index) => {
      const state = states[index];
      if (state === undefined) return [`there is no interface ${name}`];
      if (!state.up) return [`${name} is down`];
      return state.running ? [] : [`${name} has no carrier`];
    });
    if (wrong.length === 0) return { result: 'ok', text: `carrier on ${this.#interfaces.join(', ')}` };
    const finding: Finding = { result: 'failed', text: wrong.join('; ') };
    return wrong.length < this.#interfaces.length ? { ...finding, effect: 'degrade' } : finding;
  }
}

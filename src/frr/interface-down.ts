import { inNetworkNamespace } from '../linux/network-place.ts';
import type { RunCommand } from '../linux/command.ts';
import { type GatedPeer, interfacesTo } from './gate/peer-gates.ts';

/** Sets an interface down, in the network namespace with this path. @throws CommandError */
export type SetDown = (name: string, namespacePath: string) => Promise<void>;

/** Names of the interfaces towards peers. @throws SystemCallError */
export type FindInterfaces = (peers: readonly GatedPeer[], namespacePath: string) => readonly string[];

/**
 * The final method, if configured (`interfaceDown`): a router whose link to this node is down sends nothing. The
 * interface stays down until the operator sets it up: otherwise the router would continue to send, and the addresses
 * and routes lost with it can only be restored by the network configuration.
 */
export class InterfaceDown {
  readonly #peers: readonly GatedPeer[];
  readonly #namespace: () => string | undefined;
  readonly #find: FindInterfaces;
  readonly #setDown: SetDown;

  /** @param namespace path of FRR's network namespace; undefined: unknown at present */
  constructor(
    peers: readonly GatedPeer[],
    namespace: () => string | undefined,
    setDown: SetDown,
    find: FindInterfaces = findIn,
  ) {
    this.#peers = peers;
    this.#namespace = namespace;
    this.#find = find;
    this.#setDown = setDown;
  }

  /**
   * @returns a description of what was done; undefined: nothing, because no interface leads to the peers @throws
   * CommandError
   */
  async use(): Promise<string | undefined> {
    const path = this.#namespace();
    if (path === undefined) return undefined;
    const names = this.#find(this.#peers, path);
    for (const name of names) await this.#setDown(name, path);
    if (names.length === 0) return undefined;
    return `${names.join(', ')} was set down; it stays down until an operator sets it up again`;
  }
}

function findIn(peers: readonly GatedPeer[], namespacePath: string): readonly string[] {
  return inNetworkNamespace(namespacePath, () => interfacesTo(peers));
}

/** By the command `ip`. */
export function setLinkDown(run: RunCommand): SetDown {
  return async (name, namespacePath) => {
    await run(['nsenter', `--net=${namespacePath}`, '--', 'ip', 'link', 'set', 'dev', name, 'down']);
  };
}

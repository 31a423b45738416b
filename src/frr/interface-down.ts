import { inNetworkNamespace } from '../linux/network-place.ts';
import type { RunCommand } from '../linux/command.ts';
import { type GatedPeer, interfacesTo } from './gate/peer-gates.ts';

/** How an interface is set down: in the network namespace with this path. @throws CommandError */
export type SetDown = (name: string, namespacePath: string) => Promise<void>;

/** The interfaces that lead to peers, by name. @throws SystemCallError */
export type FindInterfaces = (peers: readonly GatedPeer[], namespacePath: string) => readonly string[];

/**
 * The end of all means, where the file allows it (`interfaceDown`): a router whose interface to this node is dead sends
 * nothing any more, whatever its routes hang on. The interface stays down until a person sets it up: the router would
 * only go on, and what the node has lost with it (addresses, routes) only the network's own configuration knows.
 */
export class InterfaceDown {
  readonly #peers: readonly GatedPeer[];
  readonly #namespace: () => string | undefined;
  readonly #find: FindInterfaces;
  readonly #setDown: SetDown;

  /** @param namespace the path of the network namespace that FRR sends from; undefined: not known now */
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

  /** @returns what was done, in words; undefined: nothing, since no interface leads to the peers @throws CommandError */
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

/** By `ip`. */
export function setLinkDown(run: RunCommand): SetDown {
  return async (name, namespacePath) => {
    await run(['nsenter', `--net=${namespacePath}`, '--', 'ip', 'link', 'set', 'dev', name, 'down']);
  };
}

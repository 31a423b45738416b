import { connect } from '../world/link.ts';
import type { Machine } from '../world/machine.ts';
import type { Gateway, SiteWithoutRouting } from './site.ts';

/*
 *   gw1 ─wan0──┐
 *   gw2 ─wan0──┤ wan      a router between the gateways' main namespaces, each in a network of its own: multicast on a link does not
 *   gw3 ─wan0──┘          come through, streams do
 */
const CUT_TABLE = 'cut';

/** How a router between two gateways treats their packets. */
export type WanCut =
  /** Dropped silently. */
  | 'drop'
  /** TCP connections and connection attempts are reset. */
  | 'reset';

/** A unicast-only network between the gateways, which can be cut between any two of them. */
export class Wan {
  readonly #router: Machine;

  private constructor(router: Machine) {
    this.#router = router;
  }

  static async connect({ world, gateways }: SiteWithoutRouting): Promise<Wan> {
    const router = await world.machine('wan');
    await router.enableForwarding();
    for (const { machine, slot } of gateways) {
      await connect(
        world,
        { machine: router, interface: machine.name, addresses: [`${networkOf(slot)}1/64`] },
        { machine, interface: 'wan0', addresses: [`${networkOf(slot)}2/64`] },
      );
      await machine.ip([`route add default via ${networkOf(slot)}1`]);
    }
    for (const { machine } of gateways) await machine.waitForCarrier('wan0');
    return new Wan(router);
  }

  /** The address of a gateway in this network. */
  static addressOf({ slot }: Pick<Gateway, 'slot'>): string {
    return `${networkOf(slot)}2`;
  }

  async cut(one: Gateway, other: Gateway, how: WanCut): Promise<void> {
    const [a, b] = [Wan.addressOf(one), Wan.addressOf(other)];
    const verdict = how === 'drop' ? 'drop' : 'meta l4proto tcp reject with tcp reset';
    const rules = [
      `add table ip6 ${CUT_TABLE}`,
      `add chain ip6 ${CUT_TABLE} forward { type filter hook forward priority 0; }`,
      `add rule ip6 ${CUT_TABLE} forward ip6 saddr ${a} ip6 daddr ${b} ${verdict}`,
      `add rule ip6 ${CUT_TABLE} forward ip6 saddr ${b} ip6 daddr ${a} ${verdict}`,
    ];
    await this.#router.run(['nft', '-f', '-'], { input: `${rules.join('\n')}\n` });
  }

  /** Removes all cuts. */
  async mend(): Promise<void> {
    await this.#router.run(['nft', 'delete', 'table', 'ip6', CUT_TABLE]);
  }
}

function networkOf(slot: number): string {
  return `2001:db8:b${slot}::`;
}

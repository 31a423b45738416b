import { nat64 } from '../../../../src/cluster/instance-schema.ts';
import type { Nat64Config } from '../../../../src/cluster/schema.ts';
import type { GroupListener, GroupSocket, JooldPlace } from '../../../../src/agent/adopt/joold-group.ts';
import { Bench } from '../../translator/nat64/bench-of-one.ts';

export const FOREIGN = 63;
/** Who sent the captured datagrams. */
export const JOOL = '2001:db8:ff::1';

const JOOLD = { group: 'ff08::db8:64:64', port: 6464, interface: 'sync0' };

/** The instance whose sessions the captures are about. */
export function capturedSite(changes: object = {}): Nat64Config {
  return nat64.parse({
    kind: 'nat64',
    pool6: ['64:ff9b::/96'],
    pool4: [{ prefix: '192.0.2.0/30', ports: '10000-20000' }],
    adopt: { joold: { ...JOOLD, from: [JOOL] } },
    export: { joold: { ...JOOLD, format: '4.1.13' } },
    ...changes,
  });
}

/** A translator with the pools of the captures. */
export function foreignBench(changes: ConstructorParameters<typeof Bench>[0] = {}): Bench {
  return new Bench({
    foreignSlot: FOREIGN,
    pool4: [{ prefix: '192.0.2.0/30', ports: [10_000, 20_000], protocols: ['tcp', 'udp', 'icmp'], clients: [] }],
    ...changes,
  });
}

/** A multicast group of which the test is the other members. */
export class SimulatedGroup {
  readonly sent: Uint8Array[] = [];
  readonly opened: JooldPlace[] = [];
  isOpen = false;
  #listener: GroupListener | undefined;

  readonly open = (place: JooldPlace, listener: GroupListener): GroupSocket => {
    this.opened.push(place);
    this.#listener = listener;
    this.isOpen = true;
    return {
      send: (datagram, done) => {
        this.sent.push(datagram.slice());
        done();
      },
      close: () => {
        this.isOpen = false;
      },
    };
  };

  say(datagram: Uint8Array, from = JOOL): void {
    if (this.isOpen) this.#listener?.receive(datagram, from);
  }

  fail(reason: string): void {
    this.isOpen = false;
    this.#listener?.failed(reason);
  }
}

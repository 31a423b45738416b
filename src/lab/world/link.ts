import type { Machine } from './machine.ts';
import type { World } from './world.ts';

/** One end of a link: an interface of a machine. */
export interface End {
  readonly machine: Machine;
  readonly interface: string;
  /** Addresses with prefix length; empty: only the link-local one. */
  readonly addresses?: readonly string[];
  /** Named network namespace of the machine to which the interface is moved. */
  readonly namespace?: string;
}

/** A plain Ethernet link between two machines (a veth pair), up at both ends. */
export async function connect(world: World, a: End, b: End): Promise<void> {
  const [pidA, pidB] = [a.machine.pid, b.machine.pid];
  await world.run(
    ['ip', '-batch', '-'],
    `link add ${a.interface} netns ${pidA} type veth peer name ${b.interface} netns ${pidB}\n`,
  );
  await Promise.all([bringUp(a), bringUp(b)]);
}

async function bringUp(end: End): Promise<void> {
  const { machine, namespace } = end;
  if (namespace !== undefined) await machine.ip([`link set ${end.interface} netns ${namespace}`]);
  await machine.ip(
    [
      ...(end.addresses ?? []).map(
        (address) => `addr add ${address} dev ${end.interface}${address.includes(':') ? ' nodad' : ''}`,
      ),
      `link set ${end.interface} up`,
    ],
    namespace === undefined ? {} : { namespace },
  );
}

import type { LabProcess } from '../world/lab-process.ts';
import type { Machine } from '../world/machine.ts';
import { waitFor } from '../world/wait.ts';

/**
 * A resolver for the lab's names that synthesises AAAA records (DNS64, RFC 6147). The names are in a zone that only the
 * iterator uses, because unbound's answers from local data bypass its DNS64 module.
 */
export function unboundConfig(address: string): string {
  return `
server:
  interface: ${address}
  interface: ::1
  access-control: ::/0 allow
  username: ""
  chroot: ""
  directory: "/run/unbound"
  pidfile: ""
  use-syslog: no
  do-daemonize: no
  module-config: "dns64 iterator"
  dns64-prefix: 64:ff9b::/96
  num-threads: 1
auth-zone:
  name: "lab."
  zonefile: "/run/unbound/lab.zone"
  for-upstream: yes
  for-downstream: no
  fallback-enabled: no
remote-control:
  control-enable: no
`;
}

/** A zone file with the given A records; the names end in `.lab`. */
export function labZone(names: Readonly<Record<string, string>>): string {
  const head = '$ORIGIN lab.\n@ 60 IN SOA ns.lab. root.lab. 1 3600 600 86400 60\n@ 60 IN NS ns.lab.\n';
  return (
    head +
    Object.entries(names)
      .map(([name, a]) => `${name}. 60 IN A ${a}\n`)
      .join('')
  );
}

export async function startUnbound(
  machine: Machine,
  address: string,
  names: Readonly<Record<string, string>>,
): Promise<LabProcess> {
  await machine.writeFile('/run/unbound/unbound.conf', unboundConfig(address));
  await machine.writeFile('/run/unbound/lab.zone', labZone(names));
  const unbound = machine.start('unbound', ['unbound', '-d', '-c', '/run/unbound/unbound.conf']);
  await waitFor(
    'unbound to listen',
    async () => (await machine.run(['ss', '-Hlun6', 'sport = :53'])).stdout.includes(address),
    {
      timeoutMs: 10_000,
      diagnose: () => unbound.tail(),
    },
  );
  return unbound;
}

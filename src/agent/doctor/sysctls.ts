import type { NodeConfig } from '../config/node-config.ts';
import { dataPlanes, type DoctorMachine, inSpace, spaceName } from './machine.ts';
import type { Diagnosis, Examiner } from './finding.ts';
import { readDefaultRoutes, type DefaultRoute } from './read-routes.ts';

/** Values by path under /proc/sys. */
export type Sysctls = ReadonlyMap<string, string>;

/** Prints `FILE VALUE` for each existing setting; run by a shell, because a namespace has its own /proc/sys/net. */
const PRINT = 'cd /proc/sys && for f in $1; do [ -r "$f" ] && echo "$f $(cat "$f")"; done; true';
const FORWARDING = ['net/ipv4/ip_forward', 'net/ipv6/conf/all/forwarding'];
const WANTED = `${FORWARDING.join(' ')} net/ipv4/conf/*/rp_filter net/ipv6/conf/*/accept_ra`;
const STRICT = '1';
const LOOSE = '2';

/** Kernel settings that affect forwarding through the data plane. */
export function sysctlExaminer(config: NodeConfig, machine: DoctorMachine): Examiner {
  const examine = async (): Promise<Diagnosis[]> => {
    const spaces = dataPlanes(config).map(async (namespace) => {
      const text = await machine.run(['sh', '-c', PRINT, 'sh', WANTED], { namespace });
      const routes6 = await readDefaultRoutes(machine.run, 6, namespace);
      return judgeSysctls(namespace, parseSysctls(text), routes6);
    });
    return (await Promise.all(spaces)).flat();
  };
  return { name: 'sysctls', examine };
}

export function parseSysctls(text: string): Sysctls {
  const pairs = text.split('\n').flatMap((line) => {
    const [path, value] = line.split(' ');
    return path === undefined || value === undefined ? [] : [[path, value] as const];
  });
  return new Map(pairs);
}

/** Pure. */
export function judgeSysctls(
  namespace: string | undefined,
  values: Sysctls,
  routes6: readonly DefaultRoute[],
): Diagnosis[] {
  return [
    ...FORWARDING.flatMap((path) => (values.get(path) === '0' ? [forwardingOff(namespace, path)] : [])),
    ...strictFilters(namespace, values),
    ...dyingRoutes(namespace, values, routes6),
  ];
}

function forwardingOff(namespace: string | undefined, path: string): Diagnosis {
  const set = setTo(namespace, path, '1');
  return {
    ...set,
    remedy: `the agent turns it on when it starts; without it: ${set.remedy}`,
    code: 'forwarding-off',
    severity: 'error',
    evidence: `${path.replaceAll('/', '.')} is 0: the kernel forwards no packet to or from the translator`,
  };
}

/** The kernel takes the larger of the interface's value and that of `all` (ip-sysctl.rst). */
function strictFilters(namespace: string | undefined, values: Sysctls): Diagnosis[] {
  const path = (name: string): string => `net/ipv4/conf/${name}/rp_filter`;
  const finding = (name: string): Diagnosis => ({
    ...setTo(namespace, path(name), LOOSE),
    code: 'reverse-path-filter',
    severity: 'warning',
    evidence:
      `rp_filter of ${name === 'all' ? 'all interfaces' : name} is strict: ` +
      'IPv4 packets are dropped that come in by another interface than the answer leaves by',
  });
  const all = values.get(path('all'));
  if (all === STRICT) return [finding('all')];
  if (all === LOOSE) return [];
  return [...values].flatMap(([key, value]) => {
    const name = /^net\/ipv4\/conf\/(.+)\/rp_filter$/.exec(key)?.[1];
    if (name === undefined || value !== STRICT || ['lo', 'default'].includes(name)) return [];
    return [finding(name)];
  });
}

/** With forwarding enabled, the kernel accepts router advertisements only if accept_ra is 2. */
function dyingRoutes(namespace: string | undefined, values: Sysctls, routes6: readonly DefaultRoute[]): Diagnosis[] {
  return routes6.flatMap(({ device, protocol }) => {
    const path = `net/ipv6/conf/${device}/accept_ra`;
    if (protocol !== 'ra' || values.get(path) !== '1') return [];
    return [
      {
        ...setTo(namespace, path, '2'),
        code: 'default-route-expires',
        severity: 'warning',
        evidence:
          `the IPv6 default route by ${device} comes from router advertisements, which a machine that forwards ` +
          'takes only with accept_ra 2: the route expires',
      },
    ];
  });
}

function setTo(
  namespace: string | undefined,
  path: string,
  value: string,
): Pick<Diagnosis, 'subject' | 'remedy' | 'fix'> {
  // Dots occur in names of VLAN interfaces; sysctl(8) accepts slashes as well.
  const assignment = `${path}=${value}`;
  const where = namespace === undefined ? '/etc/sysctl.d' : 'the unit that makes the namespace';
  return {
    subject: spaceName(namespace),
    remedy: `${inSpace(namespace, `sysctl -w ${assignment}`)}, and the same in ${where}`,
    fix: { argv: ['sh', '-c', 'echo "$1" >"/proc/sys/$2"', 'sh', value, path], namespace },
  };
}

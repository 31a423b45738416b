import type { Bird } from '../routers/bird.ts';
import type { Machine } from '../world/machine.ts';
import { waitFor } from '../world/wait.ts';
import type { SiteWithoutRouting } from './site.ts';

/** One address behind pool6 and one of pool4, which represent all. */
const PROBE6 = '64:ff9b::b04:50';
const PROBE4 = '11.64.0.1';

/** The gateways to which the router's kernel sends IPv6 and IPv4 traffic; the interface is named after the gateway. */
export async function gatewaysInUse(router: Machine): Promise<readonly [v6: string, v4: string]> {
  const [v6, v4] = await Promise.all([
    routeOf(router, ['-6', 'route', 'get', PROBE6]),
    routeOf(router, ['route', 'get', PROBE4]),
  ]);
  return [v6, v4];
}

/** Waits until the router sends both families to this gateway. */
export async function untilRoutedTo(
  { router, bird }: Pick<SiteWithoutRouting, 'router'> & { readonly bird?: Pick<Bird, 'show'> },
  gateway: string,
  timeoutMs: number,
): Promise<void> {
  await waitFor(
    `the router to send both families to ${gateway}`,
    async () => (await gatewaysInUse(router)).every((name) => name === gateway),
    { timeoutMs, diagnose: () => bird?.show('bfd sessions') ?? routesOf(router) },
  );
}

async function routesOf(router: Machine): Promise<string> {
  const families = ['-4', '-6'].map((family) => router.run(['ip', family, 'route', 'show']));
  return (await Promise.all(families)).map(({ stdout }) => stdout).join('');
}

async function routeOf(router: Machine, args: readonly string[]): Promise<string> {
  const { stdout } = await router.run(['ip', ...args], { allowFailure: true });
  return / dev (\S+)/.exec(stdout)?.[1] ?? 'none';
}

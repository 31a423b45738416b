import type { Report } from './cross-mistake.ts';
import { type HttpAddress, isLoopback, parseHttpAddress } from './http-address.ts';
import type { HttpConfig } from './http-schema.ts';
import type { ClusterConfig } from './schema.ts';

/** Keys that depend on each other, and addresses reachable by others without TLS or authentication. */
export function checkHttp({ http, nodes }: ClusterConfig, report: Report): void {
  const { certificate, key, clientCa } = http ?? {};
  if ((certificate === undefined) !== (key === undefined)) {
    report(['http'], 'certificate and key need each other', 'give both, or none');
  }
  if (clientCa !== undefined && certificate === undefined) {
    report(['http', 'clientCa'], 'certificates of clients are shown in TLS only', 'add certificate and key');
  }
  for (const [name, { http: text }] of Object.entries(nodes)) {
    const address = text === undefined ? undefined : parseHttpAddress(text);
    const exposed = address === undefined ? undefined : exposure(address, http);
    if (exposed !== undefined) report(['nodes', name, 'http'], exposed.what, exposed.remedy);
  }
}

/** Why the HTTP endpoint must not listen on an address with this configuration, and the remedy. Pure. */
export function exposure(
  { host, port }: HttpAddress,
  http: HttpConfig | undefined,
): { readonly what: string; readonly remedy: string } | undefined {
  const { certificate, tokenFile, clientCa, insecure } = http ?? {};
  if (insecure === true || isLoopback(host)) return undefined;
  const missing = [
    ...(certificate === undefined ? ['TLS (certificate, key)'] : []),
    ...(tokenFile === undefined && clientCa === undefined ? ['authentication (tokenFile or clientCa)'] : []),
  ];
  if (missing.length === 0) return undefined;
  return {
    what: `others reach ${host}, and the HTTP endpoint has no ${missing.join(' and no ')}`,
    remedy:
      `add them to http:, listen at [::1]:${port}, or set http: { insecure: true } where everybody who reaches the ` +
      'address may read it',
  };
}

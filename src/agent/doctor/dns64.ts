import type { NodeConfig } from '../config/node-config.ts';
import { parseIpv6 } from '../../net/ipv6-address.ts';
import { EmbeddingPrefix } from '../../translator/rfc6052.ts';
import type { Diagnosis, Examiner } from './finding.ts';
import type { DoctorMachine } from './machine.ts';

/** The name for discovering the prefix (RFC 7050), and its addresses. */
const NAME = 'ipv4only.arpa';
const WELL_KNOWN = [0xc0_00_00_aa, 0xc0_00_00_ab];
const ANSWER_MS = 3000;

/** The clients' resolver synthesises addresses behind the prefixes of this cluster, and no others. */
export function dns64Examiner({ cluster }: NodeConfig, resolver: string, machine: DoctorMachine): Examiner {
  const examine = async (): Promise<Diagnosis[]> => {
    const pool6 = Object.values(cluster.instances).flatMap((one) => (one.kind === 'nat64' ? one.pool6 : []));
    return judgeDns64(resolver, pool6, await machine.resolve6(resolver, NAME, ANSWER_MS));
  };
  return { name: `DNS64 at ${resolver}`, examine };
}

/** Pure. @param addresses the answer; empty: none */
export function judgeDns64(resolver: string, pool6: readonly string[], addresses: readonly string[]): Diagnosis[] {
  const found = { code: 'resolver-prefix-mismatch', severity: 'error', subject: `resolver ${resolver}` } as const;
  const [first = 'PREFIX'] = pool6;
  const remedy = `with unbound: module-config "dns64 validator iterator" and dns64-prefix ${first}`;
  if (addresses.length === 0) {
    return [{ ...found, evidence: `it answers no AAAA for ${NAME}: it does no DNS64`, remedy }];
  }
  const prefixes = pool6.map((text) => new EmbeddingPrefix(text));
  const others = addresses.filter((address) => !prefixes.some((prefix) => isBehind(prefix, address)));
  if (others.length === 0) return [];
  const evidence = `it answers ${others.join(', ')} for ${NAME}, which is not behind ${pool6.join(', ')}`;
  return [{ ...found, evidence, remedy }];
}

function isBehind(prefix: EmbeddingPrefix, address: string): boolean {
  const wanted = parseIpv6(address);
  if (wanted === undefined) return false;
  const bytes = new Uint8Array(16);
  return WELL_KNOWN.some((ipv4) => {
    prefix.embed(ipv4, bytes, 0);
    return bytes.every((byte, at) => byte === wanted[at]);
  });
}

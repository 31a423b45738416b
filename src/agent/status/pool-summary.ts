import { formatIpv4 } from '../../net/ipv4-address.ts';
import type { PoolSlice } from '../../translator/nat64/ports/pool-use.ts';
import type { Traffic } from '../control/messages.ts';

/** Summary of the use of a node's slices: in total, and of the fullest one. */
export function poolSummary(
  pool: readonly PoolSlice[],
): Pick<Traffic, 'poolSize' | 'poolUsed' | 'worstSlice' | 'worstSliceSize' | 'worstSliceUsed'> {
  const fullest = pool.reduce<PoolSlice | undefined>(
    (worst, slice) => (worst === undefined || fill(slice) > fill(worst) ? slice : worst),
    undefined,
  );
  return {
    poolSize: pool.reduce((sum, { size }) => sum + size, 0),
    poolUsed: pool.reduce((sum, { used }) => sum + used, 0),
    worstSlice: fullest === undefined ? '' : sliceName(fullest),
    worstSliceSize: fullest?.size ?? 0,
    worstSliceUsed: fullest?.used ?? 0,
  };
}

/** Name of a slice: `192.0.2.0/28 tcp, slot 1`. */
function sliceName({ address, addresses, protocol, slot }: PoolSlice): string {
  return `${prefixText(address, addresses)} ${protocol}, slot ${slot}`;
}

/** The prefix of a power of two of addresses. */
export function prefixText(address: number, addresses: number): string {
  return `${formatIpv4(address)}/${32 - Math.log2(addresses)}`;
}

function fill({ size, used }: PoolSlice): number {
  return size === 0 ? 0 : used / size;
}

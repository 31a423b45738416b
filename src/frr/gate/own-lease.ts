import { BpfMap } from '../../linux/bpf.ts';
import { LEASE_MAP } from './gate-layout.ts';
import type { LeaseKeeper } from './peer-gates.ts';

const RENEW_MS = 50;
const LEASE_MS = 500;
const NS_PER_MS = 1_000_000n;

/**
 * Renews the gates' lease of a short-lived process from its main loop, to bring a session up in order to end it. The
 * agent needs a separate thread for this; here it suffices that the gates shut when the process is gone.
 */
export class OwnLease implements LeaseKeeper {
  #timer: NodeJS.Timeout | undefined;

  keepLease(descriptor: number): void {
    const lease = BpfMap.of(descriptor, LEASE_MAP);
    this.#timer = setInterval(() => {
      lease.value.setBigUint64(0, process.hrtime.bigint() + BigInt(LEASE_MS) * NS_PER_MS, true);
      lease.put();
    }, RENEW_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

import { BpfMap } from '../../linux/bpf.ts';
import { LEASE_MAP } from './gate-layout.ts';
import type { LeaseKeeper } from './peer-gates.ts';

const RENEW_MS = 50;
const LEASE_MS = 500;
const NS_PER_MS = 1_000_000n;

/**
 * Renews the lease of the gates of a short-lived process by its own main loop, so that it can bring a session up in
 * order to end it. A thread as the agent's guard has it is not needed: when this process is gone the gates are shut.
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

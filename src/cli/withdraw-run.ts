import { type NodeView, readNodeView, upstreamOptionsOf } from '../agent/config/node-config.ts';
import { AlreadyRunningError, LockFile } from '../agent/files/lock-file.ts';
import { serviceEndIn, writeServiceEnd } from '../agent/files/service-end.ts';
import { StatePaths } from '../agent/files/state-paths.ts';
import { ConfigError } from '../cluster/config-error.ts';
import { monotonicMs } from '../dataplane/shared-state.ts';
import { FENCE_MS } from '../fastpath/layout.ts';
import { removeLeftPrograms } from '../fastpath/left-programs.ts';
import { AnnouncementError } from '../frr/announcer.ts';
import type { Announcements } from '../frr/announcements.ts';
import { OwnLease } from '../frr/gate/own-lease.ts';
import { Upstreams } from '../frr/upstreams.ts';
import { trafficHook } from '../linux/bpf-attachments.ts';
import { SystemCallError } from '../linux/libc.ts';
import { inNetworkNamespace } from '../linux/network-place.ts';
import { tryLockFile } from '../linux/service.ts';
import { namespacePath } from '../linux/thread.ts';
import { isStartedAgain } from '../linux/service.ts';
import { EXIT_FAILED, EXIT_USAGE } from './exit-status.ts';
import { printFailure } from './failure.ts';

export interface WithdrawOptions {
  readonly config: string;
  readonly node: string;
  readonly runDir: string;
  /** Seconds; 0: no proof. */
  readonly prove: number;
  readonly json?: true;
}

export async function runWithdraw(options: WithdrawOptions): Promise<void> {
  try {
    const { lock: path } = new StatePaths(options.node, options.runDir, options.runDir);
    const lock = LockFile.acquire(path, tryLockFile);
    try {
      await withdraw(options);
    } finally {
      noteEnd(path);
      lock.release();
    }
  } catch (error) {
    if (error instanceof AlreadyRunningError) {
      const message = `the agent of ${options.node} lives (process ${error.pid}) and would announce again: isthmus drain`;
      return printFailure({ code: error.code, message }, EXIT_FAILED, options.json === true);
    }
    if (!(error instanceof ConfigError) && !(error instanceof AnnouncementError)) throw error;
    printFailure(error, error instanceof ConfigError ? EXIT_USAGE : EXIT_FAILED, options.json === true);
  }
}

/** For the next agent's events; the withdrawal does not wait for it, and does not fail with it. */
function noteEnd(lock: string): void {
  const text = serviceEndIn(process.env);
  if (text === undefined) return;
  try {
    writeServiceEnd(lock, { time: Date.now(), text });
  } catch (error) {
    console.error(`isthmus: how the agent ended will not be known: ${String(error)}`);
  }
}

async function withdraw({ config, node, json, prove }: WithdrawOptions): Promise<void> {
  const read = await readNodeView(config, node);
  const upstreams = upstreamOptionsOf(read);
  const lease = new OwnLease();
  const { announcements } = new Upstreams(upstreams, (text) => console.error(text), { keeper: lease });
  try {
    await announcements.withdraw();
    if (prove > 0 && !isStartedAgain(process.env)) await proveWithdrawal(announcements, prove);
    const seen = announcements.status();
    console.log(
      json === true ? JSON.stringify(seen) : `withdrawn: ${seen.map(({ peer }) => peer).join(', ') || 'nothing to do'}`,
    );
  } finally {
    await announcements.stop();
    lease.stop();
    await removeFastPaths(read);
  }
}

/** @throws AnnouncementError when packets continue after all steps */
async function proveWithdrawal(announcements: Announcements, seconds: number): Promise<void> {
  if (await announcements.untilProven(seconds * 1000)) return;
  const left = announcements.status().filter(({ observed }) => observed !== 'withdrawn');
  const names = [...new Set(left.map(({ upstream }) => upstream))].join(', ');
  const what = names === '' ? 'the withdrawal is not proven' : `packets still arrive from ${names}`;
  throw new AnnouncementError(`${what} after ${seconds} s`, { code: 'withdrawal-ineffective' });
}

/**
 * On kernels without TCX, the filters of a fast path outlive its agent. They are identified by their fence, which
 * expires a second after it ended; leftovers are removed by the next start.
 */
async function removeFastPaths({ cluster }: Pick<NodeView, 'cluster'>): Promise<void> {
  if (trafficHook() === 'tcx') return;
  await new Promise((resolve) => {
    setTimeout(resolve, FENCE_MS);
  });
  const namespaces = new Set(Object.values(cluster.instances).map(({ namespace }) => namespace));
  for (const namespace of namespaces) {
    try {
      if (namespace === undefined) removeLeftPrograms(monotonicMs());
      else inNetworkNamespace(namespacePath(namespace), () => removeLeftPrograms(monotonicMs()));
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error;
      console.error(`filters of the fast path may be left: ${error.message}`);
    }
  }
}

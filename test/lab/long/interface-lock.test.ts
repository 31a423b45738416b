import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentOf, type GatewayAgent, makeSecret, ownState } from '../../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../../src/lab/topology/cluster-file.ts';
import { buildSite, gatewayNamed, type Site } from '../../../src/lab/topology/site.ts';
import { waitFor } from '../../../src/lab/world/wait.ts';
import { labTest } from '../needs-root.ts';

const WITHIN_MS = 60_000;
const PAIRS = 400;
/** Field of /proc/PID/task/TID/stat, counted from behind the name of the program (proc(5)). */
const NICENESS_AT = 16;
const WORKER_NICENESS = '-10';
/** Where the kernel waits for its lock of interfaces. */
const LOCK = /rtnl|rtnetlink|tcx_|tc_|sch_/;

interface Thread {
  readonly tid: string;
  readonly isWorker: boolean;
}

/**
 * The kernel has one lock for the interfaces of all namespaces, and holds it for long where many come or go. Whoever asks
 * for interfaces meanwhile waits.
 */
describe.runIf(labTest)('while the kernel is busy with interfaces of other namespaces', () => {
  let site: Site;
  let agent: GatewayAgent;

  beforeAll(async () => {
    site = await buildSite({ gateways: 1, mode: 'preferred' });
    agent = agentOf(gatewayNamed(site, 'gw1'));
    await agent.install(clusterFile(site.gateways), makeSecret());
    agent.start();
    await agent.until(
      'the fast path to be on',
      (status) => ownState(status).state === 'active' && status.instances[0]?.fastPath === 'on up0',
      WITHIN_MS,
    );
  }, WITHIN_MS);
  afterAll(() => site?.world.close());

  function threadsOf(pid: string): Thread[] {
    return readdirSync(`/proc/${pid}/task`).map((tid) => {
      const stat = readFileSync(`/proc/${pid}/task/${tid}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return { tid, isWorker: fields[NICENESS_AT] === WORKER_NICENESS };
    });
  }

  function waitsForLock(pid: string, { tid }: Thread): boolean {
    try {
      return LOCK.test(readFileSync(`/proc/${pid}/task/${tid}/wchan`, 'latin1'));
    } catch {
      return false; // the thread has ended
    }
  }

  it('no worker waits for them, but the thread that keeps the fast path attached', async () => {
    const pid = String(await agent.process.hostPid());
    const threads = threadsOf(pid);
    expect(threads.filter(({ isWorker }) => isWorker)).toHaveLength(1);
    const waited = new Set<Thread>();
    const names = Array.from({ length: PAIRS }, (_, index) => `busy${index}`);
    const come = names.map((name) => `link add ${name} type veth peer name ${name}far`).join('\n');
    const go = names.map((name) => `link delete ${name}`).join('\n');
    const stop = new AbortController();
    const busy = (async () => {
      while (!stop.signal.aborted) {
        for (const batch of [come, go]) await site.router.run(['ip', '-batch', '-'], { input: `${batch}\n` });
      }
    })();
    try {
      await waitFor(
        'a thread of the agent that waits for the lock',
        async () => {
          for (const thread of threads) if (waitsForLock(pid, thread)) waited.add(thread);
          return waited.size > 0 ? true : undefined;
        },
        { timeoutMs: WITHIN_MS, everyMs: 2 },
      );
      for (let look = 0; look < 1000; look++) {
        for (const thread of threads) if (waitsForLock(pid, thread)) waited.add(thread);
        await sleep(3);
      }
    } finally {
      stop.abort();
      await busy;
    }
    expect([...waited].filter(({ isWorker, tid }) => isWorker || tid === pid)).toEqual([]);
    expect(ownState(await agent.until('to answer', () => true, WITHIN_MS)).state).toBe('active');
  }, 120_000);
});

import { readdir } from 'node:fs/promises';
import { type GatewayAgent, ownState } from '../../gateway/agent.ts';
import { gatewaysInUse } from '../../topology/steering.ts';
import { connect } from '../../world/link.ts';
import { pause, waitFor } from '../../world/wait.ts';
import { type Attack, type Finding } from './attack.ts';
import { type HostileStage, untilActive } from './stage.ts';

const WITHIN_MS = 60_000;
/** More than a former time limit for opening the TUN. */
const STARVED_MS = 12_000;
/** Number of threads of Node.js itself, about ten, before the agent starts its own. */
const NODE_THREADS = 12;

async function threadsOf(agent: GatewayAgent): Promise<number> {
  return (await readdir(`/proc/${await agent.process.hostPid()}/task`)).length;
}

/** The agent is not scheduled while its threads start. */
async function slowStart({ two, withdrawals }: HostileStage): Promise<Finding> {
  await two.process.stop(20_000);
  const started = two.start();
  withdrawals.follow(two);
  await waitFor('the agent of gw2 to start its threads', async () => (await threadsOf(two)) > NODE_THREADS, {
    timeoutMs: WITHIN_MS,
    everyMs: 5,
  });
  await started.signal('SIGSTOP');
  await pause(STARVED_MS);
  await started.signal('SIGCONT');
  const begun = performance.now();
  await untilActive(two);
  const tookMs = Math.round(performance.now() - begun);
  return {
    found: `no processor for ${STARVED_MS / 1000} s at its start; active ${tookMs} ms after that`,
    asStated: started.running,
  };
}

const RING = 'ring1';

async function linkMissing({ site, one, two, withdrawals }: HostileStage): Promise<Finding> {
  await two.process.stop(20_000);
  await two.machine.ip([`link delete ${RING}`]);
  two.start();
  withdrawals.follow(two);
  await untilActive(two);
  const named = await two.until(
    'to name the link that is missing',
    ({ problems }) => problems.some(({ code, subject }) => code === 'link-missing' && subject.includes(RING)),
    WITHIN_MS,
  );
  await connect(site.world, { machine: one.machine, interface: RING }, { machine: two.machine, interface: RING });
  const begun = performance.now();
  await two.until(
    'to use the link that is there now',
    ({ links }) => links.some(({ name, framesIn }) => name === RING && framesIn > 0),
    WITHIN_MS,
  );
  const tookMs = Math.round(performance.now() - begun);
  return {
    found: `started without ${RING} and named it; in use ${tookMs} ms after it was made`,
    asStated: ownState(named).state === 'active',
  };
}

/** A guard that was suspended when its agent died resumes beside the next agent, whose routes it must not withdraw. */
async function frozenGuard({ site, one, withdrawals }: HostileStage): Promise<Finding> {
  const { stdout } = await one.machine.run(['pgrep', '-x', 'isthmus-guard']);
  const guard = stdout.trim();
  await one.machine.run(['kill', '-STOP', guard]);
  await one.process.signal('SIGKILL');
  await one.process.exited;
  one.start();
  await untilActive(one);
  await waitFor(
    `the router to send to ${one.node} again`,
    async () => (await gatewaysInUse(site.router)).every((name) => name === one.node),
    { timeoutMs: WITHIN_MS },
  );
  withdrawals.follow(one);
  await one.machine.run(['kill', '-CONT', guard]);
  await waitFor(
    'the former guard to end',
    async () => (await one.machine.run(['kill', '-0', guard], { allowFailure: true })).code !== 0,
    { timeoutMs: WITHIN_MS },
  );
  await pause(1_000);
  const inUse = await gatewaysInUse(site.router);
  return {
    found: `the guard of the agent before woke and ended; the router sends to ${[...new Set(inUse)].join(', ')}`,
    asStated: inUse.every((name) => name === one.node),
  };
}

export const STARTS: readonly Attack[] = [
  {
    name: 'slow-start',
    done: `gw2 is started again and gets no processor for ${STARVED_MS / 1000} s while its threads start`,
    // It is ended gracefully first.
    allowed: { withdrawals: 1 },
    make: slowStart,
  },
  {
    name: 'link-missing-at-start',
    done: `gw2 is started again without ${RING}, which is made later`,
    allowed: { withdrawals: 1 },
    onlyTwo: true,
    make: linkMissing,
  },
  {
    name: 'frozen-guard',
    done: 'the guard is frozen, its agent killed and started again; then the former guard wakes',
    // The kernel withdraws: after the gate's lease has expired, and the router's detection time.
    allowed: { withdrawals: 1, fastStallMs: 5_000 },
    make: frozenGuard,
  },
];

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ISTHMUS, PROGRAM } from '../../../src/lab/programs.ts';
import { isTree, releaseTree } from '../../../src/lab/releases/release-tree.ts';
import { agentLogOf, readRecord } from '../../../src/lab/standing/lab-record.ts';
import { type Output, runProgram } from '../../../src/lab/world/lab-process.ts';
import { waitFor } from '../../../src/lab/world/wait.ts';
import { labTest } from '../needs-root.ts';

const WITHIN_MS = 240_000;
const listed = z.array(z.object({ name: z.string(), state: z.string(), machines: z.array(z.string()) }));
const rows = z.array(
  z.object({ drill: z.string(), undone: z.boolean(), probe: z.object({ sent: z.number().min(1) }) }),
);

async function lab(...args: readonly string[]): Promise<Output> {
  return runProgram([process.execPath, ISTHMUS, 'lab', ...args], { allowFailure: true, timeoutMs: WITHIN_MS });
}

async function list(): Promise<z.output<typeof listed>> {
  return listed.parse(JSON.parse((await lab('list', '--json')).stdout));
}

/** Runs a command on gw2, and has a terminal's Ctrl-C come once it has written something. */
async function interrupted(name: string, ...command: string[]): Promise<{ code: number | null; stdout: string }> {
  const args = [ISTHMUS, 'lab', 'shell', '--name', name, 'gw2', '--', ...command];
  const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  child.stdout.on('data', (bytes: Buffer) => {
    stdout += bytes.toString();
  });
  await once(child.stdout, 'data');
  // As a terminal does: to its whole foreground group.
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  await once(child, 'close');
  return { code: child.exitCode, stdout };
}

/** What of the host a lab must not touch. */
function ofTheHost(): object {
  const files = ['/etc', '/etc/frr', '/var/lib', '/run/netns', '/run/frr', '/run/isthmus'];
  const names = (folder: string): readonly string[] => {
    try {
      return readdirSync(folder);
    } catch {
      return []; // not there: nothing can be left in it
    }
  };
  return {
    namespaces: execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' }),
    interfaces: readdirSync('/sys/class/net'),
    routes: ['-4', '-6'].map((family) =>
      execFileSync('ip', [family, 'route', 'show', 'proto', 'static'], { encoding: 'utf8' }),
    ),
    files: files.map(names),
  };
}

/** Processes that carry the identity of a lab. */
function processesOf(id: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`ISTHMUS_LAB_ID=${id}`);
      } catch {
        return false; // it ended meanwhile
      }
    });
}

/** Labs that outlive the command that makes them; named after this process, as others may have labs too. */
describe.runIf(labTest)('labs that stand', () => {
  const [one, other] = [`test-${process.pid}-a`, `test-${process.pid}-b`];
  const before = labTest ? ofTheHost() : {};

  // One that fails leaves no lab to the next.
  afterEach(async () => {
    for (const { name } of labTest ? await list() : []) {
      if (name.startsWith(`test-${process.pid}-`)) await lab('down', '--name', name);
    }
  }, WITHIN_MS);

  it('stand side by side, run commands and a drill, and go one by one, a killed one too', async () => {
    for (const [name, router] of [
      [one, 'bird'],
      [other, 'frr8'],
    ] as const) {
      const { code, stdout, stderr } = await lab('up', '--name', name, '--router', router);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain(`Lab "${name}" is up`);
    }
    expect((await list()).filter(({ name }) => [one, other].includes(name))).toMatchObject([
      { name: one, state: 'up' },
      { name: other, state: 'up' },
    ]);
    expect(await lab('up', '--name', one)).toMatchObject({ code: 2, stderr: expect.stringContaining('already') });

    const shell = await lab('shell', '--name', other, 'gw2', '--', 'sh', '-c', 'hostname; pwd; exit 7');
    expect(shell).toMatchObject({ code: 7, stdout: `gw2\n${process.cwd()}\n` });
    expect(await lab('shell', '--name', one, 'nowhere')).toMatchObject({ code: 2, stdout: '' });

    // Ctrl-C reaches the command alone, which decides what it means.
    const asked = "trap 'echo asked; exit 3' INT; echo ready; while :; do sleep 0.1; done";
    expect(await interrupted(one, 'sh', '-c', asked)).toEqual({ code: 3, stdout: 'ready\nasked\n' });
    expect(await interrupted(one, 'sh', '-c', 'echo ready; exec sleep 60')).toEqual({ code: 130, stdout: 'ready\n' });

    // The folder of the report is the host's own.
    const reports = await mkdtemp(join(PROGRAM, '.report-'));
    try {
      const command = ['isthmus', 'drill', 'run', 'cut-link', '--target', 'gw1', '--json', '--report', reports];
      const drill = await lab('shell', '--name', one, 'gw2', '--', ...command);
      expect(drill.stderr).toContain('ring0: the link is cut');
      expect(drill.stderr).toContain('ring1: the link is cut');
      const report = rows.parse(JSON.parse(await readFile(join(reports, 'report.json'), 'utf8')));
      // Whether it passes is said by drills.test.ts; here it is that the probe measured, and the report is outside.
      expect(report).toEqual([{ drill: 'cut-link', undone: true, probe: { sent: expect.any(Number) } }]);
    } finally {
      await rm(reports, { recursive: true });
    }

    // The log of each agent is in the lab's folder, from its first line on.
    const log = await readFile(agentLogOf(one, 'gw1'), 'utf8');
    expect(log.split('\n')[0]).toContain('"starting → ');
    expect(log).toContain(' → active"');

    const [first, second] = [await readRecord(one), await readRecord(other)];
    if (first === undefined || second === undefined) throw new Error('both labs have a record');
    expect(processesOf(first.id).length).toBeGreaterThan(10);
    process.kill(first.pid, 'SIGKILL');
    await waitFor('a killed lab to be gone, with every process', () => processesOf(first.id).length === 0, {
      timeoutMs: 30_000,
      diagnose: () => processesOf(first.id).join(' '),
    });
    expect((await list()).find(({ name }) => name === one)).toMatchObject({ state: 'gone' });
    expect(await lab('shell', '--name', one, 'gw1', '--', 'true')).toMatchObject({ code: 2 });
    expect(await lab('down', '--name', one)).toMatchObject({ code: 0 });

    // The other one does not notice.
    await waitFor(
      'the other lab to be healthy',
      async () => (await lab('shell', '--name', other, 'gw1', '--', 'isthmus', 'status')).code === 0,
      {
        timeoutMs: 120_000,
        everyMs: 500,
        diagnose: async () => (await lab('shell', '--name', other, 'gw1', '--', 'isthmus', 'status')).stdout,
      },
    );
    const down = await lab('down', '--name', other);
    expect([down.code, down.stdout]).toEqual([0, expect.stringContaining(`Lab "${other}" is gone`)]);
    expect(processesOf(second.id)).toEqual([]);
    expect((await list()).filter(({ name }) => [one, other].includes(name))).toEqual([]);
    expect(await lab('down', '--name', other)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no lab'),
    });
    expect(ofTheHost()).toEqual(before);
  }, 600_000);

  it.each([
    { topology: 'lan', nodes: '3', router: 'bird', drills: ['switchover'] },
    { topology: 'prp', nodes: '2', router: 'frr10', drills: ['switchover'] },
    // Between the sites there are streams, which are cut and restored in another way than links.
    { topology: 'two-sites', nodes: '3', router: 'bird', drills: ['switchover', 'split', 'kill-agent'] },
  ])(
    'have $nodes gateways joined by $topology, and $router as a router',
    async ({ topology, nodes, router, drills }) => {
      const tree = router === 'frr10' ? await releaseTree('trixie', 'frr') : undefined;
      if (tree !== undefined && !isTree(tree)) {
        process.stdout.write(`no lab with FRR 10: ${tree.reason}\n`);
        return;
      }
      const shape = ['--topology', topology, '--nodes', nodes, '--router', router];
      const up = await lab('up', '--name', one, ...shape);
      expect([up.code, up.stderr]).toEqual([0, '']);
      const last = `gw${nodes}`;
      await waitFor(
        `${last} to be healthy`,
        async () => (await lab('shell', '--name', one, last, '--', 'isthmus', 'status')).code === 0,
        {
          timeoutMs: 60_000,
          everyMs: 500,
          diagnose: async () => (await lab('shell', '--name', one, last, '--', 'isthmus', 'status')).stdout,
        },
      );
      const drill = await lab('shell', '--name', one, last, '--', 'isthmus', 'drill', 'run', ...drills);
      expect(drill.stdout).toContain('the node hands its sessions over and withdraws');
      expect(drill.stdout).toMatch(/probe ran: [1-9]\d* packets/);
      expect(drill.stdout.match(/everything undone: yes/g)).toHaveLength(drills.length);
      expect(await lab('down', '--name', one)).toMatchObject({ code: 0 });
    },
    300_000,
  );

  it('are refused, in one line, with what is wrong', async () => {
    for (const wrong of [
      ['--nodes', '1'],
      ['--topology', 'star'],
      ['--router', 'ios'],
      ['--name', '../etc'],
    ]) {
      const { code, stdout, stderr } = await lab('up', ...wrong);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(new RegExp(`^isthmus: ${wrong[0]} ${wrong[1]}: [^\n]+\n$`));
    }
  });
});

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agentOf,
  CLUSTER_FILE,
  type GatewayAgent,
  makeSecret,
  ownState,
  RUN_DIR,
} from '../../src/lab/gateway/agent.ts';
import { DIST, ISTHMUS } from '../../src/lab/programs.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, gatewayNamed, type Site } from '../../src/lab/topology/site.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';
import { bundleProgram } from '../bundle-program.ts';

const WITHIN = { timeoutMs: 120_000, everyMs: 500 };
const CASE_MS = 300_000;
const LESSER_KERNEL = join(DIST, `lesser-kernel-${process.pid}.mjs`);
const UNDER = [process.execPath, LESSER_KERNEL];

interface Report {
  readonly findings: readonly { readonly code: string; readonly evidence: string; readonly remedy: string }[];
}

/** What a kernel lacks, and what only a second machine can have wrong. */
describe.runIf(labTest)('isthmus doctor finds', () => {
  let site: Site;
  let agent: GatewayAgent;
  let other: GatewayAgent;

  beforeAll(async () => {
    await bundleProgram(join(import.meta.dirname, 'lesser-kernel-main.ts'), LESSER_KERNEL);
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    [agent, other] = [agentOf(gatewayNamed(site, 'gw1')), agentOf(gatewayNamed(site, 'gw2'))];
    const secret = makeSecret();
    for (const one of [agent, other]) await one.install(clusterFile(site.gateways), secret);
  }, CASE_MS);
  afterAll(async () => {
    rmSync(LESSER_KERNEL, { force: true });
    await site?.world.close();
  });

  async function startAgent(under: readonly string[] = []): Promise<void> {
    agent.start({ under });
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN.timeoutMs);
  }

  async function doctor(under: readonly string[] = []): Promise<Report> {
    const words = ['doctor', '--config', CLUSTER_FILE, '--node', 'gw1', '--run-dir', RUN_DIR, '--json'];
    const argv = [...under, process.execPath, ISTHMUS, ...words];
    const { stdout, stderr } = await agent.machine.run(argv, { allowFailure: true });
    if (!stdout.startsWith('{')) throw new Error(`no report: ${stderr}`);
    return JSON.parse(stdout);
  }

  /** The evidence of all findings with a code, once there is any. */
  async function untilFound(code: string, under: readonly string[] = []): Promise<readonly string[]> {
    let last: Report | undefined;
    return waitFor(
      `doctor to find ${code}`,
      async () => {
        last = await doctor(under);
        const found = last.findings.filter((finding) => finding.code === code);
        expect(found.map(({ remedy }) => remedy)).not.toContain('');
        return found.length > 0 ? found.map(({ evidence }) => evidence) : undefined;
      },
      { ...WITHIN, diagnose: () => JSON.stringify(last) },
    );
  }

  it(
    'a kernel that refuses eBPF, and whose TUN takes no segments, which serves all the same',
    async () => {
      await startAgent(UNDER);
      const found = await untilFound('kernel-feature-missing', UNDER);
      expect(found).toEqual([
        expect.stringMatching(/^the kernel refuses eBPF \(.*ENOSYS\)/),
        expect.stringMatching(/^the TUN of internet takes no TCP segments/),
        expect.stringContaining('no UDP segmentation on a TUN'),
      ]);
      await agent.process.stop();
      await startAgent();
      const { findings } = await doctor();
      expect(findings.map(({ code }) => code)).not.toContain('kernel-feature-missing');
    },
    CASE_MS,
  );

  it(
    'another machine with its slot',
    async () => {
      const rival = agentOf({ name: 'gw1', machine: other.machine });
      rival.start();
      const [evidence] = await waitFor(
        'doctor to find the rival',
        async () => {
          // It ends by itself, and is started again, as its unit would do.
          if (!rival.process.running) rival.start();
          const { findings } = await doctor();
          const found = findings.filter(({ code }) => code === 'slot-duplicate');
          return found.length > 0 ? found.map((finding) => finding.evidence) : undefined;
        },
        WITHIN,
      );
      expect(evidence).toMatch(/^duplicate slot: /);
      await rival.process.stop();
    },
    CASE_MS,
  );
});

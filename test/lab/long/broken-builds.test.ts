import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../src/drills/report/context.ts';
import { readDrill } from '../../../src/drills/drill-file.ts';
import type { Judged } from '../../../src/drills/report/judged.ts';
import { writeReports } from '../../../src/drills/report/report.ts';
import { type DrillLabOptions, openDrillLab } from '../../../src/lab/drills/shipped/drill-lab.ts';
import { runIn } from '../../../src/lab/drills/shipped/run-shipped.ts';
import { breakBuild, type Fault } from '../broken-build.ts';
import { labTest } from '../needs-root.ts';

/*
 * Builds in which a promise of the program is broken, and the drill that has to notice. The faults are put into a copy
 * of the compiled program: the product has no switch for them. (A router that keeps its route: drills.test.ts.)
 */
interface Case {
  readonly broken: string;
  readonly faults: readonly Fault[];
  readonly drill: string;
  /** What of the verdict has to fail. */
  readonly noticed: RegExp;
  readonly lab?: Omit<DrillLabOptions, 'nodes' | 'program'>;
}

const RECORDS = 'translator/nat64/records';
/** Both nodes make mappings, from so few ports that they meet in them when they do not hear each other. */
const SPREAD = { spread: true, pool4: '{ prefix: 11.64.0.1/32, ports: 1024-5119 }', newConnections: 60 } as const;

const CASES: readonly Case[] = [
  {
    // Those of pings arrive: by them the nodes prove to themselves that they translate, and a drill wants them healthy.
    broken: 'replication is off: records of connections go nowhere, and replicas count as in sync',
    faults: [
      {
        file: `${RECORDS}/record-applier.js`,
        from: 'return owner === writer ? this.#upsert(owner, nowMs) : ApplyResult.refused;',
        to: 'return codec.u8(record.RECORD_PROTOCOL) === PROTOCOL_ICMP ? this.#upsert(owner, nowMs) : ApplyResult.stale;',
      },
      { file: `${RECORDS}/set-proof.js`, from: 'const same = ', to: 'const same = true || ' },
    ],
    drill: 'kill-agent',
    noticed: /^sessions that another node lacked/,
  },
  {
    broken: 'the guard is off: it sees the agent end, and does nothing',
    faults: [{ file: 'frr/guard/guard-process.js', from: 'await this.#withdrawal.run()', to: 'true' }],
    drill: 'kill-agent',
    noticed: /^longest outage of a flow/,
  },
  {
    broken: 'a withdrawal has no effect: nothing is done, and it counts as done',
    faults: [
      { file: 'frr/gated-announcer.js', from: 'async withdraw() {', to: 'async withdraw() { return;' },
      {
        file: 'frr/gated-announcer.js',
        from: 'isAs(wanted, seen) {',
        to: "isAs(wanted, seen) { if (wanted === 'withdrawn') return true;",
      },
    ],
    drill: 'switchover',
    noticed: /^not within \d+ ms: the other nodes carry the traffic/,
  },
  {
    broken: 'slices are ignored: every node gives out every port',
    faults: [
      {
        file: 'translator/nat64/ports/pool4.js',
        from: 'sliceOf(...entry.ports, working, slots)',
        to: 'sliceOf(...entry.ports, 1, 1)',
      },
    ],
    drill: 'split',
    noticed: /^pool4 ports that two nodes gave to different clients/,
    lab: SPREAD,
  },
];

describe.runIf(labTest)('a drill fails, and its report shows why, when', () => {
  it.each(CASES)(
    '$broken',
    async ({ faults, drill, noticed, lab }) => {
      const build = await breakBuild(faults);
      try {
        const judged = await runOn({ ...lab, nodes: 2, program: build.program }, drill);
        expect(judged.verdict.verdict).toBe('fail');
        const failed = judged.verdict.findings.filter(({ ok }) => !ok).map(({ what }) => what);
        expect(failed).toEqual(expect.arrayContaining([expect.stringMatching(noticed)]));
      } finally {
        await build.remove();
      }
    },
    300_000,
  );

  it('slices are kept, and only then: no port has two clients in the same lab', async () => {
    const { verdict } = await runOn({ ...SPREAD, nodes: 2 }, 'split');
    const ports = verdict.findings.find(({ what }) => what.startsWith('pool4 ports'));
    expect(ports).toMatchObject({ measured: '0', ok: true });
  }, 300_000);
});

/** Runs a drill in a lab of its own, and checks that the page says what failed. */
async function runOn(options: DrillLabOptions, name: string): Promise<Judged> {
  const lab = await openDrillLab(options);
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-drill-'));
  try {
    const [judged] = await runIn(lab, readDrill(name, `deploy/drills/${name}.yaml`), () => undefined);
    if (judged === undefined) throw new Error(`${name} did not run`);
    await writeReports(folder, [judged], await contextOf(lab.cluster));
    const page = await readFile(join(folder, 'report.html'), 'utf8');
    for (const { ok, bound } of judged.verdict.findings) if (!ok) expect(page).toContain(bound.replace('>', '&gt;'));
    process.stdout.write(
      `${name}: ${judged.verdict.findings.map(({ what, measured, ok }) => `${ok ? '' : 'FAIL '}${what}: ${measured}`).join('; ')}\n`,
    );
    return judged;
  } finally {
    await rm(folder, { recursive: true });
    await lab.close();
  }
}

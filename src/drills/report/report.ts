import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportContext } from './context.ts';
import { contextSections } from './context-sections.ts';
import { escapeHtml } from './escape.ts';
import type { Judged, Refused } from './judged.ts';
import { runSection } from './run-section.ts';
import { STYLE } from './style.ts';
import { failuresOf, summary } from './summary.ts';

/** Writes report.html, report.json and junit.xml. */
export async function writeReports(
  folder: string,
  judged: readonly Judged[],
  context: ReportContext,
  refused: readonly Refused[] = [],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'report.html'), htmlReport(judged, context, refused));
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(judged.map(jsonOf), null, 2)}\n`);
  await writeFile(join(folder, 'junit.xml'), junitReport(judged, context, refused));
}

function jsonOf({ run, verdict }: Judged): object {
  const { samples, ...rest } = run;
  const plain = samples.map(({ time, inSync, gapMs, nodes }) => {
    return { time, inSync, gapMs, nodes: Object.fromEntries(nodes) };
  });
  return { ...rest, ...verdict, samples: plain };
}

/** A self-contained page. Pure. */
export function htmlReport(
  judged: readonly Judged[],
  context: ReportContext,
  refused: readonly Refused[] = [],
): string {
  const title = `Failover drills of ${escapeHtml(context.cluster)}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${STYLE}</style></head><body>
<h1>${title}</h1>
${summary(judged, refused)}
${judged.map(runSection).join('\n')}
${contextSections(context)}
</body></html>
`;
}

/** A test case for each run, in the format of CI systems; a drill that was not run is skipped. Pure. */
export function junitReport(
  judged: readonly Judged[],
  { cluster, nodes }: ReportContext,
  refused: readonly Refused[] = [],
): string {
  const failures = judged.filter(({ verdict }) => verdict.verdict === 'fail').length;
  const properties = nodes.flatMap(({ name, revision, versions }) =>
    [...versions, { of: 'configuration', version: revision }].map(
      ({ of, version }) => `    <property name="${escapeHtml(`${name} ${of}`)}" value="${escapeHtml(version)}"/>`,
    ),
  );
  const cases = [...judged.map(testCase), ...refused.map(skippedCase)];
  const counts = `tests="${cases.length}" failures="${failures}" skipped="${refused.length}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="${escapeHtml(`drills of ${cluster}`)}" ${counts}>
  <properties>
${properties.join('\n')}
  </properties>
${cases.join('\n')}
</testsuite>
`;
}

function testCase({ run, verdict }: Judged): string {
  const wrong = failuresOf(verdict);
  const seconds = ((run.ended - run.begun) / 1000).toFixed(3);
  const failure =
    wrong.length === 0
      ? ''
      : `<failure message="${escapeHtml(wrong[0] ?? '')}">${escapeHtml(wrong.join('\n'))}</failure>`;
  return `  <testcase ${nameOf(`${run.drill} on ${run.target}`)} time="${seconds}">${failure}</testcase>`;
}

function skippedCase({ drill, reasons }: Refused): string {
  return `  <testcase ${nameOf(drill)}><skipped message="${escapeHtml(reasons.join('; '))}"/></testcase>`;
}

function nameOf(name: string): string {
  return `classname="isthmus.drills" name="${escapeHtml(name)}"`;
}

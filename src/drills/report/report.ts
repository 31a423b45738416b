import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Drill } from '../drill-file.ts';
import type { DrillRun, Verdict } from '../verdict.ts';
import { escapeHtml } from './escape.ts';
import { trafficPlot } from './plot.ts';
import { topologyPicture } from './topology.ts';

/** A run with its drill and what was found. */
export interface Judged {
  readonly drill: Drill;
  readonly run: DrillRun;
  readonly verdict: Verdict;
}

export interface ReportContext {
  readonly cluster: string;
  /** Software and revision of the configuration of each node. */
  readonly versions: ReadonlyMap<string, string>;
}

/** Writes report.html, report.json and junit.xml. */
export async function writeReports(folder: string, judged: readonly Judged[], context: ReportContext): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'report.html'), htmlReport(judged, context));
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(judged.map(jsonOf), null, 2)}\n`);
  await writeFile(join(folder, 'junit.xml'), junitReport(judged, context.cluster));
}

function jsonOf({ run, verdict }: Judged): object {
  const { samples, ...rest } = run;
  const plain = samples.map(({ time, inSync, gapMs, nodes }) => {
    return { time, inSync, gapMs, nodes: Object.fromEntries(nodes) };
  });
  return { ...rest, ...verdict, samples: plain };
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
table{border-collapse:collapse;width:100%}th,td{overflow-wrap:anywhere;text-align:left;padding:.25rem .6rem;border-bottom:1px solid #ddd;vertical-align:top}
svg{width:100%;height:auto;font:12px system-ui,sans-serif}.pass{color:#1d7a3a;font-weight:600}.fail{color:#b00020;font-weight:600}
section{margin-top:3rem;border-top:2px solid #444}.course td:nth-child(-n+3){white-space:nowrap}`;

/** One page without any other resource. Pure. */
export function htmlReport(judged: readonly Judged[], { cluster, versions }: ReportContext): string {
  const rows = judged.map(({ run, verdict }, index) =>
    row([
      `<a href="#run${index}">${escapeHtml(run.drill)}</a>`,
      escapeHtml(run.target),
      word(verdict.verdict === 'pass'),
      run.probe === undefined ? 'no probe' : `${Math.round(run.probe.outageMs)} ms`,
      String(run.probe?.tcpBroken ?? ''),
      word(run.undone, 'yes', 'no'),
    ]),
  );
  const nodes = [...versions].map(([name, text]) => row([escapeHtml(name), escapeHtml(text)]));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Failover drills of ${escapeHtml(cluster)}</title><style>${STYLE}</style></head><body>
<h1>Failover drills of ${escapeHtml(cluster)}</h1>
<p>${escapeHtml(new Date(judged[0]?.run.begun ?? 0).toISOString())}, run by ${escapeHtml(judged[0]?.run.user ?? '')}.
A drill passes if every bound in its table holds and the cluster is as it was before.</p>
<table><tr><th>drill</th><th>node</th><th>verdict</th><th>longest outage</th><th>broken TCP</th><th>undone</th></tr>
${rows.join('\n')}</table>
${judged.map(section).join('\n')}
<section><h2>Nodes</h2><table><tr><th>node</th><th>software, configuration</th></tr>${nodes.join('')}</table></section>
</body></html>
`;
}

function section({ drill, run, verdict }: Judged, index: number): string {
  const names = [...(run.samples[0]?.nodes.keys() ?? [])];
  const findings = verdict.findings.map(({ what, measured, bound, ok }) =>
    row([escapeHtml(what), escapeHtml(measured), escapeHtml(bound), word(ok)]),
  );
  const course = run.marks.map(({ time, text, kind }, at) =>
    row([String(at + 1), `${((time - run.begun) / 1000).toFixed(2)} s`, kind, escapeHtml(text)]),
  );
  return `<section id="run${index}"><h2>${escapeHtml(run.drill)} on ${escapeHtml(run.target)}: ${word(verdict.verdict === 'pass')}</h2>
<p><b>${escapeHtml(run.title)}.</b> ${escapeHtml(run.why)}</p>
${topologyPicture(names, run.target, drill)}
<h3>Traffic</h3>${trafficPlot(run)}
<h3>Verdict</h3><table><tr><th></th><th>measured</th><th>bound</th><th></th></tr>${findings.join('\n')}</table>
<h3>Times</h3><table>${times(run)
    .map(([what, text]) => row([what, text]))
    .join('')}</table>
<h3>Course</h3><table class="course">${course.join('\n')}</table></section>`;
}

function times({ measured, probe }: DrillRun): [string, string][] {
  const shown = (ms: number | undefined): string => (ms === undefined ? 'not seen' : `${ms} ms`);
  return [
    ['until withdrawn, from the first step', shown(measured.withdrawnMs)],
    ['until the router dropped the route: no packets arrive at the node', shown(measured.routeDroppedMs)],
    ['sessions that the others lacked when it left service', String(measured.sessionsMissing ?? 'it did not leave')],
    ['sessions that each node held then', held(measured.sessionsHeld)],
    ['until announced again, from the last step', shown(measured.announcedAgainMs)],
    ['until in sync again, from the last step', shown(measured.inSyncAgainMs)],
    ...(probe === undefined
      ? []
      : ([
          ['outage of each flow of packets', probe.outages.map((ms) => `${ms} ms`).join(', ')],
          ['packets lost, of sent', `${probe.lost} of ${probe.sent}`],
          ['new connections refused, of opened', `${probe.refused} of ${probe.opened}`],
          ['DNS64 look-ups failed, of all', `${probe.lookupsFailed} of ${probe.lookups}`],
          ['pings without an answer, of sent', probe.pingFailure || `${probe.pingsLost} of ${probe.pings}`],
          ['longest pause of a TCP connection', `${Math.round(probe.tcpGapMs)} ms`],
        ] satisfies [string, string][])),
  ];
}

function held(sessions: DrillRun['measured']['sessionsHeld']): string {
  if (sessions === undefined) return 'it did not leave';
  return Object.entries(sessions)
    .map(([name, count]) => `${escapeHtml(name)}: ${count}`)
    .join(', ');
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function word(ok: boolean, good = 'pass', bad = 'fail'): string {
  return `<span class="${ok ? 'pass' : 'fail'}">${ok ? good : bad}</span>`;
}

/** A test case for each run, as CI systems read it. Pure. */
export function junitReport(judged: readonly Judged[], cluster: string): string {
  const failures = judged.filter(({ verdict }) => verdict.verdict === 'fail').length;
  const cases = judged.map(({ run, verdict }) => {
    const wrong = verdict.findings
      .filter(({ ok }) => !ok)
      .map(({ what, measured, bound }) => `${what}: ${measured} (${bound})`);
    const seconds = ((run.ended - run.begun) / 1000).toFixed(3);
    const failure =
      wrong.length === 0
        ? ''
        : `<failure message="${escapeHtml(wrong[0] ?? '')}">${escapeHtml(wrong.join('\n'))}</failure>`;
    return `  <testcase classname="isthmus.drills" name="${escapeHtml(`${run.drill} on ${run.target}`)}" time="${seconds}">${failure}</testcase>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="${escapeHtml(`drills of ${cluster}`)}" tests="${judged.length}" failures="${failures}">
${cases.join('\n')}
</testsuite>
`;
}

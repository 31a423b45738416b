import type { DrillRun } from '../verdict.ts';
import { escapeHtml } from './escape.ts';
import { trafficPlot } from './plot.ts';
import type { Judged } from './judged.ts';
import { row, scrolling, span, table, word } from './table.ts';
import { topologyPicture } from './topology.ts';

/** The section of one run. HTML. Pure. */
export function runSection({ drill, run, verdict }: Judged, index: number): string {
  const title = `${escapeHtml(run.drill)} on ${escapeHtml(run.target)}: ${word(verdict.verdict === 'pass')}`;
  const findings = verdict.findings.map(({ what, measured, bound, ok }) =>
    row([...[what, measured, bound].map(escapeHtml), word(ok)]),
  );
  const figures = times(run).map((cells) => row(cells.map(escapeHtml)));
  return `<section id="run${index}"><h2>${title}</h2>
<p><b>${escapeHtml(run.title)}.</b> ${escapeHtml(run.why)}</p>
<p class="soft">${span(run.begun, run.ended)}</p>
<figure>${scrolling(topologyPicture(run.layout, run.target, drill), `picture of ${run.drill}`)}</figure>
<h3>Verdict</h3>${table(['what', 'measured', 'bound', 'verdict'], findings, 'verdict')}
<h3>Traffic</h3><figure>${scrolling(trafficPlot(run), `traffic of ${run.drill}`)}
<figcaption>Packets per second by node. Red: a flow of the probe without an answer. Numbers: lines of the
course.</figcaption></figure>
<h3>Course</h3>${table(['no.', 'time', 'kind', 'what'], course(run), 'course')}
<h3>Times and counts</h3>${table([], figures, 'figures')}</section>`;
}

function course({ marks, begun }: DrillRun): string[] {
  return marks.map(({ time, text, kind }, index) => {
    const cells = [String(index + 1), `${((time - begun) / 1000).toFixed(2)} s`, KINDS[kind], escapeHtml(text)];
    return row(cells, kind);
  });
}

const KINDS = { step: 'step', expectation: 'expectation', event: 'event', abort: 'failure' } as const;

function times({ measured, probe }: DrillRun): [string, string][] {
  const shown = (ms: number | undefined): string => (ms === undefined ? 'not seen' : `${ms} ms`);
  const left = measured.withdrawnMs !== undefined;
  const service: [string, string][] = left
    ? [
        ['until withdrawn, from the first step', shown(measured.withdrawnMs)],
        ['until the router dropped the route: no packets arrive at the node', shown(measured.routeDroppedMs)],
        ['sessions that the others lacked when it left service', String(measured.sessionsMissing ?? 'not seen')],
        ['sessions that each node held then', held(measured.sessionsHeld)],
        ['until announced again, from the last step', shown(measured.announcedAgainMs)],
      ]
    : [['the node left service', 'no']];
  return [
    ...service,
    ['until in sync again, from the last step', shown(measured.inSyncAgainMs)],
    ...(probe === undefined ? [] : counts(probe)),
  ];
}

function counts(probe: NonNullable<DrillRun['probe']>): [string, string][] {
  return [
    ['outage of each flow of packets', probe.outages.map((ms) => `${Math.round(ms)} ms`).join(', ')],
    ['packets lost, of sent', `${probe.lost} of ${probe.sent}`],
    ['TCP connections with checked content, of them broken', `${probe.tcp}, ${probe.tcpBroken}`],
    ['longest pause of a TCP connection', `${Math.round(probe.tcpGapMs)} ms`],
    ['new connections refused, of opened', `${probe.refused} of ${probe.opened}`],
    ['DNS64 queries failed, of all', `${probe.lookupsFailed} of ${probe.lookups}`],
    ['pings without an answer, of sent', probe.pingFailure || `${probe.pingsLost} of ${probe.pings}`],
  ];
}

function held(sessions: DrillRun['measured']['sessionsHeld']): string {
  if (sessions === undefined) return 'not seen';
  return Object.entries(sessions)
    .map(([name, count]) => `${name}: ${count}`)
    .join(', ');
}

import { sentenceOf, type Verdict } from '../verdict.ts';
import { escapeHtml } from './escape.ts';
import type { Judged, Refused } from './judged.ts';
import { row, span, table, word } from './table.ts';

const TITLES = ['drill', 'node', 'verdict', 'longest outage', 'packets lost', 'broken TCP', 'undone'];

/** The summary. HTML. Pure. */
export function summary(judged: readonly Judged[], refused: readonly Refused[]): string {
  const [first, last] = [judged[0]?.run, judged.at(-1)?.run];
  return `<p class="soft">${span(first?.begun, last?.ended)}, run by ${escapeHtml(first?.user ?? 'nobody')}</p>
<p class="sum">${outcome(judged)}</p>
${judged.map(wrongOf).join('')}${refused.map(refusal).join('')}
<p>A drill breaks something on purpose while a probe sends traffic through the cluster as users do, and undoes it. It
passes if every bound holds that was stated before, and the cluster is afterwards as it was.</p>
${table(TITLES, judged.map(rowOf), 'runs')}
${GLOSSARY}`;
}

function outcome(judged: readonly Judged[]): string {
  const failed = judged.filter(({ verdict }) => verdict.verdict === 'fail').length;
  if (judged.length === 0) return '<span class="fail">No drill was run</span>';
  const [all, good] = [judged.length, failed === 0];
  return word(good, all === 1 ? 'The run passed' : `All ${all} runs passed`, `${failed} of ${all} runs failed`);
}

function rowOf({ run, verdict }: Judged, index: number): string {
  return row([
    link(run.drill, index),
    escapeHtml(run.target),
    word(verdict.verdict === 'pass'),
    run.probe === undefined ? 'no probe' : `${Math.round(run.probe.outageMs)} ms`,
    run.probe === undefined ? '' : `${run.probe.lost} of ${run.probe.sent}`,
    String(run.probe?.tcpBroken ?? ''),
    word(run.undone, 'yes', 'no'),
  ]);
}

function link(drill: string, index: number): string {
  return `<a href="#run${index}">${escapeHtml(drill)}</a>`;
}

function wrongOf({ run, verdict }: Judged, index: number): string {
  const wrong = failuresOf(verdict).map((text) => `<li>${escapeHtml(text)}</li>`);
  if (wrong.length === 0) return '';
  const of = `${link(run.drill, index)} on ${escapeHtml(run.target)}`;
  return `<div class="wrong">${of} failed:<ul>${wrong.join('')}</ul></div>`;
}

function refusal({ drill, reasons }: Refused): string {
  return `<p class="soft">Not run: ${escapeHtml(`${drill}: ${reasons.join('; ')}`)}</p>`;
}

/** Failures, a sentence each. Pure. */
export function failuresOf({ findings }: Verdict): string[] {
  return findings.filter(({ ok }) => !ok).map(sentenceOf);
}

const GLOSSARY = `<details><summary>How to read this page</summary>
<ul><li><b>Longest outage</b>: the longest time over which every packet of one UDP flow of the probe was lost.</li>
<li><b>Packets lost</b>: of all UDP flows together. <b>Broken TCP</b>: connections that ended, stood still or returned
wrong content.</li>
<li><b>Undone</b>: afterwards every node was healthy again, and held what the others own.</li>
<li><b>Traffic</b>: the packets that each node translated, read four times a second. Red: a flow of the probe was
without an answer. The numbers below are the lines of the course.</li>
<li><b>Course</b>: what was done (step), what was waited for and came (expectation), and what went wrong (failure), in
seconds since the drill began.</li>
<li><b>Picture</b>: red is what the drill broke, amber what it took out of use in good order.</li></ul></details>`;

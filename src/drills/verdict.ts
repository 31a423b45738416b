import type { Drill } from './drill-file.ts';
import type { Layout } from './layout.ts';
import { type Mark, type Measured, missingAllowed, type Sample } from './samples.ts';
import type { ProbeAccount } from './probe/probe-lines.ts';

/** One run of one drill on one node. */
export interface DrillRun {
  readonly drill: string;
  readonly title: string;
  readonly why: string;
  readonly target: string;
  readonly user: string;
  /** The cluster before the first step. */
  readonly layout: Layout;
  readonly begun: number;
  readonly ended: number;
  readonly samples: readonly Sample[];
  readonly marks: readonly Mark[];
  readonly measured: Measured;
  /** Results of the probe; absent: none ran. */
  readonly probe?: ProbeAccount;
  /** Failed steps and expectations, a sentence each. */
  readonly failures: readonly string[];
  /** The cluster has returned to its initial state. */
  readonly undone: boolean;
}

/** A line of the verdict's table. */
export interface Finding {
  readonly what: string;
  readonly measured: string;
  /** Empty: a failed step or expectation. */
  readonly bound: string;
  readonly ok: boolean;
}

export interface Verdict {
  readonly verdict: 'pass' | 'fail';
  readonly findings: readonly Finding[];
}

/** A finding as one line; a failed step or expectation has its own text. Pure. */
export function sentenceOf({ what, measured, bound }: Finding): string {
  return bound === '' ? what : `${what}: ${measured} (${bound})`;
}

/** Permitted excess over BFD's detection time. Milliseconds. */
const MARGIN_MS = 100;

/**
 * Judges a run by the bounds of its drill. Pure.
 * @param detectionMs time after which the upstreams detect a silent node
 */
export function judge({ bounds }: Drill, run: DrillRun, detectionMs: number): Verdict {
  const findings: Finding[] = run.failures.map((text) => ({ what: text, measured: 'failed', bound: '', ok: false }));
  const { probe } = run;
  if (probe === undefined) {
    findings.push({ what: 'outage, loss and connections', measured: 'no probe ran', bound: 'a probe', ok: false });
  } else {
    const outage = Math.round(probe.outageMs);
    const most = bounds.outage === 'detection' ? detectionMs + MARGIN_MS : bounds.outage;
    findings.push({
      what: 'longest outage of a flow',
      measured: `${outage} ms`,
      bound: `≤ ${most} ms`,
      ok: outage <= most,
    });
    if (bounds.lost !== undefined) findings.push(atMost('packets lost', probe.lost, bounds.lost));
    findings.push(atMost('TCP connections broken or with wrong content', probe.tcpBroken, bounds.broken), {
      what: 'probe ran',
      measured: `${probe.sent} packets`,
      bound: '> 0 packets',
      ok: probe.sent > 0,
    });
  }
  const { portConflicts, sessionsMissing, sessionsHeld } = run.measured;
  if (sessionsMissing !== undefined) {
    const most = missingAllowed(sessionsHeld?.[run.target] ?? 0);
    findings.push(atMost('sessions that another node lacked when this one left service', sessionsMissing, most));
  }
  if (portConflicts !== undefined)
    findings.push(atMost('pool4 ports that two nodes gave to different clients', portConflicts, 0));
  findings.push({
    what: 'everything undone',
    measured: run.undone ? 'yes' : 'no',
    bound: 'yes',
    ok: run.undone,
  });
  return { verdict: findings.every(({ ok }) => ok) ? 'pass' : 'fail', findings };
}

function atMost(what: string, measured: number, bound: number): Finding {
  return { what, measured: String(measured), bound: `≤ ${bound}`, ok: measured <= bound };
}

/** One row of the JSON of all drills. */
export interface DrillRow {
  readonly drill: string;
  readonly verdict: 'pass' | 'fail';
  /** Absent where no probe measured. */
  readonly outageMs?: number;
  readonly brokenTcp?: number;
  readonly undone: boolean;
}

export function rowOf({ drill, probe, undone }: DrillRun, { verdict }: Verdict): DrillRow {
  const measured = probe === undefined ? {} : { outageMs: Math.round(probe.outageMs), brokenTcp: probe.tcpBroken };
  return { drill, verdict, ...measured, undone };
}

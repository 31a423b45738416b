import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildStatus } from '../../../src/agent/status/status-builder.ts';
import { METRICS } from '../../../src/observe/metric-table.ts';
import { Metrics } from '../../../src/observe/metrics.ts';
import { EVENT_LOOP_DELAY, ProcessMetrics } from '../../../src/observe/process-metrics.ts';
import { healthyInput } from '../agent/status-fixture.ts';

const RULES = 'deploy/prometheus/isthmus.rules.yml';
const COUNTS = { events: new Map([['sessions-taken-over', 2]]), readers: 1, cutOff: 0, seriesLeftOut: 0, refused: {} };

function hasPromtool(): boolean {
  const found = spawnSync('promtool', ['--version']).status === 0;
  if (!found) process.stderr.write('skipped: promtool is missing (Debian package prometheus)\n');
  return found;
}

async function scrape(): Promise<string> {
  const process = new ProcessMetrics();
  try {
    const proof = { provenAt: 0, provenMs: 0, gateProblem: '' };
    const announcement = { upstream: 'core', kind: 'bgp', peer: '11.0.0.2', interface: '', detail: '', ...proof };
    const announcements = [{ ...announcement, observed: 'announced', wanted: 'announced', state: 'Established' }];
    const sessionChanges = [{ upstream: 'core', peer: '11.0.0.2', kind: 'bgp', changes: 3 }];
    const status = buildStatus(healthyInput({ announcements, sessionChanges, lagMs: new Map([[2, 1500]]) }));
    return `${await new Metrics().render(status, COUNTS)}\n${await process.render()}`;
  } finally {
    process.stop();
  }
}

describe('what deploy/ has for Prometheus and Grafana', () => {
  it.each([RULES, 'deploy/prometheus/isthmus.test.yml', 'deploy/grafana/isthmus.json'])(
    '%s names metrics that exist, with labels that they have',
    (path) => {
      const text = readFileSync(path, 'utf8');
      const rows = new Map(METRICS.map(({ name, labels }) => [name, new Set(['cluster', 'instance', ...labels])]));
      rows.set(`${EVENT_LOOP_DELAY.name}_bucket`, new Set(['cluster', 'instance', 'le']));
      const named = [...text.matchAll(/\b(isthmus_[a-z0-9_]+)(?:\{((?:[^"}]|\\?"[^"]*")*)\})?/g)];
      expect(named.length).toBeGreaterThan(10);
      for (const [, name = '', selector = ''] of named) {
        expect([name, rows.has(name)]).toEqual([name, true]);
        const labels = [...selector.matchAll(/([a-z_]+)=~?\\?"/g)].map((match) => match[1] ?? '');
        expect([name, labels.filter((label) => rows.get(name)?.has(label) !== true)]).toEqual([name, []]);
      }
    },
  );

  it('records what its alerts use', () => {
    const text = readFileSync(RULES, 'utf8');
    const recorded = new Set([...text.matchAll(/record: (\S+)/g)].map((match) => match[1]));
    const used = [...text.matchAll(/isthmus:[a-z0-9_]+:[a-z0-9_]+/g)].map(([name]) => name);
    expect(used.filter((name) => !recorded.has(name))).toEqual([]);
  });

  it.runIf(hasPromtool())('has rules that do what their tests say', () => {
    const output = execFileSync('promtool', ['test', 'rules', 'deploy/prometheus/isthmus.test.yml'], {
      encoding: 'utf8',
    });
    expect(output).toContain('SUCCESS');
  });
});

it.runIf(hasPromtool())('deploy/prometheus/prometheus.yml is a configuration of Prometheus', () => {
  // The files that it names are those of a machine that scrapes.
  const argv = ['check', 'config', '--syntax-only', 'deploy/prometheus/prometheus.yml'];
  const { stdout } = spawnSync('promtool', argv, { encoding: 'utf8' });
  expect(stdout).toContain('prometheus.yml is valid prometheus config file syntax');
});

describe('/metrics', () => {
  it.runIf(hasPromtool())('has nothing that promtool complains about', async () => {
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input: await scrape(),
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('has every reason from the start, at zero', async () => {
    const text = await scrape();
    expect(text).toContain('isthmus_dropped_packets_total{translator="internet",reason="dropNoMapping"} 0');
    expect(text).toContain('isthmus_answered_packets_total{translator="internet",reason="answerPool4Exhausted"} 0');
    expect(text).toContain('isthmus_link_refused_total{link="ring0",reason="seal"} 0');
    expect(text).toContain('isthmus_connections_refused_total{reason=');
    expect(text).toContain('isthmus_events_total{code="peer-down",severity="error"} 0');
    expect(text).toContain('isthmus_translated_packets_total{translator="internet",direction="6to4",path="fast"} 0');
  });

  it('has the state of upstreams, takeovers, lag and limits', async () => {
    const text = await scrape();
    const bgp = '{upstream="core",peer="11.0.0.2",kind="bgp"}';
    expect(text).toContain(`isthmus_upstream_session_up${bgp} 1`);
    expect(text).toContain(`isthmus_upstream_session_changes_total${bgp} 3`);
    expect(text).toContain('isthmus_takeovers_total 2');
    expect(text).toContain('isthmus_peer_lag_seconds{peer="gw2"} 1.5');
    expect(text).toContain('isthmus_sessions_limit{translator="internet"} 1000000');
    expect(text).toContain('isthmus_worker_cpu_seconds_total{translator="internet",shard="0"} 12.5');
    expect(text).toContain('isthmus_event_loop_delay_seconds_bucket{le="0.001"}');
  });

  it('takes no label from Prometheus, which gives each target its own', () => {
    const taken = METRICS.filter(({ labels }) => labels.some((label) => ['instance', 'job', 'le'].includes(label)));
    expect(taken.map(({ name }) => name)).toEqual([]);
  });
});

import { existsSync } from 'node:fs';
import { z } from 'zod';
import { ISTHMUS } from '../../programs.ts';
import type { LabProcess } from '../../world/lab-process.ts';
import type { Machine } from '../../world/machine.ts';
import { waitFor } from '../../world/wait.ts';

const CHROMIUM = '/usr/bin/chromium';
const PROMETHEUS = '/usr/bin/prometheus';
const PROMETHEUS_PORTS = [9091, 9092] as const;
/** Every so many lines of `sessions follow` one is passed on, so that reading them costs the bench nothing. */
const LINES = 1000;
const WITHIN_MS = 60_000;

const answer = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

/** What an observed gateway was asked, as proof that it was. */
export interface Observed {
  /** Scrapes that succeeded, of both servers. */
  readonly scrapes: number;
  /** Screens of `status --watch`. */
  readonly screens: number;
  /** Lines of `sessions follow`, thousands. */
  readonly followed: number;
}

/**
 * Everybody who may watch a gateway at once: two Prometheus servers with a scrape each second, `status --watch`, a
 * browser with the status page, and `sessions follow`. Their own CPU time is not the gateway's.
 */
export class Observers {
  readonly #machine: Machine;
  readonly #programs: LabProcess[] = [];
  #screens = 0;
  #followed = 0;

  private constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** @param http where the gateway's endpoint is; returns once each of them has seen the gateway */
  static async start(machine: Machine, http: string): Promise<Observers> {
    const missing = [PROMETHEUS, CHROMIUM].filter((program) => !existsSync(program));
    if (missing.length > 0)
      throw new Error(`missing: ${missing.join(', ')}; bash deploy/prepare.sh test installs them`);
    const observers = new Observers(machine);
    try {
      for (const port of PROMETHEUS_PORTS) await observers.#scrape(port, http);
      observers.#watch();
      observers.#follow();
      await observers.#browse(http);
      await observers.#allSeen();
      return observers;
    } catch (error) {
      await observers.stop();
      throw error;
    }
  }

  /** What they have seen until now. */
  async seen(): Promise<Observed> {
    const scrapes = await Promise.all(PROMETHEUS_PORTS.map((port) => this.#scrapes(port)));
    return { scrapes: scrapes.reduce((sum, one) => sum + one, 0), screens: this.#screens, followed: this.#followed };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#programs.map((program) => program.stop()));
  }

  #start(name: string, argv: readonly string[]): LabProcess {
    const program = this.#machine.start(name, argv);
    this.#programs.push(program);
    return program;
  }

  async #scrape(port: number, http: string): Promise<void> {
    const file = `/run/lab/prometheus-${port}.yml`;
    const targets = `static_configs: [{ targets: ["${http}"] }]`;
    await this.#machine.writeFile(
      file,
      `global: { scrape_interval: 1s, scrape_timeout: 1s }\nscrape_configs: [{ job_name: isthmus, ${targets} }]\n`,
    );
    const data = `--storage.tsdb.path=/run/lab/prometheus-${port}-${Date.now()}`;
    const address = `--web.listen-address=127.0.0.1:${port}`;
    this.#start('prometheus', [PROMETHEUS, `--config.file=${file}`, data, address, '--log.level=warn']);
  }

  #watch(): void {
    const watch = this.#start('status', [process.execPath, ISTHMUS, 'status', '--watch']);
    watch.onLine((line) => {
      if (/^(\S* )?NODE /.test(line)) this.#screens++;
    });
  }

  #follow(): void {
    const counted = `awk 'NR % ${LINES} == 1 { print "follows"; fflush() }'`;
    const script = `exec "$0" "$1" sessions follow > >(${counted})`;
    const follow = this.#start('follow', ['bash', '-c', script, process.execPath, ISTHMUS]);
    follow.onLine((line) => {
      if (line === 'follows') this.#followed++;
    });
  }

  async #browse(http: string): Promise<void> {
    const profile = `--user-data-dir=/run/lab/chromium-${Date.now()}`;
    const quiet = ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', profile];
    this.#start('page', [CHROMIUM, ...quiet, '--remote-debugging-port=9222', `http://${http}/`]);
    const [, port = ''] = http.split(':');
    // Prometheus keeps one connection each; the page's stream of events is one more.
    await waitFor(
      'the page to be open',
      async () => {
        const argv = ['ss', '-Htn', 'state', 'established', `( sport = :${port} )`];
        const { stdout } = await this.#machine.run(argv);
        return stdout.trim().split('\n').length > PROMETHEUS_PORTS.length;
      },
      { timeoutMs: WITHIN_MS },
    );
  }

  async #allSeen(): Promise<void> {
    await waitFor(
      'scrapes and screens',
      async () => {
        const { scrapes, screens } = await this.seen();
        return scrapes > PROMETHEUS_PORTS.length && screens > 1;
      },
      { timeoutMs: WITHIN_MS },
    );
  }

  async #scrapes(port: number): Promise<number> {
    const query = 'sum(sum_over_time(up[1h]))';
    const { stdout, code } = await this.#machine.run(
      [
        'curl',
        '-sS',
        '--noproxy',
        '*',
        '--get',
        '--data-urlencode',
        `query=${query}`,
        `http://127.0.0.1:${port}/api/v1/query`,
      ],
      { allowFailure: true },
    );
    if (code !== 0) return 0;
    return Number(answer.parse(JSON.parse(stdout)).data.result[0]?.value[1] ?? 0);
  }
}

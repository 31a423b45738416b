import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { agentOf, type GatewayAgent, makeSecret, ownState, RUN_DIR } from '../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, gatewayNamed, type Site } from '../../src/lab/topology/site.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { labTest } from './needs-root.ts';

const WITHIN_MS = 60_000;
const EXEC_FILE = `${RUN_DIR}/pager.jsonl`;
const HOOK_FILE = `${RUN_DIR}/hook.jsonl`;
const FAIL_FILE = `${RUN_DIR}/hook-fails`;
const HOOK_PORT = 8099;
const NOTIFY = `notify:
  pager: { kind: exec, command: [/bin/sh, -c, 'cat >>${EXEC_FILE}'], severity: info }
  hook: { kind: webhook, url: 'http://127.0.0.1:${HOOK_PORT}/events', timeout: 2s, severity: warning }
`;
/** A server that answers 503 while a file is there, and stores what it accepts. */
const HOOK = `
import { createServer } from 'node:http';
import { appendFileSync, existsSync } from 'node:fs';
createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    const fails = existsSync('${FAIL_FILE}');
    if (!fails) appendFileSync('${HOOK_FILE}', body + '\\n');
    response.writeHead(fails ? 503 : 204).end();
  });
}).listen(${HOOK_PORT}, '127.0.0.1', () => console.log('listening'));
`;

const event = z.object({ code: z.string(), node: z.string(), severity: z.string(), name: z.string() });
/** As pino numbers them. */
const INFO = 30;
const logLine = z.object({ level: z.number() });

/** A pair whose events go to a command and to a web server, on each node its own; those of the first are read. */
describe.runIf(labTest)('notifications of a pair', () => {
  let site: Site;
  let one: GatewayAgent;
  let two: GatewayAgent;
  const loud: string[] = [];

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    const [first, second] = ['gw1', 'gw2'].map((name) => agentOf(gatewayNamed(site, name)));
    if (first === undefined || second === undefined) throw new Error('the site has two gateways');
    [one, two] = [first, second];
    const secret = makeSecret();
    for (const agent of [one, two]) await agent.install(`${clusterFile(site.gateways)}${NOTIFY}`, secret);
    for (const { machine } of [one, two]) {
      const hook = machine.start('hook', [process.execPath, '--input-type=module', '-e', HOOK]);
      await hook.waitForLine(/^listening$/, WITHIN_MS);
    }
    for (const agent of [one, two]) {
      agent.start().onLine((line) => {
        if (isLoud(line)) loud.push(`${agent.node}: ${line}`);
      });
    }
    for (const agent of [one, two])
      await agent.until(
        'to be active, and nothing wrong',
        (status) => ownState(status).state === 'active' && status.health === 'healthy',
        WITHIN_MS,
      );
  }, 300_000);

  afterAll(async () => {
    await site?.world.close();
  });

  async function received(file: string): Promise<z.output<typeof event>[]> {
    const text = await one.machine.readFile(file).catch(() => '');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => event.parse(JSON.parse(line)));
  }

  async function untilReceived(file: string, code: string, name: string, count = 1): Promise<void> {
    let last: unknown;
    await waitFor(
      `${code} of ${name} in ${file}`,
      async () => {
        const all = await received(file);
        last = all.map((each) => `${each.code} ${each.name}`);
        const found = all.filter((each) => each.code === code && each.name === name);
        return found.length >= count ? true : undefined;
      },
      { timeoutMs: WITHIN_MS, everyMs: 200, diagnose: () => `${JSON.stringify(last)}\n${one.process.tail()}` },
    );
  }

  async function metric(name: string): Promise<number> {
    const status = await one.status();
    const target = status?.notify.find((each) => each.name === name);
    return target?.failedAttempts ?? 0;
  }

  it('a normal start is no warning: neither in the events nor in the log', async () => {
    for (const agent of [one, two]) {
      const events = await agent.events();
      // A machine so busy that a node does not run for seconds is what the other node says it is.
      const wrong = events.filter(({ severity, code }) => severity !== 'info' && code !== 'peer-down');
      expect(wrong.map(({ code, name, reason }) => `${code} ${name}: ${reason}`)).toEqual([]);
    }
    expect(loud).toEqual([]);
    expect(await received(HOOK_FILE)).toEqual([]);
    await untilReceived(EXEC_FILE, 'node-active', 'gw1');
  });

  it('the command and the server get the events of a drain and of a node that is killed', async () => {
    expect((await one.isthmus(['drain', '--reason', 'new disks'])).code).toBe(0);
    await untilReceived(EXEC_FILE, 'node-drained', 'gw1');
    expect((await one.isthmus(['undrain'])).code).toBe(0);
    await untilReceived(EXEC_FILE, 'node-undrained', 'gw1');
    await two.process.signal('SIGKILL');
    await untilReceived(EXEC_FILE, 'peer-down', 'gw2');
    await untilReceived(HOOK_FILE, 'peer-down', 'gw2');
  });

  it('a server that fails gets what happened meanwhile when it works again', async () => {
    two.start();
    await two.until('to be active again', (status) => ownState(status).state === 'active', WITHIN_MS);
    await one.machine.writeFile(FAIL_FILE, '');
    await two.process.signal('SIGKILL');
    await waitFor('an attempt to fail', async () => ((await metric('hook')) > 0 ? true : undefined), {
      timeoutMs: WITHIN_MS,
      everyMs: 200,
      diagnose: () => one.process.tail(),
    });
    await one.until(
      'to say that the server is not told',
      ({ checks }) => checks.some(({ name, ok }) => name === 'notify hook' && !ok),
      WITHIN_MS,
    );
    await one.machine.run(['rm', FAIL_FILE]);
    await untilReceived(HOOK_FILE, 'peer-down', 'gw2', 2);
    const status = await one.until(
      'to say that it is told again',
      ({ checks }) => checks.some(({ name, ok }) => name === 'notify hook' && ok),
      WITHIN_MS,
    );
    const hook = status.notify.find(({ name }) => name === 'hook');
    expect(hook?.lost.map(({ value }) => value)).toEqual([0, 0]);
    await untilReceived(EXEC_FILE, 'notify-restored', 'hook');
  });
});

function isLoud(line: string): boolean {
  if (!line.startsWith('{')) return true;
  const parsed = logLine.safeParse(JSON.parse(line));
  return !parsed.success || parsed.data.level > INFO;
}

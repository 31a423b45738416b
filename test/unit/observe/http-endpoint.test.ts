import { afterEach, describe, expect, it } from 'vitest';
import type { StatusReply } from '../../../src/agent/control/messages.ts';
import { buildStatus } from '../../../src/agent/status/status-builder.ts';
import { HttpEndpoint } from '../../../src/observe/http-endpoint.ts';
import { activeInfo, healthyInput, instance, peer, replication } from '../agent/status-fixture.ts';

let endpoint: HttpEndpoint | undefined;
afterEach(() => endpoint?.close());

async function serve(status: StatusReply): Promise<(path: string, init?: RequestInit) => Promise<[number, string]>> {
  endpoint = new HttpEndpoint({ getStatus: async () => status });
  const port = await endpoint.listen({ host: '127.0.0.1', port: 0 });
  return async (path, init) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    return [response.status, await response.text()];
  };
}

/** A line of the text format as `name{labels} value`. */
function valueOf(text: string, series: string): number {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return Number(line?.slice(series.length));
}

describe('the HTTP endpoint', () => {
  it('offers the figures of the status as metrics', async () => {
    const get = await serve(buildStatus(healthyInput()));
    const [code, text] = await get('/metrics');
    expect(code).toBe(200);
    expect(valueOf(text, 'isthmus_sessions{instance="internet",held_as="owner"}')).toBe(1000);
    expect(valueOf(text, 'isthmus_sessions{instance="internet",held_as="replica"}')).toBe(7);
    expect(valueOf(text, 'isthmus_link_duplicates_total{link="ring0"}')).toBe(21);
    expect(valueOf(text, 'isthmus_node_state{node="gw1",state="active"}')).toBe(1);
    expect(valueOf(text, 'isthmus_node_state{node="gw1",state="failed"}')).toBe(0);
    expect(valueOf(text, 'isthmus_link_share_ratio{link="ring1",peer="gw2"}')).toBe(0.98);
    expect(valueOf(text, 'isthmus_health')).toBe(0);
  });

  it('does not add up counters from scrape to scrape', async () => {
    const get = await serve(buildStatus(healthyInput()));
    await get('/metrics');
    const [, text] = await get('/metrics');
    expect(valueOf(text, 'isthmus_replication_records_total{outcome="published"}')).toBe(1000);
  });

  it('is ready only while the node is active', async () => {
    const active = await serve(buildStatus(healthyInput()));
    expect(await active('/readyz')).toEqual([200, 'active: in sync\n']);
    await endpoint?.close();
    const info = activeInfo({ state: 'syncing', reason: 'waiting for gw2', announcing: false });
    const syncing = await serve(buildStatus(healthyInput({ info })));
    expect(await syncing('/readyz')).toEqual([503, 'syncing: waiting for gw2\n']);
    expect((await syncing('/healthz'))[0]).toBe(200);
  });

  it('lets no name of the configuration become markup', async () => {
    const get = await serve(buildStatus(healthyInput({ instances: [instance({ name: '<script>x</script>' })] })));
    const [code, page] = await get('/');
    expect(code).toBe(200);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;x&lt;/script&gt;');
  });

  it('does not repeat what a silent node said of its routes', async () => {
    const silent = peer({ alive: false, silentMs: 65_000 });
    const get = await serve(buildStatus(healthyInput({ replication: replication({ peers: [silent] }) })));
    const [, page] = await get('/');
    expect(page).toContain('<td>gw1 (here)</td><td>active</td><td>announced</td>');
    expect(page).toContain('<td>gw2</td><td>silent</td><td>not known</td>');
  });

  it('refuses what it does not offer', async () => {
    const get = await serve(buildStatus(healthyInput()));
    expect((await get('/../etc/passwd'))[0]).toBe(404);
    expect((await get('/metrics', { method: 'POST' }))[0]).toBe(405);
    expect(JSON.parse((await get('/status.json'))[1])).toMatchObject({ health: 'healthy' });
  });
});

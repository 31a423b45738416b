import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentOf, makeSecret, ownState } from '../../src/lab/gateway/agent.ts';
import { clusterFile } from '../../src/lab/topology/cluster-file.ts';
import { buildSite, DATA_PLANE, gatewayNamed, POOL4, SERVER4, type Site } from '../../src/lab/topology/site.ts';
import { untilRoutedTo } from '../../src/lab/topology/steering.ts';
import { checkFlows, TrafficProgram } from '../../src/lab/traffic/traffic.ts';
import { labTest } from './needs-root.ts';

const WITHIN_MS = 90_000;
const TCP = 50;
const UDP = 10;
const HOST = '11.10.1.2';
/** Nobody outside sees them. */
const HIDDEN = '192.168.255.0/29';
const [FIRST, LAST] = [61_001, 65_535];

/** As docs/from-jool.md has it. */
const RULES = `
table ip shared_address {
  chain source {
    type nat hook postrouting priority srcnat
    ip saddr ${HIDDEN} oifname "up0" meta l4proto { tcp, udp } masquerade to :${FIRST}-${LAST}
    ip saddr ${HIDDEN} oifname "up0" masquerade
  }
}
`;

/** Sends a datagram to a port that nobody has and says what the kernel has heard of it. */
const TO_CLOSED_PORT = `
const socket = require('node:dgram').createSocket('udp6');
const end = (word) => { console.log(word); process.exit(0); };
socket.on('error', ({ code }) => end(code));
socket.connect(9999, '64:ff9b::${SERVER4}', () => setInterval(() => socket.send('x'), 200));
setTimeout(() => end('nothing'), 8000);
`;

/** A machine with one IPv4 address, which the translator's clients share with it. */
describe.runIf(labTest)('one address shared with the host', () => {
  let site: Site;

  beforeAll(async () => {
    site = await buildSite({ gateways: 2, mode: 'preferred' });
    const gateway = gatewayNamed(site, 'gw1');
    const { machine } = gateway;
    await machine.writeFile('/run/shared.nft', RULES);
    await machine.run(['nft', '-f', '/run/shared.nft'], { namespace: DATA_PLANE });
    const agent = agentOf(gateway);
    await agent.install(clusterFile([gateway]).replace(`prefix: ${POOL4}`, `prefix: ${HIDDEN}`), makeSecret());
    agent.start();
    await agent.until('to be active', (status) => ownState(status).state === 'active', WITHIN_MS);
    await untilRoutedTo(site, 'gw1', WITHIN_MS);
  }, 300_000);
  afterAll(() => site?.world.close());

  it('carries connections from the upper ports of that address, beside those of the host itself', async () => {
    const server = new TrafficProgram(site.server4, 'server');
    await server.next('ready', WITHIN_MS);
    const flows = new TrafficProgram(site.client6, 'sessions', [`64:ff9b::${SERVER4}`, String(TCP), String(UDP)]);
    await flows.next('ready', WITHIN_MS);
    const all = { tcp: TCP, tcpTotal: TCP, udp: UDP, udpTotal: UDP };
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(all);

    const { stdout } = await site.server4.run(['ss', '-Htn', 'state', 'established']);
    const remote = stdout.split('\n').flatMap((line) => /(\d+\.\d+\.\d+\.\d+)\]?:(\d+)\s*$/.exec(line.trim()) ?? []);
    const ports = remote.flatMap((text, index) => (text === HOST ? [Number(remote[index + 1])] : []));
    expect(ports.length).toBeGreaterThanOrEqual(TCP);
    expect(ports.filter((port) => port < FIRST || port > LAST)).toEqual([]);

    const { machine } = gatewayNamed(site, 'gw1');
    const pinging = (address: string): string[] => ['ping', '-c', '20', '-i', '0.05', '-W', '2', address];
    const pings = await Promise.all([
      machine.run(pinging(SERVER4), { namespace: DATA_PLANE, allowFailure: true }),
      site.client6.run(pinging(`64:ff9b::${SERVER4}`), { allowFailure: true }),
      site.server4.run(pinging(HOST), { allowFailure: true }),
    ]);
    for (const { stdout: text } of pings) expect(text).toContain(' 20 received');
    expect(await checkFlows(flows, WITHIN_MS)).toMatchObject(all);
  }, 300_000);

  it('brings errors back to the client', async () => {
    const { stdout } = await site.client6.run([process.execPath, '-e', TO_CLOSED_PORT]);
    expect(stdout.trim()).toBe('ECONNREFUSED');
  }, 300_000);
});

/*
 * Speaks Jool's session synchronisation to a multicast group, as `jool session proxy` does when it is told to advertise:
 * datagrams that are made from the description of the layouts, and not by this project's encoder. Standard input: what
 * `isthmus sessions --json --limit 0` prints of the translator whose sessions are said. Usage: session-proxy-main.js
 * '{"interface":…,"group":…,"port":…,"layouts":["4.1.12","4.1.13"]}', where datagrams have the layouts in turn. Writes
 * `said N sessions`.
 */
import { createSocket } from 'node:dgram';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { datagram, LAYOUTS, type SaidSession } from '../unit/agent/adopt/independent-sender.ts';

/** Of a datagram of 1500 octets, in the largest layout. */
const SESSIONS_EACH = 10;
/** Between two bursts, and datagrams in one: the socket of the other side holds some hundred. */
const BURST_MS = 20;
const BURST = 10;
/** Those of Jool (`tcp_state`). */
const STATES = ['established', 'v6Init', 'v4Init', 'v4Fin', 'v6Fin', 'bothFin', 'trans'];
const LONG_LIVED: ReadonlySet<string> = new Set(['established', 'v4Fin', 'v6Fin']);

const order = z
  .object({
    interface: z.string(),
    group: z.string(),
    port: z.number(),
    layouts: z.array(z.enum(['4.1.9', '4.1.12', '4.1.13'])).min(1),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const row = z.object({
  protocol: z.enum(['tcp', 'udp', 'icmp']),
  client: z.string(),
  clientPort: z.number(),
  pool4: z.string(),
  pool4Port: z.number(),
  remote: z.string(),
  remotePort: z.number(),
  state: z.string(),
  expiresInMs: z.number(),
});

/** What a RST has ended is to Jool one that both sides have closed. */
function stateOf(name: string): Pick<SaidSession, 'state' | 'timer'> {
  const state = STATES.indexOf(name === 'aborted' ? 'bothFin' : name);
  if (state < 0) throw new Error(`Jool has no state ${name}`);
  return { state, timer: LONG_LIVED.has(name) ? 0 : 1 };
}

function saidOf(line: string): SaidSession {
  const { protocol, client, clientPort, pool4, pool4Port, remote, remotePort, state, expiresInMs } = row.parse(
    JSON.parse(line),
  );
  return {
    protocol,
    src6: client,
    src6Port: clientPort,
    src4: pool4,
    src4Port: pool4Port,
    dst4: remote,
    dst4Port: protocol === 'icmp' ? pool4Port : remotePort,
    ...(protocol === 'tcp' ? stateOf(state) : {}),
    expirationMs: expiresInMs,
  };
}

const sessions: SaidSession[] = [];
for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith('{')) sessions.push(saidOf(line));
}

const socket = createSocket({ type: 'udp6', reuseAddr: true });
await new Promise<void>((resolve) => {
  socket.bind({ port: 0 }, resolve);
});
socket.setMulticastInterface(`::%${order.interface}`);
const send = (payload: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.send(payload, order.port, `${order.group}%${order.interface}`, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });

for (let first = 0, number = 0; first < sessions.length; first += SESSIONS_EACH, number++) {
  const layout = LAYOUTS[order.layouts[number % order.layouts.length] ?? '4.1.13'];
  await send(datagram(sessions.slice(first, first + SESSIONS_EACH), layout));
  if (number % BURST === BURST - 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, BURST_MS);
    });
  }
}
socket.close();
process.stdout.write(`said ${sessions.length} sessions\n`);

/*
 * Measures the answer time of first packets of sessions: a new UDP socket at a constant rate, with one message to the
 * lab's echo server from each. Usage: first-answers-main.js SERVER INTERVAL-MS Standard input:
 *   mark             what was opened before counts no more
 *   firsts           after all that is on its way, or some seconds: how long answers took since the mark
 */
import { createSocket } from 'node:dgram';
import { createInterface } from 'node:readline';
import { pause } from '../world/wait.ts';
import { report } from './events.ts';

const ECHO_PORT = 7;
/** Time limit of an answer; nothing is retransmitted. */
const LOST_MS = 15_000;
const POLL_MS = 50;

const [server = '', interval = '50'] = process.argv.slice(2);
let opened = 0;
let times: number[] = [];
/** Incremented by a mark, so that earlier sockets are ignored. */
let account = 0;

function open(): void {
  const belongs = account;
  opened += 1;
  const socket = createSocket('udp6');
  const end = (tookMs?: number): void => {
    clearTimeout(timer);
    socket.close();
    if (belongs !== account) return;
    if (tookMs !== undefined) times.push(tookMs);
  };
  const timer = setTimeout(end, LOST_MS);
  socket.on('error', () => undefined); // an ICMP error: counts as lost at the time limit
  socket.bind(0, () => {
    const sentMs = performance.now();
    socket.once('message', () => end(performance.now() - sentMs));
    const { address, port } = socket.address();
    socket.send(`0 ${address}/${port}`, ECHO_PORT, server, () => undefined);
  });
}

async function say(): Promise<void> {
  const [belongs, goal] = [account, opened];
  const deadline = performance.now() + LOST_MS;
  const complete = (): boolean => times.length >= goal;
  while (!complete() && performance.now() < deadline) await pause(POLL_MS);
  if (belongs !== account) return;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  report({
    event: 'firsts',
    opened: goal,
    answered: Math.min(goal, sorted.length),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    longestMs: at(1),
  });
}

setInterval(open, Number(interval));
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'firsts') void say();
  if (line !== 'mark') return;
  account += 1;
  [opened, times] = [0, []];
});
report({ event: 'ready' });

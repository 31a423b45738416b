/*
 * Opens short TCP connections to the lab's echo server at a given rate; each sends one request and ends. A line
 * `churned` on standard input requests the results. Usage: churn-main.js SERVER[,SERVER…] PER-SECOND
 * OWN-ADDRESS[,OWN-ADDRESS…] [COUNT [GIVE-UP-MS]]
 */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { report } from './events.ts';

const ECHO_PORT = 7;
/** Maximum number of concurrent connections; beyond, the rate is reduced. */
const LIMIT = 2_000;
/** TCP retransmits a SYN after a second (RFC 6298 section 2). */
const LATE_MS = 950;

const [serverList = '', perSecond = '10', ownList = '', count = 'Infinity', giveUp = '5000'] = process.argv.slice(2);
const most = Number(count);
const servers = serverList.split(',');
const owns = ownList.split(',');
let opened = 0;
let answered = 0;
let failed = 0;
let late = 0;
let running = 0;

function once(): void {
  if (running >= LIMIT || opened >= most) return;
  const index = opened++;
  running++;
  const host = servers[index % servers.length] ?? '';
  const localAddress = owns[Math.floor(index / servers.length) % owns.length] ?? '';
  const socket = connect({ host, port: ECHO_PORT, localAddress });
  const begun = performance.now();
  let ok = false;
  socket.setTimeout(Number(giveUp), () => socket.destroy());
  socket.on('connect', () => socket.write(`${index} ${localAddress}/${socket.localPort}\n`));
  socket.on('data', (data) => {
    ok = data.toString().startsWith(`${index} `);
    if (ok && performance.now() - begun >= LATE_MS) late++;
    socket.end();
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    running--;
    if (ok) answered++;
    else failed++;
  });
}

setInterval(once, 1000 / Number(perSecond));
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'churned') report({ event: 'churned', opened, answered, failed, late });
});
report({ event: 'ready' });

/*
 * Opens UDP sockets at a given rate; each sends its identity to the lab's echo server a few times and is closed,
 * answered or not. A line `swarmed` on standard input requests their number. Usage: swarm-main.js SERVER PER-SECOND
 * OWN-ADDRESS[,OWN-ADDRESS…]
 */
import { createSocket } from 'node:dgram';
import { createInterface } from 'node:readline';
import { report } from './events.ts';

const ECHO_PORT = 7;
const MESSAGES = 3;
const PAUSE_MS = 400;

const [server = '', perSecond = '10', ownList = ''] = process.argv.slice(2);
const owns = ownList.split(',');
let opened = 0;
let answered = 0;

function once(): void {
  const address = owns[opened % owns.length] ?? '';
  const index = opened++;
  const socket = createSocket({ type: 'udp6' });
  let heard = false;
  let left = MESSAGES;
  socket.on('error', () => undefined); // for example no free port: it is sent again anyway
  socket.on('message', () => (heard = true));
  socket.bind({ port: 0, address }, () => {
    const say = (): void => {
      if (left-- === 0) {
        clearInterval(timer);
        if (heard) answered++;
        socket.close();
      } else socket.send(`${index} ${address}/${socket.address().port}\n`, ECHO_PORT, server, () => undefined);
    };
    const timer = setInterval(say, PAUSE_MS);
    say();
  });
}

setInterval(once, 1000 / Number(perSecond));
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'swarmed') report({ event: 'swarmed', opened, answered });
});
report({ event: 'ready' });

import { spawn } from 'node:child_process';
import { connect, createServer, type AddressInfo } from 'node:net';

/*
 * Copies bytes between two processes over TCP on the loopback. Usage: loopback-main.js BYTES           prints
 * {"seconds":…}, from the first bytes asked for to the last ones there
 *        loopback-main.js BYTES PORT      the sending half
 */
const CHUNK = Buffer.alloc(64 * 1024, 7);
const [bytes = '', port] = process.argv.slice(2);
const wanted = Number(bytes);

function receive(): void {
  const server = createServer((socket) => {
    const began = performance.now();
    let received = 0;
    socket.on('data', (data) => {
      received += data.length;
      if (received < wanted) return;
      process.stdout.write(`${JSON.stringify({ seconds: (performance.now() - began) / 1000 })}\n`, () =>
        process.exit(0),
      );
    });
  });
  server.listen(0, '127.0.0.1', () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server that listens has such an address
    const { port: own } = server.address() as AddressInfo;
    spawn(process.execPath, [process.argv[1] ?? '', bytes, String(own)], { stdio: ['ignore', 'ignore', 'inherit'] });
  });
}

function send(to: number): void {
  const socket = connect(to, '127.0.0.1');
  let left = wanted;
  const more = (): void => {
    while (left > 0) {
      const chunk = left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
      left -= chunk.length;
      if (!socket.write(chunk)) return;
    }
    socket.end();
  };
  socket.on('connect', more).on('drain', more);
}

if (port === undefined) receive();
else send(Number(port));

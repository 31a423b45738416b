/*
 * Runs an expression inside a Node.js process whose inspector listens on the loopback, as a debugger would (Chrome
 * DevTools protocol over a WebSocket). Usage: debugger-main.js PORT main|THREAD EXPRESSION, where THREAD is a part of
 * the URL of a worker thread's script. Writes `done at TIME` (ms since the epoch) when the expression was handed over;
 * it does not wait for the expression to end.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { z } from 'zod';

/** Opcodes and bits of RFC 6455 section 5.2. */
const TEXT_FINAL = 0x81;
const MASKED = 0x80;
const TWO_BYTE_LENGTH = 126;
const EIGHT_BYTE_LENGTH = 127;

const targets = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1);
const incoming = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z
    .object({ sessionId: z.string().optional(), workerInfo: z.object({ url: z.string() }).optional() })
    .optional(),
});

/** A client's text frame; a client must mask (RFC 6455 section 5.3). */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  if (payload.length > 0xffff) throw new Error('the expression is too long');
  const mask = randomBytes(4);
  const head =
    payload.length < TWO_BYTE_LENGTH
      ? Buffer.from([TEXT_FINAL, MASKED | payload.length])
      : Buffer.from([TEXT_FINAL, MASKED | TWO_BYTE_LENGTH, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
}

/** The server's text frames that are complete in `bytes`, and the rest. */
function readFrames(bytes: Buffer): { readonly texts: string[]; readonly rest: Buffer } {
  const texts: string[] = [];
  let rest = bytes;
  for (;;) {
    if (rest.length < 2) return { texts, rest };
    const short = rest.readUInt8(1) & 0x7f;
    const head = short === EIGHT_BYTE_LENGTH ? 10 : short === TWO_BYTE_LENGTH ? 4 : 2;
    if (rest.length < head) return { texts, rest };
    const length =
      short === EIGHT_BYTE_LENGTH
        ? Number(rest.readBigUInt64BE(2))
        : short === TWO_BYTE_LENGTH
          ? rest.readUInt16BE(2)
          : short;
    if (rest.length < head + length) return { texts, rest };
    texts.push(rest.subarray(head, head + length).toString());
    rest = rest.subarray(head + length);
  }
}

async function open(url: URL): Promise<Socket> {
  const socket = connect(Number(url.port), url.hostname);
  socket.write(
    `GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('data', (answer: Buffer) => {
      if (answer.toString().startsWith('HTTP/1.1 101')) resolve(socket);
      else reject(new Error(`the inspector refused: ${answer.toString()}`));
    });
  });
}

const [port = '9229', thread = 'main', expression = ''] = process.argv.slice(2);
const listing: unknown = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
const socket = await open(new URL(targets.parse(listing)[0]?.webSocketDebuggerUrl ?? ''));
const evaluate = { id: 1, method: 'Runtime.evaluate', params: { expression } };

function send(message: object): void {
  socket.write(textFrame(JSON.stringify(message)));
}

function leave(handedOver: number): void {
  process.stdout.write(`done at ${handedOver}\n`, () => socket.end(() => process.exit(0)));
}

let buffered: Buffer = Buffer.alloc(0);
socket.on('data', (data: Buffer) => {
  const { texts, rest } = readFrames(Buffer.concat([buffered, data]));
  buffered = rest;
  for (const text of texts) {
    const { method, params } = incoming.parse(JSON.parse(text));
    if (method !== 'NodeWorker.attachedToWorker' || params?.workerInfo?.url.includes(thread) !== true) continue;
    send({
      id: 2,
      method: 'NodeWorker.sendMessageToWorker',
      params: { sessionId: params.sessionId, message: JSON.stringify(evaluate) },
    });
    setTimeout(leave, 200, Date.now());
  }
});
if (thread === 'main') {
  send(evaluate);
  setTimeout(leave, 200, Date.now());
} else {
  send({ id: 1, method: 'NodeWorker.enable', params: { waitForDebuggerOnStart: false } });
}
setTimeout(() => {
  process.stderr.write(`no thread of the process has ${thread} in its script's name\n`);
  process.exit(1);
}, 5_000).unref();

/*
 * Fetches one URL over one TCP connection and reports progress. A line `mark` on standard input restarts the
 * measurement of the longest gap between two arrivals. Usage: download-main.js URL
 */
import { createHash } from 'node:crypto';
import { get } from 'node:http';
import { createInterface } from 'node:readline';
import { report } from './events.ts';

const PROGRESS_MS = 100;

const hash = createHash('sha256');
let bytes = 0;
let lastArrival = performance.now();
let longestGapMs = 0;

function arrived(length: number): void {
  const now = performance.now();
  longestGapMs = Math.max(longestGapMs, now - lastArrival);
  lastArrival = now;
  bytes += length;
}

function fail(reason: string): void {
  report({ event: 'failed', reason });
  process.exit(1);
}

const request = get(process.argv[2] ?? '', { agent: false, family: 6 }, (response) => {
  const timer = setInterval(() => report({ event: 'progress', bytes, longestGapMs }), PROGRESS_MS);
  response.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    arrived(chunk.length);
  });
  response.on('end', () => {
    clearInterval(timer);
    if (!response.complete) fail('the connection ended before the content did');
    report({ event: 'end', bytes, sha256: hash.digest('hex'), longestGapMs });
    process.exit(0);
  });
  response.on('error', (error) => fail(error.message));
});
request.on('socket', (socket) => {
  socket.on('connect', () => report({ event: 'connected', localPort: socket.localPort ?? 0 }));
});
request.on('error', (error) => fail(error.message));

createInterface({ input: process.stdin }).on('line', (line) => {
  if (line !== 'mark') return;
  longestGapMs = 0;
  lastArrival = performance.now();
});

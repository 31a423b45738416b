import type { Socket } from 'node:net';

/** Characters of a line of a probe, or to it; a connection that sends a longer one is ended. */
const MAX_LINE = 64 * 1024;

/** Calls `onLine` for each line that comes. An error of the connection ends it, and nothing else. */
export function eachLine(socket: Socket, onLine: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
    if (rest.length > MAX_LINE) socket.destroy();
  });
}

import type { Socket } from 'node:net';

/** Maximum line length; a connection with a longer one is closed. */
const MAX_LINE = 64 * 1024;

/** Calls `onLine` for each line. An error of the connection only closes it. */
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

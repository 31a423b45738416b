import { createSocket, type Socket } from 'node:dgram';
import { isOwnError } from './finding.ts';
import type { RoundTrip } from './namespace-questions.ts';
import { afterPoll, silence } from './silence.ts';

/** Sockets of a path, reused for each probe: so there is only one session. */
interface ProbeSockets {
  readonly client: Socket;
  readonly server: Socket;
  readonly port: number;
}

/** Maximum number of paths; a node has few instances. Unused sockets are closed beyond this. */
const MAX_PATHS = 64;

/** Sends datagrams over IPv6 that the same thread receives over IPv4 and returns. */
export class RoundTrips {
  readonly #paths = new Map<string, ProbeSockets>();

  /** @returns milliseconds that it took. @throws the error of a socket, or that for no answer */
  async run(path: RoundTrip, timeoutMs: number): Promise<number> {
    const key = `${path.source6} ${path.target6}`;
    const sockets = this.#paths.get(key) ?? (await this.#open(key, path));
    const token = Buffer.from(`isthmus probe ${performance.now()}`);
    const begun = performance.now();
    let timer: NodeJS.Timeout | undefined;
    let listener: ((message: Buffer) => void) | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const text = `the probe did not come back within ${timeoutMs} ms`;
        timer = afterPoll(timeoutMs, () => reject(silence(text, begun, timeoutMs)));
        listener = (message) => {
          if (message.equals(token)) resolve();
        };
        sockets.client.on('message', listener);
        sockets.client.send(token, sockets.port, path.target6, (error) => {
          if (error !== null) reject(error);
        });
      });
      return performance.now() - begun;
    } catch (error) {
      // Sockets that can no longer send, for instance because their address is gone, are recreated by the next probe.
      if (isOwnError(error)) this.#close(key);
      throw error;
    } finally {
      clearTimeout(timer);
      if (listener !== undefined) sockets.client.off('message', listener);
    }
  }

  /** Closes all sockets. */
  close(): void {
    for (const key of this.#paths.keys()) this.#close(key);
  }

  async #open(key: string, { source6, address4 }: RoundTrip): Promise<ProbeSockets> {
    const [oldest] = this.#paths.keys();
    if (oldest !== undefined && this.#paths.size >= MAX_PATHS) this.#close(oldest);
    const server = await bound('udp4', address4);
    let client: Socket;
    try {
      client = await bound('udp6', source6);
    } catch (error) {
      server.close();
      throw error;
    }
    server.on('message', (message, { port, address }) => server.send(message, port, address, () => undefined));
    const sockets = { client, server, port: server.address().port };
    this.#paths.set(key, sockets);
    return sockets;
  }

  #close(key: string): void {
    const sockets = this.#paths.get(key);
    this.#paths.delete(key);
    sockets?.client.close();
    sockets?.server.close();
  }
}

async function bound(type: 'udp4' | 'udp6', address: string): Promise<Socket> {
  const socket = createSocket(type);
  await new Promise<void>((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ address, port: 0, exclusive: true }, () => {
      socket.removeAllListeners('error');
      resolve();
    });
  });
  // An ICMP error for an earlier packet; the pending probe ends by its time limit.
  socket.on('error', () => undefined);
  return socket;
}

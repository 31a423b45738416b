import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { StatusReply } from '../agent/control/messages.ts';
import { Metrics } from './metrics.ts';
import { statusPage } from './status-page.ts';

export interface HttpAddress {
  readonly host: string;
  readonly port: number;
}

export interface HttpSource {
  getStatus(): Promise<StatusReply>;
}

interface Answer {
  readonly code: number;
  readonly type: string;
  readonly body: string;
}

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json';
/** A scrape asks for little and reads fast: whoever holds a connection longer is cut off. */
const REQUEST_TIMEOUT_MS = 5000;
const MAX_CONNECTIONS = 64;

/**
 * `/metrics`, `/healthz` (the agent answers), `/readyz` (this node is active), `/status.json`, and a page for a
 * browser. It only reads, but it tells names and addresses: bind it where only those may come who should know.
 */
export class HttpEndpoint {
  readonly #server: Server;
  readonly #source: HttpSource;
  readonly #metrics = new Metrics();

  constructor(source: HttpSource) {
    this.#source = source;
    this.#server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS });
    this.#server.maxConnections = MAX_CONNECTIONS;
    this.#server.on('request', (request, response) => {
      this.#respond(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : new Error(String(error)));
      });
    });
  }

  /** @returns the port, which the kernel chose if `port` was 0 */
  async listen({ host, port }: HttpAddress): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, resolve);
    });
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { code, type, body } = await this.#answer(request);
    response.writeHead(code, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  async #answer({ method, url }: IncomingMessage): Promise<Answer> {
    if (method !== 'GET' && method !== 'HEAD') return { code: 405, type: TEXT, body: 'only GET and HEAD\n' };
    const [path] = (url ?? '/').split('?', 1);
    switch (path) {
      case '/metrics':
        return {
          code: 200,
          type: this.#metrics.contentType,
          body: await this.#metrics.render(await this.#source.getStatus()),
        };
      case '/healthz':
        return { code: 200, type: TEXT, body: 'the agent lives\n' };
      case '/readyz':
        return readiness(await this.#source.getStatus());
      case '/status.json':
        return { code: 200, type: JSON_TYPE, body: JSON.stringify(await this.#source.getStatus()) };
      case '/':
        return { code: 200, type: 'text/html; charset=utf-8', body: statusPage(await this.#source.getStatus()) };
      default:
        return { code: 404, type: TEXT, body: 'there are /, /metrics, /healthz, /readyz and /status.json\n' };
    }
  }
}

/** Ready means that traffic may come: 503 in every state but active. */
function readiness({ nodes }: StatusReply): Answer {
  const self = nodes.find((node) => node.self);
  const ready = self?.state === 'active';
  return { code: ready ? 200 : 503, type: TEXT, body: `${self?.state ?? 'unknown'}: ${self?.reason ?? ''}\n` };
}

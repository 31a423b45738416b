import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { StatusReply } from '../agent/control/messages.ts';
import { parseIpv6 } from '../net/ipv6-address.ts';
import { Metrics } from './metrics.ts';
import { statusPage } from './status-page.ts';

export interface HttpAddress {
  readonly host: string;
  readonly port: number;
}

/** What the agent tells, for all answers of a short time. */
export interface Snapshot {
  readonly status: StatusReply;
  /** Metrics of the agent's process, in Prometheus' text format. */
  readonly process: string;
}

export interface HttpLimits {
  readonly connections: number;
  /** Connections of one IPv4 address, or of one IPv6 /64. */
  readonly perPeer: number;
  /** Until the request is there, headers and body. */
  readonly requestMs: number;
  /** Until the peer has read the answer. */
  readonly writeMs: number;
  /** Between two looks at these two. */
  readonly checkMs: number;
  /** How long an answer is used for everybody who asks. */
  readonly freshMs: number;
  /** The agent has so long to answer. */
  readonly answerMs: number;
}

export const HTTP_LIMITS: HttpLimits = {
  connections: 64,
  perPeer: 8,
  requestMs: 5000,
  writeMs: 10_000,
  checkMs: 500,
  freshMs: 250,
  answerMs: 3000,
};

const MAX_HEADER_BYTES = 8192;
const MAX_URL_LENGTH = 1024;
/** Bytes of an address that count as one peer: an IPv6 /64. */
const PEER_BYTES = 8;
const MAPPED = '::ffff:';

interface Answer {
  readonly code: number;
  readonly type: string;
  readonly body: string;
}

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json';
const HTML = 'text/html; charset=utf-8';
const LATE: Answer = { code: 503, type: TEXT, body: 'the agent does not answer in time\n' };
const UNKNOWN: Answer = { code: 404, type: TEXT, body: 'there are /, /metrics, /healthz, /readyz and /status.json\n' };

/**
 * `/metrics`, `/healthz` (the agent answers), `/readyz` (this node is active), `/status.json`, and a page for a
 * browser. It only reads, but it tells names and addresses: bind it where only those may come who should know.
 *
 * Everything is bounded for each peer: connections, one request at a time on each, the time to send it and to read the
 * answer. What an answer is made of is asked of the agent at most once each `freshMs`, whoever asks how often.
 */
export class HttpService {
  /** Node's own, whose events are the service's. */
  readonly server: Server;
  readonly #limits: HttpLimits;
  readonly #take: () => Promise<Snapshot>;
  readonly #metrics = new Metrics();
  readonly #peers = new Map<string, number>();
  readonly #answering = new WeakSet<Socket>();
  #answers = new Map<string, Promise<Answer>>();
  #answersUntilMs = Number.NEGATIVE_INFINITY;

  /**
   * @param take asks the agent
   * @param onError hears what happened to the server; it goes on
   */
  constructor(take: () => Promise<Snapshot>, onError: (reason: string) => void, limits: HttpLimits = HTTP_LIMITS) {
    this.#take = take;
    this.#limits = limits;
    const { requestMs, checkMs, connections } = limits;
    this.server = createServer({
      requestTimeout: requestMs,
      headersTimeout: requestMs,
      connectionsCheckingInterval: checkMs,
      keepAliveTimeout: requestMs,
      maxHeaderSize: MAX_HEADER_BYTES,
    });
    this.server.maxConnections = connections;
    // Accepting fails for want of descriptors or memory, which may come again.
    this.server.on('error', (error) => onError(error.message));
    this.server.on('connection', (socket: Socket) => this.#admit(socket));
    this.server.on('request', (request, response) => {
      this.#respond(request, response).catch((error: unknown) => {
        onError(error instanceof Error ? error.message : String(error));
        response.destroy();
      });
    });
  }

  /** @returns the port, which the kernel chose if `port` was 0 */
  async listen({ host, port }: HttpAddress): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
  }

  #admit(socket: Socket): void {
    const peer = peerOf(socket.remoteAddress ?? '');
    const others = this.#peers.get(peer) ?? 0;
    if (others >= this.#limits.perPeer) {
      socket.destroy();
      return;
    }
    this.#peers.set(peer, others + 1);
    socket.once('close', () => {
      const left = (this.#peers.get(peer) ?? 1) - 1;
      if (left === 0) this.#peers.delete(peer);
      else this.#peers.set(peer, left);
    });
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    // Node.js reads all requests of a connection before it has answered the first one.
    if (this.#answering.has(socket)) {
      socket.destroy();
      return;
    }
    this.#answering.add(socket);
    const timer = setTimeout(() => socket.destroy(), this.#limits.writeMs);
    response.once('close', () => {
      clearTimeout(timer);
      this.#answering.delete(socket);
    });
    const refusal = refuse(request);
    const { code, type, body } = refusal ?? (await this.#answer(request.url ?? '/'));
    response.writeHead(code, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(refusal === undefined ? {} : { connection: 'close' }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  /** The answer that is fresh enough, or one that is being made already. */
  async #answer(url: string): Promise<Answer> {
    const [path = '/'] = url.split('?', 1);
    const make = this.#maker(path);
    if (make === undefined) return UNKNOWN;
    const now = performance.now();
    if (now >= this.#answersUntilMs) {
      this.#answers = new Map();
      this.#answersUntilMs = now + this.#limits.freshMs;
    }
    const known = this.#answers.get(path);
    if (known !== undefined) return await known;
    const answer = this.#make(make);
    this.#answers.set(path, answer);
    return await answer;
  }

  #maker(path: string): ((snapshot: Snapshot) => Answer | Promise<Answer>) | undefined {
    switch (path) {
      case '/metrics':
        return async ({ status, process }) => {
          const body = `${await this.#metrics.render(status)}\n${process}`;
          return { code: 200, type: this.#metrics.contentType, body };
        };
      case '/healthz':
        return () => ({ code: 200, type: TEXT, body: 'the agent lives\n' });
      case '/readyz':
        return ({ status }) => readiness(status);
      case '/status.json':
        return ({ status }) => ({ code: 200, type: JSON_TYPE, body: JSON.stringify(status) });
      case '/':
        return ({ status }) => ({ code: 200, type: HTML, body: statusPage(status) });
      default:
        return undefined;
    }
  }

  async #make(make: (snapshot: Snapshot) => Answer | Promise<Answer>): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), this.#limits.answerMs);
    });
    try {
      const snapshot = await Promise.race([this.#take(), late]);
      return snapshot === undefined ? LATE : await make(snapshot);
    } finally {
      clearTimeout(timer);
    }
  }
}

function refuse({ method, url = '', headers }: IncomingMessage): Answer | undefined {
  if (method !== 'GET' && method !== 'HEAD') return { code: 405, type: TEXT, body: 'only GET and HEAD\n' };
  if (url.length > MAX_URL_LENGTH) return { code: 414, type: TEXT, body: 'the URL is too long\n' };
  const hasBody = headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
  return hasBody ? { code: 413, type: TEXT, body: 'a request has no body here\n' } : undefined;
}

/** Who counts as one peer: an IPv4 address, or an IPv6 /64. */
export function peerOf(address: string): string {
  if (address.startsWith(MAPPED)) return address.slice(MAPPED.length);
  const bytes = parseIpv6(address.split('%', 1)[0] ?? '');
  return bytes === undefined ? address : Buffer.from(bytes.subarray(0, PEER_BYTES)).toString('hex');
}

/** Ready means that traffic may come: 503 in every state but active. */
function readiness({ nodes }: StatusReply): Answer {
  const self = nodes.find((node) => node.self);
  const ready = self?.state === 'active';
  return { code: ready ? 200 : 503, type: TEXT, body: `${self?.state ?? 'unknown'}: ${self?.reason ?? ''}\n` };
}

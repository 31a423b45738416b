import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { type SecureContextOptions, TLSSocket } from 'node:tls';
import type { StatusReply } from '../agent/control/messages.ts';
import type { HttpAddress } from '../cluster/http-address.ts';
import type { HttpAccess } from '../cluster/http-files.ts';
import { sourceNetworkOf } from '../net/source-network.ts';
import { HttpGate, type Refusal } from './http-gate.ts';
import { Metrics } from './metrics.ts';
import type { PageAsset } from './page-assets.ts';
import type { PageFeed } from './page-feed.ts';
import { RANGES } from './page-model.ts';

/** Data from the agent, shared by all answers for a short time. */
export interface Snapshot {
  readonly status: StatusReply;
  /** Metrics of the agent's process, in Prometheus' text format. */
  readonly process: string;
}

export interface HttpLimits {
  readonly connections: number;
  /** Connections of one IPv4 address, or one IPv6 /64. */
  readonly perPeer: number;
  /** Maximum time to receive a request, headers and body. */
  readonly requestMs: number;
  /** Maximum time for the peer to read the answer. */
  readonly writeMs: number;
  /** Interval of checking these two. */
  readonly checkMs: number;
  /** How long an answer is cached for all clients. */
  readonly freshMs: number;
  /** Maximum time for the agent to answer. */
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

interface Answer {
  readonly code: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: OutgoingHttpHeaders;
}

export interface HttpParts {
  /** Requests data from the agent. */
  readonly take: () => Promise<Snapshot>;
  /** Called when the server has a problem; it continues. */
  readonly onError: (reason: string) => void;
  readonly feed: Pick<PageFeed, 'counts' | 'history' | 'open' | 'stream'>;
  /** The files of the status page, by path. */
  readonly assets: ReadonlyMap<string, PageAsset>;
}

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json';
const LATE: Answer = { code: 503, type: TEXT, body: 'the agent does not answer in time\n' };
const PATHS = '/, /metrics, /healthz, /readyz, /status.json, /history.json and /updates';
const UNKNOWN: Answer = { code: 404, type: TEXT, body: `there are ${PATHS}\n` };
const RANGE = new RegExp(`^minutes=(${RANGES.join('|')})$`);
/** A browser asks for the password; other clients send the token unprompted. */
const CHALLENGES = ['Bearer realm="isthmus"', 'Basic realm="isthmus", charset="UTF-8"'];
const NO_CERTIFICATE = 'a certificate of a client is needed, signed by the authority in http.clientCa\n';
const NO_TOKEN = 'the token of http.tokenFile is needed: as a bearer token, or as the password of any user name\n';
const TOO_MANY = 'too many wrong tokens came from your address\n';
const BAD_RANGE: Answer = { code: 400, type: TEXT, body: `?minutes= is one of ${RANGES.join(', ')}\n` };

/** The page only loads its own files, runs no inline script, and cannot be framed. */
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/** Rejected requests, by reason. */
export type RefusedCounts = Readonly<Record<Refusal, number>>;

/**
 * `/metrics`, `/healthz` (the agent answers), `/readyz` (this node is active), `/status.json`, and the status page with
 * its history and its stream of updates. Read-only, but it discloses names and addresses: beyond loopback it requires
 * the token or a certificate.
 *
 * Everything is limited per peer: connections, one request at a time on each, the time to send it and to read the
 * answer. The agent is asked for data at most once per `freshMs`, however many requests there are.
 */
export class HttpService {
  /** Node's HTTP or HTTPS server, managed by this class. */
  readonly server: Server;
  readonly #tlsServer: TlsServer | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #refused = { unauthenticated: 0, limited: 0 };
  #access: HttpAccess;
  #gate: HttpGate | undefined;
  readonly #limits: HttpLimits;
  readonly #parts: HttpParts;
  readonly #metrics = new Metrics();
  readonly #peers = new Map<string, number>();
  readonly #answering = new WeakSet<Socket>();
  #answers = new Map<string, Promise<Answer>>();
  #answersUntilMs = Number.NEGATIVE_INFINITY;

  constructor(parts: HttpParts, access: HttpAccess = {}, limits: HttpLimits = HTTP_LIMITS) {
    const { onError } = parts;
    this.#parts = parts;
    this.#limits = limits;
    this.#access = access;
    this.#gate = gateOf(access);
    const { requestMs, checkMs, connections } = limits;
    const options = {
      requestTimeout: requestMs,
      headersTimeout: requestMs,
      connectionsCheckingInterval: checkMs,
      keepAliveTimeout: requestMs,
      maxHeaderSize: MAX_HEADER_BYTES,
    };
    const { tls } = access;
    if (tls === undefined) this.server = createServer(options);
    else {
      // A client without a certificate may have the token, and is told what is missing by HTTP.
      const asked = { requestCert: tls.clientCa !== undefined, rejectUnauthorized: false };
      this.#tlsServer = createTlsServer({ ...options, ...secureContextOf(tls), ...asked, handshakeTimeout: requestMs });
      this.server = this.#tlsServer;
    }
    this.server.maxConnections = connections;
    // Accepting can fail for lack of descriptors or memory, which may be temporary.
    this.server.on('error', (error) => onError(error.message));
    this.server.on('connection', (socket: Socket) => this.#admit(socket));
    this.server.on('request', (request, response) => {
      this.#respond(request, response).catch((error: unknown) => {
        onError(error instanceof Error ? error.message : String(error));
        response.destroy();
      });
    });
  }

  /** Requests rejected for lack of a token or certificate. */
  get refused(): RefusedCounts {
    return this.#refused;
  }

  /**
   * Applies other certificates and another token; use of TLS and of client certificates must be unchanged. Clients
   * authenticated by changed credentials must authenticate again. @throws Error: TLS rejects them
   */
  setAccess(access: HttpAccess): void {
    const { token, tls } = this.#access;
    if (access.tls !== undefined) this.#tlsServer?.setSecureContext(secureContextOf(access.tls));
    this.#access = access;
    if (access.token === token && access.tls?.clientCa === tls?.clientCa) return;
    this.#gate = gateOf(access);
    this.#closeConnections();
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
    this.#closeConnections();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
  }

  /** Including those in the middle of a TLS handshake. */
  #closeConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #admit(socket: Socket): void {
    const peer = sourceNetworkOf(socket.remoteAddress ?? '');
    const others = this.#peers.get(peer) ?? 0;
    if (others >= this.#limits.perPeer) {
      socket.destroy();
      return;
    }
    this.#peers.set(peer, others + 1);
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      const left = (this.#peers.get(peer) ?? 1) - 1;
      if (left === 0) this.#peers.delete(peer);
      else this.#peers.set(peer, left);
    });
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    // Node.js parses pipelined requests of a connection before the first one is answered.
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
    const peer = sourceNetworkOf(socket.remoteAddress ?? '');
    const refusal = refuse(request) ?? this.#authenticate(request, peer);
    if (refusal === undefined && request.url === '/updates' && request.method === 'GET') {
      if (this.#stream(response, peer)) clearTimeout(timer);
      return;
    }
    const { code, type, body, headers } = refusal ?? (await this.#answer(request.url ?? '/'));
    response.writeHead(code, {
      ...HEADERS,
      ...headers,
      'content-type': type,
      ...(refusal === undefined ? {} : { connection: 'close' }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  /** @returns undefined: the client is authenticated */
  #authenticate({ socket, headers }: IncomingMessage, peer: string): Answer | undefined {
    const { tls } = this.#access;
    const gate = this.#gate;
    if (gate === undefined && tls?.clientCa === undefined) return undefined;
    if (tls?.clientCa !== undefined && socket instanceof TLSSocket && socket.authorized) return undefined;
    const refusal = gate === undefined ? 'unauthenticated' : gate.refusal(peer, headers.authorization);
    if (refusal === undefined) return undefined;
    this.#refused[refusal] += 1;
    if (gate === undefined) return { code: 403, type: TEXT, body: NO_CERTIFICATE };
    if (refusal === 'unauthenticated') {
      return { code: 401, type: TEXT, body: NO_TOKEN, headers: { 'www-authenticate': CHALLENGES } };
    }
    const seconds = gate.retryAfter(peer);
    return { code: 429, type: TEXT, body: TOO_MANY, headers: { 'retry-after': String(seconds) } };
  }

  /** @returns false: there are too many readers */
  #stream(response: ServerResponse, peer: string): boolean {
    const { feed } = this.#parts;
    const refusal = feed.stream.refusal(peer);
    if (refusal !== undefined) {
      response.writeHead(503, { ...HEADERS, 'content-type': TEXT, 'retry-after': '10' }).end(`${refusal}\n`);
      return false;
    }
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    feed.open(response, peer);
    return true;
  }

  /** The cached answer, or one that is being made. */
  async #answer(url: string): Promise<Answer> {
    const [path = '/', query = ''] = url.split('?', 2);
    if (path === '/history.json') return this.#history(query);
    const asset = this.#parts.assets.get(path);
    if (asset !== undefined) return { code: 200, ...asset };
    const make = this.#maker(path);
    if (make === undefined) return UNKNOWN;
    return await this.#fresh(path, () => this.#make(make));
  }

  async #fresh(key: string, make: () => Promise<Answer>): Promise<Answer> {
    const now = performance.now();
    if (now >= this.#answersUntilMs) {
      this.#answers = new Map();
      this.#answersUntilMs = now + this.#limits.freshMs;
    }
    const known = this.#answers.get(key);
    if (known !== undefined) return await known;
    const answer = make();
    this.#answers.set(key, answer);
    return await answer;
  }

  /** Made at most once per `freshMs` and range. */
  async #history(query: string): Promise<Answer> {
    const [, minutes] = RANGE.exec(query) ?? [];
    if (minutes === undefined) return BAD_RANGE;
    return await this.#fresh(`/history.json?${query}`, async () => {
      return { code: 200, type: JSON_TYPE, body: JSON.stringify(this.#parts.feed.history(Number(minutes))) };
    });
  }

  #maker(path: string): ((snapshot: Snapshot) => Answer | Promise<Answer>) | undefined {
    switch (path) {
      case '/metrics':
        return async ({ status, process }) => {
          const body = `${await this.#metrics.render(status, { ...this.#parts.feed.counts, refused: this.#refused })}\n${process}`;
          return { code: 200, type: this.#metrics.contentType, body };
        };
      case '/healthz':
        return () => ({ code: 200, type: TEXT, body: 'the agent lives\n' });
      case '/readyz':
        return ({ status }) => readiness(status);
      case '/status.json':
        return ({ status }) => ({ code: 200, type: JSON_TYPE, body: JSON.stringify(status) });
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
      const snapshot = await Promise.race([this.#parts.take(), late]);
      return snapshot === undefined ? LATE : await make(snapshot);
    } finally {
      clearTimeout(timer);
    }
  }
}

function gateOf({ token }: HttpAccess): HttpGate | undefined {
  return token === undefined ? undefined : new HttpGate(token);
}

function secureContextOf({ certificate, key, clientCa }: NonNullable<HttpAccess['tls']>): SecureContextOptions {
  return { cert: certificate, key, minVersion: 'TLSv1.2', ...(clientCa === undefined ? {} : { ca: clientCa }) };
}

function refuse({ method, url = '', headers }: IncomingMessage): Answer | undefined {
  if (method !== 'GET' && method !== 'HEAD') return { code: 405, type: TEXT, body: 'only GET and HEAD\n' };
  if (url.length > MAX_URL_LENGTH) return { code: 414, type: TEXT, body: 'the URL is too long\n' };
  const hasBody = headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
  return hasBody ? { code: 413, type: TEXT, body: 'a request has no body here\n' } : undefined;
}

/**
 * Ready means that traffic may arrive: 503 in every state but active, and while no upstream has a session with the
 * node.
 */
function readiness({ nodes }: StatusReply): Answer {
  const self = nodes.find((node) => node.self);
  const cut = self?.upstreamDown === true ? '; no upstream has a BFD or BGP session with the node' : '';
  const ready = self?.state === 'active' && cut === '';
  return { code: ready ? 200 : 503, type: TEXT, body: `${self?.state ?? 'unknown'}: ${self?.reason ?? ''}${cut}\n` };
}

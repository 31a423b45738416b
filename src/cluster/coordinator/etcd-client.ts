import type { Code } from '../../codes.ts';
import { Client, type ClientDuplexStream, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { ETCD, type EtcdCall } from './etcd-calls.ts';

export interface EtcdOptions {
  /** `host:port` or `unix:/path`, at least one. */
  readonly endpoints: readonly string[];
  /** PEM texts; absent: without TLS. */
  readonly tls?: { readonly ca: Buffer; readonly key?: Buffer; readonly certificate?: Buffer };
  readonly user?: { readonly name: string; readonly password: string };
  /** Time limit of one attempt at one endpoint, milliseconds. */
  readonly deadlineMs: number;
}

/** An open stream of etcd's, as its reader needs it. */
export interface EtcdStream<Reply> {
  on(event: 'data', listener: (reply: Reply) => void): unknown;
  on(event: 'error' | 'end', listener: () => void): unknown;
  cancel(): void;
}

/** A whole etcd cluster, or a substitute for it. */
export interface EtcdStore {
  call<Request, Reply>(method: EtcdCall<Request, Reply>, request: Request): Promise<Reply>;
  exchange<Request, Reply>(method: EtcdCall<Request, Reply>, request: Request): Promise<Reply>;
  open<Request, Reply>(method: EtcdCall<Request, Reply>, request: Request): EtcdStream<Reply>;
  /** While it is cut, nothing of it can be reached. */
  setCut(cut: boolean): void;
  close(): void;
}

/** No endpoint executed the call; with the reason of the last one. */
export class EtcdUnreachableError extends Error {
  override readonly name = 'EtcdUnreachableError';
  readonly code: Code = 'coordinator-unreachable';
}

/** Failures of the connection to a server, or of that server; another one may answer. */
const OF_THE_SERVER: ReadonlySet<number> = new Set([status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED]);

/**
 * A client of a whole etcd cluster: uses one endpoint while it answers, and otherwise the next. Every call is safe to
 * repeat, because each is a read, a renewal, or a compare-and-set transaction.
 */
export class EtcdClient implements EtcdStore {
  readonly #options: EtcdOptions;
  readonly #clients: readonly Client[];
  #current = 0;
  #token: string | undefined;
  #cut = false;

  constructor(options: EtcdOptions) {
    this.#options = options;
    const { tls } = options;
    const how =
      tls === undefined
        ? credentials.createInsecure()
        : credentials.createSsl(tls.ca, tls.key ?? null, tls.certificate ?? null);
    // A server that returns is used again within this time instead of minutes.
    const limits = { 'grpc.max_reconnect_backoff_ms': 2000, 'grpc.initial_reconnect_backoff_ms': 200 };
    this.#clients = options.endpoints.map((endpoint) => new Client(endpoint, how, limits));
  }

  get endpoint(): string {
    return this.#options.endpoints[this.#current] ?? '';
  }

  /** While cut, no endpoint is reachable. */
  setCut(cut: boolean): void {
    this.#cut = cut;
  }

  /** Tries each endpoint at most once. @throws EtcdUnreachableError; ServiceError when etcd rejects the call */
  async call<Request, Reply>(method: EtcdCall<Request, Reply>, request: Request): Promise<Reply> {
    let reason = '';
    for (let left = this.#clients.length; left > 0; left--) {
      const { endpoint } = this;
      try {
        return await this.#authorized((metadata) => this.#once(method, request, metadata));
      } catch (error) {
        if (!isServiceError(error) || !OF_THE_SERVER.has(error.code)) throw error;
        reason = `${endpoint}: ${plain(error.details)}`;
        this.#next();
      }
    }
    throw new EtcdUnreachableError(reason);
  }

  /** One request and one answer over a stream, at the current endpoint. @throws as `call` does */
  async exchange<Request, Reply>(method: EtcdCall<Request, Reply>, request: Request): Promise<Reply> {
    return this.#authorized(() => this.#exchangeOnce(method, request));
  }

  async #exchangeOnce<Request, Reply>(method: EtcdCall<Request, Reply>, request: Request): Promise<Reply> {
    const { endpoint } = this;
    return new Promise((resolve, reject) => {
      const stream = this.open(method, request, Date.now() + this.#options.deadlineMs);
      stream.once('data', (reply: Reply) => {
        resolve(reply);
        stream.cancel();
      });
      stream.on('error', (error: ServiceError) => {
        if (!OF_THE_SERVER.has(error.code)) return reject(error);
        // After the answer, our own cancellation arrives here too: the promise is settled by then.
        if (error.code !== status.CANCELLED) this.#next();
        reject(new EtcdUnreachableError(`${endpoint}: ${plain(error.details)}`));
      });
    });
  }

  /** Opens a stream at the current endpoint. The caller handles `error`. */
  open<Request, Reply>(
    { path, requestSerialize, responseDeserialize }: EtcdCall<Request, Reply>,
    request: Request,
    deadline = Number.POSITIVE_INFINITY,
  ): ClientDuplexStream<Request, Reply> {
    const client = this.#client;
    const metadata = this.#metadata();
    const stream = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadata, { deadline });
    stream.write(request);
    return stream;
  }

  close(): void {
    for (const client of this.#clients) client.close();
  }

  get #client(): Client {
    if (this.#cut) throw new EtcdUnreachableError('cut off by a drill');
    const client = this.#clients[this.#current];
    if (client === undefined) throw new EtcdUnreachableError('etcd has no endpoints');
    return client;
  }

  #next(): void {
    this.#current = (this.#current + 1) % this.#clients.length;
  }

  #once<Request, Reply>(
    { path, requestSerialize, responseDeserialize }: EtcdCall<Request, Reply>,
    request: Request,
    metadata: Metadata,
  ): Promise<Reply> {
    const deadline = Date.now() + this.#options.deadlineMs;
    return new Promise((resolve, reject) => {
      const client = this.#client;
      client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        metadata,
        { deadline },
        (error, reply) => {
          if (error !== null || reply === undefined) reject(error ?? new EtcdUnreachableError('an empty answer'));
          else resolve(reply);
        },
      );
    });
  }

  /** A token is requested when there is none, and once more when etcd has forgotten it. */
  async #authorized<Reply>(step: (metadata: Metadata) => Promise<Reply>): Promise<Reply> {
    const { user } = this.#options;
    if (user === undefined) return step(this.#metadata());
    if (this.#token === undefined) await this.#authenticate(user);
    try {
      return await step(this.#metadata());
    } catch (error) {
      if (!isServiceError(error) || error.code !== status.UNAUTHENTICATED) throw error;
      await this.#authenticate(user);
      return step(this.#metadata());
    }
  }

  async #authenticate(user: { readonly name: string; readonly password: string }): Promise<void> {
    this.#token = (await this.#once(ETCD.authenticate, user, new Metadata())).token;
  }

  #metadata(): Metadata {
    const metadata = new Metadata();
    if (this.#token !== undefined) metadata.set('token', this.#token);
    return metadata;
  }
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && 'details' in error;
}

/** What gRPC writes around the error of the system when it cannot connect. */
const NOT_CONNECTED =
  /^No connection established\. Last error: (?:Error: )?(.*?)(?: - Local \([^)]*\))?\. Resolution note:/;

function plain(details: string): string {
  return NOT_CONNECTED.exec(details)?.[1] ?? details;
}

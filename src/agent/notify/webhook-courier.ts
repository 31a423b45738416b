import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { NotifyError } from './command-courier.ts';
import type { Courier } from './courier.ts';

/** Read with each attempt, so that they can be renewed. */
export interface WebhookSecrets {
  readonly token?: string;
  /** PEM. */
  readonly ca?: string;
}

export interface WebhookOptions {
  readonly url: string;
  readonly timeoutMs: number;
  /** @throws if a file cannot be read */
  readonly secrets: () => Promise<WebhookSecrets>;
}

/** POST to an HTTP server. Only the status of its answer is used. */
export class WebhookCourier implements Courier {
  readonly #options: WebhookOptions;
  #attempt = new AbortController();

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  async tell(body: string): Promise<void> {
    const { url, timeoutMs, secrets } = this.#options;
    this.#attempt = new AbortController();
    const { signal } = this.#attempt;
    const { token, ca } = await secrets();
    const timer = setTimeout(() => this.#attempt.abort(), timeoutMs);
    try {
      const status = await post(new URL(url), body, { token, ca, signal });
      if (status < 200 || status > 299) throw new NotifyError(`${url} answered with status ${status}`);
    } catch (error) {
      if (error instanceof NotifyError) throw error;
      if (signal.aborted) throw new NotifyError(`${url} did not answer within ${timeoutMs} ms`);
      throw new NotifyError(`${url}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      clearTimeout(timer);
    }
  }

  stop(): void {
    this.#attempt.abort();
  }
}

interface Posted {
  readonly token: string | undefined;
  readonly ca: string | undefined;
  readonly signal: AbortSignal;
}

/** @returns the HTTP status */
function post(url: URL, body: string, { token, ca, signal }: Posted): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  // No keep-alive agent: idle connections would be another source of failure.
  const options = { method: 'POST', headers, signal, agent: false, ...(ca === undefined ? {} : { ca }) };
  return new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? requestHttps : requestHttp;
    const posted = open(url, options, (answer) => {
      answer.destroy();
      resolve(answer.statusCode ?? 0);
    });
    posted.once('error', reject);
    posted.end(body);
  });
}

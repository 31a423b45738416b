import { createHash, timingSafeEqual } from 'node:crypto';

/** Limits for wrong tokens of a peer. */
export interface GateLimits {
  /** Burst. */
  readonly failures: number;
  /** Time after which one more is allowed, milliseconds. */
  readonly forgivenMs: number;
  /** Maximum number of peers tracked; the one with the oldest failure is dropped. */
  readonly peers: number;
}

export const GATE_LIMITS: GateLimits = { failures: 10, forgivenMs: 6000, peers: 4096 };

/** Why a request is rejected. */
export type Refusal = 'unauthenticated' | 'limited';

const MS_PER_SECOND = 1000;

/**
 * Authentication of HTTP clients: by a token in `Authorization: Bearer TOKEN` (RFC 6750) or, as browsers do, as the
 * password of any user name (RFC 7617). After too many wrong ones, a peer's requests are rejected for a while.
 */
export class HttpGate {
  readonly #token: Buffer;
  readonly #limits: GateLimits;
  readonly #now: () => number;
  /** For each peer, when all its failures have expired. */
  readonly #forgiven = new Map<string, number>();

  /** @param now in ms, monotonic */
  constructor(token: string, limits: GateLimits = GATE_LIMITS, now: () => number = () => performance.now()) {
    this.#token = digest(token);
    this.#limits = limits;
    this.#now = now;
  }

  /** @returns undefined: the request may be answered */
  refusal(peer: string, authorization: string | undefined): Refusal | undefined {
    if (this.retryAfter(peer) > 0) return 'limited';
    if (authorization === undefined) return 'unauthenticated';
    const sent = credentialOf(authorization);
    // Digests are compared, so that the comparison does not reveal the token's length either.
    if (timingSafeEqual(digest(sent), this.#token)) return undefined;
    this.#count(peer);
    return 'unauthenticated';
  }

  /** @returns seconds until the peer's requests are checked again; 0: now */
  retryAfter(peer: string): number {
    const { failures, forgivenMs } = this.#limits;
    const aheadMs = (this.#forgiven.get(peer) ?? 0) - this.#now() - (failures - 1) * forgivenMs;
    return aheadMs <= 0 ? 0 : Math.ceil(aheadMs / MS_PER_SECOND);
  }

  #count(peer: string): void {
    const now = this.#now();
    const from = Math.max(now, this.#forgiven.get(peer) ?? 0);
    this.#forgiven.delete(peer);
    this.#forgiven.set(peer, from + this.#limits.forgivenMs);
    const [oldest] = this.#forgiven.keys();
    if (this.#forgiven.size > this.#limits.peers && oldest !== undefined) this.#forgiven.delete(oldest);
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The token of a header, empty where it has none. */
function credentialOf(authorization: string): string {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+) *$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return '';
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? '' : pair.slice(colon + 1);
}

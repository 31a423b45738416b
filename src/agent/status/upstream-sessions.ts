import { AS_BACKUP, isSessionUp, PROTOCOLS } from '../../frr/announcer.ts';
import type { AnnouncementStatus } from '../control/messages.ts';
import type { EventLog } from '../events/event-log.ts';

type Announcement = Pick<AnnouncementStatus, 'kind' | 'peer' | 'observed' | 'wanted' | 'state' | 'detail'>;

/** Whether the router receives it: enabled on our side, the session is up, and BGP advertises the prefixes. */
export function isEffective({ kind, observed, state, detail }: Announcement): boolean {
  if (observed !== 'announced') return false;
  return isSessionUp(kind, state) && (kind === 'bfd' || detail === '' || detail === AS_BACKUP);
}

/**
 * Whether the node should be announced and no router receives it. False if nothing should be announced, and while FRR
 * does not answer: its sessions may be up, and that is a separate problem.
 */
export function lacksUpstream(announcements: readonly Announcement[]): boolean {
  const wanted = announcements.filter((one) => one.wanted !== 'withdrawn');
  return wanted.length > 0 && !wanted.some((one) => one.observed === 'unknown' || isEffective(one));
}

/** Why no router receives it, for each peer. */
export function whyWithoutUpstream(announcements: readonly Announcement[]): string {
  return announcements
    .filter((one) => one.wanted !== 'withdrawn')
    .map(({ peer, kind, state, detail }) => `${peer}: ${detail || `${PROTOCOLS[kind] ?? kind} is ${state}`}`)
    .join('; ');
}

/** Time for sessions to come up before they count as lost. Milliseconds. */
const COMES_UP_MS = 15_000;
/**
 * Time that a session must last to count as returned, ms: a BGP session may be up seconds before its prefixes are
 * advertised.
 */
const STAYS_MS = 3000;

/**
 * Records an event when the last upstream is lost, and when one has returned.
 *
 *   none ─► waiting ─► up ◄──── STAYS_MS ──── returning
 *              │       │                       ▲    │
 *              └───────┴──► lost ── session up ┘    │
 *                            ▲───── down ───────────┘
 */
export class UpstreamSessions {
  readonly #node: string;
  readonly #events: Pick<EventLog, 'add'>;
  /** `waiting` for the first session since it was announced; none: not announced, nothing lost. */
  #state: 'none' | 'waiting' | 'up' | 'lost' | 'returning' = 'none';
  #sinceMs = 0;

  constructor(node: string, events: Pick<EventLog, 'add'>) {
    this.#node = node;
    this.#events = events;
  }

  /** Inexpensive, to be called in each iteration. @param nowMs on the agent's clock */
  observe(nowMs: number, announcements: readonly Announcement[]): void {
    if (announcements.every(({ wanted }) => wanted === 'withdrawn')) {
      // A loss lasts until a session is up again, so that every reported condition has an end.
      this.#state = this.#state === 'lost' || this.#state === 'returning' ? 'lost' : 'none';
      return;
    }
    if (this.#state === 'none') {
      this.#state = 'waiting';
      this.#sinceMs = nowMs;
    }
    const down = lacksUpstream(announcements);
    if (down && (this.#state === 'up' || (this.#state === 'waiting' && nowMs - this.#sinceMs >= COMES_UP_MS))) {
      this.#report('upstreams-lost', 'no upstream', whyWithoutUpstream(announcements));
      this.#state = 'lost';
    } else if (down) {
      if (this.#state === 'returning') this.#state = 'lost';
    } else {
      this.#noteUp(nowMs, announcements);
    }
  }

  #noteUp(nowMs: number, announcements: readonly Announcement[]): void {
    if (this.#state === 'lost') {
      this.#state = 'returning';
      this.#sinceMs = nowMs;
    }
    if (this.#state === 'returning' && nowMs - this.#sinceMs < STAYS_MS) return;
    if (this.#state === 'returning') {
      const peers = announcements.filter(isEffective).map(({ peer }) => peer);
      this.#report('upstreams-returned', 'upstream returned', `the session with ${peers.join(', ')} is up`);
    }
    this.#state = 'up';
  }

  #report(code: 'upstreams-lost' | 'upstreams-returned', to: string, reason: string): void {
    this.#events.add({ code, subject: 'announcement', name: this.#node, to, reason });
  }
}

import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StatusReply } from '../../../src/agent/control/messages.ts';
import { buildStatus } from '../../../src/agent/status/status-builder.ts';
import { PAGE_TIMES, PageFeed } from '../../../src/observe/page-feed.ts';
import { healthyInput, peer, replication } from '../agent/status-fixture.ts';

const EVENT = {
  node: 'gw1',
  code: 'peer-down',
  severity: 'warning',
  subject: 'peer',
  name: 'gw2',
  from: 'up',
  to: 'down',
  reason: '',
};
/** How long the agent takes to answer. */
const ANSWER_MS = 10;

describe('the health without an open page', () => {
  it('is looked at each second after an event, and stored with the time of its change', async () => {
    vi.useFakeTimers();
    const lines: string[] = [];
    let asked = 0;
    let alive = true;
    const take = async (): Promise<StatusReply> => {
      asked += 1;
      return buildStatus(healthyInput({ time: Date.now(), replication: replication({ peers: [peer({ alive })] }) }));
    };
    const nothing = async (): Promise<undefined> => undefined;
    const onError = (reason: string): never => expect.fail(reason);
    const world = {
      take,
      peerEvents: nothing,
      topClients: nothing,
      drops: nothing,
      store: (line: string) => void lines.push(line),
    };
    const feed = new PageFeed({ ...world, onError });
    feed.start();
    await vi.advanceTimersByTimeAsync(300_000);
    asked = 0;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(asked).toBe(3);
    const changes = (): string[] => lines.filter((line) => !line.includes('serving'));
    expect(changes()).toEqual([]);
    feed.event({ ...EVENT, time: Date.now() });
    alive = false;
    await vi.advanceTimersByTimeAsync(4000);
    alive = true;
    await vi.advanceTimersByTimeAsync(4000);
    feed.stop();
    const [outage] = feed.history(15).outages;
    expect(changes()).toHaveLength(2);
    expect((outage?.to ?? 0) - (outage?.from ?? 0)).toBe(4000);
    vi.useRealTimers();
  });
});

describe('the views of an open page', () => {
  let feed: PageFeed;
  /** When the agent was asked. */
  let asked: number[];
  let whenAsked: (() => void) | undefined;

  beforeEach(async () => {
    vi.useFakeTimers();
    asked = [];
    const take = async (): Promise<StatusReply> => {
      asked.push(Date.now());
      whenAsked?.();
      await new Promise((resolve) => void setTimeout(resolve, ANSWER_MS));
      return buildStatus(healthyInput());
    };
    const onError = (reason: string): never => expect.fail(reason);
    const times = { ...PAGE_TIMES, viewMs: 1000, sampleMs: 1_000_000, minViewMs: 200 };
    const nothing = async (): Promise<undefined> => undefined;
    feed = new PageFeed(
      { take, peerEvents: nothing, topClients: nothing, drops: nothing, store: () => undefined, onError },
      [],
      times,
    );
    feed.start();
    feed.open(new ServerResponse(new IncomingMessage(new Socket())), '192.0.2.1');
    // A view has just been made because a second was over.
    await vi.advanceTimersByTimeAsync(2500);
    await vi.advanceTimersByTimeAsync(1000 - (Date.now() - (asked.at(-1) ?? 0)) + 3 * ANSWER_MS);
  });
  afterEach(() => {
    feed.stop();
    vi.useRealTimers();
  });

  /** @param events when they happen @returns when the agent is asked, both from now on, milliseconds */
  async function askedAfter(events: readonly number[], ms: number): Promise<number[]> {
    const begun = Date.now();
    asked = [];
    for (const at of events) setTimeout(() => feed.event({ ...EVENT, time: Date.now() }), at);
    await vi.advanceTimersByTimeAsync(ms);
    return asked.map((time) => time - begun);
  }

  it('come once a second while nothing happens', async () => {
    const [first = 0, ...others] = await askedAfter([], 3500);
    expect(others.map((time) => time - first)).toEqual([1000 + ANSWER_MS, 2 * (1000 + ANSWER_MS)]);
  });

  it('come at once with the first of several events, just after another view too, then five times a second', async () => {
    expect(await askedAfter([1, 2, 3, 150, 300], 1000)).toEqual([2, 202, 402]);
  });

  it('come at once where something happens while the agent is being asked for another reason', async () => {
    whenAsked = () => {
      whenAsked = undefined;
      feed.event({ ...EVENT, time: Date.now() });
    };
    const [first = 0, second = 0] = await askedAfter([], 1500);
    expect(second - first).toBe(ANSWER_MS + 1);
  });
});

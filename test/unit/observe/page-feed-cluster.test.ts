import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, expect, it, vi } from 'vitest';
import type { DropsReply } from '../../../src/agent/control/messages.ts';
import { buildStatus } from '../../../src/agent/status/status-builder.ts';
import type { PeerEvents } from '../../../src/observe/page-events.ts';
import { PageFeed } from '../../../src/observe/page-feed.ts';
import type { PageEvent, PageEvents, PageSources, PageTop } from '../../../src/observe/page-model.ts';
import { sourcesText } from '../../../src/observe/page/figure-texts.ts';
import { healthyInput } from '../agent/status-fixture.ts';

function event(node: string, time: number): PageEvent {
  const what = {
    severity: 'warning',
    subject: 'peer',
    name: 'gw1',
    from: 'up',
    to: 'down',
    reason: '',
    code: 'peer-down',
  };
  return { node, time, ...what };
}

/** A page that is open, with what it was sent. */
class Reader extends EventEmitter {
  readonly writableLength = 0;
  text = '';

  write(text: string): boolean {
    this.text += text;
    return true;
  }

  all<Message>(name: string): Message[] {
    const blocks = this.text.split('\n\n').filter((block) => block.startsWith(`event: ${name}\n`));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the feed has just sent
    return blocks.map((block) => JSON.parse(block.slice(block.indexOf('data: ') + 6)) as Message);
  }
}

const often = { everyMs: 10, leastMs: 10 };
const TIMES = { viewMs: 10, sampleMs: 10_000, minViewMs: 5, peerEvents: often, topClients: often, drops: often };

let feed: PageFeed | undefined;
/** How often the feed has looked at the status, which it does without a page too. */
let looks = 0;
afterEach(() => feed?.stop());

interface Asked {
  readonly peerEvents: () => Promise<PeerEvents>;
  readonly topClients: () => Promise<never>;
  readonly drops?: () => Promise<DropsReply>;
}

function open({ drops = async () => ({ reasons: [] }), ...world }: Asked): Reader {
  const take = async (): Promise<ReturnType<typeof buildStatus>> => {
    looks += 1;
    return buildStatus(healthyInput());
  };
  feed = new PageFeed({ take, ...world, drops, store: () => undefined, onError: () => undefined }, [], TIMES);
  feed.event(event('gw2', 20));
  feed.start();
  return readBy(feed);
}

function readBy(one: PageFeed): Reader {
  const reader = new Reader();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all of it that a feed uses
  one.open(reader as unknown as ServerResponse, 'peer');
  return reader;
}

it('shows the events of the other nodes, each sent once, and to a page that is opened later all of them', async () => {
  let asked = 0;
  const reader = open({
    peerEvents: async () => {
      asked += 1;
      return { events: [event('gw1', 10), event('gw1', 30)], missing: ['gw3 is down'] };
    },
    topClients: () => Promise.reject(new Error('no instance is stateful')),
  });
  await vi.waitFor(() => expect(asked).toBeGreaterThan(3), 5000);
  const sent = reader.all<PageEvents>('events');
  expect(sent.map(({ first, events }) => [first, ...events.map(({ time }) => time)])).toEqual([
    [true, 20],
    [false, 10, 30],
  ]);
  expect(sent.at(-1)?.missing).toEqual(['gw3 is down']);
  expect(reader.all<PageTop>('top')[0]).toMatchObject({ clients: [], problem: 'no instance is stateful' });
  const later = feed === undefined ? new Reader() : readBy(feed);
  expect(later.all<PageEvents>('events')[0]?.events.map(({ time }) => time)).toEqual([10, 20, 30]);
  expect(later.all<PageTop>('top')).toHaveLength(1);
});

it('says that the other nodes could not be asked, and asks nothing while no page is open', async () => {
  let asked = 0;
  const failing = (): Promise<never> => {
    asked += 1;
    return Promise.reject(new Error('the agent is busy'));
  };
  const reader = open({ peerEvents: failing, topClients: failing, drops: failing });
  const said = 'of the other nodes there are none: the agent is busy';
  await vi.waitFor(() => expect(reader.all<PageEvents>('events').at(-1)?.missing).toEqual([said]), 5000);
  reader.emit('close');
  const [before, looksBefore] = [asked, looks];
  await vi.waitFor(() => expect(looks).toBeGreaterThan(looksBefore + 10), 5000);
  expect(asked).toBe(before);
});

it('shows the sources of what is dropped, to a page that is opened later at once', async () => {
  const end = {
    excess: 0,
    protocol: 'udp',
    source: '',
    sourcePort: 0,
    destination: '',
    destinationPort: 0,
    own: false,
    checkedBy: '',
  };
  const reason = {
    instance: 'internet',
    reason: 'dropNoMapping',
    kind: 'drop',
    help: '',
    advice: '',
    packets: 9,
    spanMs: 60_000,
  };
  const nothing = async (): Promise<PeerEvents> => ({ events: [], missing: [] });
  const reader = open({
    peerEvents: nothing,
    topClients: () => Promise.reject(new Error('busy')),
    drops: async () => ({
      reasons: [
        {
          ...reason,
          sources: [
            { ...end, address: '203.0.113.9', packets: 9 },
            { ...end, address: '192.0.2.2', packets: 1, checkedBy: 'gw2' },
          ],
          destinations: [],
        },
      ],
    }),
  });
  await vi.waitFor(() => expect(reader.all<PageSources>('sources')).not.toEqual([]), 5000);
  const shown = {
    instance: 'internet',
    name: 'dropNoMapping',
    sources: [
      { address: '203.0.113.9', packets: 9, checkedBy: '' },
      { address: '192.0.2.2', packets: 1, checkedBy: 'gw2' },
    ],
  };
  expect(reader.all<PageSources>('sources')[0]?.reasons).toEqual([shown]);
  const later = feed === undefined ? new Reader() : readBy(feed);
  expect(later.all<PageSources>('sources')).toEqual([{ reasons: [shown] }]);
  expect(sourcesText({ reasons: [shown] }, 'internet', 'dropNoMapping')).toBe(
    '203.0.113.9 (9), 192.0.2.2 (1, checks of gw2)',
  );
  expect(sourcesText({ reasons: [shown] }, 'campus', 'dropNoMapping')).toBe('');
});

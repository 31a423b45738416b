import { describe, expect, it } from 'vitest';
import { ControlError } from '../../../../src/agent/control/control-error.ts';
import type { OwnHandlers } from '../../../../src/agent/control/control-server.ts';
import type { SessionsRequest, TraceRequest } from '../../../../src/agent/control/messages.ts';
import { recordingChanges } from '../../../../src/agent/control/peer-requests.ts';
import { EventLog } from '../../../../src/agent/events/event-log.ts';

const ROOT = { user: 'root' };
const never = new AbortController().signal;
const trace: TraceRequest = {
  instance: '',
  client: '2001:db8::1',
  remote: '',
  packets: 10,
  seconds: 10,
  snapLength: 256,
  explain: true,
  command: 'trace',
};
const filter: SessionsRequest = {
  instance: '',
  protocol: '',
  client: '2001:db8::1',
  pool4: '',
  remote: '',
  owner: 0,
  limit: 0,
  countOnly: false,
  outsidePool4: false,
  sort: '',
};

/** Handlers that do nothing else, and the texts of the events that they leave. */
function recorded(handlers: Partial<OwnHandlers>): { handlers: OwnHandlers; texts: () => (readonly string[])[] } {
  const events = new EventLog('gw1', () => 1000, { load: () => [], append: () => undefined });
  const others = new Proxy(handlers, {
    get: (target, name) => Reflect.get(target, name) ?? (async () => ({ done: true })),
  });
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is missing is made up
    handlers: recordingChanges(others as OwnHandlers, 'gw1', events),
    texts: () => events.last(0).map(({ to, reason }) => [to, reason]),
  };
}

async function* replies(): AsyncGenerator<{ packets: never[]; skipped: number; notes: never[] }> {
  for (let index = 0; index < 3; index++) yield { packets: [], skipped: 0, notes: [] };
}

// oxlint-disable-next-line require-yield -- a refusal is all that there is
async function* refused(): AsyncGenerator<never> {
  throw new ControlError('192.0.2.1 is not an IPv6 address; such as 2001:db8::1');
}

async function all(stream: AsyncIterable<object>): Promise<number> {
  const found: object[] = [];
  for await (const reply of stream) found.push(reply);
  return found.length;
}

describe('commands that leave an event', () => {
  it('are one event of a trace or a capture, which says of what, however many replies it has', async () => {
    const { handlers, texts } = recorded({ tracePackets: replies });
    expect(await all(handlers.tracePackets(trace, never, ROOT))).toBe(3);
    const other = { ...trace, command: 'capture', remote: '192.0.2.1', instance: 'internet' };
    await all(handlers.tracePackets(other, never, { user: 'ann', node: 'gw2' }));
    expect(texts()).toEqual([
      ['trace of client 2001:db8::1 requested', 'requested by root'],
      ['capture of client 2001:db8::1, remote 192.0.2.1, instance internet requested', 'requested by ann on gw2'],
    ]);
  });

  it('leave none where they are refused', async () => {
    const { handlers, texts } = recorded({
      tracePackets: refused,
      endSessions: () => Promise.reject(new ControlError('name the sessions to end')),
    });
    await expect(all(handlers.tracePackets({ ...trace, client: '192.0.2.1' }, never, ROOT))).rejects.toThrow('IPv6');
    await expect(handlers.endSessions(filter, never, ROOT)).rejects.toThrow('name the sessions');
    expect(texts()).toEqual([]);
  });

  it('name the sessions that were to end', async () => {
    const { handlers, texts } = recorded({});
    await handlers.endSessions({ ...filter, protocol: 'udp', pool4: '192.0.2.1:1024' }, never, ROOT);
    await handlers.endSessions({ ...filter, client: '', outsidePool4: true }, never, ROOT);
    expect(texts().map(([text]) => text)).toEqual([
      'sessions end of client 2001:db8::1, pool4 192.0.2.1:1024, protocol udp requested',
      'sessions end of addresses outside pool4 requested',
    ]);
  });

  it('stand before what the command does', async () => {
    const { handlers, texts } = recorded({});
    const drained = handlers.drain({ reason: '', force: false }, never, ROOT);
    expect(texts()).toEqual([['drain requested', 'requested by root']]);
    await drained;
    expect(texts()).toHaveLength(1);
  });
});

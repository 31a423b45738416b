import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ENDED } from '../../../../src/agent/health/finding.ts';
import { NamespaceThread, NamespaceViewError } from '../../../../src/agent/health/namespace-view.ts';

/** A thread that answers by the name or address that it is asked about; otherwise with the question. */
const THREAD = `
import { parentPort, threadId, workerData } from 'node:worker_threads';
const kept = [];
parentPort.on('message', ({ id, question }) => {
  const what = question.name ?? question.address;
  const reply = (message) => parentPort.postMessage({ id, ...message });
  if (what === 'exit') process.exit(0);
  else if (what === 'throw') setTimeout(() => { throw Object.assign(new Error('no such namespace'), { code: 'ENOENT' }); });
  else if (what === 'throw text') setTimeout(() => { throw 'a text'; });
  else if (what === 'keep') kept.push(reply);
  else if (what === 'kept') { for (const each of kept.splice(0).reverse()) each({ value: 'late' }); reply({ value: threadId }); }
  else if (what === 'fail') reply({ failure: 'it has failed', code: 'EINVAL' });
  else if (what === 'namespace') reply({ value: workerData.namespace });
  else reply({ value: question });
});
`;

let folder = '';
let entry: URL;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-view-'));
  writeFileSync(join(folder, 'view.mjs'), THREAD);
  entry = pathToFileURL(join(folder, 'view.mjs'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let view: NamespaceThread;
beforeEach(() => {
  view = new NamespaceThread('nat64', entry);
});
afterEach(() => view.stop());

describe('the view of a namespace', () => {
  it('asks the thread what it is asked', async () => {
    const path = { source6: '2001:db8::1', target6: '64:ff9b::11.0.0.1', address4: '11.0.0.1' };
    const asked = [
      [await view.interfaceState('up0'), { method: 'interfaceState', name: 'up0' }],
      [await view.interfacesTo(['::1'], '::2'), { method: 'interfacesTo', addresses: ['::1'], source: '::2' }],
      [await view.interfacesTo(['::1']), { method: 'interfacesTo', addresses: ['::1'], source: undefined }],
      [await view.localAddresses(), { method: 'localAddresses' }],
      [await view.roundTrip(path, 450), { method: 'roundTrip', path, timeoutMs: 450 }],
      [await view.ping('::1', 900), { method: 'ping', address: '::1', timeoutMs: 900 }],
      [await view.connect('::1', 53, 90), { method: 'connect', address: '::1', port: 53, timeoutMs: 90 }],
    ];
    for (const [answer, question] of asked) expect(answer).toEqual(question);
  });

  it('is in the namespace that it is made for', async () => {
    expect(await view.interfaceState('namespace')).toBe('nat64');
    const here = new NamespaceThread(undefined, entry);
    expect(await here.interfaceState('namespace')).toBeUndefined();
    await here.stop();
  });

  it('gives each question its own answer, in whatever order they come, from one thread', async () => {
    const first = view.interfaceState('keep');
    const second = view.interfaceState('keep');
    const other = view.interfaceState('up0');
    const thread = await view.interfaceState('kept');
    expect(await Promise.all([first, second])).toEqual(['late', 'late']);
    expect(await other).toEqual({ method: 'interfaceState', name: 'up0' });
    expect(await view.interfaceState('kept')).toBe(thread);
  });

  it('says with which code something has failed', async () => {
    const failed = view.ping('fail', 100);
    await expect(failed).rejects.toBeInstanceOf(NamespaceViewError);
    await expect(failed).rejects.toMatchObject({
      message: 'it has failed',
      system: 'EINVAL',
      code: 'namespace-unusable',
    });
  });

  it('takes no more than 256 questions at a time', async () => {
    const waiting = Array.from({ length: 256 }, () => view.interfaceState('keep'));
    await expect(view.interfaceState('up0')).rejects.toMatchObject({
      message: 'too many questions wait for an answer',
      system: 'EAGAIN',
    });
    await view.stop();
    for (const { status } of await Promise.allSettled(waiting)) expect(status).toBe('rejected');
    expect(await view.interfaceState('up0')).toBeDefined();
  });
});

describe('a thread that ends', () => {
  it.each([
    ['exit', 'the thread has ended', ENDED],
    ['throw', 'no such namespace', 'ENOENT'],
    ['throw text', 'a text', ''],
  ])('by %s fails all that wait, and the next question starts another one', async (what, message, system) => {
    const before = await view.interfaceState('kept');
    const waits = view.interfaceState('keep');
    const ends = view.interfaceState(what);
    await expect(waits).rejects.toMatchObject({ message, system });
    await expect(ends).rejects.toMatchObject({ message, system });
    const after = await view.interfaceState('kept');
    expect(after).not.toBe(before);
    expect(after).toBeTypeOf('number');
  });

  it('may not have begun', async () => {
    const nowhere = new NamespaceThread('nat64', pathToFileURL(join(folder, 'nothing.mjs')));
    await expect(nowhere.localAddresses()).rejects.toBeInstanceOf(NamespaceViewError);
    await nowhere.stop();
    await new NamespaceThread('nat64', entry).stop();
  });
});

import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { finishSegment } from '../../../../src/agent/nat-log/finish-segment.ts';
import { logFilesAt, logPlacesIn, placesOfNode } from '../../../../src/agent/nat-log/search/log-files.ts';
import { natLog } from '../../../../src/cluster/nat-log-schema.ts';

const LINE_MS = Date.parse('2026-11-29T12:30:00.250Z');
const LINE = `${JSON.stringify({ time: '2026-11-29T12:30:00.250Z', event: 'logAlive' })}\n`;
const STEM = '20261129T120000.500Z.gw1';
const STEM_MS = Date.parse('2026-11-29T12:00:00.500Z');

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'isthmus-log-files-'));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const place = (name: string): string => join(state, name);
function write(path: string, text = LINE): string {
  writeFileSync(join(state, path), text);
  return join(state, path);
}
const namesIn = (directory: string): string[] => logFilesAt(directory).map(({ path }) => basename(path));

describe('where the log of a node is', () => {
  const sinks = (config: object) => natLog.parse({ sinks: config });
  const paths = (): { natLog: string } => ({ natLog: place('gw1.nat-log.d') });

  test('is the directory of the node, where a sink names none, and what versions before have written', () => {
    mkdirSync(place('gw1.nat-log.d'));
    for (const name of ['gw1.nat-log', 'gw1.nat-log.2.gz', 'gw2.nat-log', 'gw1.events']) write(name);
    expect(placesOfNode(sinks({ file: { kind: 'file' } }), paths()).toSorted()).toEqual(
      ['gw1.nat-log', 'gw1.nat-log.2.gz', 'gw1.nat-log.d'].map(place),
    );
  });

  test('is the directory that a sink names, if it is there; a collector is no place', () => {
    mkdirSync(place('elsewhere'));
    const config = sinks({
      one: { kind: 'file', directory: place('elsewhere') },
      two: { kind: 'file', directory: place('nowhere') },
      three: { kind: 'syslog', server: '192.0.2.1' },
    });
    expect(placesOfNode(config, paths())).toEqual([place('elsewhere')]);
    expect(placesOfNode(sinks({ file: { kind: 'file' } }), paths())).toEqual([]);
  });

  test('is of every node in a directory of state', () => {
    for (const name of ['gw1.nat-log.d', 'gw2.nat-log.d', 'gw1.sessions']) mkdirSync(place(name));
    for (const name of ['gw3.nat-log.1', 'gw3.nat-log.txt', 'nat-log.conf']) write(name);
    expect(logPlacesIn(state).toSorted()).toEqual(['gw1.nat-log.d', 'gw2.nat-log.d', 'gw3.nat-log.1'].map(place));
  });
});

describe('the files of a directory', () => {
  test('are in order of time, and what is no file of lines is left out', () => {
    for (const hour of ['12', '03', '08']) write(`20261129T${hour}0000.000Z.gw1.jsonl`);
    write('readme.txt');
    write(`${STEM}.jsonl.gz.new`);
    expect(namesIn(state)).toEqual(['03', '08', '12'].map((hour) => `20261129T${hour}0000.000Z.gw1.jsonl`));
    expect(namesIn(join(state, '20261129T080000.000Z.gw1.jsonl'))).toEqual(['20261129T080000.000Z.gw1.jsonl']);
  });

  test('that are closed have the times of their lines; that are written, from their name on without end', () => {
    const path = write(`${STEM}.jsonl`);
    expect(logFilesAt(state)).toEqual([
      { path, compressed: false, indexPath: undefined, fromMs: STEM_MS, toMs: Number.POSITIVE_INFINITY },
    ]);
    finishSegment(path, false, undefined);
    const indexPath = place(`${STEM}.index`);
    expect(logFilesAt(state)).toEqual([{ path, compressed: false, indexPath, fromMs: LINE_MS, toMs: LINE_MS }]);
    finishSegment(path, true, undefined);
    expect(logFilesAt(state)).toEqual([
      { path: `${path}.gz`, compressed: true, indexPath, fromMs: LINE_MS, toMs: LINE_MS },
    ]);
  });

  test('are counted once while one is compressed, and its index is not that of the plain one', () => {
    const path = write(`${STEM}.jsonl`);
    finishSegment(path, true, undefined);
    write(`${STEM}.jsonl`);
    expect(logFilesAt(state)).toMatchObject([{ path, compressed: false, indexPath: undefined }]);
  });

  test('whose lines have no times, or that have lost their time, might be of any time', () => {
    const path = write(`${STEM}.jsonl`, '{"event":"damaged"}\n');
    finishSegment(path, false, undefined);
    expect(logFilesAt(state)).toMatchObject([{ fromMs: STEM_MS, toMs: Number.POSITIVE_INFINITY }]);
    renameSync(path, place('20261329T120000.500Z.gw1.jsonl'));
    expect(logFilesAt(state)).toMatchObject([{ fromMs: 0, toMs: Number.POSITIVE_INFINITY }]);
  });

  test('of versions before end with their last change', () => {
    const names = ['gw1.nat-log.1.gz', 'gw1.nat-log'];
    for (const name of names) utimesSync(write(name), 1000, 1000);
    const spans = { indexPath: undefined, fromMs: 0, toMs: 1_000_000 };
    for (const name of names) {
      const file = { path: place(name), compressed: name.endsWith('.gz'), ...spans };
      expect(logFilesAt(place(name))).toEqual([file]);
    }
  });
});

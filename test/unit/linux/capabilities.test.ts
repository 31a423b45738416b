import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { maskOfThread, numbersKept, THREAD_CAPABILITIES } from '../../../src/linux/capabilities.ts';

const [DAC_OVERRIDE, NET_ADMIN, SYS_ADMIN, PERFMON, BPF] = [1, 12, 21, 38, 39];

describe('what a thread retains', () => {
  it('is what its kind needs, of what it has', () => {
    const all = new Set(Array.from({ length: 41 }, (_, number) => number));
    expect(new Set(numbersKept(THREAD_CAPABILITIES.worker, all))).toEqual(new Set([BPF, PERFMON, NET_ADMIN]));
    expect(numbersKept(THREAD_CAPABILITIES.http, all)).toEqual([]);
    expect(numbersKept(THREAD_CAPABILITIES.files, new Set([DAC_OVERRIDE]))).toEqual([DAC_OVERRIDE]);
    expect(numbersKept(THREAD_CAPABILITIES.main, new Set())).toEqual([]);
  });

  it('has the older capability for BPF where the unit does not give the newer ones', () => {
    const older = new Set([NET_ADMIN, SYS_ADMIN]);
    expect(new Set(numbersKept(THREAD_CAPABILITIES.worker, older))).toEqual(older);
    expect(numbersKept(THREAD_CAPABILITIES.files, older)).toEqual([]);
  });

  it('is a part of what the main thread has, which all others begin with', () => {
    const main = maskOfThread(THREAD_CAPABILITIES.main);
    for (const names of Object.values(THREAD_CAPABILITIES)) expect(maskOfThread(names) & ~main).toBe(0n);
  });

  it('is what docs/security.md says', () => {
    const page = readFileSync('docs/security.md', 'utf8');
    const rows = [...page.matchAll(/^\| ?([^|]*?) ?\| ((?:`CAP_\w+`(?:, )?)+|none) \|/gm)];
    const said = new Map<string, Set<string>>();
    let thread = '';
    for (const [, name = '', list = ''] of rows) {
      if (name !== '') thread = name;
      const names = [...list.matchAll(/CAP_\w+/g)].map(([one]) => one);
      said.set(thread, new Set([...(said.get(thread) ?? []), ...names]));
    }
    const sorted = (names: Iterable<string>): string => [...names].toSorted().join();
    const { main, worker, interfaces, interfacesBeforeTcx, keeper, namespaceView, files, relay, http } =
      THREAD_CAPABILITIES;
    const kinds = [main, worker, interfaces, interfacesBeforeTcx, keeper, namespaceView, files, relay, http];
    expect([...said.values()].map(sorted)).toEqual(kinds.map(sorted));
  });
});

import { BpfMap, type BpfMapOptions } from '../linux/bpf.ts';
import { type AttachedProgram, openMap, programOf, trafficHook } from '../linux/bpf-attachments.ts';
import { ClsactFilters, type ProgramFilter } from '../linux/clsact.ts';
import { interfacesHere } from '../linux/interfaces.ts';
import { CONTROL, CONTROL_SIZE } from './layout.ts';

/** Name of the program at an interface. */
export const FAST_PATH_NAME = 'isthmus';
export const CONTROL_MAP: BpfMapOptions = {
  type: 'array',
  keySize: 4,
  valueSize: CONTROL_SIZE,
  entries: 1,
  name: 'isthmus_control',
};
const NS_PER_MS = 1_000_000n;

/**
 * Whether the lease of this fast path has expired, because its worker is gone or hangs. Packets take the slow path;
 * only the cost of running the program remains.
 * @param nowMs on the kernel's monotonic clock
 */
export function isLeftBehind({ name, maps }: AttachedProgram, nowMs: number): boolean {
  if (name !== FAST_PATH_NAME) return false;
  const control = maps.map((id) => openMap(id, CONTROL_MAP)).find((map) => map !== undefined);
  if (control === undefined) return false;
  try {
    return control.get() && untilMs(control) < nowMs;
  } finally {
    control.close();
  }
}

function untilMs(control: BpfMap): number {
  return Number(control.value.getBigUint64(CONTROL.until, true) / NS_PER_MS);
}

/** A fast path program that has outlived its worker, at the ingress of an interface. */
export interface LeftProgram extends ProgramFilter {
  readonly interface: string;
  readonly interfaceIndex: number;
}

/**
 * Leftover programs in the thread's network namespace. TCX programs end with their process: only traffic control
 * filters can be left over.
 * @throws SystemCallError
 */
export function leftPrograms(nowMs: number): LeftProgram[] {
  return eachLeft(nowMs, () => undefined);
}

/** Removes leftover programs; others at the interfaces stay. @throws SystemCallError */
export function removeLeftPrograms(nowMs: number): LeftProgram[] {
  return eachLeft(nowMs, (left, filters) => filters.remove(left.id, left.interfaceIndex, 'ingress', left.interface));
}

function eachLeft(nowMs: number, work: (left: LeftProgram, filters: ClsactFilters) => void): LeftProgram[] {
  if (trafficHook() === 'tcx') return [];
  const filters = new ClsactFilters();
  try {
    const found: LeftProgram[] = [];
    for (const { index, name } of interfacesHere()) {
      for (const { id, priority, handle } of filters.list(index, 'ingress')) {
        const program = programOf(id);
        if (program === undefined || !isLeftBehind(program, nowMs)) continue;
        const left = { id, priority, handle, interface: name, interfaceIndex: index };
        work(left, filters);
        found.push(left);
      }
    }
    return found;
  } finally {
    filters.close();
  }
}

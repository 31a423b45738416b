import { ControlError } from './control-error.ts';
import { CONTROL } from './control-service.ts';

/** All methods except the one that forwards a request to another node. */
export type MethodName = Exclude<keyof typeof CONTROL, 'callPeer'>;

/** Methods with side effects on the executing node, or that reveal users' traffic. */
export const CHANGES = [
  'drain',
  'undrain',
  'release',
  'pause',
  'resume',
  'testWithdrawal',
  'takeSlice',
  'reload',
  'loadForeign',
  'changeAdoption',
  'endSessions',
  'tracePackets',
  'holdDrill',
  'drillStep',
] as const satisfies readonly MethodName[];

/** Those of them with a separate permission in the cluster file: `drills`. */
const DRILLS: ReadonlySet<string> = new Set(['holdDrill', 'drillStep'] satisfies readonly MethodName[]);

const CHANGING: ReadonlySet<string> = new Set(CHANGES);

// Object.keys gives strings; these are the keys of a constant.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const NAMES = Object.keys(CONTROL).filter((name) => name !== 'callPeer') as MethodName[];

/** @returns the name of the handler for a method of the schema, such as `GetStatus`. @throws ControlError */
export function methodNamed(original: string): MethodName {
  for (const name of NAMES) if (CONTROL[name].originalName === original) return name;
  throw new ControlError(`this release has no method ${JSON.stringify(original.slice(0, 40))}`);
}

export function isOfDrills(name: MethodName): boolean {
  return DRILLS.has(name);
}

export function isChanging(name: MethodName): boolean {
  return CHANGING.has(name);
}

import { type Code, isCode } from '../codes.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { SITE_DRILLS } from './site-drills.ts';

/** Drills shipped with the program, in addition to those of the site. */
const SHIPPED = fileURLToPath(new URL('../../deploy/drills', import.meta.url));

const time = z
  .string()
  .regex(/^\d+(ms|s|m)$/, 'write a time like 500ms, 10s or 2m')
  .transform((text) => Number.parseInt(text, 10) * (UNITS.get(text.replace(/^\d+/, '')) ?? 1));

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
]);

const signedTime = z
  .string()
  .regex(/^-?\d+(ms|s|m)$/, 'write a time like 30s or -2m')
  .transform((text) => (text.startsWith('-') ? -1 : 1) * time.parse(text.replace(/^-/, '')));

/** Steps on a node without parameters. */
const PLAIN_STEPS = [
  'restore',
  'drain',
  'undrain',
  'kill',
  'restart',
  'crash-worker',
  'lose-changes',
  'cut-coordinator',
] as const;

/** States that a drill can wait for. */
const STATES = [
  'withdrawn',
  'active',
  'in sync',
  'link problem',
  'agent restarted',
  'healthy',
  'traffic elsewhere',
  'traffic here',
] as const;

const step = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('cut'),
    /** `each`: all steps of the drill are executed for each link of the node. */
    links: z.enum(['first', 'each', 'all']).default('all'),
    direction: z.enum(['both', 'in', 'out']).default('both'),
    say: z.string(),
  }),
  z.strictObject({ do: z.enum(PLAIN_STEPS), say: z.string() }),
  z.strictObject({ do: z.literal('hang'), for: time, say: z.string() }),
  z.strictObject({ do: z.literal('step-clock'), by: signedTime, say: z.string() }),
  z.strictObject({ do: z.literal('end-daemon'), daemon: z.enum(['zebra', 'bfdd', 'bgpd']), say: z.string() }),
  z.strictObject({ do: z.literal('wait'), for: time, say: z.string() }),
  z.strictObject({
    do: z.literal('until'),
    state: z.enum(STATES),
    within: time,
    say: z.string(),
  }),
  z.strictObject({
    do: z.literal('until-event'),
    /** From docs/codes.md; on any node, since the drill began there. */
    code: z.string().refine(isCode, 'no code of an event; docs/codes.md lists them'),
    /** Subject of the event, if the code alone is ambiguous. */
    name: z.string().optional(),
    within: time,
    say: z.string(),
  }),
]);

const drillFile = z.strictObject({
  title: z.string(),
  /** What is expected, and why. */
  why: z.string(),
  /** The node with the most traffic, one of the others, or each node in turn. */
  node: z.enum(['carrier', 'other', 'each']).default('carrier'),
  /** Required feature of the cluster. */
  needs: z.enum(['coordinator']).optional(),
  /** Whether the node leaves service during the drill: then another one must serve and have the capacity. */
  leavesService: z.boolean(),
  /** Whether the node's agent ends: then the operator must not be connected through it. */
  endsAgent: z.boolean().default(false),
  steps: z.array(step).min(1).max(32),
  bounds: z.strictObject({
    /** `detection`: the detection time of the upstreams, which the operator states. */
    outage: z.union([time, z.literal('detection')]),
    lost: z.number().int().min(0).optional(),
    broken: z.number().int().min(0).default(0),
  }),
  /** Beyond these the drill is aborted, and everything undone. */
  limits: z.strictObject({ outage: time, lost: z.number().int().min(1) }),
});

export type DrillStep = z.output<typeof step>;
export type Drill = z.output<typeof drillFile> & { readonly name: string; readonly file: string };

/** A drill file that does not exist, or is invalid. */
export class DrillFileError extends Error {
  override readonly name = 'DrillFileError';
  readonly code: Code = 'request-invalid';
}

/**
 * The drills of the program and of the site; one of the site overrides one of the same name.
 * @param siteFolder only `SITE_DRILLS` need not exist; empty: none
 * @throws DrillFileError
 */
export function loadDrills(siteFolder: string): Drill[] {
  const folders = siteFolder === '' ? [SHIPPED] : [SHIPPED, siteFolder];
  const files = new Map(folders.flatMap(filesIn));
  return [...files]
    .map(([name, file]) => readDrill(name, file))
    .sort((one, other) => one.name.localeCompare(other.name));
}

function filesIn(folder: string): [name: string, file: string][] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT' && folder === SITE_DRILLS) return [];
    const remedy = code === 'EACCES' ? ': join the group isthmus, or be root' : '';
    throw new DrillFileError(`the drills in ${folder} cannot be read (${code})${remedy}`);
  }
  return names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [name.slice(0, -'.yaml'.length), join(folder, name)]);
}

/** @throws DrillFileError */
export function readDrill(name: string, file: string): Drill {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new DrillFileError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return parseDrill(name, file, text);
}

/** @throws DrillFileError with every mistake and its location */
export function parseDrill(name: string, file: string, text: string): Drill {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new DrillFileError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = drillFile.safeParse(value);
  if (parsed.success) return { ...parsed.data, name, file };
  const mistakes = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new DrillFileError(`${file}: ${mistakes.join('; ')}`);
}

import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import { FILES_AND_DRILLS, type Schema, shape } from './json-shapes.ts';

/** What a command prints with --json: one value, or one in each line. */
export interface JsonOutput {
  readonly command: string;
  readonly shape: 'object' | 'list' | 'lines';
  /** Of `$defs`. */
  readonly definition: string;
  readonly note?: string;
}

const OUTCOME = [
  'drain',
  'undrain',
  'node release',
  'pause',
  'resume',
  'switchover',
  'pool take',
  'joold done',
  'joold listen',
  'joold advertise',
] as const;

const IMPORTS = ['config import jool', 'config import tayga', 'config import tundra'] as const;

export const OUTPUTS: readonly JsonOutput[] = [
  { command: 'status', shape: 'object', definition: 'StatusReply', note: 'with --watch one in each line' },
  { command: 'stats', shape: 'object', definition: 'StatsReply', note: 'with --watch one in each line' },
  { command: 'sessions', shape: 'lines', definition: 'Session' },
  { command: 'sessions --count', shape: 'object', definition: 'Count' },
  { command: 'sessions follow', shape: 'lines', definition: 'FollowedSession', note: 'or { skipped }' },
  { command: 'sessions end', shape: 'object', definition: 'EndReply' },
  { command: 'bib', shape: 'lines', definition: 'BibEntry' },
  { command: 'pool', shape: 'list', definition: 'PoolUse' },
  { command: 'top', shape: 'object', definition: 'TopReply' },
  { command: 'drops', shape: 'object', definition: 'DropsReply', note: 'with --watch one in each line' },
  { command: 'explain', shape: 'object', definition: 'ExplainReply' },
  { command: 'trace', shape: 'lines', definition: 'TracedPacket' },
  { command: 'capture', shape: 'object', definition: 'Capture' },
  { command: 'events', shape: 'lines', definition: 'Event' },
  { command: 'history', shape: 'lines', definition: 'Event' },
  { command: 'reload', shape: 'object', definition: 'ReloadReply' },
  ...OUTCOME.map((command) => ({ command, shape: 'object', definition: 'Outcome' }) as const),
  { command: 'doctor', shape: 'object', definition: 'Doctor' },
  { command: 'whowas', shape: 'object', definition: 'WhoWas' },
  { command: 'withdraw', shape: 'list', definition: 'Announcement' },
  { command: 'joold status', shape: 'lines', definition: 'JooldStatus' },
  { command: 'joold load', shape: 'object', definition: 'JooldLoaded' },
  { command: 'namespaces', shape: 'object', definition: 'Made' },
  { command: 'translate', shape: 'lines', definition: 'TranslatedPacket' },
  { command: 'drill list', shape: 'list', definition: 'Drill' },
  { command: 'drill plan', shape: 'object', definition: 'DrillPlan' },
  { command: 'drill run', shape: 'lines', definition: 'DrillRow' },
  { command: 'drill history', shape: 'lines', definition: 'DrillHistory' },
  { command: 'config check', shape: 'object', definition: 'ConfigSummary' },
  { command: 'config show', shape: 'object', definition: 'ClusterFile' },
  { command: 'config diff', shape: 'list', definition: 'ReloadPlan' },
  { command: 'config init-secret', shape: 'object', definition: 'Made' },
  { command: 'config init-tls', shape: 'object', definition: 'Made' },
  ...IMPORTS.map((command) => ({ command, shape: 'object', definition: 'Imported' }) as const),
];

const text: Schema = { type: 'string' };
const flag: Schema = { type: 'boolean' };
const whole: Schema = { type: 'integer' };
const maybe = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const list = (items: Schema): Schema => ({ type: 'array', items });

const instant: Schema = { type: 'string', format: 'date-time' };

/** What is no message between agent and command. */
const OTHERS: Readonly<Record<string, Schema>> = {
  Failure: shape('A command that fails, whatever it is', { ok: { const: false }, code: text, error: text }),
  Count: shape('How many there are', { count: whole }),
  Capture: shape('A file that was written', { packets: whole, bytes: { ...whole, 'x-unit': 'bytes' }, file: text }),
  Doctor: shape('An examination of the machine', {
    ok: flag,
    node: text,
    findings: list(finding({})),
    repairs: list(finding({ failure: maybe(text) })),
    unchecked: list({ type: 'object' }),
    checked: list(text),
  }),
  WhoWas: shape('Who had an address and port at a time', {
    time: maybe(instant),
    clockSkewMs: { type: 'number', 'x-unit': 'milliseconds' },
    answers: list(
      shape('A client that had it', {
        certainty: text,
        computed: flag,
        client: text,
        clientPort: maybe(whole),
        protocol: text,
        pool4: text,
        ports: { type: 'array', items: whole, minItems: 2, maxItems: 2 },
        instance: text,
        from: maybe(instant),
        fromNode: maybe(text),
        until: maybe(instant),
        untilNode: maybe(text),
        remarks: list(text),
        remotes: list(
          shape('Whom it spoke with', { remote: text, port: whole, from: maybe(instant), until: maybe(instant) }),
        ),
      }),
    ),
    missing: list(text),
  }),
  ...FILES_AND_DRILLS,
};

function finding(more: Readonly<Record<string, Schema>>): Schema {
  const fields = { code: text, severity: text, subject: text, evidence: text, remedy: text, fixable: flag };
  return shape('Something that is not as it should be', { ...fields, ...more });
}

const SCALARS: ReadonlyMap<string, Schema> = new Map([
  ['string', text],
  ['bool', flag],
  ['double', { type: 'number' }],
  ['uint32', { type: 'integer', minimum: 0 }],
  ['uint64', { type: 'integer', minimum: 0 }],
  ['sint32', whole],
  ['int32', whole],
  // Commands print bytes as hexadecimal digits.
  ['bytes', { type: 'string', pattern: '^([0-9a-f]{2})*$' }],
]);
/** Fields that are times of day. */
const TIMES: ReadonlySet<string> = new Set(['time', 'since', 'started']);

/** The schema of everything that commands print as JSON, from the messages that they get. */
export function jsonOutputsSchema(): Schema {
  const source = readFileSync('proto/isthmus/v1/control.proto', 'utf8');
  const { root } = protobuf.parse(source, new protobuf.Root(), { alternateCommentMode: true });
  const { nestedArray } = root.lookupType('isthmus.v1.StatusReply').parent ?? root;
  const messages = new Map(nestedArray.filter((one) => one instanceof protobuf.Type).map((one) => [one.name, one]));
  const defs: Record<string, Schema> = {};
  const add = (name: string): void => {
    const message = messages.get(name);
    if (message === undefined || name in defs) return;
    defs[name] = messageSchema(message);
    for (const { type } of message.fieldsArray) add(type);
  };
  for (const name of [...OUTPUTS.map(({ definition }) => definition), 'AdoptionStatus', 'ExportStatus']) add(name);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'What the commands of isthmus print with --json',
    $comment: 'Of this release; from 0.2 on fields are only ever added. `npm run docs` writes this file.',
    $defs: { ...defs, ...OTHERS },
  };
}

function messageSchema({ fieldsArray, comment }: protobuf.Type): Schema {
  const properties = Object.fromEntries(fieldsArray.map((field) => [field.name, fieldSchema(field)]));
  // A part that does not apply may be left out.
  const required = fieldsArray.filter(({ type, repeated }) => repeated || SCALARS.has(type)).map(({ name }) => name);
  return { ...shape(comment ?? '', properties), required };
}

function fieldSchema(field: protobuf.Field): Schema {
  const scalar = SCALARS.get(field.type);
  const one = scalar ?? { $ref: `#/$defs/${field.type}` };
  const unit = TIMES.has(field.name)
    ? 'milliseconds since 1970'
    : field.name.endsWith('Ms') || field.name === 'milliseconds'
      ? 'milliseconds'
      : undefined;
  return {
    ...(field.comment === null ? {} : { description: field.comment.replaceAll('\n', ' ') }),
    ...(field.repeated ? list(one) : scalar === undefined ? maybe(one) : one),
    ...(unit === undefined ? {} : { 'x-unit': unit }),
  };
}

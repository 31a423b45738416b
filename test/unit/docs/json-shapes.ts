export type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const flag: Schema = { type: 'boolean' };
const whole: Schema = { type: 'integer' };
const texts: Schema = { type: 'array', items: text };
const milliseconds: Schema = { type: 'integer', 'x-unit': 'milliseconds' };
const time: Schema = { type: 'number', 'x-unit': 'milliseconds since 1970' };
const verdict: Schema = { enum: ['pass', 'fail'] };
const of = (definition: string): Schema => ({ $ref: `#/$defs/${definition}` });
const list = (items: Schema): Schema => ({ type: 'array', items });

/** Every field, and no other. */
export function shape(
  description: string,
  properties: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  const said = description === '' ? {} : { description };
  const all = { ...properties, ...optional };
  return { ...said, type: 'object', properties: all, required: Object.keys(properties), additionalProperties: false };
}

/** Fields that a cluster file with its defaults has; docs/config.md says what they mean. */
const FILE_PARTS = ['nodes', 'instances', 'upstreams', 'replication', 'health', 'http', 'notify'];

const bounds = shape(
  'What it must not exceed to pass',
  {
    outage: { anyOf: [milliseconds, { const: 'detection' }] },
    broken: whole,
  },
  { lost: whole },
);

/** What commands print that ask no agent, or that make of its answers something else. */
export const FILES_AND_DRILLS: Readonly<Record<string, Schema>> = {
  Announcement: shape('A session with a peer of an upstream, as last read back from FRR', {
    upstream: text,
    kind: { enum: ['bfd', 'bgp', 'vrrp'] },
    peer: text,
    interface: text,
    state: text,
    detail: text,
    wanted: { enum: ['announced', 'withdrawn'] },
    observed: { enum: ['announced', 'withdrawn', 'unknown'] },
    provenAt: time,
    provenMs: { type: 'number', 'x-unit': 'milliseconds' },
    gateProblem: text,
  }),
  JooldStatus: shape(
    'What an instance hears from Jool and tells it',
    {
      instance: text,
    },
    { adoption: of('AdoptionStatus'), exported: of('ExportStatus') },
  ),
  JooldLoaded: shape('Sessions taken over from a table of Jool', {
    taken: whole,
    malformed: whole,
    firstMalformed: text,
    refused: list(of('Counter')),
  }),
  Made: shape('What was made', { made: texts }, { kept: texts }),
  TranslatedPacket: {
    description: 'A packet of a capture and what became of it, or what a timer sent (`timer`)',
    type: 'object',
    properties: {
      index: { ...whole, description: 'Place of the packet in the capture, from 0' },
      verdict: text,
      counter: { ...text, description: 'What counted it, where something did' },
      timer: { const: true },
      out: { ...list(whole), description: 'Places of what it made in the capture that was written, from 0' },
    },
    required: ['out'],
    additionalProperties: false,
  },
  Drill: shape(
    'A drill, as its file describes it',
    {
      name: text,
      file: text,
      title: text,
      why: text,
      node: { enum: ['carrier', 'other', 'each'] },
      leavesService: flag,
      endsAgent: flag,
      steps: list({
        description: 'Fields besides these depend on what is done: docs/drills.md',
        type: 'object',
        properties: { do: text, say: text },
        required: ['do', 'say'],
      }),
      bounds,
      limits: shape('Beyond these it is aborted', { outage: milliseconds, lost: whole }),
    },
    { needs: { const: 'coordinator' } },
  ),
  DrillPlan: shape('What a drill would do, and why it must not', {
    drill: of('Drill'),
    targets: texts,
    refusals: texts,
  }),
  DrillRow: shape(
    'One run of a drill; counts only where a probe measured',
    { drill: text, verdict, undone: flag },
    { outageMs: milliseconds, brokenTcp: whole },
  ),
  DrillHistory: shape(
    'A former run of a drill; counts only where a probe measured',
    {
      time,
      drill: text,
      target: text,
      user: text,
      verdict,
      comparison: { enum: ['not measured', 'first', 'as usual', 'worse', 'better'] },
    },
    { outageMs: milliseconds, lost: whole, brokenTcp: whole },
  ),
  ConfigSummary: shape('A cluster file without a mistake', {
    ok: { const: true },
    cluster: text,
    nodes: texts,
    instances: texts,
    upstreams: texts,
    revision: text,
    notes: texts,
  }),
  ConfigMistakes: shape('A cluster file that cannot be used; any `config` command may print it', {
    ok: { const: false },
    code: { const: 'configuration-invalid' },
    mistakes: list(of('ConfigMistake')),
  }),
  ConfigMistake: shape('', { file: text, line: whole, column: whole, path: text, what: text, remedy: text }),
  ClusterFile: {
    description: 'A cluster file with every default, described in docs/config.md and `config schema`; times are ms',
    type: 'object',
    properties: {
      effective: {
        description: 'With --effective, by node and instance',
        type: 'object',
        additionalProperties: { type: 'object', additionalProperties: of('EffectiveInstance') },
      },
      cluster: text,
      ...Object.fromEntries(FILE_PARTS.map((name) => [name, { type: 'object' }])),
    },
    required: ['cluster', 'nodes', 'instances', 'upstreams'],
  },
  EffectiveInstance: shape('', { namespace: text, tun: text, routes: texts, slices: texts }),
  ReloadPlan: shape('What a reload would do on a node', {
    node: text,
    plan: shape('', { changes: texts, unconcerned: texts, refused: texts, instances: texts }),
  }),
  Imported: shape('A cluster file from the configuration of another translator', {
    ok: { ...flag, description: 'Whether `config check` accepts it' },
    text,
    findings: list(shape('What has no equivalent', { instance: text, what: text, meaning: text })),
    mistakes: list(of('ConfigMistake')),
  }),
};

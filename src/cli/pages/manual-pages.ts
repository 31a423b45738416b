import type { Command } from 'commander';

/** A manual page in roff (man(7)), by file name. */
export interface ManualPage {
  readonly file: string;
  readonly text: string;
}

interface Heading {
  readonly name: string;
  readonly section: number;
  readonly version: string;
  /** ISO date of the commit instead of the build. */
  readonly date: string;
}

interface Shape {
  readonly description?: string;
  readonly type?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: string | number;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly oneOf?: readonly Shape[];
  readonly required?: readonly string[];
}

const EXIT_STATUS = [
  '.SH EXIT STATUS',
  '.TP\n0\nDone; healthy.',
  '.TP\n1\nFailed; degraded.',
  '.TP\n2\nWrong usage, a mistake in the configuration, or not serving.',
];

/** One page for the program and one for each command, generated from the commands. */
export function commandPages(program: Command, version: string, date: string): ManualPage[] {
  const commands = leaves(program);
  const list = commands.map((one) => `.TP\n.BR ${pageName(one)} (8)\n${roff(one.description())}`);
  const overview = [
    ...heading({ name: 'isthmus', section: 8, version, date }, program.description()),
    '.SH SYNOPSIS',
    '.B isthmus\n.I COMMAND\n.RI [ OPTION ]...',
    '.SH DESCRIPTION',
    roff(
      'Every node of a cluster runs one agent, `isthmus agent`, started by isthmus.service (its node is the one with ' +
        'the name of the host) or by isthmus@NODE.service. The other commands ask it, or read its files.',
    ),
    '.SH COMMANDS',
    ...list,
    ...EXIT_STATUS,
    '.SH FILES',
    '.TP\n.I /etc/isthmus/cluster.yaml\nThe cluster file, the same on every node.',
    '.TP\n.I /run/isthmus\nControl sockets and locks.',
    '.TP\n.I /var/lib/isthmus\nWhat outlives the agent: drain, epoch, events, NAT log.',
    '.SH SEE ALSO',
    '.BR isthmus-cluster.yaml (5),\n.BR systemctl (1),\n.BR vtysh (1)',
  ];
  return [{ file: 'isthmus.8', text: page(overview) }, ...commands.map((one) => commandPage(one, version, date))];
}

/** The page of the cluster file, from its JSON Schema. */
export function clusterFilePage(schema: object, version: string, date: string): ManualPage {
  const lines = [
    ...heading({ name: 'isthmus-cluster.yaml', section: 5, version, date }, 'cluster file of isthmus'),
    '.SH DESCRIPTION',
    roff(
      'One YAML file for the whole cluster, /etc/isthmus/cluster.yaml, the same on every node. ' +
        '`isthmus config check FILE` prints each mistake with line and column. Times are a number with a unit: ' +
        '500ms, 6s, 4m, 2h, 1d. NAME stands for a name that you choose.',
    ),
    '.SH KEYS',
    ...keysOf(schema, ''),
    '.SH SEE ALSO',
    '.BR isthmus (8),\n.BR isthmus-config-check (8)',
  ];
  return { file: 'isthmus-cluster.yaml.5', text: page(lines) };
}

function commandPage(command: Command, version: string, date: string): ManualPage {
  const help = command.createHelp();
  const name = pageName(command);
  const options = help
    .visibleOptions(command)
    .map((option) => `.TP\n.B ${roff(help.optionTerm(option))}\n${roff(help.optionDescription(option))}`);
  const lines = [
    ...heading({ name, section: 8, version, date }, command.description()),
    '.SH SYNOPSIS',
    `.B ${roff(`isthmus ${pathOf(command).join(' ')}`)}\n${roff(command.usage())}`,
    '.SH DESCRIPTION',
    roff(sentence(command.description())),
    ...(options.length === 0 ? [] : ['.SH OPTIONS', ...options]),
    ...notesOf(command),
    ...EXIT_STATUS,
    '.SH SEE ALSO',
    '.BR isthmus (8),\n.BR isthmus-cluster.yaml (5)',
  ];
  return { file: `${name}.8`, text: page(lines) };
}

/** What the help of a command says behind its options: columns, its own exit statuses. */
function notesOf(command: Command): string[] {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  const notes = text.slice(command.helpInformation().length).trim();
  return notes === '' ? [] : ['.SH NOTES', '.nf', roff(notes), '.fi'];
}

function keysOf(shape: Shape, path: string): string[] {
  if (shape.oneOf !== undefined) {
    return shape.oneOf.flatMap((one) => keysOf(one, `${path} (${one.properties?.['kind']?.const ?? ''})`));
  }
  const own = Object.entries(shape.properties ?? {}).flatMap(([key, inner]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const needed = shape.required?.includes(key) === true && inner.default === undefined;
    const value = inner.default === undefined ? '' : ` Default: ${JSON.stringify(inner.default)}.`;
    const text = `${inner.description ?? ''}${needed ? ' (required)' : ''}.${value}`.replace(/^[ .]+/, '');
    return [`.TP\n.B ${roff(at)}\n${text === '' ? '\\&' : roff(text)}`].concat(keysOf(inner, at));
  });
  const each = typeof shape.additionalProperties === 'object' ? keysOf(shape.additionalProperties, `${path}.NAME`) : [];
  return [...own, ...each, ...(shape.items === undefined ? [] : keysOf(shape.items, `${path}[]`))];
}

function leaves(command: Command): Command[] {
  const shown = command
    .createHelp()
    .visibleCommands(command)
    .filter((child) => child.name() !== 'help');
  return shown.flatMap((child) => (child.commands.length === 0 ? [child] : leaves(child)));
}

function pathOf(command: Command): string[] {
  return command.parent === null ? [] : [...pathOf(command.parent), command.name()];
}

function pageName(command: Command): string {
  return ['isthmus', ...pathOf(command)].join('-');
}

function heading({ name, section, version, date }: Heading, brief: string): string[] {
  const short = brief.split(/[;:(]/)[0]?.trim() ?? brief;
  const title = `.TH ${name.toUpperCase()} ${section} ${date} "isthmus ${version}" "Isthmus"`;
  return [title, '.SH NAME', `${name} \\- ${roff(short)}`];
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

/** Escapes text for roff: no escapes, no requests, and hyphens that can be searched and pasted. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(['.])/gm, '\\&$1');
}

function page(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

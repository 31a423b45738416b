import { ImportError } from './draft.ts';
import {
  DEFAULT_PORTS,
  type JoolParts,
  type JoolSetting,
  noParts,
  portsOf,
  prefix4Of,
  prefix6Of,
  protocolOf,
  transportOf,
} from './jool-parts.ts';

/**
 * Jool's atomic configuration (`jool file handle FILE`): an object for one instance. Every object may have a `comment`
 * of any content; missing keys have their default. Keys are case-insensitive.
 */

type Fields = Readonly<Record<string, unknown>>;

/** @throws ImportError */
export function readJoolJson(text: string, file: string): JoolParts {
  const top = objectOf(parse(text, file), file);
  const parts = noParts(file);
  for (const [key, value] of Object.entries(top)) {
    const place = `${file}: ${key}`;
    switch (key) {
      case 'comment':
        break;
      case 'instance':
        parts.name = String(value);
        break;
      case 'framework':
        parts.framework = String(value);
        break;
      case 'global':
        for (const [name, setting] of Object.entries(objectOf(value, place))) {
          if (name !== 'comment') parts.globals.set(name, settingOf(setting, `${place}.${name}`));
        }
        break;
      case 'pool4':
        parts.pool4 = eachOf(value, place).map(([fields, at]) => ({
          mark: Number(fields['mark'] ?? 0),
          protocol: protocolOf(needed(fields, 'protocol', at), at),
          prefix: prefix4Of(needed(fields, 'prefix', at), at),
          ports: 'port range' in fields ? portsOf(fields['port range'], at) : DEFAULT_PORTS,
          maxIterations: 'max-iterations' in fields ? String(fields['max-iterations']) : undefined,
        }));
        break;
      case 'bib':
        parts.bib = eachOf(value, place).map(([fields, at]) => {
          const six = transportOf(needed(fields, 'ipv6 address', at), at);
          const four = transportOf(needed(fields, 'ipv4 address', at), at);
          const protocol = protocolOf(needed(fields, 'protocol', at), at);
          return { protocol, v6: six.address, port6: six.port, v4: four.address, port4: four.port };
        });
        break;
      case 'eamt':
        parts.eamt = eachOf(value, place).map(([fields, at]) => ({
          v6: prefix6Of(needed(fields, 'ipv6 prefix', at), at),
          v4: prefix4Of(needed(fields, 'ipv4 prefix', at), at),
        }));
        break;
      case 'denylist4':
      case 'blacklist4': // its name until Jool 4.1.5
        parts.denylist4 = listOf(value, place).map((entry, index) => prefix4Of(entry, `${place}[${index}]`));
        break;
      default:
        parts.unknown.push(key);
    }
  }
  return parts;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const position = /at position (\d+)/.exec(reason)?.[1];
    const before = position === undefined ? undefined : text.slice(0, Number(position)).split('\n');
    const place = before === undefined ? file : `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    throw new ImportError(place, `not JSON (${reason})`, 'give the file that "jool file handle" takes');
  }
}

function objectOf(value: unknown, place: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ImportError(place, 'not an object', 'Jool expects { … } here');
  }
  const fields = new Map<string, unknown>();
  for (const [written, content] of entriesOf(value)) {
    const key = written.toLowerCase();
    if (fields.has(key) && key !== 'comment') {
      throw new ImportError(place, `${JSON.stringify(key)} stands there twice`, 'Jool refuses that too; keep one');
    }
    fields.set(key, content);
  }
  return Object.fromEntries(fields);
}

function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value);
}

function listOf(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new ImportError(place, 'not a list', 'Jool expects [ … ] here');
}

function eachOf(value: unknown, place: string): [Fields, string][] {
  return listOf(value, place).map((entry, index) => [objectOf(entry, `${place}[${index}]`), `${place}[${index}]`]);
}

function needed(fields: Fields, key: string, place: string): unknown {
  if (key in fields) return fields[key];
  throw new ImportError(place, `${JSON.stringify(key)} is missing`, 'Jool needs it too');
}

function settingOf(value: unknown, place: string): JoolSetting {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'number')) return value;
  if (typeof value === 'object' && !Array.isArray(value)) return JSON.stringify(value);
  throw new ImportError(place, 'not a setting', 'a number, a text, true, false, null or a list of numbers is possible');
}

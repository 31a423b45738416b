import { release } from 'node:os';
import { stringify } from 'yaml';
import { asInFile } from '../../cluster/file-spelling.ts';
import type { NotifyTarget } from '../../cluster/notify-schema.ts';
import type { ClusterConfig } from '../../cluster/schema.ts';
import { revisionOf } from '../../cluster/translator-options.ts';
import { type FrrPlace, openShell } from '../../frr/daemon-shell.ts';
import type { ConfigurationReply } from '../control/messages.ts';
import { describeVersion } from '../status/software-version.ts';

/** Maximum length of the text, characters: that of a large cluster's configuration. */
const MAX_TEXT = 64 * 1024;
/** Maximum number of mappings shown per instance. */
const MAX_MAPPINGS = 20;

/**
 * A configuration for readers of a report. Passwords and keys are in files, of which only the names are included; other
 * potential secrets are removed: arguments of commands, and webhook paths. Pure.
 */
export function shownConfiguration(config: ClusterConfig): Omit<ConfigurationReply, 'versions' | 'noDrill' | 'file'> {
  const omitted: string[] = [];
  const text = stringify(asInFile({ ...config, ...withoutSecrets(config, omitted), ...shortened(config, omitted) }));
  const cut = text.length > MAX_TEXT;
  if (cut) omitted.push(`${text.length - MAX_TEXT} characters at the end`);
  return { revision: revisionOf(config), text: cut ? text.slice(0, MAX_TEXT) : text, omitted };
}

function withoutSecrets({ notify }: ClusterConfig, omitted: string[]): Pick<ClusterConfig, 'notify'> {
  const targets = Object.entries(notify).map(([name, target]): readonly [string, NotifyTarget] => {
    if (target.kind === 'webhook') {
      omitted.push(`the path of notify.${name}.url, which may hold a key`);
      return [name, { ...target, url: `${new URL(target.url).origin}/...` }];
    }
    if (target.command.length > 1) omitted.push(`the arguments of notify.${name}.command, which may hold a key`);
    return [name, { ...target, command: target.command.slice(0, 1) }];
  });
  return { notify: Object.fromEntries(targets) };
}

function shortened({ instances }: ClusterConfig, omitted: string[]): Pick<ClusterConfig, 'instances'> {
  type Instance = ClusterConfig['instances'][string];
  const shown = Object.entries(instances).map(([name, instance]): readonly [string, Instance] => {
    if (instance.kind !== 'siit' || instance.eam.length <= MAX_MAPPINGS) return [name, instance];
    omitted.push(`${instance.eam.length - MAX_MAPPINGS} of ${instance.eam.length} mappings of instances.${name}.eam`);
    return [name, { ...instance, eam: instance.eam.slice(0, MAX_MAPPINGS) }];
  });
  return { instances: Object.fromEntries(shown) };
}

/** What this node runs on. @param frr where its FRR is; undefined: it has no upstream */
export async function versionsHere(frr: FrrPlace | undefined): Promise<ConfigurationReply['versions']> {
  return [
    { of: 'isthmus', version: describeVersion() },
    { of: 'Linux', version: release() },
    ...(frr === undefined ? [] : [{ of: 'FRR', version: await frrVersion(frr) }]),
  ];
}

async function frrVersion(place: FrrPlace): Promise<string> {
  const shell = openShell('zebra', place);
  try {
    return frrVersionOf(await shell.show('show version'));
  } catch (error) {
    return `not known: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    shell.close();
  }
}

/** Parses `show version`: FRRouting 8.4.4 (gw1) on Linux(6.1.0). Pure. */
export function frrVersionOf(text: string): string {
  return /^FRRouting (\S+)/m.exec(text)?.[1] ?? 'not known: FRR does not say it';
}

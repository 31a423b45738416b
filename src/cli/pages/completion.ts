import { type CommandFacts, everyCommand, type ValueKind } from './command-tree.ts';

/*
 * Shell completion. Fixed words are in the script; names of nodes and instances come from `isthmus completion names`,
 * which reads the cluster file.
 */

/** The keyword, known to the scripts below, for what can be completed at one position. */
function offerOf(value: ValueKind): string {
  return typeof value === 'object' ? `words:${value.words.join(',')}` : value;
}

function idOf({ path }: CommandFacts): string {
  return path.join(' ');
}

export function bashCompletion(tree: CommandFacts): string {
  const commands = everyCommand(tree);
  const rows = commands.map((one) => {
    const names = one.commands.map(({ path }) => path.at(-1));
    const flags = one.options.map(({ flag }) => flag);
    return `    '${idOf(one)}') names='${names.join(' ')}'; flags='${flags.join(' ')}'; rest='${one.arguments.map(offerOf)[0] ?? 'none'}' ;;`;
  });
  const values = commands.flatMap((one) =>
    one.options
      .filter(({ value }) => value !== 'none')
      .map(({ flag, value }) => `    '${idOf(one)} ${flag}') offer='${offerOf(value)}' ;;`),
  );
  return `# bash completion for isthmus
_isthmus_offer() {
  case "$1" in
    file) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
    folder) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
    node|instance) mapfile -t COMPREPLY < <(compgen -W "$(isthmus completion names "$1" 2>/dev/null)" -- "$cur") ;;
    words:*) local words=\${1#words:}; mapfile -t COMPREPLY < <(compgen -W "\${words//,/ }" -- "$cur") ;;
  esac
}

_isthmus() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} at='' names flags rest offer='' word next
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    next="\${at:+$at }$word"
    case "$next" in
      ${commands
        .filter(({ path }) => path.length > 0)
        .map((one) => `'${idOf(one)}'`)
        .join('|')}) at=$next ;;
    esac
  done
  case "$at $prev" in
${values.join('\n')}
  esac
  if [ -n "$offer" ]; then
    _isthmus_offer "$offer"
    return
  fi
  case "$at" in
${rows.join('\n')}
  esac
  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$cur")
  elif [ -n "$names" ]; then
    mapfile -t COMPREPLY < <(compgen -W "$names" -- "$cur")
  else
    _isthmus_offer "$rest"
  fi
}
complete -F _isthmus isthmus
`;
}

export function zshCompletion(tree: CommandFacts): string {
  const commands = everyCommand(tree);
  const known = commands.filter(({ path }) => path.length > 0).map((one) => `'${idOf(one)}'`);
  const rows = commands.map((one) => {
    const names = one.commands.map(({ path, description }) => zshPair(path.at(-1) ?? '', description));
    const options = one.options.map(({ flag, description }) => zshPair(flag, description));
    const rest = one.arguments.map(offerOf)[0] ?? 'none';
    return `    '${idOf(one)}') names=(${names.join(' ')}); options=(${options.join(' ')}); rest='${rest}' ;;`;
  });
  const values = commands.flatMap((one) =>
    one.options
      .filter(({ value }) => value !== 'none')
      .map(({ flag, value }) => `    '${idOf(one)} ${flag}') _isthmus_offer '${offerOf(value)}'; return ;;`),
  );
  return `#compdef isthmus
_isthmus_offer() {
  case "$1" in
    file) _files ;;
    folder) _files -/ ;;
    node|instance) compadd -- \${(f)"$(isthmus completion names $1 2>/dev/null)"} ;;
    words:*) compadd -- \${(s:,:)\${1#words:}} ;;
  esac
}

_isthmus() {
  local at='' rest='none' word next
  local -a names options
  for word in "\${(@)words[2,CURRENT-1]}"; do
    next="\${at:+$at }$word"
    case "$next" in
      ${known.join('|')}) at=$next ;;
    esac
  done
  case "$at \${words[CURRENT-1]}" in
${values.join('\n')}
  esac
  case "$at" in
${rows.join('\n')}
  esac
  if [[ \${words[CURRENT]} == -* ]]; then
    _describe option options
  elif (( \${#names} )); then
    _describe command names
  else
    _isthmus_offer "$rest"
  fi
}
_isthmus "$@"
`;
}

function zshPair(word: string, description: string): string {
  return `'${word}:${briefOf(description).replaceAll("'", "'\\''")}'`;
}

export function fishCompletion(tree: CommandFacts): string {
  const lines = everyCommand(tree).flatMap((one) => {
    const start = `complete -c isthmus -n ${conditionOf(one)}`;
    const names = one.commands.map(
      ({ path, description }) => `${start} -f -a ${quoted(path.at(-1) ?? '')} -d ${quoted(briefOf(description))}`,
    );
    const options = one.options.map(
      ({ flag, description, value }) =>
        `${start} ${flagOf(flag)}${fishValue(value)} -d ${quoted(briefOf(description))}`,
    );
    const rest = one.arguments.slice(0, 1).map((value) => `${start}${fishArgument(value)}`);
    return [names, options, rest].flat();
  });
  return `# fish completion for isthmus
function __isthmus_at
    set -l words (commandline -opc | string match -v -- '-*')
    set -e words[1]
    set -l depth (count $argv)
    test "$words[1..$depth]" = "$argv"
end
${lines.join('\n')}
`;
}

function conditionOf({ path, commands }: CommandFacts): string {
  if (path.length === 0) return `'not __fish_seen_subcommand_from ${commands.map((one) => one.path.at(-1)).join(' ')}'`;
  return `'__isthmus_at ${path.join(' ')}'`;
}

function flagOf(flag: string): string {
  return flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`;
}

function fishValue(value: ValueKind): string {
  if (value === 'none') return '';
  if (typeof value === 'object') return ` -x -a ${quoted(value.words.join(' '))}`;
  if (value === 'node' || value === 'instance') return ` -x -a '(isthmus completion names ${value} 2>/dev/null)'`;
  return value === 'text' ? ' -x' : ' -r -F';
}

function fishArgument(value: ValueKind): string {
  if (typeof value === 'object') return ` -f -a ${quoted(value.words.join(' '))}`;
  return value === 'file' || value === 'folder' ? ' -F' : ' -f';
}

/** Short description for a menu: the first part of the sentence. */
function briefOf(description: string): string {
  return description.split(/[;:,(]/)[0] ?? description;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

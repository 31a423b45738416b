# Prints what is offered for a line, as offer=WORD, by a zsh on a pseudo terminal.
# Usage: FOLDER=… zsh -f ask-zsh.zsh LINE    FOLDER has the completion function _isthmus
zmodload zsh/zpty
zpty inner zsh -f -i
setup=$FOLDER/setup.zsh
cat >$setup <<'INNER'
fpath=($FOLDER $fpath)
autoload -Uz compinit
compinit -u -d $FOLDER/zcompdump
bindkey '^I' complete-word
compadd() {
  # What only fills arrays offers nothing.
  if [[ " $* " == *' -'[OD]' '* ]]; then
    builtin compadd "$@"
    return
  fi
  local -a found
  local word
  builtin compadd -O found "$@"
  for word in $found; do print -r -- "offer=$word"; done
  builtin compadd "$@"
}
ended() { print -r -- completion-ended }
comppostfuncs=(ended)
PROMPT='at-the-prompt '
INNER
seen=
zpty -w inner "source $setup"
# Keys that come before the line editor has the terminal are lost.
zpty -r inner seen '*at-the-prompt *'
zpty -w -n inner "$1"$'\t'
zpty -r inner seen '*completion-ended*'
print -r -- ${seen//$'\r'/}
zpty -d inner

#!/usr/bin/env zsh
# complete.zsh FOLDER - what zsh completes each line of standard input to, with the completions of
# FOLDER: a line for each, its matches sorted and separated by blanks.
#
# Completion works in an interactive shell only, so one is started on a terminal of its own (zpty).
# There compadd, to which every match goes, writes them down before it does its work.
emulate -R zsh
zmodload zsh/zpty || exit 1
folder=$1
log=$(mktemp)
inner="
PS1= ; PS2=
fpath=(${(q)folder} \$fpath)
autoload -Uz compinit && compinit -D -u
compadd() {
    if (( \${@[(I)-[OAD]]} )); then builtin compadd \"\$@\"; return; fi
    local -a matches
    builtin compadd -A matches \"\$@\"
    (( \$#matches )) && print -rl -- \$matches >> ${(q)log}
    builtin compadd \"\$@\"
}
# Completion empties the list before it calls what is in it.
note_end() { comppostfuncs=(note_end); print -r -- '=end' >> ${(q)log} }
comppostfuncs=(note_end)
setopt no_beep
bindkey '^I' complete-word
bindkey '^U' kill-whole-line
print -r -- '=ready' >> ${(q)log}
"
wait_for() {
    local -i i
    for ((i = 0; i < 500; i++)); do
        grep -qx -- "$1" $log && return
        zpty -rt shell ignored && continue
        sleep 0.02
    done
    print -u2 "zsh did not come to an end: ${(V)$(< $log)}"
    exit 1
}
zpty -b shell zsh -f -i
zpty -w shell "source =(print -r -- ${(qq)inner})"
wait_for '=ready'
while IFS= read -r line; do
    : > $log
    zpty -wn shell $'\x15'"$line"$'\t'
    wait_for '=end'
    grep -vx -- '=end' $log | LC_ALL=C sort -u | paste -sd ' '
done
zpty -d shell
rm -f $log

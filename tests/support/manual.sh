#!/usr/bin/env bash
# manual.sh ONHOLD - is the manual page sound, and does completion complete? The page is formatted
# with all warnings on; the completions for bash and zsh are loaded into one and asked. Ends with
# "N passed, N failed".
set -u
onhold=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
passed=0
failed=0
verdict() { # NAME PROBLEMS
    if [ -z "$2" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%s:\n%s\n' "$1" "$2" | head -n 20
    fi
}
mkdir "$place/bin"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$onhold" > "$place/bin/onhold"
chmod +x "$place/bin/onhold"
export PATH="$place/bin:$PATH"

# ---- the page ----
onhold man > "$place/onhold.1"
if command -v groff > /dev/null; then
    verdict "the manual page has warnings" \
        "$(groff -man -Tutf8 -ww "$place/onhold.1" 2>&1 > "$place/page")"
    sed -e 's/\x1b\[[0-9;]*m//g' -e 's/.\x08//g' "$place/page" > "$place/text"
    missing=
    for command in $(onhold --help | sed -n 's/^  \([a-z][a-z]*\)  *.*/\1/p'); do
        grep -q "onhold $command \[OPTION" "$place/text" || missing+=" $command"
        for option in $(onhold "$command" --help | grep -oE '^ .{0,6}--[a-z-]+' | grep -oE '[a-z-]*[a-z]$'); do
            case $option in --help | --usage) continue ;; esac
            grep -qe "$option" "$place/text" || missing+=" $command $option"
        done
    done
    verdict "the manual page does not name" "$missing"
else
    echo "skipped, since groff is not installed: the manual page"
fi

# ---- completion in bash ----
onhold completion bash > "$place/completion"
verdict "bash cannot read its completion" "$(bash -n "$place/completion" 2>&1)"
complete_line() { # WORD... : what the last word is completed to
    (
        cd "$place/work" || exit 1
        # shellcheck disable=SC1091
        source "$place/completion"
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        _onhold
        printf '%s\n' "${COMPREPLY[@]}" | sort | paste -sd ' '
    )
}
expect() { # EXPECTED WORD...
    local expected=$1 got
    shift
    got=$(complete_line "$@")
    [ "$got" = "$expected" ] && got= || got="expected '$expected', got '$got'"
    verdict "completing: $*" "$got"
}
mkdir -p "$place/work/folder"
touch "$place/work/my day.yaml" "$place/work/other.yaml"
expect "erlang explain" onhold e
expect "trace" onhold tr
expect "--resolved" onhold explain --re
expect "" onhold nothing-known x
expect "--story" onhold trace --sto
expect "csv json md table" onhold run --format ""
expect "csv json md table" onhold run --format =
expect "json" onhold run --format = j
expect "a b c" onhold erlang ""
expect "png" onhold run --plot-format pn
expect "folder my day.yaml other.yaml" onhold run ""
expect "my day.yaml" onhold run m
expect "folder" onhold run --plots ""
expect "" onhold run --seed ""
expect "multi-skill my day.yaml" onhold new m

# ---- completion in zsh ----
onhold completion zsh > "$place/_onhold"
if ! command -v zsh > /dev/null; then
    echo "skipped, since zsh is not installed: its completion"
elif ! zsh -f -c 'zmodload zsh/zpty && zpty terminal true' 2> /dev/null; then
    echo "skipped, since there is no pseudo terminal to start a zsh on: its completion"
else
    verdict "zsh cannot read its completion" "$(zsh -n "$place/_onhold" 2>&1)"
    lines=('onhold e' 'onhold explain --re' 'onhold nothing-known x' 'onhold trace --sto'
        'onhold run --format ' 'onhold run --format=' 'onhold run -n' 'onhold run --seed '
        'onhold erlang ' 'onhold plot --plot-format p' 'onhold run ' 'onhold run m'
        'onhold run --plots ' 'onhold new m' 'onhold new --')
    matches=('erlang explain' --resolved '' --story
        'csv json md table' 'csv json md table' -n ''
        'a b c' 'pdf png' 'folder my\ day.yaml other.yaml' 'my\ day.yaml'
        folder 'multi-skill my\ day.yaml' '--help --list --quiet')
    mapfile -t got < <(cd "$place/work" && printf '%s\n' "${lines[@]}" |
        zsh "$here/complete.zsh" "$place" 2>&1)
    for i in "${!lines[@]}"; do
        [ "${got[i]-nothing}" = "${matches[i]}" ] && problem= ||
            problem="expected '${matches[i]}', got '${got[i]-nothing}'"
        verdict "completing in zsh: ${lines[i]}" "$problem"
    done
fi

echo "$passed passed, $failed failed"
[ $failed = 0 ]

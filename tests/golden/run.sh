#!/usr/bin/env bash
# run.sh [--update] ONHOLD - the command line's cases: a folder each, with `cmd` (a shell line that
# calls onhold), `stdout`, `stderr` and `exit`. A case runs in an empty folder that has the
# scenarios beside it. Prints a line a case; --update takes what the program does now as right, to
# be read as a diff. Ends with "N passed, N failed"; exit 1 if any failed.
set -u
update=false
if [ "${1-}" = --update ]; then
    update=true
    shift
fi
onhold=$(realpath "${1:?which onhold?}")
cd "$(dirname "$0")" || exit 1
here=$PWD
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir "$place/bin"
ln -s "$onhold" "$place/bin/onhold"
unset NO_COLOR ONHOLD_PLOTS ARGP_HELP_FMT
export PATH="$place/bin:$PATH" LC_ALL=C TERM=dumb
passed=0
failed=0

for cmd in */cmd; do
    name=${cmd%/cmd}
    rm -rf "$place/work"
    mkdir "$place/work"
    ln -s "$here/scenarios" "$place/work/scenarios"
    (cd "$place/work" && exec bash "$here/$cmd") \
        > "$place/stdout" 2> "$place/stderr" < /dev/null
    echo $? > "$place/exit"
    if $update; then
        cp "$place/stdout" "$place/stderr" "$place/exit" "$name/"
    fi
    problems=
    for part in exit stderr stdout; do
        diff -u "$name/$part" "$place/$part" > "$place/$part.diff" 2>&1 || problems+=" $part"
    done
    if [ -z "$problems" ]; then
        passed=$((passed + 1))
        echo "ok    $name"
    else
        failed=$((failed + 1))
        echo "FAIL  $name:$problems"
        for part in $problems; do
            head -n 30 "$place/$part.diff"
        done
    fi
done

echo "$passed passed, $failed failed"
[ $failed = 0 ]

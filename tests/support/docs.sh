#!/usr/bin/env bash
# docs.sh ONHOLD - does what the documents say work? Runs every command of the README's blocks
# marked "sh run" (a line may end in "# exit N"), compares its table, and checks and runs every
# scenario. The commands say build/onhold; here that is the program given. Ends with "N passed, N failed".
set -u
onhold=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
passed=0
failed=0

# A place that looks like the tree, so that what the commands write is thrown away.
ln -s "$PWD"/{scenarios,plots} "$place/"
mkdir "$place/build"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$onhold" > "$place/build/onhold"
chmod +x "$place/build/onhold"
cd "$place" || exit 1

try() { # EXIT COMMAND
    local status
    timeout 120 bash -c "$2" > "$place/output" 2>&1 < /dev/null
    status=$?
    if [ $status = "$1" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%s\n  ended with %d, not %d:\n' "$2" $status "$1"
        head -c 2000 "$place/output"
    fi
}

commands=0
while IFS= read -r line; do
    commands=$((commands + 1))
    expected=0
    [[ $line =~ '# exit '([0-9]+)$ ]] && expected=${BASH_REMATCH[1]}
    try "$expected" "$line"
done < <(awk '/^```sh run$/ { in_block = 1; next } /^```/ { in_block = 0 }
              in_block && NF && !/^#/ { if (sub(/\\$/, "")) { kept = kept $0; next }
                                        print kept $0; kept = "" }' "$OLDPWD/README.md")
[ $commands -gt 0 ] || { failed=$((failed + 1)); echo "the README shows no command to run"; }

# Scenarios shown whole are whole (those of the guide to the format: tests/meta/test_guide.c), and
# the README's table is what the program prints.
awk '/^```/ { on = 0 } on { print > file } /^```yaml$/ { on = 1; file = "shown-" ++n ".yaml" }' \
    "$OLDPWD/README.md"
while IFS= read -r shown; do
    try 0 "build/onhold run $shown -n 3"
done < <(grep -l '^onhold: 1' shown-*.yaml)
block() { awk -v fence="$1" '$0 == fence { on = 1; next } /^```/ { on = 0 } on' "$OLDPWD/README.md"; }
block '```text' | grep . > table
try 0 "build/onhold run scenarios/forty-seconds.yaml > printed
       [ -s table ] && ! grep -vxFf printed table"

for scenario in scenarios/*.yaml; do
    try 0 "build/onhold check $scenario"
    try 0 "build/onhold run $scenario -n 3 --format json -o $(basename "$scenario").json"
done

# Every command that an `about:` or the guide to the format shows, as it stands there; runs are cut
# short. The guide's support.yaml is its first example, its own file beside others.
awk '/^```/ && on { exit } on { print } /^```yaml$/ { on = 1 }' scenarios/README.md > support.yaml
while IFS= read -r line; do
    line=$(sed 's/^onhold \(run\|compare\|sweep\|report\) /&-n 3 /; s/^onhold staff /&-n 20 /' <<< "$line")
    try 0 "PATH=$PWD/build:\$PATH; $line"
done < <(sed -n 's/^ \{4,\}\(onhold .*\|cp .*\)/\1/p' scenarios/*.yaml scenarios/README.md
         grep -o '`onhold [^`]*scenarios/[^`]*`' scenarios/README.md | tr -d '`')

# A newcomer types what the README says; continuous integration must type the same.
try 0 "grep -q 'make check' '$OLDPWD/.ci/run' && grep -q 'make check' '$OLDPWD/README.md'"

echo "$passed passed, $failed failed"
[ $failed = 0 ]

#!/usr/bin/env bash
# examples.sh ONHOLD - runs the examples that `onhold COMMAND --help` shows, of every command, in a
# folder where the files that they name are there (below: add yours), and makes, checks, explains
# and runs every template of `onhold new`. An example may end with 0, or with 4 (a verdict of no).
# Ends with "N passed, N failed".
set -u
onhold=$(realpath "$1")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
passed=0
failed=0
mkdir "$place/bin" "$place/work"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$onhold" > "$place/bin/onhold"
chmod +x "$place/bin/onhold"
export PATH="$place/bin:$PATH" LC_ALL=C TERM=dumb
cd "$place/work" || exit 1

try() { # WHAT COMMAND [EXIT]
    local status
    timeout 120 bash -c "$2" > "$place/output" 2>&1 < /dev/null
    status=$?
    if [ $status = 0 ] || [ $status = "${3-0}" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%s: %s\n  ended with %d:\n' "$1" "$2" $status
        tail -c 2000 "$place/output"
    fi
}

# ---- the files that examples name ----
onhold new -q support.yaml
onhold new -q day-with-shifts day.yaml
cp support.yaml today.yaml
sed 's/^name: .*/name: Tomorrow/; s/count: 10 /count: 12 /' support.yaml > tomorrow.yaml
mkdir scenarios
cp support.yaml day.yaml scenarios
onhold run day.yaml -n 20 -q --save day.onhold > "$place/output" || cat "$place/output"
onhold trace support.yaml -o march.csv -q
# the same calls as another phone system would export them
awk -F, 'BEGIN { OFS = "\t"; print "began", "held", "result", "talked" }
         NR > 1 { s = 8 * 3600 + int($6)
                  print sprintf("2026-03-23 %02d:%02d:%02d", s / 3600, s / 60 % 60, s % 60), int($8),
                      $10 == "answered" ? "OK" : "LOST", int($13) }' march.csv > export.tsv
# a week of calls with dates, and what fit makes of it
for day in 1 2 3 4 5; do
    onhold trace support.yaml --replication $day -q | awk -F, -v day=$((18 + day)) -v first=$day '
        BEGIN { OFS = ","; if (first == 1) print "arrived", "wait", "outcome", "handling" }
        NR > 1 { s = 8 * 3600 + int($6)
                 print sprintf("2026-03-%d %02d:%02d:%02d", day, s / 3600, s / 60 % 60, s % 60),
                     int($8), $10, int($13) }'
done > calls.csv
onhold fit calls.csv -o fitted.yaml -q > "$place/output" 2>&1 || cat "$place/output"

cat > columns.yaml << 'END'
columns:
  arrived: began
  wait: held
  outcome: {column: result, answered: OK, abandoned: LOST}
  handling: talked
END
sed '1s/.*/arrived\twait\toutcome\thandling/; s/OK/answered/; s/LOST/abandoned/' export.tsv |
    tr '\t' , > calls.csv
onhold fit calls.csv -q -o fitted.yaml > "$place/output" || cat "$place/output"

# ---- examples ----
mapfile -t commands < <(onhold --help | sed -n 's/^  \([a-z][a-z]*\)  *.*/\1/p')
for command in "${commands[@]}"; do
    mapfile -t examples < <(onhold "$command" --help | sed -n '/^Examples:/,$p' | tail -n +2 |
        awk 'NF { if (sub(/\\$/, "")) { kept = kept $0; next } print kept $0; kept = "" }')
    if [ ${#examples[@]} -lt 2 ]; then
        failed=$((failed + 1))
        echo "onhold $command --help shows ${#examples[@]} examples, not two"
    fi
    for example in "${examples[@]}"; do
        read -r first _ <<< "$example"
        if [ "$first" != onhold ] && ! command -v "$first" > /dev/null; then
            echo "skipped, since $first is not installed: $example"
            continue
        fi
        try "example of $command" "set -o pipefail; $example" 4
    done
done

# ---- templates ----
mapfile -t templates < <(onhold new --list | awk '{ print $1 }')
[ ${#templates[@]} -ge 7 ] || { failed=$((failed + 1)); echo "${#templates[@]} templates"; }
for template in "${templates[@]}"; do
    try "template" "onhold new $template new-$template.yaml"
    try "template without a warning" "[ \"\$(onhold check new-$template.yaml)\" = 'new-$template.yaml: fine' ]"
    try "template" "onhold explain new-$template.yaml"
    try "template" "onhold run new-$template.yaml -n 3"
    mapfile -t variants < <(awk '/^variants:/ { on = 1; next } on && /^  [a-z_]+:/ { sub(":.*", ""); print $1 }' \
        "new-$template.yaml")
    [ ${#variants[@]} -gt 0 ] || { failed=$((failed + 1)); echo "$template has no variants"; }
    for variant in "${variants[@]}"; do
        try "variant" "onhold run new-$template.yaml --variant $variant -n 2"
    done
done

echo "$passed passed, $failed failed"
[ $failed = 0 ]

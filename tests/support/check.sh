#!/usr/bin/env bash
# check.sh OUT - every test, two programs at a time, one line each; what failed is shown in full.
# The last line is "N passed, N failed"; exit 1 if anything failed. CHECK_JOBS=2 by default; a
# program may take CHECK_TIMEOUT=300 seconds.
#
# It calls itself as `check.sh --one OUT NAME COMMAND...` for each program: output to
# OUT/check/NAME.log, counts to OUT/check/NAME.count.
set -u

# "passed failed" of a log: cmocka's tests (those left out are neither), or the last "N passed, N failed" of a script.
count() { # LOG STATUS
    awk -v status="$2" '
        /^\[=+\].*Running [0-9]+ test/ { for (i = 1; i <= NF; i++) if ($i == "Running") ran += $(i + 1) }
        /^\[ +OK \]/ { ok++ }
        /^\[ +SKIPPED \] [0-9]+ test/ { left_out += $4 }
        /^[0-9]+ passed, [0-9]+ failed$/ { summed = 1; passed = $1; failed = $3 }
        END {
            if (!summed) { passed = ok + 0; failed = ran > ok + left_out ? ran - ok - left_out : 0 }
            if (!summed && ran == 0) passed = status == 0
            if (status != 0 && failed == 0) failed = 1
            print passed + 0, failed + 0
        }' "$1"
}

one() { # OUT NAME COMMAND...
    local out=$1 name=$2 log start status passed failed
    shift 2
    log=$out/check/${name//\//_}.log
    start=$EPOCHREALTIME
    timeout "${CHECK_TIMEOUT:-300}" "$@" > "$log" 2>&1
    status=$?
    read -r passed failed < <(count "$log" $status)
    echo "$passed $failed" > "${log%.log}.count"
    seconds=$(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')
    skipped=$(sed -n '/^skipped: /{p;q}' "$log")
    if [ "$failed" = 0 ] && [ "$passed" = 0 ]; then
        printf '  skip  %-40s %s\n' "$name" "$skipped"
    elif [ "$failed" = 0 ]; then
        printf '  ok    %-40s %5d %7s s%s\n' "$name" "$passed" "$seconds" "${skipped:+  $skipped}"
    else
        { printf '  FAIL  %-40s %5d of %d failed, exit %d, %s s\n' "$name" "$failed" \
              $((passed + failed)) $status "$seconds"
          grep -v '^\[ RUN      \]\|^\[       OK \]' "$log" | tail -n 60 | sed 's/^/        /'; }
    fi
}

if [ "${1-}" = --one ]; then
    shift
    one "$@"
    exit 0
fi

out=$1
cd "$(dirname "$0")/../.." || exit 1
rm -rf "$out/check"
mkdir -p "$out/check"
finish() {
    read -r passed failed < <(cat "$out"/check/*.count | awk '{ p += $1; f += $2 } END { print p + 0, f + 0 }')
    echo
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
    exit
}

one "$out" layers tests/support/layers.sh
# Not -s alone: warnings are still shown, and a failed build counts as a failed test.
if ! ${MAKE:-make} --no-print-directory -s -j"$(nproc)" all tests; then
    echo "0 1" > "$out/check/build.count"
    finish
fi
one "$out" library tests/support/library.sh "$out/libonhold.a"

# A language that writes 1,5: numbers must not care. (Debian's package "locales" has its source.)
mkdir -p "$out/locale"
localedef -i de_DE -f UTF-8 "$out/locale/de_DE.UTF-8" 2>/dev/null
export LOCPATH=$PWD/$out/locale

# Slow ones first, so that two at a time end together.
{
    for folder in oracle meta fault unit; do
        for program in "$out/tests/$folder"/*; do
            [ -x "$program" ] && [ -f "$program" ] && echo "$folder/$(basename "$program") $program"
        done
    done
    for program in "$out"/replay/*; do
        [ -x "$program" ] && echo "fuzz/$(basename "$program") $program tests/fuzz/corpus scenarios"
    done
    echo "browser tests/browser/run.sh $out/onhold"
    echo "golden tests/golden/run.sh $out/onhold"
    echo "docs tests/support/docs.sh $out/onhold"
    echo "examples tests/support/examples.sh $out/onhold"
    echo "manual tests/support/manual.sh $out/onhold"
    # Only a plain build is installed: a sanitizer's would need its flags in every program.
    case $out in
    */release-* | */debug-*) echo "installed tests/support/example/run.sh" ;;
    esac
} | xargs -P "${CHECK_JOBS:-2}" -L 1 tests/support/check.sh --one "$out"
finish

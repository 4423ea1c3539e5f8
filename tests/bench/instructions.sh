#!/usr/bin/env bash
# instructions.sh [--update | --check] ONHOLD - instructions a call, counted by callgrind: a figure
# that does not depend on what else the machine does. --check fails where it is more than 5 % above
# the one recorded in instructions.txt; --update records. A call's share is the difference between
# two runs of different length, so that reading the scenario does not count. (Valgrind's processor
# has AVX2 and no more; on a machine without it the figures are others.)
set -eu -o pipefail
mode=show
case ${1-} in --update | --check) mode=${1#--} && shift ;; esac
onhold=$(realpath "${1:?which onhold?}")
cd "$(dirname "$0")"
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

instructions() { # REPLICATIONS FILE ENGINE SETTING...
    local n=$1 file=$2 engine=$3 log=$place/log
    shift 3
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$onhold" run "$file" -n "$n" -j 1 \
        --engine "$engine" --no-progress -v "$@" > /dev/null 2> "$log" || { cat "$log" >&2; exit 1; }
    sed -n 's/^[0-9,]* [a-z]*, \([0-9,]*\) calls in .*/\1/p; s/.*refs: *\([0-9,]*\)$/\1/p' "$log" | tr -d , | xargs
}

measure() { # NAME FILE ENGINE FEW MANY SETTING...
    local name=$1 file=$2 engine=$3 few=$4 many=$5 a b
    shift 5
    read -r -a a < <(instructions "$few" "$file" "$engine" "$@")
    read -r -a b < <(instructions "$many" "$file" "$engine" "$@")
    echo "$name $engine $(((b[1] - a[1]) / (b[0] - a[0])))"
}

all() {
    local short=(--set 'time.steady={warm_up: 20 min, length: 40 min}')
    for engine in general pool; do
        measure W1 w1.yaml $engine 1 3 "${short[@]}"
        measure W2 w2.yaml $engine 1 20 "${short[@]}"
        measure day ../../scenarios/forty-seconds.yaml $engine 1 8
    done
    measure W1-limit w1-look.yaml general 1 3 "${short[@]}"
    measure W5 w5.yaml general 1 3 "${short[@]}"
    for engine in general pool; do
        measure W1-lognormal w1.yaml $engine 1 3 "${short[@]}" \
            --set 'queues.calls.handling={lognormal: {mean: 5 min, cv: 1.2}}'
        measure W1-mixture w1.yaml $engine 1 3 "${short[@]}" \
            --set 'queues.calls.patience={mixture: [{share: 20%, exponential: 10 s}, {share: 80%, exponential: 147.5 s}]}'
    done
}

case $mode in
update) all | tee instructions.txt ;;
show) all ;;
check)
    if ! grep -qw avx2 /proc/cpuinfo; then
        echo "not compared: the figures were recorded with AVX2, which this processor does not have"
        exit 0
    fi
    all > "$place/now"
    join <(sed 's/ /:/' instructions.txt | sort) <(sed 's/ /:/' "$place/now" | sort) |
        awk '{ bad = $3 > 1.05 * $2; failed += bad; passed += !bad
               printf "%-12s %6d instructions a call, recorded %6d%s\n", $1, $3, $2, bad ? ": more than 5 % above it" : "" }
             END { print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 || passed == 0 }' ;;
esac

#!/usr/bin/env bash
# run.sh - installs onhold into an empty folder, then uses it as a stranger would: the program from
# the installed bin, and hold.c compiled with nothing but pkg-config. Then takes it away again.
set -u
cd "$(dirname "$0")/../../.." || exit 1
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
passed=0
failed=0
expect() { # NAME COMMAND...
    local name=$1
    shift
    if "$@" > "$stage/output" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$name:"
        cat "$stage/output"
    fi
}
prefix=$stage/usr/local
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig

expect "make install" make -s install DESTDIR="$stage" PREFIX=/usr/local
expect "the installed program runs an installed scenario" \
    "$prefix/bin/onhold" run "$prefix/share/onhold/scenarios/01-one-agent.yaml" -n 2
makes_a_scenario() {
    "$prefix/bin/onhold" new multi-skill "$stage/skills.yaml" && "$prefix/bin/onhold" check "$stage/skills.yaml"
}
expect "the installed program finds its templates" makes_a_scenario
expect "the manual page is where man looks" \
    sh -c "zcat '$prefix/share/man/man1/onhold.1.gz' | grep -q 'SH NAME'"
expect "bash finds its completion" \
    bash -c "source '$prefix/share/bash-completion/completions/onhold' && complete -p onhold"
expect "zsh finds its completion" grep -q '^#compdef onhold' "$prefix/share/zsh/site-functions/_onhold"
compile() {
    local flags
    # The package's prefix is /usr/local; here it stands in a stage.
    flags=$(pkg-config --define-variable=prefix="$prefix" --cflags --libs onhold) || return
    # shellcheck disable=SC2086
    "${CC:-gcc}" -std=c11 -Wall -Wextra -Werror -o "$stage/hold" tests/support/example/hold.c $flags
}
expect "the example compiles with pkg-config" compile
answers() {
    "$stage/hold" "$prefix/share/onhold/scenarios/03-patience.yaml" > "$stage/answer" || return
    cat "$stage/answer"
    # Erlang A says 51.7 % and 91.7 %.
    awk '/^10 agents:/ { ten = $3 } /^14 agents:/ { fourteen = $3 }
         END { exit !(ten > 50.7 && ten < 52.7 && fourteen > 90.7 && fourteen < 92.7) }' "$stage/answer"
}
expect "the example gives the right answer" answers
expect "make uninstall" make -s uninstall DESTDIR="$stage" PREFIX=/usr/local
gone() {
    find "$stage/usr" -type f -print
    [ -z "$(find "$stage/usr" -type f)" ]
}
expect "uninstall leaves no file" gone

echo "$passed passed, $failed failed"
[ $failed = 0 ]

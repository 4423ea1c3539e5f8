#!/usr/bin/env bash
# library.sh LIBONHOLD - does the library keep its promises? It has no variables that live outside
# a caller's objects, prints nothing, reads no environment, never exits, handles no signal and
# leaves GSL's error handler alone. Read from the symbols, so nobody can forget.
set -u
library=$1
passed=0
failed=0
verdict() { # NAME PROBLEMS
    if [ -z "$2" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%s:\n%s\n' "$1" "$2"
    fi
}

verdict "the library calls what it must not" "$(nm -A -u "$library" 2>/dev/null | awk '
    BEGIN { n = split("printf puts putchar perror vprintf exit _exit quick_exit abort getenv " \
                      "secure_getenv signal sigaction setlocale gsl_set_error_handler " \
                      "gsl_set_error_handler_off stdout stderr rand srand time", word, " ")
            for (i = 1; i <= n; i++) banned[word[i]] = 1 }
    $NF in banned')"

# Sanitizers and coverage add variables of their own.
case $library in
*/release-* | */debug-*)
    verdict "the library has global variables" "$(objdump -t "$library" 2>/dev/null |
        awk '/file format/ { member = $1 } $0 ~ / \.(data|bss)[^.]/ && $NF !~ /^\./ { print member, $NF }')"
    ;;
esac

echo "$passed passed, $failed failed"
[ $failed = 0 ]

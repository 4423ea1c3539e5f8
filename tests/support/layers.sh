#!/usr/bin/env bash
# layers.sh - is the house in order? Includes point to a layer further left or inside their own
# folder, the hosts see only <onhold/*.h>, nothing includes itself by a round trip, file names are
# unique, and the top level holds only what was agreed. Ends with "N passed, N failed".
set -u
cd "$(dirname "$0")/../.." || exit 1
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

includes=$(grep -rnHE '^[[:space:]]*#[[:space:]]*include' sim include/onhold --include='*.[ch]' --include='*.def')

# FILE LINE TARGET for every include of our own, the path made plain.
own=$(awk -F: '
    function plain(path,    n, i, k, part, kept) {
        n = split(path, part, "/")
        for (i = 1; i <= n; i++)
            if (part[i] == "..") k--
            else if (part[i] != ".") kept[++k] = part[i]
        path = kept[1]
        for (i = 2; i <= k; i++) path = path "/" kept[i]
        return path
    }
    {
        file = $1; folder = file; sub(/\/[^\/]*$/, "", folder)
        if (match($0, /"[^"]+"/)) print file, $2, plain(folder "/" substr($0, RSTART + 1, RLENGTH - 2))
        else if (match($0, /<onhold\/[^>]+>/)) print file, $2, "include/" substr($0, RSTART + 1, RLENGTH - 2)
    }' <<< "$includes")

verdict "an include points to the right" "$(awk '
    BEGIN { n = split("base math doc stats scenario model engine experiment data out", name, " ")
            for (i = 1; i <= n; i++) rank[name[i]] = i
            host["cli"] = host["web"] = host["mpi"] = 1 }
    {
        split($1, from, "/"); split($3, to, "/")
        if (from[1] == "include") { if (to[1] != "include") print $1 ":" $2 ": " $3 " is not public" }
        else if (!(from[2] in rank) && !(from[2] in host)) print $1 ": sim/" from[2] " is no layer"
        else if (to[1] == "include" || from[2] == to[2]) next
        else if (from[2] in host) print $1 ":" $2 ": a host includes " $3 ", which is not public"
        else if (!(to[2] in rank) || rank[to[2]] > rank[from[2]])
            print $1 ":" $2 ": " from[2] " may not include " $3
    }' <<< "$own")"

verdict "an included file is not there" "$(while read -r file line target; do
    [ -z "$file" ] || [ -f "$target" ] || echo "$file:$line: $target"
done <<< "$own")"

verdict "headers include each other in a circle" "$(awk '{ print $3, $1 }' <<< "$own" |
    tsort 2>&1 >/dev/null | grep -v 'input contains a loop')"

verdict "a file name is used twice" "$(find sim tests -name '*.[ch]' -printf '%f\n' | sort | uniq -d)"

if [ -d .git ] || [ -f .git ]; then
    top=$(git ls-files --cached --others --exclude-standard | cut -d/ -f1 | sort -u)
else
    top=$(ls -A)
fi
verdict "the top level holds names that were not agreed" "$(grep -vxE \
    'sim|include|scenarios|tests|plots|build|Makefile|README\.md|LICENSE|CHANGELOG\.md|\..*' <<< "$top")"

verdict "a header has no guard of its own" "$(find sim include tests -name '*.h' -print0 |
    xargs -0 grep -L '^#ifndef ONHOLD_')"

echo "$passed passed, $failed failed"
[ $failed = 0 ]

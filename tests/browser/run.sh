#!/usr/bin/env bash
# run.sh ONHOLD - reports and comparisons, opened in headless Chromium, at the widths of a phone and of a desk, light
# and dark. Pages are shown in frames of one page, each with checks.js put into it; the frames tell
# it what they found, and the page is read when all have. Ends with "N passed, N failed". Without
# Chromium it says "skipped: ..." and nothing fails.
set -u
onhold=$(realpath "${1:?which onhold?}")
cd "$(dirname "$0")" || exit 1
for browser in chromium chromium-browser google-chrome ''; do
    command -v "${browser:-/}" > /dev/null && break
done
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
passed=0
failed=0
verdict() { # WRONG NAME: nothing wrong is a pass
    if [ -z "$1" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%s:\n  %s\n' "$2" "$1"
    fi
}
open_page() { # PAGE [OPTION...]: its elements when it has come to rest
    local page=$1
    shift
    timeout 100 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
        --hide-scrollbars --allow-file-access-from-files --user-data-dir="$place/profile" --enable-logging=stderr \
        --virtual-time-budget=20000 --window-size=1400,900 "$@" --dump-dom "file://$page" \
        2> "$place/stderr"
}

skip() {
    echo "skipped: $1"
    echo "0 passed, 0 failed"
    exit 0
}
[ -n "$browser" ] || skip "there is no Chromium to open reports with (on Debian: apt install chromium)"
echo '<p id="there">' > "$place/empty.html"
open_page "$place/empty.html" | grep -q 'id="there"' || skip "Chromium does not run here"

# NAME WORD...: the page that `report WORD... -o PAGE` makes.
make_report() {
    local name=$1
    shift
    "$onhold" report -q "$@" -o "$place/$name.html" 2> "$place/said"
    verdict "$(test $? = 0 || cat "$place/said")" "report of $name"
    take_page "$name"
}
# The same for `compare WORD... --report PAGE`.
make_comparison() {
    local name=$1
    shift
    "$onhold" compare -q "$@" --report "$place/$name.html" > "$place/table" 2> "$place/said"
    verdict "$(test $? = 0 || cat "$place/said")" "comparison of $name"
    take_page "$name"
}
take_page() { # NAME: one of those that are opened
    local name=$1
    verdict "$(test "$(wc -c < "$place/$name.html")" -lt 2000000 || echo "it is not")" "$name below 2 MB"
    # as it is, but the policy gives way to the checks
    sed -e 's/<meta http-equiv="Content-Security-Policy"[^>]*>/<script src="checks.js"><\/script>/' \
        "$place/$name.html" > "$place/checked-$name.html"
    names+=" $name"
}
names=
make_report forty-seconds ../../scenarios/forty-seconds.yaml
make_report week ../golden/scenarios/week.yaml -n 40
make_report callers ../golden/scenarios/callers.yaml -n 20
make_report no-target ../golden/scenarios/no-target.yaml -n 3
make_report steady ../../scenarios/02-erlang-c.yaml -n 5
cp hostile.yaml "$place/<script>document.title='owned'<.yaml"
make_report hostile "$place/<script>document.title='owned'<.yaml" -n 20 \
    --set 'queues.support.arrivals=90 per h # <script>document.title="owned"</script>'
make_comparison call-back ../../scenarios/call-back.yaml -n 20
make_comparison hostile-files "$place/<script>document.title='owned'<.yaml" "$place/<script>document.title='owned'<.yaml" \
    -n 20 --set 'queues.support.arrivals=90 per h # <script>document.title="owned"</script>'
cp checks.js "$place/"

frames=0
for scheme in light dark; do
    dark=0
    [ $scheme = dark ] && dark=1
    {
        echo '<!DOCTYPE html><meta charset="utf-8"><pre id="found"></pre><script>
            const found = document.getElementById("found");
            addEventListener("message", (event) => {
                for (const [name, wrong] of event.data.report)
                    found.textContent += `\n@${event.data.page}${event.data.search}\t${name}\t${wrong}`;
            });</script>'
        for name in $names; do
            for width in 380 1280; do
                echo "<iframe width=$width height=800 style='border:0;color-scheme:$scheme'" \
                    "src='checked-$name.html?width=$width&dark=$dark'></iframe>"
                [ $scheme = dark ] || frames=$((frames + 1))
            done
        done
    } > "$place/$scheme.html"
    option=
    [ $scheme = dark ] && option=--blink-settings=preferredColorScheme=0
    open_page "$place/$scheme.html" $option > "$place/$scheme.dom"
    while IFS=$'\t' read -r page name wrong; do
        verdict "$wrong" "${page#@checked-} $name"
    done < <(grep '^@' "$place/$scheme.dom" | sed -e 's/&amp;/\&/g' -e 's/<\/pre>.*//')
    told=$(grep -c '^@.*nothing was complained about' "$place/$scheme.dom")
    verdict "$(test "$told" = $frames || echo "$told of $frames pages told what they found")" "$scheme pages"
done

# Untouched: its policy lets its own script run, which made the buttons, and nobody complained.
for name in forty-seconds hostile; do
    open_page "$place/$name.html" > "$place/own.dom"
    verdict "$(grep CONSOLE "$place/stderr")" "$name: console"
    verdict "$(grep -q '<button type="button">' "$place/own.dom" || echo "its script did not run")" "$name: script"
done

echo "$passed passed, $failed failed"
[ $failed = 0 ]

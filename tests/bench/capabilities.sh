#!/usr/bin/env bash
#
# capabilities.sh - what fanfetch and other tools do with the same lists, by
# trying: a table in Markdown, of which README.md has the gist.
#
# Usage: tests/bench/capabilities.sh [TOOL]...
#
# Needs the test server (make test-deps), curl, jq and what of wget2 and aria2
# is to be tried.  Only loopback is asked for anything.

set -euo pipefail
cd "$(dirname "$0")/../.."

build=$PWD/${BUILD:-build}
dir=$(mktemp -d)
server_pid=
cleanup() {
    [[ -z $server_pid ]] || kill "$server_pid" 2>/dev/null || :
    rm -rf "$dir"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

export LC_ALL=C PATH=$build:$PATH HOME=$dir
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY

"$build/tests/server" --any --control "$dir/control" >"$dir/port" &
server_pid=$!
for ((i = 0; i < 200; i++)); do
    [[ ! -s $dir/port ]] || break
    sleep 0.05
done
read -r port <"$dir/port"
url=http://127.0.0.1:$port
url2=http://127.0.0.2:$port

# ---- the tools: $LIST, a file or "-", four at once, bodies below ./out ----

run_curl() {
    sed 's/.*/url = "&"\nremote-name/' "$LIST" |
        curl -sS -Z --parallel-max 4 --create-dirs --output-dir out \
            --retry "$RETRIES" -w '%{stderr}%{json}\n' -K -
}

run_xargs() {
    xargs -P 4 -n 1 curl -sS --create-dirs --output-dir out -O \
            --retry "$RETRIES" -w '%{stderr}%{json}\n' <"$LIST"
}

run_wget2() {
    wget2 -q --max-threads 4 --tries $((RETRIES + 1)) -P out -i "$LIST"
}

run_aria2() {
    aria2c -q -j 4 -d out --max-tries $((RETRIES + 1)) --retry-wait 1 -i "$LIST"
}

run_fanfetch() {
    fanfetch --limit 4 --output-dir out --retry "$RETRIES" "$LIST" >&2
}

# fanfetch with what it has against hosts that are full.
run_fair() {
    fanfetch --limit 4 --limit-per-host 2 "$LIST" >/dev/null
}

export -f run_curl run_xargs run_wget2 run_aria2 run_fanfetch run_fair
export RETRIES=0

# try TOOL [SECONDS [LIST]]: sets status.
try() {
    rm -rf "$dir/work"
    mkdir "$dir/work"
    status=0
    (cd "$dir/work" && LIST=${3:-$dir/list} timeout "${2:-20}" bash -c "run_$1") \
        >"$dir/stdout" 2>"$dir/stderr" || status=$?
}

ask_server() {
    curl -sS --unix-socket "$dir/control" "http://server/$1"
}

count() {
    ask_server _stats | jq .requests
}

# ---- the questions: each prints one cell ----

starts_before_the_end() {
    { echo "$url/first"; sleep 2; echo "$url/second"; } >"$dir/fifo" &
    try "$1" 6 /dev/stdin <"$dir/fifo" &
    sleep 1.2
    if (($(count) > 0)); then echo yes; else echo 'no'; fi
    wait
}

survives_a_bad_url() {
    {
        seq -f "$url/bytes/%.0f?good" 1 10
        echo 'http://[bad/'
        seq -f "$url/bytes/%.0f?good" 11 20
    } >"$dir/list"
    try "$1" 10
    echo "$(count) of 20"
}

keeps_same_names_apart() {
    printf '%s\n' "$url/echo" "$url2/echo" >"$dir/list"
    try "$1" 10
    echo "$(find "$dir/work" -type f | wc -l) of 2"
}

tells_failure_by_status() {
    printf '%s\n' "http://127.0.0.1:1/x" "$url/bytes/3" "$url/status/404" \
        >"$dir/list"
    try "$1" 10
    echo "$status"
}

# When the second host's first request came, since the first one of all.
does_not_let_a_full_host_block() {
    local tool=$1
    [[ $tool != fanfetch ]] || tool=fair
    {
        seq -f "$url/delay/1000?slow%.0f" 12
        seq -f "$url2/bytes/3?fast%.0f" 3
    } >"$dir/list"
    try "$tool" 20
    ask_server _log | jq -rs 'map(select(.event == "request")) |
        .[0].ms as $first | map(select(.target | contains("fast")))[0].ms |
        if . then "\((. - $first) / 100 | round / 10) s" else "never" end'
}

# Requests of one host that asked for a pause of 2 s, within the first second.
pauses_the_host() {
    seq -f "$url/429?key=$1%.0f&times=1&retry_after=2" 12 >"$dir/list"
    RETRIES=2 try "$1" 15
    ask_server _log | jq -rs 'map(select(.event == "request")) |
        .[0].ms as $first | map(select(.ms - $first < 1000)) | length'
}

questions=(
    'starts before the list ends|starts_before_the_end'
    'URLs fetched beside a malformed one|survives_a_bad_url'
    'two files of one name kept|keeps_same_names_apart'
    'exit status, one refused and one 404|tells_failure_by_status'
    'idle host asked behind 12 URLs of a slow one|does_not_let_a_full_host_block'
    'requests of 12 sent in the first second of a Retry-After of 2|pauses_the_host'
)

version_of() {
    case $1 in
    xargs) echo 'xargs and curl' ;;
    aria2) aria2c --version | sed -n '1s/.*version /aria2 /p' ;;
    wget2) wget2 --version | sed -n '1s/GNU Wget2 \([^ ]*\).*/wget2 \1/p' ;;
    curl) curl --version | sed -n '1s/^curl \([^ ]*\).*/curl -Z \1/p' ;;
    fanfetch) fanfetch --version | head -n 1 ;;
    esac
}

tools=("$@")
(($# > 0)) || tools=(fanfetch curl xargs wget2 aria2)
mkfifo "$dir/fifo"
printf '|'
for tool in "${tools[@]}"; do
    printf ' | %s' "$(version_of "$tool")"
done
printf ' |\n|---'
printf '|---%.0s' "${tools[@]}"
printf '|\n'
for question in "${questions[@]}"; do
    printf '| %s' "${question%|*}"
    for tool in "${tools[@]}"; do
        ask_server _reset >/dev/null
        printf ' | %s' "$("${question#*|}" "$tool")"
    done
    printf ' |\n'
done

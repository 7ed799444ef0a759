#!/usr/bin/env bash
#
# run.sh - run the integration cases on the real binary.
#
# A case is tests/integration/AREA/NAME.sh: a few lines of bash with the words
# of lib.sh, run in a directory of its own.  It passes when it ends with status
# 0 and, where NAME.out stands beside it, its stdout is that file.  Status 77
# is a skip, whose reason is shown.  Comments that a case can carry:
#
#   # timeout: 120   seconds it may take (60)
#   # alone          nothing else runs beside it
#   # long           it takes many seconds of CPU: -s leaves it out
set -u

usage='Usage: tests/run.sh [-j N] [-p] [-s] [-v] [AREA[/NAME]]...
  -j N  run N cases at once (4)
  -p    stop random processes of the cases for up to a second, all the time:
        what fails then hoped for a fast machine, or is a fault
  -s    leave out those that are marked as long
  -v    show the output of every case, not of failed ones alone
Environment: BUILD (build), FANFETCH (fanfetch in there), FANFETCH_SERVER
(tests/server in there), TIME_SCALE (2: a factor for all time limits)'

here=$(cd "$(dirname "$0")" && pwd) || exit 1
top=$(dirname "$here")
jobs=4
pauses=
short=
verbose=

while getopts 'j:psvh' option; do
    case $option in
    j) jobs=$OPTARG ;;
    p) pauses=1 ;;
    s) short=1 ;;
    v) verbose=1 ;;
    h)
        echo "$usage"
        exit 0
        ;;
    *)
        echo "$usage" >&2
        exit 2
        ;;
    esac
done
shift $((OPTIND - 1))

# absolute PATH: relative ones are those of the tree.
absolute() {
    case $1 in
    /*) echo "$1" ;;
    *) echo "$top/$1" ;;
    esac
}

# What can be preloaded, made anew where a source is newer.
build_preloads() {
    local source so
    export FANFETCH_PRELOAD=$build/tests
    mkdir -p "$FANFETCH_PRELOAD"
    for source in "$here"/preload/*.c; do
        so=${source##*/}
        so=$FANFETCH_PRELOAD/${so%.c}.so
        [ "$source" -nt "$so" ] || continue
        "${CC:-cc}" -std=c17 -D_GNU_SOURCE -O2 -g -w -fPIC -shared \
            -o "$so.$$" "$source" -ldl && mv "$so.$$" "$so" || return 1
    done
}

# The test server, made anew where a source of it is newer.
build_server() {
    local server=$build/tests/server
    FANFETCH_SERVER=$(absolute "${FANFETCH_SERVER:-$server}")
    export FANFETCH_SERVER
    [ "$FANFETCH_SERVER" = "$server" ] || return 0
    if [ -x "$server" ] &&
        [ -z "$(find "$here/server" -newer "$server" -name '*.[ch]')" ]; then
        return 0
    fi
    mkdir -p "${server%/*}"
    "${CC:-cc}" -std=c17 -D_GNU_SOURCE -O2 -g -w -o "$server.$$" \
        "$here"/server/*.c -lev -lz -lm && mv "$server.$$" "$server"
}

# list_cases [AREA[/NAME]]...: names of the cases chosen, one a line.
list_cases() {
    local choice file found
    [ $# -gt 0 ] || set -- ''
    for choice; do
        found=
        choice=${choice#tests/integration/}
        choice=${choice%.sh}
        choice=${choice%/}
        for file in "$here"/integration/*/*.sh; do
            file=${file#"$here/integration/"}
            file=${file%.sh}
            case $file/ in
            "${choice:+$choice/}"*) echo "$file" && found=1 ;;
            esac
        done
        if [ -z "$found" ]; then
            echo "run.sh: error: no case is called '$choice'" >&2
            return 1
        fi
    done
}

# Each process costs milliseconds, and there are hundreds of cases: so comments
# are read at once, and functions set variables instead of printing.

# read_comments: sets COMMENTS[CASE] to what its comments say, as words.
declare -A COMMENTS
read_comments() {
    local file comment
    while IFS=: read -r file comment; do
        file=${file#"$here/integration/"}
        COMMENTS[${file%.sh}]+=" $comment "
    done < <(grep -E '^# (alone|long|timeout: *[0-9]+)$' \
        "$here"/integration/*/*.sh | sed 's/:# /:/; s/: *\([0-9]*\)$/=\1/')
}

# is_marked CASE WORD: does it carry the comment?
is_marked() {
    [[ ${COMMENTS[$1]:-} == *" $2 "* ]]
}

# timeout_of CASE: sets LIMIT to the seconds that it may take.
timeout_of() {
    LIMIT=60
    if [[ ${COMMENTS[$1]:-} =~ timeout=([0-9]+) ]]; then
        LIMIT=${BASH_REMATCH[1]}
    fi
    LIMIT=$((LIMIT * ${TIME_SCALE:-2}))
}

# seconds VARIABLE MICROSECONDS: set it to that, with one decimal.
seconds() {
    printf -v "$1" '%d.%01d' $(($2 / 1000000)) $(($2 / 100000 % 10))
}

# cpu_of FILE: sets CPU to the microseconds of CPU that the shell's children had,
# of what bash's times says of them in its second line, such as "0m1.234s
# 0m0.120s".
cpu_of() {
    local time user system
    CPU=0
    { read -r && read -r user system; } <"$1"
    for time in "$user" "$system"; do
        time=${time%s}
        CPU=$((CPU + ${time%m*} * 60000000 + 10#${time#*m*[.,]} * 1000))
        time=${time#*m}
        CPU=$((CPU + ${time%[.,]*} * 1000000))
    done
}

# run_case CASE SLOT: run it, leave its log and its verdict in $work/SLOT.
run_case() {
    local name=$1 slot=$work/$2 status=0 start=$EPOCHREALTIME took
    local expected=$here/integration/$name.out
    timeout_of "$name"
    mkdir -p "$slot/cwd"
    # shellcheck disable=SC2016 # the inner shell expands these
    (cd "$slot/cwd" && TESTS=$here exec timeout -k 15 "$LIMIT" \
        bash -c 'set -Eeu; . "$TESTS/lib.sh"
            trap "echo \"FAIL: \$BASH_COMMAND\" >&9" ERR; . "$1"' \
        "$name" "$here/integration/$name.sh") \
        </dev/null >"$slot/stdout" 2>"$slot/stderr" 7<&- &
    wait $! || status=$?
    # timeout leads a process group: end what a failed case has left behind.
    kill -KILL -- "-$!" 2>/dev/null

    if [ "$status" -eq 0 ] && [ -e "$expected" ] &&
        ! diff -u --label expected --label got "$expected" "$slot/stdout" \
            >>"$slot/stderr"; then
        status=1
    fi
    [ "$status" -ne 124 ] ||
        echo "stopped after $LIMIT s" >>"$slot/stderr"
    seconds took $((${EPOCHREALTIME/./} - ${start/./}))
    times >"$slot/times"
    cpu_of "$slot/times"
    seconds CPU "$CPU"
    rm -rf "$slot/cwd"
    echo "$status $took $CPU $name" >"$slot/verdict"
}

show_log() {
    sed 's/^/    /' "$1/stdout" | head -n 100
    sed 's/^/    /' "$1/stderr" | tail -n 200
}

passed=0 failed=0 skipped=0 summary=() reported=()

# report SLOT: count a finished case and say how it went.
report() {
    local slot=$work/$1 status took cpu name word
    read -r status took cpu name <"$slot/verdict"
    case $status in
    0) word=ok passed=$((passed + 1)) ;;
    77)
        word=skip skipped=$((skipped + 1))
        summary+=("skipped: $name: $(sed -n 's/^SKIP: //p' "$slot/stderr")")
        ;;
    *) word=FAIL failed=$((failed + 1)) summary+=("failed: $name") ;;
    esac
    printf '%-5s%s (%s s, CPU %s s)\n' "$word" "$name" "$took" "$cpu"
    if [ "$word" = FAIL ] || [ -n "$verbose" ]; then
        show_log "$slot"
    fi
    reported[$1]=1
}

# Report what has finished since the last time.
report_finished() {
    local i
    for ((i = 1; i <= slot; i++)); do
        [ -n "${reported[i]:-}" ] || [ ! -s "$work/$i/verdict" ] || report "$i"
    done
}

# run_all N CASE...: at most N at once.
run_all() {
    local most=$1 running=0 name
    shift
    for name; do
        if [ "$running" -ge "$most" ]; then
            wait -n
            running=$((running - 1))
            report_finished
        fi
        slot=$((slot + 1))
        run_case "$name" "$slot" &
        running=$((running + 1))
    done
    wait
    report_finished
}

# Python itself first: python3 may be a script that looks for it each time.
if python=$(python3 -c 'import sys; print(sys.executable)' 2>/dev/null); then
    PATH=${python%/*}:$PATH
fi

build=$(absolute "${BUILD:-build}")
FANFETCH=$(absolute "${FANFETCH:-$build/fanfetch}")
export FANFETCH
if [ ! -x "$FANFETCH" ]; then
    echo "run.sh: error: no binary at '$FANFETCH'" >&2
    exit 1
fi
build_server || exit 1
build_preloads || exit 1
FANFETCH_ORACLE=$build/tests/oracle
FANFETCH_WORK=$build/tests/work
FANFETCH_PEAK=$build/tests/peak
FANFETCH_PARSE=$build/tests/parse
export FANFETCH_ORACLE FANFETCH_WORK FANFETCH_PEAK FANFETCH_PARSE
names=$(list_cases "$@") || exit 2
read_comments

# The long ones first: none of them is left over when all others have ended.
long=() together=() alone=() slot=0 left_out=0
for name in $names; do
    if is_marked "$name" long && [ -n "$short" ]; then
        left_out=$((left_out + 1))
    elif is_marked "$name" alone; then
        alone+=("$name")
    elif is_marked "$name" long; then
        long+=("$name")
    else
        together+=("$name")
    fi
done

# take_ports: sets FANFETCH_PORT to the first of 2,000 ports that no other run on
# this machine, or in a root on it, has at the same time.  The lock ends with us.
take_ports() {
    local i lock dir=/dev/shm
    [ -w "$dir" ] || dir=${TMPDIR:-/tmp}
    for i in {0..9}; do
        lock=$dir/fanfetch-test.ports.$i
        [ -e "$lock" ] || : >"$lock"
        exec 7<"$lock"
        FANFETCH_PORT=$((10000 + i * 2000))
        flock -n 7 && return
    done
    echo "run.sh: error: ten other runs have all the ports" >&2
    return 1
}

work=$(mktemp -d "${TMPDIR:-/tmp}/fanfetch-test.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
# What lib.sh reads in order to sleep, ports that are given out, and certificates.
FANFETCH_NEVER=$work/never FANFETCH_PORTS=$work/ports FANFETCH_TLS=$work/tls
take_ports || exit 1
export FANFETCH_NEVER FANFETCH_PORT FANFETCH_PORTS FANFETCH_TLS
mkfifo "$FANFETCH_NEVER"
mkdir "$FANFETCH_PORTS"
if [ -n "$pauses" ]; then
    # No child of ours, since we wait for all of those.
    (python3 "$here/pause.py" "$work" $$ &)
fi
trap 'exit 130' INT
trap 'exit 143' TERM
run_all "$jobs" "${long[@]}" "${together[@]}"
run_all 1 "${alone[@]}"

[ "$left_out" -eq 0 ] ||
    echo "left out: $left_out long cases, which make check-all runs"
[ ${#summary[@]} -eq 0 ] || printf '%s\n' "${summary[@]}"
printf '%d passed, %d failed' "$passed" "$failed"
[ "$skipped" -eq 0 ] || printf ', %d skipped' "$skipped"
echo
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]

# shellcheck shell=bash
#
# lib.sh - what the integration cases are written with.
#
# run.sh sources this file and then the case, in a temporary directory of the
# case's own, under set -eu.  A case says what it expects with check, same,
# holds and exits; the first expectation that is not met ends it.
#
#   FANFETCH          the binary under test, an absolute path
#   FANFETCH_SERVER   the test server, ditto
#   FANFETCH_PRELOAD  the folder of what preload takes, ditto
#   FANFETCH_ORACLE   tests/oracle, ditto; need_oracle
#   FANFETCH_WORK     tests/work, ditto
#   FANFETCH_PEAK     tests/peak, ditto
#   FANFETCH_PARSE    tests/parse, ditto
#   TESTS             the directory of this file, ditto
#   TIME_SCALE        what time limits are multiplied by (2)

export LC_ALL=C TZ=UTC HOME=$PWD
unset http_proxy https_proxy all_proxy no_proxy
unset HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY
unset CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR

SERVERS=0
CLEANUP_PIDS=()
CLEANUP_DIRS=()

# is_child PID: is it this shell's, and not ended?  The number of one that has
# ended may be anybody's.
is_child() {
    local stat
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
    [[ ${stat##*) } == ?" $$ "* ]] # state, parent
}

# Kill what the case started, by pid, when it ends, and remove what it has
# outside its own directory.
cleanup() {
    local pid
    [ -z "${FF_RUNS:-}" ] || printf 'stopped in: fanfetch %s\n' "$FF_RUNS" >&9
    for pid in "${CLEANUP_PIDS[@]}"; do
        ! is_child "$pid" || kill "$pid" 2>/dev/null || :
    done
    for pid in "${CLEANUP_PIDS[@]}"; do
        wait "$pid" 2>/dev/null || :
    done
    [ ${#CLEANUP_DIRS[@]} -eq 0 ] || rm -rf "${CLEANUP_DIRS[@]}"
}
trap cleanup EXIT

# ---- Verdicts ----

# The case's log, also where a command's stderr goes elsewhere.
exec 9>&2

# fail MESSAGE: end the case as failed.
fail() {
    if [ -s err ]; then
        sed 's/^/err: /' err | tail -n 50 >&9
    fi
    printf 'FAIL: %s\n' "$*" >&9
    exit 1
}

# skip REASON: end the case as one that cannot run here.
skip() {
    printf 'SKIP: %s\n' "$*" >&9
    exit 77
}

# need COMMAND...: skip where one of them is missing.
need() {
    local command
    for command; do
        command -v "$command" >/dev/null || skip "$command is not installed"
    done
}

# need_oracle: skip where it was not built, as by run.sh alone.
need_oracle() {
    [ -x "$FANFETCH_ORACLE" ] || skip "make test-deps builds tests/oracle"
}

# check NAME CONDITION...: the condition must hold.
check() {
    local name=$1
    shift
    "$@" || fail "$name: not so: $*"
}

# same NAME GOT WANT: both texts must be equal.
same() {
    [ "$2" = "$3" ] || fail "$1: got '$2', want '$3'"
}

# holds NAME FILE [JQ-OPTION...] FILTER: true of the array of the file's values.
holds() {
    local name=$1 file=$2
    shift 2
    if ! jq -se "$@" "$file" >/dev/null; then
        printf -- '---- %s\n' "$file" >&9
        head -c 4000 "$file" >&9
        fail "$name: not so in $file: $*"
    fi
}

# exits STATUS COMMAND...: the command must end with that status.
exits() {
    local want=$1 got=0
    shift
    "$@" || got=$?
    [ "$got" -ne "$want" ] || return 0
    if [ -s out ]; then
        printf -- '---- out\n' >&9
        head -c 2000 out >&9
    fi
    fail "exit status $got, not $want: $*"
}

# ---- The binary under test ----

# A shell may have signals ignored; the binary starts without that.
FF_ENV=(env "--default-signal=INT,QUIT,TERM,PIPE,HUP")

# Are HUP, PIPE and TERM as they should be?  Nobody sends INT to what ff runs.
FF_PLAIN=
while read -r name value; do
    [ "$name" != SigIgn: ] || [ $((0x$value & 0x5001)) -ne 0 ] || FF_PLAIN=yes
done </proc/self/status

# ff ARGUMENT...: run it, for FF_LIMIT seconds at most (then the status is 124),
# else for as long as the case may take.
ff() {
    local status=0
    FF_RUNS=$*
    if [ -n "${FF_PLAIN:-}" ] && [ -z "${FF_LIMIT:-}" ] &&
        [ ${#FF_ENV[@]} -eq 2 ]; then
        "$FANFETCH" "$@" || status=$?
    else
        timeout --foreground -k 2 "$((${FF_LIMIT:-30} * ${TIME_SCALE:-2}))" \
            "${FF_ENV[@]}" "$FANFETCH" "$@" || status=$?
    fi
    FF_RUNS=
    return "$status"
}

# ff_start ARGUMENT...: run it in the background, as FF_PID.
#
# It does not inherit descriptor 3: a case holds the other end of a fifo there,
# opened with <> so that nobody waits for anybody.
ff_start() {
    "${FF_ENV[@]}" "$FANFETCH" "$@" <&0 3>&- &
    FF_PID=$!
    CLEANUP_PIDS+=("$FF_PID")
}

# ff_wait STATUS: it must end with that status.
ff_wait() {
    local got=0
    wait "$FF_PID" || got=$?
    [ "$got" -eq "$1" ] || fail "fanfetch's exit status is $got, not $1"
}

# ff_signal NAME: send it, and wait until it is delivered: another one of the same
# name that comes before would be lost.
ff_signal() {
    kill "-$1" "$FF_PID"
    wait_for 15 grep -q '^ShdPnd:[[:space:]]*0*$' "/proc/$FF_PID/status"
    nap 0.2
}

# peak_of STATUS ARGUMENT...: run it, to end with that status.
#
# Sets PEAK, the most memory that it had, in kB.
peak_of() {
    local status=$1
    shift
    [ -x "$FANFETCH_PEAK" ] || skip "make test-deps builds tests/peak"
    exits "$status" "$FANFETCH_PEAK" peak "${FF_ENV[@]}" "$FANFETCH" "$@"
    # shellcheck disable=SC2034 # the case looks at it
    read -r PEAK <peak
}

# sanitized: true where the binary is built with a sanitizer.
sanitized() {
    grep -qE '__(asan|tsan)_init' "$FANFETCH"
}

# preload [NAME [VARIABLE=VALUE...]]: from here on run the binary with
# tests/preload/NAME.c in front of libc, and with these variables; or without.
preload() {
    FF_ENV=("${FF_ENV[@]:0:2}")
    [ $# -gt 0 ] || return 0
    ! sanitized || skip "a sanitizer has its own"
    FF_ENV+=("LD_PRELOAD=$FANFETCH_PRELOAD/$1.so" "${@:2}")
}

# norm [FILE]: result lines by index, without times, ports and addresses.
norm() {
    jq -sc "sort_by(.index)[] | $(<"$TESTS/normalise.jq")" "$@"
}

# urls N PREFIX [FROM]: N lines PREFIX0, PREFIX1, ...
urls() {
    local from=${3:-0}
    seq -f "$2%.0f" "$from" $((from + $1 - 1))
}

# ---- Waiting ----

# A descriptor on which nothing comes: reading it is a sleep without a process.
if [ -p "${FANFETCH_NEVER:-}" ]; then
    exec {NEVER}<>"$FANFETCH_NEVER"
else
    exec {NEVER}<> <(:)
fi

# nap SECONDS
nap() {
    read -rt "$1" -u "$NEVER" || :
}

# read_clock: sets NOW_MS, a clock to take differences of, in steps of 10 ms,
# which nobody sets.
read_clock() {
    read -r NOW_MS _ </proc/uptime
    NOW_MS=${NOW_MS/./}0
}

# now_ms: prints it.
now_ms() {
    read_clock
    echo "$NOW_MS"
}

# wait_for SECONDS COMMAND...: until it succeeds; fails when it never does, after
# that time or half a minute, since a machine may be busy.
wait_for() {
    local end ms=5
    read_clock
    end=$((NOW_MS + ($1 > 30 ? $1 : 30) * 1000 * ${TIME_SCALE:-2}))
    shift
    until "$@"; do
        read_clock
        [ "$NOW_MS" -lt "$end" ] || fail "waited in vain for: $*"
        nap "0.0$((ms / 10))$((ms % 10))"
        ms=$((ms < 40 ? ms * 2 : ms))
    done
}

# has_lines FILE N: it has N whole lines.
has_lines() {
    local lines=()
    [ -e "$1" ] || return 1
    if [ "$2" -eq 0 ]; then
        return 0
    elif [ "$2" -gt 20 ]; then
        [ "$(wc -l <"$1")" -ge "$2" ]
    else
        mapfile -n "$2" lines <"$1"
        [ "${#lines[@]}" -ge "$2" ] && [[ ${lines[$2 - 1]} == *$'\n' ]]
    fi
}

# wait_lines FILE N: until the file has N lines.
wait_lines() {
    wait_for 15 has_lines "$1" "$2"
}

has_traced() {
    [ "$(grep -c "\"event\":\"$1\"" trace)" -eq "$2" ]
}

# wait_traced EVENT N: until the file trace of --trace has N such events.
wait_traced() {
    wait_for 30 has_traced "$@"
}

# logged N FILE: the file, once it has N lines.  A server may write its log
# after the client has the answer.
logged() {
    wait_lines "$2" "$1"
    cat "$2"
}

# ---- Servers ----

# free_port: a port of 127.0.0.1 that nobody listens on, outside the range that
# the system hands out by itself, and that is of our run alone (run.sh).  None is
# given twice.
free_port() {
    local port hex
    set -o noclobber
    while :; do
        port=$((FANFETCH_PORT + RANDOM % 2000))
        printf -v hex ':%04X ' "$port"
        if ! grep -qi "$hex" /proc/net/tcp /proc/net/tcp6 &&
            { : >"${FANFETCH_PORTS:-.}/port.$port"; } 2>/dev/null; then
            echo "$port"
            break
        fi
    done
    set +o noclobber
}

# server_start [OPTION...]: start the test server on all of 127.0.0.0/8, or
# where --listen says.
#
# Sets PORT, URL (http://127.0.0.1:PORT), URL2 (the same of 127.0.0.2, which
# is another host), SERVER_PID, CONTROL_PORT, and with --deaf DEAF_PORT.  A
# second start brings a second server, and server_* then ask that one.
# shellcheck disable=SC2120 # cases pass them
server_start() {
    local any=--any
    case " $* " in
    *' --listen '*) any= ;;
    esac
    SERVER_DIR=$PWD/server.$((SERVERS += 1))
    mkdir "$SERVER_DIR"
    # The server ends when nobody holds the pipe's other end any more: it
    # does not outlive this shell, however that ends.
    # shellcheck disable=SC2034 # held open, not used
    exec {SERVER_ALIVE}> >(exec "$FANFETCH_SERVER" ${any:+"$any"} \
        --control "$SERVER_DIR/control" --die-with-parent "$@" \
        >"$SERVER_DIR/port" 2>"$SERVER_DIR/log")
    SERVER_PID=$!
    CLEANUP_PIDS+=("$SERVER_PID")
    wait_lines "$SERVER_DIR/port" 2
    {
        read -r PORT DEAF_PORT
        read -r CONTROL_PORT
    } <"$SERVER_DIR/port"
    export PORT DEAF_PORT
    export URL=http://127.0.0.1:$PORT
    export URL2=http://127.0.0.2:$PORT
}

# server_ask PATH: sets SERVER_SAYS, the first line of what the server answers.
server_ask() {
    local fd line
    exec {fd}<>"/dev/tcp/127.0.0.1/$CONTROL_PORT"
    printf 'GET %s HTTP/1.0\r\n\r\n' "$1" >&"$fd"
    while read -r line && [ "$line" != $'\r' ]; do :; done <&"$fd"
    read -r SERVER_SAYS <&"$fd"
    exec {fd}>&-
}

# server_count: sets COUNTS[NAME] to each of the server's counts.
declare -A COUNTS
server_count() {
    local words
    server_ask /_counts
    read -ra words <<<"$SERVER_SAYS"
    set -- "${words[@]}"
    while [ $# -gt 1 ]; do
        COUNTS[$1]=$2
        shift 2
    done
}

# server_stats [FILTER]: what the server has counted.
server_stats() {
    if [[ ${1:-} =~ ^\.([a-z_]+)$ ]]; then
        server_count
        echo "${COUNTS[${BASH_REMATCH[1]}]}"
        return
    fi
    curl -sS --unix-socket "$SERVER_DIR/control" http://server/_stats |
        jq -r "${1:-.}"
}

# server_log [FILTER]: its log's events through jq, one by one.
server_log() {
    curl -sS --unix-socket "$SERVER_DIR/control" http://server/_log |
        jq -c "${1:-.}"
}

# server_reset: let it count anew.
server_reset() {
    server_ask /_reset
}

# server_says FILTER: ".NAME == NUMBER" (or >=, >), or several with " and "
# between them, is true of its counts.
server_says() {
    local rest=$1 part count
    server_count
    while [ -n "$rest" ]; do
        part=${rest%%' and '*}
        [[ $part =~ ^\.([a-z_]+)\ (==|\>=|\>)\ ([0-9]+)$ ]] ||
            fail "server_wait does not understand '$part'"
        count=${COUNTS[${BASH_REMATCH[1]}]}
        case ${BASH_REMATCH[2]} in
        '==') [ "$count" -eq "${BASH_REMATCH[3]}" ] || return 1 ;;
        '>=') [ "$count" -ge "${BASH_REMATCH[3]}" ] || return 1 ;;
        '>') [ "$count" -gt "${BASH_REMATCH[3]}" ] || return 1 ;;
        esac
        rest=${rest#"$part"}
        rest=${rest#' and '}
    done
}

# server_wait FILTER: until that is true of its counts.
server_wait() {
    wait_for 15 server_says "$1"
}

server_is_still() {
    local seen
    server_says '.in_flight == 0' || return 1
    seen=${COUNTS[requests]}
    nap 1
    server_says ".in_flight == 0 and .requests == $seen"
}

# server_wait_still: until, for a second, no request was in flight and none was
# started.
server_wait_still() {
    wait_for 30 server_is_still
}

# nginx_start FRAGMENT [HTTP]: start an nginx whose server block holds the
# fragment, and its http block what HTTP says.
#
# Sets NGINX_PORT, NGINX_URL and NGINX_PID; its root is ./nginx/html.
nginx_start() {
    need nginx
    mkdir -p nginx/html nginx/tmp
    local try
    for try in 1 2 3 4 5; do
        NGINX_PORT=$(free_port)
        nginx_conf "$@" >nginx/nginx.conf
        nginx -p "$PWD/nginx" -c nginx.conf -e error.log &
        NGINX_PID=$!
        if wait_listening "$NGINX_PID" "$NGINX_PORT"; then
            CLEANUP_PIDS+=("$NGINX_PID")
            export NGINX_URL=http://127.0.0.1:$NGINX_PORT
            return
        fi
    done
    cat nginx/error.log >&9
    fail "nginx does not start (tried $try times)"
}

nginx_conf() {
    cat <<CONF
daemon off;
master_process off;
pid nginx.pid;
worker_rlimit_nofile 20000;
events { worker_connections 8192; }
http {
    access_log off;
    default_type text/plain;
    keepalive_requests 1000000;
    client_body_temp_path tmp;
    proxy_temp_path tmp;
    fastcgi_temp_path tmp;
    uwsgi_temp_path tmp;
    scgi_temp_path tmp;
    ${2:-}
    server {
        listen 127.0.0.1:$NGINX_PORT backlog=4096;
        root html;
        $1
    }
}
CONF
}

# wait_listening PID PORT: false when the process ended instead.
wait_listening() {
    local end
    read_clock
    end=$((NOW_MS + 30000 * ${TIME_SCALE:-2}))
    until { : <"/dev/tcp/127.0.0.1/$2"; } 2>/dev/null; do
        kill -0 "$1" 2>/dev/null || return 1
        read_clock
        if [ "$NOW_MS" -ge "$end" ]; then
            echo "port $2 stays closed" >&2
            return 1
        fi
        nap 0.02
    done
}

# shellcheck source=tests/peers.sh
. "$TESTS/peers.sh"
# shellcheck source=tests/curl.sh
. "$TESTS/curl.sh"
# shellcheck source=tests/terminal.sh
. "$TESTS/terminal.sh"
# shellcheck source=tests/examples.sh
. "$TESTS/examples.sh"

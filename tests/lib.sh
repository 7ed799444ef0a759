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
#   TESTS             the directory of this file, ditto
#   TIME_SCALE        what time limits are multiplied by (2)

export LC_ALL=C TZ=UTC HOME=$PWD
unset http_proxy https_proxy all_proxy no_proxy
unset HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY

CLEANUP_PIDS=()
CLEANUP_DIRS=()

# Kill what the case started, by pid, when it ends, and remove what it has
# outside its own directory.
cleanup() {
    local pid
    for pid in "${CLEANUP_PIDS[@]}"; do
        kill "$pid" 2>/dev/null || :
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
    [ "$got" -eq "$want" ] || fail "exit status $got, not $want: $*"
}

# ---- The binary under test ----

# A shell may have signals ignored; the binary starts without that.
FF_ENV=(env "--default-signal=INT,QUIT,TERM,PIPE,HUP")

# ff ARGUMENT...: run it, for FF_LIMIT seconds at most (then the status is 124).
ff() {
    timeout --foreground -k 2 "$((${FF_LIMIT:-30} * ${TIME_SCALE:-2}))" \
        "${FF_ENV[@]}" "$FANFETCH" "$@"
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
    jq -sc 'sort_by(.index)[]' "$@" | jq -c -f "$TESTS/normalise.jq"
}

# urls N PREFIX [FROM]: N lines PREFIX0, PREFIX1, ...
urls() {
    local from=${3:-0}
    seq -f "$2%.0f" "$from" $((from + $1 - 1))
}

# ---- Waiting ----

# now_ms: a clock to take differences of, in steps of 10 ms, which nobody sets.
now_ms() {
    local up
    read -r up _ </proc/uptime
    echo "${up/./}0"
}

# wait_for SECONDS COMMAND...: until it succeeds; fails when it never does.
wait_for() {
    local end
    end=$(($(now_ms) + $1 * 1000 * ${TIME_SCALE:-2}))
    shift
    until "$@"; do
        [ "$(now_ms)" -lt "$end" ] || fail "waited in vain for: $*"
        sleep 0.02
    done
}

has_lines() {
    [ "$(wc -l <"$1")" -ge "$2" ]
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
# the system hands out by itself.
free_port() {
    local port
    while :; do
        port=$((10000 + (RANDOM * 32768 + RANDOM) % 20000))
        if ! grep -qi "$(printf ':%04X ' "$port")" /proc/net/tcp; then
            echo "$port"
            return
        fi
    done
}

# server_start [OPTION...]: start the test server on all of 127.0.0.0/8, or
# where --listen says.
#
# Sets PORT, URL (http://127.0.0.1:PORT), URL2 (the same of 127.0.0.2, which
# is another host), SERVER_PID, and with --deaf DEAF_PORT.  A second start
# brings a second server, and server_* then ask that one.
# shellcheck disable=SC2120 # cases pass them
server_start() {
    local any=--any
    case " $* " in
    *' --listen '*) any= ;;
    esac
    SERVER_DIR=$(mktemp -d "$PWD/server.XXXXXX")
    mkfifo "$SERVER_DIR/alive"
    # The server ends when nobody holds the fifo's other end any more: it
    # does not outlive this shell, however that ends.
    "$FANFETCH_SERVER" ${any:+"$any"} --control "$SERVER_DIR/control" \
        --die-with-parent "$@" \
        <"$SERVER_DIR/alive" >"$SERVER_DIR/port" 2>"$SERVER_DIR/log" &
    SERVER_PID=$!
    CLEANUP_PIDS+=("$SERVER_PID")
    # shellcheck disable=SC2034 # held open, not used
    exec {SERVER_ALIVE}>"$SERVER_DIR/alive"
    wait_for 10 test -s "$SERVER_DIR/port"
    read -r PORT DEAF_PORT <"$SERVER_DIR/port" || :
    export PORT DEAF_PORT
    export URL=http://127.0.0.1:$PORT
    export URL2=http://127.0.0.2:$PORT
}

# server_stats [FILTER]: what the server has counted.
server_stats() {
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
    curl -sS --unix-socket "$SERVER_DIR/control" http://server/_reset >/dev/null
}

server_says() {
    [ "$(server_stats "$1")" = true ]
}

# server_wait FILTER: until that is true of its counts.
server_wait() {
    wait_for 15 server_says "$1"
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
    local try
    for try in $(seq 250); do
        if (: <"/dev/tcp/127.0.0.1/$2") 2>/dev/null; then
            return 0
        fi
        kill -0 "$1" 2>/dev/null || return 1
        sleep 0.02
    done
    echo "port $2 stays closed after $try looks" >&2
    return 1
}

# shellcheck source=tests/peers.sh
. "$TESTS/peers.sh"
# shellcheck source=tests/curl.sh
. "$TESTS/curl.sh"
# shellcheck source=tests/terminal.sh
. "$TESTS/terminal.sh"
# shellcheck source=tests/examples.sh
. "$TESTS/examples.sh"

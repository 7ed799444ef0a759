#!/usr/bin/env bash
#
# run.sh - fanfetch and its peers over the same lists, in one run.
#
#   tests/bench/run.sh [-n RUNS] [ROW]...
#
# Rows: one_host, hosts, http2, tls_hosts, slow.  For each row every program
# runs in turn, RUNS times (3); the table has medians of wall time and CPU
# (user and system) and the ratio of fanfetch's wall time to the peer's: lower
# is better for us.  A peer that is not installed is left out and said so.
# All servers are on loopback.  fanfetch writes a whole JSON line per URL;
# curl and wget2 write nothing.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
fanfetch=${FANFETCH:-build/fanfetch}
case $fanfetch in /*) ;; *) fanfetch=$root/$fanfetch ;; esac
runs=3
while getopts n: option; do
    case $option in
    n) runs=$OPTARG ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
rows=("$@")
[ $# -gt 0 ] || rows=(one_host hosts http2 tls_hosts slow)

dir=$(mktemp -d)
pids=()
cleanup() {
    local pid
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || :
    done
    rm -rf "$dir"
}
trap cleanup EXIT
cd "$dir"

free_port() {
    python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# ---- Servers ----

http=$(free_port)
https=$(free_port)
dns=$(free_port)

make_certificates() {
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=bench \
        -keyout ca.key -out ca.pem 2>/dev/null
    openssl req -newkey rsa:2048 -nodes -subj /CN=bench \
        -keyout leaf.key -out leaf.csr 2>/dev/null
    echo 'subjectAltName=DNS:*.many.bench.test,DNS:localhost,IP:127.0.0.1' \
        >leaf.ext
    openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial \
        -days 30 -extfile leaf.ext -out leaf.pem 2>/dev/null
    cat /etc/ssl/certs/ca-certificates.crt ca.pem >bundle.pem
}

start_nginx() {
    cat >nginx.conf <<END
worker_processes 1;
pid nginx.pid;
error_log error.log;
daemon off;
events { worker_connections 8192; }
http {
    access_log off;
    keepalive_requests 10000000;
    client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp;
    uwsgi_temp_path tmp; scgi_temp_path tmp;
    server {
        listen 127.0.0.1:$http backlog=8192;
        listen 127.0.0.1:$https ssl http2 backlog=8192;
        ssl_certificate leaf.pem;
        ssl_certificate_key leaf.key;
        location / { return 200 "hello, world\n"; }
    }
}
END
    /usr/sbin/nginx -p "$dir" -c nginx.conf 2>/dev/null &
    pids+=($!)
}

# Any name below many.bench.test is 127.0.0.1.
start_dnsmasq() {
    dnsmasq --keep-in-foreground --no-resolv --no-hosts --port="$dns" \
        --listen-address=127.0.0.1 --bind-interfaces --user=root \
        --address=/many.bench.test/127.0.0.1 --conf-file=/dev/null \
        --pid-file=dnsmasq.pid &
    pids+=($!)
}

# 200 ms an answer.
start_slow() {
    "$root/${BUILD:-build}/tests/server" --die-with-parent \
        >slow.port < <(sleep 100000) &
    pids+=($!)
    while ! [ -s slow.port ]; do sleep 0.05; done
}

# ---- Timing ----

# once NAME COMMAND...: one run; "wall cpu" is added to NAME.times.
once() {
    local name=$1 rc=0
    shift
    command time -q -o time.out -f '%e %U %S' timeout 120 "$@" >"$name.out" 2>"$name.err" ||
        rc=$?
    awk -v rc=$rc '{ print $1, $2 + $3, rc }' time.out >>"$name.times"
}

# median COLUMN FILE
median() {
    awk -v c="$1" '{ print $c }' "$2" | sort -n |
        awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

declare -A peer_command

# row TITLE COUNT NAME...: run peer_command[NAME] in turn and print.
row() {
    local title=$1 count=$2 name i
    shift 2
    rm -f ./*.times
    for ((i = 0; i < runs; i++)); do
        for name; do
            # shellcheck disable=SC2086 # a command line of ours
            once "$name" ${peer_command[$name]}
        done
    done
    local ours
    ours=$(median 1 fanfetch.times)
    for name; do
        local wall cpu
        wall=$(median 1 "$name.times")
        cpu=$(median 2 "$name.times")
        awk -v t="$title" -v n="$name" -v w="$wall" -v c="$cpu" -v o="$ours" \
            -v k="$count" 'BEGIN {
                printf "| %s | %s | %.2f | %.2f | %.0f | %s |\n", t, n, w, c,
                    (w > 0 ? k / w : 0),
                    (n == "fanfetch" || w == 0 ? "" : sprintf("%.2f", o / w))
            }'
    done
}

have() {
    command -v "$1" >/dev/null
}

have_aiohttp() {
    /usr/bin/python3 -c 'import aiohttp' 2>/dev/null
}

# peers NAME...: those that are there, fanfetch first.
peers() {
    local name
    printf 'fanfetch\n'
    for name; do
        case $name in
        aiohttp) have_aiohttp || { echo "no aiohttp here" >&2; continue; } ;;
        *) have "$name" || { echo "no $name here" >&2; continue; } ;;
        esac
        printf '%s\n' "$name"
    done
}

# curl_config LIST: the list as curl reads it fastest.
curl_config() {
    awk '{ print "url = \"" $0 "\"\noutput = \"/dev/null\"" }' "$1" >"$1.curl"
}

# ---- Rows ----

row_one_host() {
    seq 40000 | sed "s,^,http://127.0.0.1:$http/," >one.list
    curl_config one.list
    peer_command=(
        [fanfetch]="$fanfetch one.list"
        [curl]="curl -s -Z --parallel-max 100 -K one.list.curl"
        [wget2]="wget2 -q --max-threads=100 -O /dev/null -i one.list"
        [aiohttp]="/usr/bin/python3 $here/fetch_aiohttp.py one.list 100"
    )
    mapfile -t names < <(peers curl wget2 aiohttp)
    row 'one host, 40,000 URLs' 40000 "${names[@]}"
}

row_hosts() {
    seq 8000 | sed "s,.*,http://h&.many.bench.test:$http/," >hosts.list
    sed 's,http://\([^:]*\).*,127.0.0.1 \1,' hosts.list >hosts
    peer_command=(
        [fanfetch]="$fanfetch --dns-servers 127.0.0.1:$dns hosts.list"
        [fanfetch_hosts_file]="env CARES_HOSTS=$dir/hosts $fanfetch hosts.list"
    )
    row '8,000 hosts, through DNS or a hosts file' 8000 fanfetch \
        fanfetch_hosts_file
}

row_http2() {
    seq 20000 | sed "s,^,https://localhost:$https/," >http2.list
    curl_config http2.list
    peer_command=(
        [fanfetch]="$fanfetch --cacert ca.pem http2.list"
        [curl]="curl -s -Z --parallel-max 100 --cacert ca.pem -K http2.list.curl"
        [wget2]="wget2 -q --max-threads=100 --ca-certificate=ca.pem -O /dev/null -i http2.list"
        [aiohttp]="/usr/bin/python3 $here/fetch_aiohttp.py http2.list 100 ca.pem"
    )
    mapfile -t names < <(peers curl wget2 aiohttp)
    row 'HTTP/2 over TLS, 20,000 URLs' 20000 "${names[@]}"
}

row_tls_hosts() {
    seq 2000 | sed "s,.*,https://h&.many.bench.test:$https/," >tls.list
    head -n 200 tls.list >tls.short
    curl_config tls.short
    peer_command=(
        [fanfetch]="$fanfetch --cacert bundle.pem --dns-servers 127.0.0.1:$dns tls.list"
    )
    row '2,000 TLS hosts, verified' 2000 fanfetch
    peer_command=(
        [fanfetch]="$fanfetch --cacert bundle.pem --resolve *:$https:127.0.0.1 tls.short"
        [curl]="curl -s -Z --parallel-max 100 --cacert bundle.pem --resolve *:$https:127.0.0.1 -K tls.short.curl"
    )
    row '200 TLS hosts, verified' 200 fanfetch curl
}

row_slow() {
    start_slow
    seq 10000 | sed "s,^,http://127.0.0.1:$(cat slow.port)/delay/200?," \
        >slow.list
    curl_config slow.list
    peer_command=(
        [fanfetch]="$fanfetch --limit 1000 slow.list"
        [aiohttp]="/usr/bin/python3 $here/fetch_aiohttp.py slow.list 1000"
    )
    mapfile -t names < <(peers aiohttp)
    row '200 ms servers, 1,000 at once (ideal 2.00 s)' 10000 "${names[@]}"
}

make_certificates
start_nginx
start_dnsmasq
sleep 1
set -f # "*" in --resolve
printf 'Medians of %d runs, %s, %s cores.\n\n' "$runs" "$(date +%F)" "$(nproc)"
printf '| row | program | wall s | CPU s | URLs/s | fanfetch / it |\n'
printf '|---|---|---:|---:|---:|---:|\n'
for name in "${rows[@]}"; do
    "row_$name"
done

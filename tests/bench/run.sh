#!/usr/bin/env bash
#
# run.sh - fanfetch and its peers over the same lists, in one run.
#
#   tests/bench/run.sh [-n RUNS] [-s N] [-r FILE] [-w NAME] [ROW]...
#
# Rows: one_host, hosts, http2, http3, tls_hosts, post, cookies, retries, slow,
# slow_long, crawl, big, files, million, and of fanfetch alone flat_hosts,
# flat_conns and profile; default: all.  For each row every program runs in
# turn, RUNS times (5; the million once).  -s divides the length of each list,
# to try the rows.  What comes of it is written to FILE
# (build/bench/results.tsv) and as tables to standard output, or with -w into
# the README files, at the place with that name (debian-12); report.py makes
# them, README.md says what they mean.
#
# All servers are on the loopback of a network namespace of our own, whose
# resolv.conf names our dnsmasq: so each program finds its names as it always
# does.  That needs root, or user namespaces.  A peer that is not installed is
# left out.  fanfetch writes a whole JSON line per URL, and so does curl where it
# is called curl+json; curl alone, wget2 and aiohttp's script write nothing.
set -euo pipefail

if [ -z "${BENCH_INSIDE:-}" ]; then
    map=()
    [ "$(id -u)" -eq 0 ] || map=(--map-root-user)
    # In a process namespace all that was started ends with us.
    exec env BENCH_INSIDE=1 unshare --net --mount --pid --fork --kill-child \
        --mount-proc "${map[@]}" "$0" "$@"
fi

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${BUILD:-build}
case $build in /*) ;; *) build=$root/$build ;; esac
fanfetch=${FANFETCH:-$build/fanfetch}
case $fanfetch in /*) ;; *) fanfetch=$root/$fanfetch ;; esac
runs=5 scale=1 results=$build/bench/results.tsv report=()
while getopts n:r:s:w: option; do
    case $option in
    n) runs=$OPTARG ;;
    s) scale=$OPTARG ;;
    r) results=$OPTARG ;;
    w) report=(--write "$OPTARG") ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
if [ "$scale" -gt 1 ] && [ ${#report[@]} -gt 0 ]; then
    echo "bench: -s is for trials, whose figures -w does not write" >&2
    exit 2
fi
rows=("$@")
[ $# -gt 0 ] || rows=(one_host hosts http2 http3 tls_hosts post cookies retries
    slow slow_long crawl big files million flat_hosts flat_conns profile)
case $results in /*) ;; *) results=$PWD/$results ;; esac
mkdir -p "$(dirname "$results")"

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

say() {
    echo "bench: $*" >&2
}

# scaled N: how many that is with -s, as an argument of seq.
scaled() {
    echo $(($1 / scale > 0 ? $1 / scale : 1))
}

# ---- Servers ----

http=http://127.0.0.1:8080
http_port=8080 https_port=8443 http3_port=8444 slow_port=8081

# 8,000 connections a run, and each leaves its port for a minute.
prepare_network() {
    ip link set lo up
    echo 1024 65535 >/proc/sys/net/ipv4/ip_local_port_range
    ulimit -n "$(ulimit -Hn)"
    echo nameserver 127.0.0.1 >resolv.conf
    echo hosts: files dns >nsswitch.conf
    mount --bind resolv.conf /etc/resolv.conf
    mount --bind nsswitch.conf /etc/nsswitch.conf
}

# An authority of our own beside all those of the system.
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
    mkdir -p www
    cat >nginx.conf <<END
user root;
worker_processes 1;
worker_rlimit_nofile $(ulimit -n);
pid nginx.pid;
error_log error.log;
daemon off;
events { worker_connections 16384; }
http {
    access_log off;
    keepalive_requests 100000000;
    sendfile on;
    client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp;
    uwsgi_temp_path tmp; scgi_temp_path tmp;
    server {
        listen 127.0.0.1:$http_port backlog=8192;
        listen 127.0.0.1:$https_port ssl http2 backlog=8192;
        ssl_certificate leaf.pem;
        ssl_certificate_key leaf.key;
        location / { return 200 "hello, world\n"; }
        location = /64M { root www; }
        location = /cookie { add_header Set-Cookie "a=b"; return 200 "ok\n"; }
        location = /status { stub_status; }
    }
}
END
    /usr/sbin/nginx -p "$dir" -c nginx.conf 2>/dev/null &
}

# Any name below many.bench.test is 127.0.0.1, and has no IPv6 address.
start_dnsmasq() {
    /usr/sbin/dnsmasq --keep-in-foreground --no-resolv --no-hosts --user=root \
        --listen-address=127.0.0.1 --bind-interfaces --conf-file=/dev/null \
        --local=/many.bench.test/ --address=/many.bench.test/127.0.0.1 \
        --pid-file=dnsmasq.pid 2>/dev/null &
}

# All of 127.0.0.0/8 are hosts.
start_slow() {
    "$build/tests/server" --any --port "$slow_port" --control slow.control \
        >slow.port &
}

# Only for the row that needs it.  Returns 1 if it does not start.
start_caddy() {
    local i
    mkdir -p caddy
    cat >Caddyfile <<END
{
    admin off
    auto_https off
    storage file_system $dir/caddy
}
https://localhost:$http3_port {
    bind 127.0.0.1
    tls leaf.pem leaf.key
    respond "hello, world"
}
END
    caddy run --config Caddyfile >caddy.out 2>&1 &
    for ((i = 0; i < 100; i++)); do
        ! curl -sf --cacert ca.pem -o /dev/null \
            "https://localhost:$http3_port/" || return 0
        sleep 0.1
    done
    return 1
}

start_servers() {
    local i
    prepare_network
    make_certificates
    start_nginx
    start_dnsmasq
    start_slow
    for ((i = 0; i < 100; i++)); do
        [ ! -s slow.port ] || curl -sf "$http/status" -o /dev/null &&
            getent hosts h1.many.bench.test >/dev/null && return
        sleep 0.1
    done
    say "the servers do not start"
    exit 1
}

# Requests that nginx has answered so far, this one too.
nserved() {
    curl -s "$http/status" | awk 'NR == 3 { print $3 }'
}

# ---- Timing ----

declare -A peer_command peer_count peer_runs

# once NAME COUNT COMMAND...: one run; its times are added to NAME.times.
once() {
    local name=$1 count=$2 rc=0 before served
    [ -z "$is_elsewhere" ] ||
        curl -sf --unix-socket slow.control -o /dev/null http://h/_reset
    shift 2
    rm -rf bodies
    mkdir bodies
    before=$(nserved)
    command time -q -o time.out -f '%e %U %S %M' timeout 600 "$@" \
        >"${out:-$name.out}" 2>"$name.err" || rc=$?
    served=$(($(nserved) - before - 1))
    [ "$rc" -eq 0 ] || [ -n "$has_failures" ] ||
        say "$name ended with status $rc: $(head -n 1 "$name.err")"
    [ -n "$is_elsewhere" ] || [ "$served" -eq "$count" ] ||
        say "$name had $served answers of $count"
    awk '{ print $1, $2 + $3, $4 }' time.out >>"$name.times"
}

# median COLUMN FILE
median() {
    awk -v c="$1" '{ print $c }' "$2" | sort -n |
        awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# row ROW COUNT NAME...: run peer_command[NAME] in turn, each RUNS times.
row() {
    local row=$1 count=$2 name i
    shift 2
    rm -f ./*.times
    for ((i = 0; i < runs; i++)); do
        for name; do
            [ "$i" -lt "${peer_runs[$name]:-$runs}" ] || continue
            # shellcheck disable=SC2086 # a command line of ours
            once "$name" "${peer_count[$name]:-$count}" ${peer_command[$name]}
        done
        say "$row: run $((i + 1)) of $runs"
    done
    for name; do
        printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$row" "$name" \
            "${peer_count[$name]:-$count}" "$(median 1 "$name.times")" \
            "$(median 2 "$name.times")" "$(median 3 "$name.times")" \
            "${peer_command[$name]//$fanfetch/fanfetch}" |
            sed "s,$here/,,g" >>"$results"
    done
}

# peers NAME...: those that are installed, fanfetch first.
peers() {
    local name has
    names=(fanfetch)
    for name; do
        case $name in
        aiohttp) has=(/usr/bin/python3 -c 'import aiohttp') ;;
        curl+json) has=(command -v curl) ;;
        *) has=(command -v "$name") ;;
        esac
        if "${has[@]}" >has.out 2>&1; then
            names+=("$name")
        else
            say "there is no $name here"
        fi
    done
}

# curl_config LIST [DIR]: LIST.curl, the list as curl reads it fastest.
curl_config() {
    awk -v dir="${2:-}" '{
        print "url = \"" $0 "\""
        print "output = \"" (dir ? dir "/" NR : "/dev/null") "\""
    }' "$1" >"$1.curl"
}

aiohttp="/usr/bin/python3 $here/fetch_aiohttp.py"

# ---- Rows ----

# fetch_each ROW COUNT: all URLs of ROW.list, by everyone, 100 at a time.
fetch_each() {
    local list=$1.list
    curl_config "$list"
    peer_command=(
        [fanfetch]="$fanfetch $list"
        [curl]="curl -s -Z --parallel-max 100 -K $list.curl"
        [curl+json]="curl -s -Z --parallel-max 100 -w %{json}\\n -K $list.curl"
        [wget2]="wget2 -q --max-threads=100 -O /dev/null -i $list"
        [aiohttp]="$aiohttp $list"
    )
    peers curl curl+json wget2 aiohttp
    row "$1" "$2" "${names[@]}"
}

row_one_host() {
    seq "$(scaled 40000)" | sed "s,^,$http/," >one_host.list
    fetch_each one_host "$(scaled 40000)"
}

row_hosts() {
    seq "$(scaled 8000)" |
        sed "s,.*,http://h&.many.bench.test:$http_port/," >hosts.list
    fetch_each hosts "$(scaled 8000)"
}

# aiohttp has no HTTP/2: here, too, it uses 100 connections.
row_http2() {
    seq "$(scaled 20000)" | sed "s,^,https://localhost:$https_port/," >http2.list
    curl_config http2.list
    peer_command=(
        [fanfetch]="$fanfetch --cacert ca.pem http2.list"
        [curl]="curl -s -Z --parallel-max 100 --cacert ca.pem -K http2.list.curl"
        [curl+json]="curl -s -Z --parallel-max 100 -w %{json}\\n --cacert ca.pem -K http2.list.curl"
        [wget2]="wget2 -q --max-threads=100 --ca-certificate=ca.pem -O /dev/null -i http2.list"
        [aiohttp]="$aiohttp --cafile ca.pem http2.list"
    )
    peers curl curl+json wget2 aiohttp
    row http2 "$(scaled 20000)" "${names[@]}"
}

# Of the peers only a newer curl has HTTP/3.
row_http3() {
    if ! command -v caddy >caddy.out; then
        say "there is no caddy here" && return
    elif ! "$fanfetch" --http3 </dev/null 2>http3.err; then
        say "no http3: $(head -n 1 http3.err)" && return
    elif ! start_caddy; then
        say "caddy does not start: $(tail -n 1 caddy.out)" && return
    fi
    is_elsewhere=1
    seq "$(scaled 20000)" | sed "s,^,https://localhost:$http3_port/," >http3.list
    curl_config http3.list
    peer_command=(
        [fanfetch]="$fanfetch --http3 --cacert ca.pem http3.list"
        [curl]="curl -s -Z --parallel-max 100 --http3-only --cacert ca.pem -K http3.list.curl"
    )
    names=(fanfetch)
    if curl --version | grep -q HTTP3; then
        names+=(curl)
    else
        say "curl has no HTTP/3 here"
    fi
    row http3 "$(scaled 20000)" "${names[@]}"
}

# POSTs of 1,000 bytes over TLS.
row_post() {
    seq "$(scaled 2000)" | sed "s,^,https://localhost:$https_port/," >post.list
    head -c 1000 /dev/zero | tr '\0' x >post.body
    curl_config post.list
    peer_command=(
        [fanfetch]="$fanfetch --cacert ca.pem -d @post.body post.list"
        [curl]="curl -s -Z --parallel-max 100 --cacert ca.pem -d @post.body -K post.list.curl"
        [wget2]="wget2 -q --max-threads=100 --ca-certificate=ca.pem --post-file=post.body -O /dev/null -i post.list"
        [aiohttp]="$aiohttp --cafile ca.pem --post post.body post.list"
    )
    peers curl wget2 aiohttp
    row post "$(scaled 2000)" "${names[@]}"
}

# Each answer sets a cookie, which the requests after it send.
row_cookies() {
    seq "$(scaled 20000)" | sed "s,^,http://localhost:$http_port/cookie?," \
        >cookies.list
    : >no.cookies
    curl_config cookies.list
    peer_command=(
        [fanfetch]="$fanfetch -b no.cookies cookies.list"
        [curl]="curl -s -Z --parallel-max 100 -b no.cookies -K cookies.list.curl"
        [wget2]="wget2 -q --max-threads=100 -O /dev/null -i cookies.list"
        [aiohttp]="$aiohttp cookies.list"
    )
    peers curl wget2 aiohttp
    row cookies "$(scaled 20000)" "${names[@]}"
}

# The first request of each of 200 hosts is answered 429, Retry-After: 1.  curl
# cannot truncate /dev/null for another attempt.  Neither wget2 1.99 nor aiohttp
# repeats such a request.
row_retries() {
    local per_host
    is_elsewhere=1
    per_host=$(scaled 10)
    seq $((200 * per_host)) | awk -v port=$slow_port '{
        host = $1 % 200
        print "http://127.0.1." host + 1 ":" port \
            "/429?times=1&retry_after=1&key=" host "&id=" $1
    }' >retries.list
    curl_config retries.list bodies
    peer_command=(
        [fanfetch]="$fanfetch --retry 5 retries.list"
        [curl]="curl -s -Z --parallel-max 100 --retry 5 -K retries.list.curl"
    )
    peers curl
    row retries $((200 * per_host)) "${names[@]}"
}

# curl parses the whole bundle for each connection: 200 of them are enough.
row_tls_hosts() {
    seq "$(scaled 2000)" |
        sed "s,.*,https://h&.many.bench.test:$https_port/," >tls.list
    head -n "$(scaled 200)" tls.list >tls.short
    curl_config tls.short
    peer_count=([curl]=$(scaled 200))
    peer_command=(
        [fanfetch]="$fanfetch --cacert bundle.pem tls.list"
        [curl]="curl -s -Z --parallel-max 100 --cacert bundle.pem -K tls.short.curl"
        [wget2]="wget2 -q --max-threads=100 --ca-certificate=bundle.pem -O /dev/null -i tls.list"
        [aiohttp]="$aiohttp --cafile bundle.pem tls.list"
    )
    peers curl wget2 aiohttp
    row tls_hosts "$(scaled 2000)" "${names[@]}"
}

# fetch_slow ROW COUNT: ten rounds of 200 ms are 2 s, forty are 8.  curl 7.88
# has no more than 300 at once.
fetch_slow() {
    is_elsewhere=1
    seq "$2" | sed "s,^,http://127.0.0.1:$slow_port/delay/200?," >slow.list
    peer_command=(
        [fanfetch]="$fanfetch --limit 1000 slow.list"
        [fanfetch-auto]="$fanfetch --limit auto --limit-per-host 1000 slow.list"
        [wget2]="wget2 -q --max-threads=1000 -O /dev/null -i slow.list"
        [aiohttp]="$aiohttp --limit 1000 slow.list"
    )
    peers wget2 aiohttp
    row "$1" "$2" "${names[0]}" fanfetch-auto "${names[@]:1}"
}

row_slow() {
    fetch_slow slow "$(scaled 10000)"
}

row_slow_long() {
    fetch_slow slow_long "$(scaled 40000)"
}

# 4,000 hosts and five URLs of each, in turn.  A host answers after a time of
# its own, lognormal around 150 ms; one of 25 never does.
row_crawl() {
    is_elsewhere=1 has_failures=1
    seq "$(scaled 20000)" | awk -v port=$slow_port -v nhosts="$(scaled 4000)" '
        BEGIN {
            srand(1)
            for (i = 0; i < nhosts; i++) {
                normal = sqrt(-2 * log(1 - rand())) * cos(6.283185 * rand())
                path[i] = "/delay/" int(150 * exp(0.6 * normal))
                if (i % 25 == 7)
                    path[i] = "/stall"
            }
        }
        {
            i = $1 % nhosts
            print "http://127.1." int(i / 250) "." i % 250 + 1 ":" port \
                path[i] "?id=" $1
        }' >crawl.list
    curl_config crawl.list
    peer_runs=([fanfetch-100]=1 [curl]=1)
    peer_command=(
        [fanfetch]="$fanfetch --limit 1000 -m 5 crawl.list"
        [fanfetch-100]="$fanfetch -m 5 crawl.list"
        [fanfetch-auto]="$fanfetch --limit auto -m 5 crawl.list"
        [curl]="curl -s -Z --parallel-max 300 -m 5 -K crawl.list.curl"
        [wget2]="wget2 -q --max-threads=1000 --timeout=5 --tries=1 -O /dev/null -i crawl.list"
        [aiohttp]="$aiohttp --limit 1000 --timeout 5 crawl.list"
    )
    peers curl wget2 aiohttp
    row crawl "$(scaled 20000)" "${names[0]}" fanfetch-100 fanfetch-auto \
        "${names[@]:1}"
}

make_big() {
    [ -e www/64M ] || head -c 64M /dev/urandom >www/64M
    seq "$(scaled 32)" | sed "s,^,$http/64M?," >big.list
}

row_big() {
    make_big
    curl_config big.list
    peer_command=(
        [fanfetch]="$fanfetch --limit 4 big.list"
        [curl]="curl -s -Z --parallel-max 4 -K big.list.curl"
        [wget2]="wget2 -q --max-threads=4 -O /dev/null -i big.list"
        [aiohttp]="$aiohttp --limit 4 --big big.list"
    )
    peers curl wget2 aiohttp
    row big "$(scaled 32)" "${names[@]}"
}

row_files() {
    make_big
    curl_config big.list bodies
    peer_command=(
        [fanfetch]="$fanfetch --limit 4 --output-dir bodies --output-name {index} big.list"
        [curl]="curl -s -Z --parallel-max 4 -K big.list.curl"
        [wget2]="wget2 -q --max-threads=4 -P bodies -i big.list"
        [aiohttp]="$aiohttp --limit 4 --save bodies big.list"
    )
    peers curl wget2 aiohttp
    row files "$(scaled 32)" "${names[@]}"
    rm -rf bodies
}

# For the memory.  aiohttp's script reads line by line, and takes minutes.
row_million() {
    local runs=1 out=/dev/null
    seq "$(scaled 1000000)" | sed "s,^,$http/," >million.list
    curl_config million.list
    peer_command=(
        [fanfetch]="$fanfetch million.list"
        [curl]="curl -s -Z --parallel-max 100 -K million.list.curl"
        [wget2]="wget2 -q --max-threads=100 -O /dev/null -i million.list"
    )
    peers curl wget2
    row million "$(scaled 1000000)" "${names[@]}"
    rm million.list*
}

# What a URL costs, by how many hosts there are.
row_flat_hosts() {
    local n
    peer_command=() names=()
    for n in 1000 10000 100000; do
        seq "$(scaled $n)" |
            sed "s,.*,http://h&.many.bench.test:$http_port/," >"hosts.$n"
        peer_command[$n]="$fanfetch hosts.$n"
        peer_count[$n]=$(scaled $n)
        names+=("$n")
    done
    row flat_hosts 0 "${names[@]}"
}

# The same by connections, all of them in use: an answer takes 50 ms.
row_flat_conns() {
    local n
    is_elsewhere=1
    peer_command=() names=()
    for n in 10 100 1000 5000; do
        peer_count[$n]=$(scaled $((n < 100 ? 2000 : n * 20)))
        seq "${peer_count[$n]}" |
            sed "s,^,http://127.0.0.1:$slow_port/delay/50?," >"conns.$n"
        peer_command[$n]="$fanfetch --limit $n conns.$n"
        names+=("$n")
    done
    row flat_conns 0 "${names[@]}"
}

# count_instructions NAME MOST LESS MORE LIST OPTION...: whose they are, for one
# URL of the list, by two runs under callgrind; the tables are added to a file
# beside the results.  Ours should be less than MOST percent.
count_instructions() {
    local name=$1 most=$2 less=$3 more=$4 list=$5 n
    shift 5
    for n in "$less" "$more"; do
        head -n "$n" "$list" >"$list.some"
        valgrind --tool=callgrind --callgrind-out-file="callgrind.$n" \
            "$fanfetch" "$@" "$list.some" >/dev/null 2>valgrind.err ||
            { tail -n 3 valgrind.err >&2 && return 1; }
    done
    say "profile: $name"
    {
        printf '\n%s\n\n' "$name"
        python3 "$here/share.py" --most "$most" "callgrind.$more" \
            "callgrind.$less" $((more - less)) || :
    } >>"${results%.tsv}.profile.md"
}

# Where the time goes, as far as it can be counted: not the kernel's part.
row_profile() {
    command -v valgrind >/dev/null || { say "there is no valgrind here" && return; }
    rm -f "${results%.tsv}.profile.md"
    seq 20000 | sed "s,^,$http/," >one.list
    count_instructions 'one host, keep-alive' 15 12000 16000 one.list
    seq 2000 | sed "s,.*,http://h&.many.bench.test:$http_port/," >hosts.list
    count_instructions 'hosts, DNS' 20 1000 2000 hosts.list
    seq 8000 | sed "s,^,https://localhost:$https_port/," >http2.list
    count_instructions 'HTTP/2 over TLS' 15 4000 8000 http2.list --cacert ca.pem
    seq 200 | sed "s,.*,https://h&.many.bench.test:$https_port/," >tls.list
    count_instructions 'TLS hosts' 2 100 200 tls.list --cacert ca.pem
}

# ---- What it was measured on ----

version() {
    "$@" 2>/dev/null | head -n 1
}

describe() {
    printf '# date\t%s\n' "$(date -u +%F)"
    printf '# runs\t%s\n' "$runs"
    printf '# machine\t%s, %s cores, Linux %s\n' \
        "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1)" \
        "$(nproc)" "$(uname -r | sed 's/-.*//')"
    printf '# program\t%s with %s\n' "$(version "$fanfetch" --version)" \
        "$("$fanfetch" --version | sed -n '2s, .*,,p')"
    printf '# program\t%s\n' "$(version curl --version | cut -d' ' -f1-2)" \
        "$(version wget2 --version | cut -d' ' -f1-3)" \
        "aiohttp $(/usr/bin/python3 -c 'import aiohttp
print(aiohttp.__version__)' 2>/dev/null)" \
        "$(/usr/sbin/nginx -v 2>&1 | sed 's/.*: //')"
}

is_elsewhere='' has_failures=''
start_servers
describe >"$results"
for name in "${rows[@]}"; do
    is_elsewhere='' has_failures='' peer_count=() peer_runs=()
    "row_$name"
done
python3 "$here/report.py" "${report[@]}" "$results"

# shellcheck shell=bash
# shellcheck disable=SC2034,SC2030,SC2031 # variables are for the cases
#
# peers.sh - servers that others have written, for the integration cases.
#
# lib.sh sources this.  Each *_start starts one on ports of loopback of its
# own and has it end with the case; where the program is not installed the
# case is skipped.

# start_peer PORT COMMAND...: run it in the background until the port is open.
#
# Sets PEER_PID; false when it ended instead, as it does where the port was
# taken by somebody else in the meantime.  The log is PEER_LOG, or peer.log.
start_peer() {
    local port=$1
    shift
    "$@" </dev/null >"${PEER_LOG:=peer.log}" 2>&1 &
    PEER_PID=$!
    wait_listening "$PEER_PID" "$port" || return 1
    CLEANUP_PIDS+=("$PEER_PID")
}

no_peer() {
    cat "$PEER_LOG" >&9
    fail "$1 does not start"
}

# open_at PORT: connections that are established at a port of this machine, as
# its listener sees them.
open_at() {
    # Columns: number, local address, remote address, state; 01: established.
    cat /proc/net/tcp /proc/net/tcp6 |
        awk -v port="$(printf ':%04X$' "$1")" \
            '$2 ~ port && $4 == "01" { n++ } END { print n + 0 }'
}

is_open_at() {
    [ "$(open_at "$1")" -eq "$2" ]
}

# wait_open_at PORT N: until just so many are.
wait_open_at() {
    wait_for 15 is_open_at "$1" "$2"
}

# dialled PORT: connections to a port anywhere, being opened or established.
#
# Looked at thrice, in both orders, and the least counts: while one file is
# read a connection of the other one may take a place that it just left.
dialled() {
    local order
    for order in 'tcp tcp6' 'tcp6 tcp' 'tcp6 tcp'; do
        # Columns as above; 02: SYN sent.
        # shellcheck disable=SC2086 # two names
        (cd /proc/net && cat $order) |
            awk -v port="$(printf ':%04X$' "$1")" \
                '$3 ~ port && $4 ~ /^0[12]$/ { n++ } END { print n + 0 }'
    done | sort -n | head -n 1
}

# most_dialled PORT: the most that there were until fanfetch ended.
most_dialled() {
    local n most=0
    while kill -0 "$FF_PID" 2>/dev/null; do
        n=$(dialled "$1")
        [ "$n" -le "$most" ] || most=$n
        sleep 0.02
    done
    echo "$most"
}

# ---- Certificates ----

# certificate NAME CA EXTENSIONS [OPENSSL-OPTION...]: tls/NAME.pem, .key.
certificate() {
    local name=$1 ca=$2 extensions=$3
    shift 3
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -subj "/CN=$name" -keyout "tls/$name.key" -out "tls/$name.csr"
    openssl x509 -req -in "tls/$name.csr" -CA "tls/$ca.pem" \
        -CAkey "tls/$ca.key" -set_serial "$RANDOM$RANDOM" -days 2 "$@" \
        -extfile <(printf '%s\n' "$extensions") -out "tls/$name.pem"
}

# ca NAME: a certificate authority, tls/NAME.pem.
ca() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -days 2 -subj "/CN=$1" -keyout "tls/$1.key" -out "tls/$1.pem"
}

# early_certificate EXTENSIONS: tls/early.pem, good from 2040 on.
early_certificate() {
    : >tls/index
    printf '%s\n' '[ca]' default_ca=d '[d]' database=tls/index new_certs_dir=tls \
        default_md=sha256 rand_serial=yes policy=p x509_extensions=x '[p]' commonName=supplied \
        '[x]' "$1" >tls/early.cnf
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -subj /CN=early -keyout tls/early.key -out tls/early.csr
    openssl ca -batch -notext -config tls/early.cnf \
        -cert tls/ca.pem -keyfile tls/ca.key -in tls/early.csr \
        -startdate 20400101000000Z -enddate 20410101000000Z -out tls/early.pem
}

# expired_certificate EXTENSION: a certificate "expired" by "ca".
expired_certificate() {
    # OpenSSL 3.4 can say so, 3.0 takes a negative number of days.
    certificate expired ca "$1" -not_before 20200101000000Z \
        -not_after 20200102000000Z || certificate expired ca "$1" -days -1
}

# certificates: in ./tls, an authority "ca" and another one, "stranger"; for
# servers "good", "wrong" (for another name), "expired", "early" (not valid yet)
# and "foreign" (by the stranger); "client" for us, and for nothing else.  good
# is for 127.0.0.1, localhost, good.test.
#
# run.sh keeps those of the first case that needs them, as making them takes
# half a second.
certificates() {
    need openssl
    if [ -d "${FANFETCH_TLS:-}" ]; then
        cp -r "$FANFETCH_TLS" tls
        return
    fi
    mkdir -p tls
    local names=subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:good.test
    {
        ca ca
        ca stranger
        certificate good ca "$names"
        certificate wrong ca subjectAltName=DNS:elsewhere.test
        expired_certificate "$names"
        certificate foreign stranger "$names"
        certificate client ca "$names
extendedKeyUsage=clientAuth"
        early_certificate "$names"
    } >tls/log 2>&1 || {
        cat tls/log >&9
        fail "no certificates"
    }
    # Another case may have been faster.
    [ -z "${FANFETCH_TLS:-}" ] || { cp -r tls "$FANFETCH_TLS.$$" &&
        mv -T "$FANFETCH_TLS.$$" "$FANFETCH_TLS" 2>/dev/null; } || :
}

# ---- HTTP servers ----

# nginx_tls_start FRAGMENT [LISTEN-OPTION...]: nginx with TLS servers, each of
# which holds the fragment; "listen" takes the options, http2 for one.
#
# Sets TLS_PORT and TLS_URL (the good certificate), WRONG_URL, EXPIRED_URL,
# EARLY_URL, FOREIGN_URL, CLIENT_URL, and what nginx_start sets.  nginx/access.log has a line for each
# request: number of the connection, of the request on it, protocol, method,
# URI, status.
nginx_tls_start() {
    local fragment=$1 more='' name port
    shift
    [ -d tls ] || certificates
    for name in good wrong expired early foreign client; do
        port=$(free_port)
        more+="server {
            listen 127.0.0.1:$port ssl $*;
            ssl_certificate $PWD/tls/$name.pem;
            ssl_certificate_key $PWD/tls/$name.key;
            access_log access.log peers;
            root html;
            $fragment
        }
        "
        declare -g "${name^^}_URL=https://127.0.0.1:$port"
    done
    TLS_URL=$GOOD_URL
    TLS_PORT=${GOOD_URL##*:}
    nginx_start 'location / { return 404; }' "
        log_format peers '\$connection \$connection_requests '
            '\$server_protocol \$request_method \$request_uri \$status';
        $more"
    export TLS_URL TLS_PORT WRONG_URL EXPIRED_URL EARLY_URL FOREIGN_URL CLIENT_URL
}

# nginx_connections: how many of them there were in nginx/access.log.
nginx_connections() {
    awk '{ print $1 }' nginx/access.log | sort -u | wc -l
}

# nghttpd_start [OPTION...]: nghttpd, with TLS unless --no-tls is among them.
#
# Sets H2_PORT, H2_URL; its root is ./nghttpd.  The log, nghttpd.log, has a
# line that begins "[id=N]" for each frame of connection N.
nghttpd_start() {
    need nghttpd
    local try tls=yes
    mkdir -p nghttpd
    echo ok >nghttpd/index.html
    case " $* " in
    *' --no-tls '*) tls= ;;
    *) [ -d tls ] || certificates ;;
    esac
    for try in 1 2 3 4 5; do
        H2_PORT=$(free_port)
        H2_URL=http${tls:+s}://127.0.0.1:$H2_PORT
        PEER_LOG=nghttpd.log start_peer "$H2_PORT" nghttpd -v -d nghttpd \
            -a 127.0.0.1 "$@" "$H2_PORT" ${tls:+tls/good.key tls/good.pem} &&
            return
    done
    PEER_LOG=nghttpd.log no_peer "nghttpd (tried $try times)"
}

# nghttpd_connections: how many of them had a request.
nghttpd_connections() {
    sed -n 's/^\[id=\([0-9]*\)\].*recv (stream_id.*/\1/p' nghttpd.log |
        sort -u | wc -l
}

# caddy_start PROTOCOL...: caddy, which speaks h1, h2, h3 over TLS and answers
# with the path, once it has the body: libcurl over OpenSSL's QUIC (8.14) takes an
# answer that comes earlier for an error.
#
# Sets CADDY_URL, CADDY_PID; caddy/access.log has a JSON object for each request.
caddy_start() {
    need caddy
    local try port
    [ -d tls ] || certificates
    mkdir -p caddy
    rm -f caddy/access.log
    for try in 1 2 3 4 5; do
        port=$(free_port)
        CADDY_URL=https://127.0.0.1:$port
        cat >caddy/Caddyfile <<CONF
{
    admin off
    auto_https off
    storage file_system $PWD/caddy
    servers {
        protocols $*
    }
}
$CADDY_URL {
    bind 127.0.0.1
    tls tls/good.pem tls/good.key
    log {
        output file $PWD/caddy/access.log
    }
    header X-Had "{http.request.body}"
    respond {http.request.uri}
}
CONF
        PEER_LOG=caddy.log start_peer "$port" caddy run \
            --config caddy/Caddyfile && break
        [ "$try" -lt 5 ] || PEER_LOG=caddy.log no_peer "caddy (tried 5 times)"
    done
    CADDY_PID=$PEER_PID
}

# need_http3: skip where libcurl does not speak it.
need_http3() {
    "$FANFETCH" --http3 </dev/null 2>err || skip "$(cat err)"
}

# late_start [CERT KEY]: tests/late.py, a server that sends what nobody asked
# for.
#
# Sets LATE_URL; late.log has a line for each request.
late_start() {
    need python3
    rm -f late.log
    python3 "$TESTS/late.py" "$@" >late.log &
    CLEANUP_PIDS+=("$!")
    wait_lines late.log 1
    LATE_URL=http${1:+s}://127.0.0.1:$(head -n 1 late.log)
}

# late_connections: how many had a request.
late_connections() {
    awk 'NF == 4 { print $1 }' late.log | sort -u | wc -l
}

# late_said WORD N: it has said so N times.
late_said() {
    [ "$(grep -c "^$1\$" late.log)" -ge "$2" ]
}

# late_rounds OUT: write to descriptor 3, from which fanfetch reads its list, URLs
# whose connections bring more later, each followed by one that comes after
# that; wait for the two results in OUT each time.
late_rounds() {
    local kind n=0
    for kind in response 408 chunk line end; do
        n=$((n + 1))
        echo "$LATE_URL/late/$kind" >&3
        wait_for 10 late_said late "$n"
        echo "$LATE_URL/next/$kind" >&3
        wait_lines "$1" $((2 * n))
    done
}

# h2_start MODE...: h2_server.py, which sends its connections away.
#
# Sets H2_PORT, H2_URL; h2.log has a line for each request: milliseconds,
# connection, stream, what became of it, body.
h2_start() {
    need python3
    [ -d tls ] || certificates
    rm -f h2.log
    python3 "$TESTS/h2_server.py" "$@" >h2.log 2>h2.err &
    H2_PID=$!
    CLEANUP_PIDS+=("$H2_PID")
    wait_lines h2.log 1
    read -r H2_PORT <h2.log
    H2_URL=https://127.0.0.1:$H2_PORT
    export H2_URL
}

# h2_posts N: N records that POST their number.
h2_posts() {
    seq "$1" | sed "s|.*|{\"url\":\"$H2_URL/&\",\"body\":\"&\"}|"
}

# h3_start [late]: h3_server.py, which ends streams and connections early; late:
# and takes a client's hello when that has been sent again.
#
# Sets H3_URL; h3.log has a line for each request: connection, stream, method,
# path, what became of it.
h3_start() {
    need_http3
    python3 -c 'import aioquic' 2>/dev/null || skip "python3-aioquic is missing"
    [ -d tls ] || certificates
    python3 "$TESTS/h3_server.py" "$@" >h3.log 2>h3.err &
    CLEANUP_PIDS+=("$!")
    wait_lines h3.log 1
    H3_URL=https://127.0.0.1:$(head -n 1 h3.log)
}

# h3_ff ARGUMENT...: ff over HTTP/3, also on a busy machine.
h3_ff() {
    ff --http3 --happy-eyeballs-delay 1m --cacert tls/ca.pem "$@" ||
        same "status" $? 1
}

# feeds_start: tests/feeds.py, files with validators, right and wrong ones.
#
# Sets FEEDS, where it is; feeds/log has a line for each request.
feeds_start() {
    need python3
    mkdir -p feeds/{etag,modified,weak,both,none,bare,deaf,fresh,lying} \
        feeds/{broken,redirect,accept}
    python3 "$TESTS/feeds.py" feeds >feeds/port 2>feeds.err &
    CLEANUP_PIDS+=("$!")
    wait_lines feeds/port 1
    FEEDS=http://127.0.0.1:$(cat feeds/port)
}

# feeds_log: what was asked since the last time, "METHOD PATH STATUS TAG TIME".
feeds_log() {
    cut -f 1-3,5- feeds/log | tr '\t' ' ' | sort
    : >feeds/log
}

# ---- Proxies ----

# squid_start [CONFIG-LINE...]: squid, which lets everything through that the
# lines don't deny.
#
# Sets PROXY_PORT, PROXY_URL and SQUID_LOG, a file with a line for each request:
# method, URL, status.  It goes without root's rights, and refuses to run with.
squid_start() {
    need squid
    local dir try as=()
    # A folder that it can reach: the case's own is closed to others.
    dir=$(mktemp -d "${TMPDIR:-/tmp}/fanfetch-squid.XXXXXX")
    CLEANUP_DIRS+=("$dir")
    if [ "$(id -u)" -eq 0 ]; then
        need setpriv
        as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
        chown 65534:65534 "$dir"
    fi
    SQUID_LOG=$dir/access.log
    for try in 1 2 3 4 5; do
        PROXY_PORT=$(free_port)
        PROXY_URL=http://127.0.0.1:$PROXY_PORT
        squid_conf "$dir" "$@" >"$dir/squid.conf"
        PEER_LOG=squid.log start_peer "$PROXY_PORT" "${as[@]}" env -C "$dir" \
            squid -N -f "$dir/squid.conf" || continue
        # The look whether it listens is in its log, too.
        wait_lines "$SQUID_LOG" 1
        : >"$SQUID_LOG"
        return
    done
    cat "$dir"/*.log >&9
    PEER_LOG=squid.log no_peer "squid (tried $try times)"
}

squid_conf() {
    local dir=$1
    shift
    cat <<CONF
http_port 127.0.0.1:$PROXY_PORT
pid_filename none
coredump_dir none
pinger_enable off
shutdown_lifetime 0 seconds
cache deny all
logformat peers %rm %ru %>Hs
access_log stdio:$dir/access.log peers
strip_query_terms off
cache_log $dir/cache.log
dns_nameservers 127.0.0.1
CONF
    printf '%s\n' "$@"
    echo 'http_access allow all'
}

# tls_proxy_start [CONFIG-LINE...]: squid, and nghttpx before it, which does TLS with the good
# certificate.
#
# Sets TLS_PROXY_URL (https://localhost:PORT), and what squid_start sets.
tls_proxy_start() {
    need nghttpx
    [ -d tls ] || certificates
    squid_start "$@"
    local port
    port=$(free_port)
    TLS_PROXY_URL=https://localhost:$port
    PEER_LOG=nghttpx.log start_peer "$port" nghttpx --conf=/dev/null \
        --no-ocsp -f "127.0.0.1,$port" -b "127.0.0.1,$PROXY_PORT" \
        --http2-proxy tls/good.key tls/good.pem ||
        PEER_LOG=nghttpx.log no_peer nghttpx
}

# squid_passwords: CONFIG-LINEs in SQUID_PASSWORDS that let user u in with the
# password p, and nobody else.
squid_passwords() {
    local helper
    for helper in /usr/lib*/squid/basic_ncsa_auth \
        /usr/libexec/squid/basic_ncsa_auth; do
        [ -x "$helper" ] && break
    done
    [ -x "$helper" ] || skip "squid's basic_ncsa_auth is not installed"
    need openssl
    SQUID_USERS=$(mktemp "${TMPDIR:-/tmp}/fanfetch-squid.XXXXXX")
    CLEANUP_DIRS+=("$SQUID_USERS")
    echo "u:$(openssl passwd -apr1 p)" >"$SQUID_USERS"
    chmod 644 "$SQUID_USERS"
    # shellcheck disable=SC2034 # the case passes it to squid_start
    SQUID_PASSWORDS="auth_param basic program $helper $SQUID_USERS
auth_param basic children 2
auth_param basic realm peers
acl known proxy_auth REQUIRED
http_access deny !known"
}

# socks_start [OPTION...]: microsocks, a SOCKS 5 proxy.
#
# Sets SOCKS_PORT and SOCKS_ADDR (127.0.0.1:PORT); the log, socks.log, has a
# line for each connection, with "connected to NAME:PORT".
socks_start() {
    need microsocks
    local try
    for try in 1 2 3 4 5; do
        SOCKS_PORT=$(free_port)
        SOCKS_ADDR=127.0.0.1:$SOCKS_PORT
        PEER_LOG=socks.log start_peer "$SOCKS_PORT" microsocks -i 127.0.0.1 \
            -p "$SOCKS_PORT" "$@" && return
    done
    PEER_LOG=socks.log no_peer "microsocks (tried $try times)"
}

# ---- Names ----

# dnsmasq_start OPTION...: dnsmasq, which knows what the options say
# (--host-record=NAME,ADDRESS; --address=/DOMAIN/ADDRESS: that and all below
# it) and, below .test, that all else does not exist.
#
# Sets DNS, for --dns-servers.  queries counts what it was asked.
dnsmasq_start() {
    need dnsmasq
    local try port
    for try in 1 2 3 4 5; do
        port=$(free_port)
        DNS=127.0.0.1:$port
        # In its "debug" mode it stays what it was started as.
        PEER_LOG=dnsmasq.log start_peer "$port" dnsmasq --no-daemon \
            --conf-file=/dev/null --pid-file= --no-resolv --no-hosts \
            --no-poll --listen-address=127.0.0.1 --bind-interfaces \
            --port="$port" --local=/test/ --cache-size=0 --log-queries "$@" &&
            return
    done
    PEER_LOG=dnsmasq.log no_peer "dnsmasq (tried $try times)"
}

# queries [TYPE [NAME]]: how many questions dnsmasq was asked, say "A".
queries() {
    local type=${1:-[A-Z]*} name=${2:-.*}
    sed -n "s/^.*: query\\[$type\\] $name from .*/x/p" dnsmasq.log | wc -l
}

# ---- Counting ----

# relay_start PORT...: between us and ports of loopback, count connections.
#
# Sets RELAYS, a port for each, and RELAY_PORT, the first of them.
relay_start() {
    need python3
    mkfifo relay.fifo
    python3 "$TESTS/relay.py" "$@" >relay.fifo &
    RELAY_PID=$!
    CLEANUP_PIDS+=("$RELAY_PID")
    read -ra RELAYS <relay.fifo
    rm relay.fifo
    RELAY_PORT=${RELAYS[0]}
}

# relayed accepted|open|most [ADDRESS:PORT]: how many there, or of all.
relayed() {
    # shellcheck disable=SC2034 # one of them is chosen
    local host accepted open most
    while read -r host accepted open most; do
        if [ "$host" = "${2:-all}" ]; then
            echo "${!1}"
            return
        fi
    done <relay.counts
    echo 0
}

relayed_is() {
    [ "$(relayed "$1")" -eq "$2" ]
}

# relay_reset: let it count anew, once all connections are closed.
relay_reset() {
    wait_for 15 relayed_is open 0
    kill -USR1 "$RELAY_PID"
    wait_for 15 relayed_is accepted 0
}

# ---- Silence ----

# mute_start: a peer that takes connections and packets and says nothing.
#
# Sets MUTE_PORT, of TCP and UDP.
mute_start() {
    need python3
    mkfifo mute
    python3 -c '
import socket, sys
while True:
    tcp, udp = socket.socket(), socket.socket(type=socket.SOCK_DGRAM)
    tcp.bind(("127.0.0.1", 0))
    try:
        udp.bind(tcp.getsockname())
        break
    except OSError:
        pass
tcp.listen(1000)
print(tcp.getsockname()[1], flush=True)
while True:
    udp.recv(65536)' >mute &
    CLEANUP_PIDS+=("$!")
    read -r MUTE_PORT <mute
    export MUTE_PORT
}

# own_network "$@": run the case in a network of its own, where it is root.
#
# To be called first: the case starts again in there.  There is loopback, and
# 198.18.0.1/24, fd00:18::1/64 on a line whose other end takes packets and says
# nothing.
own_network() {
    if [ -z "${OWN_NETWORK:-}" ]; then
        need unshare ip
        unshare -rn true 2>/dev/null || skip "no network namespaces here"
        # shellcheck disable=SC2016 # the inner shell expands these
        OWN_NETWORK=yes exec unshare -rn bash -c \
            'set -eu; . "$TESTS/lib.sh"; . "$1"' "$0" "$@" 2>&9
    fi
    ip link set lo up
    ip link add line type veth peer name end || skip "no veth devices here"
    ip addr add 198.18.0.1/24 dev line
    ip addr add fd00:18::1/64 dev line nodad
    ip link set line up
    ip link set end up
}

# silent_address ADDRESS: one of 198.18.0.0/24 or fd00:18::/64 that never
# answers.
silent_address() {
    ip neigh add "$1" lladdr 02:00:00:00:00:02 dev line
}

# public_address ADDRESS: in an own_network, an address of ours that counts as
# public.  The test server wants peers on loopback: --interface 127.0.0.1.
public_address() {
    ip addr add "$1/32" dev lo
}

# rebinding_start FIRST THEN: a name server that answers the first question
# for an A record with one address and all others with another, to be kept for
# no time.
#
# Sets DNS.
rebinding_start() {
    need python3
    mkfifo rebinding
    python3 -c '
import socket, sys
udp = socket.socket(type=socket.SOCK_DGRAM)
udp.bind(("127.0.0.1", 0))
print(udp.getsockname()[1], flush=True)
addrs = sys.argv[1:]
while True:
    query, peer = udp.recvfrom(65536)
    end = query.index(b"\0", 12) + 5
    is_a = query[end - 4:end - 2] == b"\0\1"
    answer = query[:2] + b"\x84\0\0\1\0" + (b"\1" if is_a else b"\0")
    answer += b"\0\0\0\0" + query[12:end]
    if is_a:
        answer += b"\xc0\x0c\0\1\0\1\0\0\0\0\0\4" + socket.inet_aton(addrs[0])
        addrs = addrs[1:] or addrs
    udp.sendto(answer, peer)' "$@" >rebinding &
    CLEANUP_PIDS+=("$!")
    read -r DNS <rebinding
    DNS=127.0.0.1:$DNS
}

# hostile_start [NAME...]: start tests/hostile.py with these attacks, or all.
#
# Sets HOSTILE[NAME], the attack's port on 127.0.0.1, and HOSTILE_KIND[NAME]: h1,
# h2 or raw.
hostile_start() {
    need python3
    local name port kind
    declare -gA HOSTILE=() HOSTILE_KIND=()
    python3 "$TESTS/hostile.py" "$@" >hostile.ports &
    CLEANUP_PIDS+=("$!")
    wait_for 30 grep -q ready hostile.ports
    while read -r name port kind; do
        HOSTILE[$name]=$port
        HOSTILE_KIND[$name]=$kind
    done <hostile.ports
}

# half_dns_start: half_dns.py, a name server that leaves questions unanswered.
#
# Sets DNS.
half_dns_start() {
    need python3
    mkfifo half_dns
    python3 "$TESTS/half_dns.py" >half_dns &
    CLEANUP_PIDS+=("$!")
    read -r DNS <half_dns
    DNS=127.0.0.1:$DNS
}

# ranges_start: tests/ranges.py, a server that answers Range, and cuts.
#
# Sets RANGES_URL; ranges.log has a JSON line for each GET.
ranges_start() {
    need python3
    rm -f ranges.log ranges.port
    python3 "$TESTS/ranges.py" ranges.log >ranges.port &
    CLEANUP_PIDS+=("$!")
    wait_lines ranges.port 1
    RANGES_URL=http://127.0.0.1:$(cat ranges.port)
}

# ranges_file VERSION SIZE: the bytes that it sends.
ranges_file() {
    python3 "$TESTS/ranges.py" /dev/null "$@"
}

# connect_start [CERT KEY]: tests/connect.py, a proxy that answers CONNECT badly.
#
# Sets CONNECT_PORT.
connect_start() {
    need python3
    python3 "$TESTS/connect.py" "$@" >connect.port &
    CLEANUP_PIDS+=("$!")
    wait_lines connect.port 1
    # shellcheck disable=SC2034 # cases use it
    read -r CONNECT_PORT <connect.port
}

# tunnel_start WAY KIND: start tests/tunnel.py with the certificate tls/good.pem.
#
# Sets TUNNEL_PORT; what it says is in WAY.KIND.
tunnel_start() {
    python3 "$TESTS/tunnel.py" "$1" "$2" tls/good.pem tls/good.key >"$1.$2" &
    CLEANUP_PIDS+=("$!")
    wait_lines "$1.$2" 1
    # shellcheck disable=SC2034 # cases use it
    read -r TUNNEL_PORT <"$1.$2"
}

# timeout: 300
# Spellings of curl, wget, wget2, aria2, httpx, xargs and GNU parallel, from
# their help: what is taken asks for what is so here, or for our own option;
# each other one is answered, and nothing is sent.
while IFS= read -r line; do
    read -ra words <<<"$line"
    status=0
    "$FANFETCH" "${words[@]}" --deadline 9 http://127.0.0.1:1/ \
        </dev/null >out 2>err || status=$?
    case $status in
    1) printf '%s: taken\n' "$line" ;;
    2) sed -E '/^Try /d; s/^fanfetch: error: //' err ;;
    *) fail "$line: status $status" ;;
    esac
done <<'SPELLINGS'
-s
-S
-L
-f
-g
-N
-Z
-sSL
-fsSL
-sS
-Ls
-sL
-i
-I
-sI
-1
-k
-v
-q
-4
-0
-m 5
-m5
-X GET
-A me
-e http://a/
-H A:b
-u me:pw
-b a=b
--silent
--show-error
--location
--fail
--fail-with-body
--globoff
--no-buffer
--parallel
--compressed
--no-progress-meter
--create-dirs
--retry-connrefused
--path-as-is
--tcp-nodelay
--include
--show-headers
--head
--max-time 5
--max-time=5
--max-redirs 3
--max-redirect=3
--max-filesize 1M
--parallel-max 5
--parallel-max-host 5
--tlsv1.2
--tlsv1.3
--data-ascii x
--proto-default http
--no-location
--no-compressed
--method=GET
--no-check-certificate
--inet4-only
--bind-address=127.0.0.1
--max-concurrent-downloads=5
--max-connection-per-server=5
--connect-timeout 5
--user-agent=me
--referer=x
--header=A:b
--user me:pw
--retry 1
--http1.1
-a
-B
-C -
-D -
-J
-l
-M
-O
-OJ
-LO
-sSLO
-fsSLO
-kO
-P 4
-P4
-p
-Q 1m
-r 0-9
-R
-w %{http_code}
-sw x
-y 5
-Y 5
-z x
-#
-:
-2
-3
-j
-j8
-t 3
-nc
-nv
-nd
-nH
-np
-sc
-cl
-ct
-rt
-ip
-lc
-wc
-bp
-td
-mc 200
-fc 404
-ml 5
-ms x
-mr x
-rl 10
-rlm 10
-rr x
-sr
-srd x
-oa x
-ob
-irh
-irr
-irrb
-fr
-fhr
-maxr 5
-maxhr 5
-nf
-up
-duc
-tlsi
-title
-status-code
-content-length
-tech-detect
-web-server
-json
-silent
-timeout 5
-retries 2
-threads 5
-follow-redirects
-rate-limit 10
-match-code 200
-filter-code 404
-no-color
-http-proxy x
-favicon
-jarm
-ports 80
-path /a
-header A:b
--write-out x
--dump-header x
--remote-name
--remote-name-all
--remote-header-name
--remote-time
--range 0-9
--continue-at -
--time-cond x
--etag-save x
--etag-compare x
--next
--url http://a/
--request-target /a
--progress-bar
--styled-output
--stderr x
--speed-time 5
--speed-limit 5
--keepalive-time 5
--no-keepalive
--happy-eyeballs-timeout-ms 200
--retry-all-errors
--proto =https
--proto-redir =https
--post301
--ntlm
--negotiate
--anyauth
--aws-sigv4 x
--proxytunnel
--socks5 x
--preproxy x
--proxy-cacert x
--proxy-header x
--ciphers x
--tls-max 1.2
--cert-type PEM
--pass x
--ftp-pasv
--mail-from x
--hsts x
--alt-svc x
--fail-early
--trace-ascii x
--netrc-file x
--netrc-optional
--junk-session-cookies
--doh-url x
--abstract-unix-socket x
--tcp-fastopen
--interactive
--skip-existing
--input-file=x
--output-document=x
--directory-prefix=x
--tries=3
--waitretry=5
--wait=1
--random-wait
--no-clobber
--timestamping
--recursive
--level=2
--mirror
--page-requisites
--convert-links
--no-parent
--span-hosts
--spider
--no-verbose
--post-data=x
--post-file=x
--body-data=x
--load-cookies=x
--save-cookies=x
--http-user=x
--http-password=x
--no-proxy
--no-cache
--no-cookies
--no-hsts
--certificate=x
--private-key=x
--secure-protocol=TLSv1_2
--content-disposition
--trust-server-names
--cut-dirs=1
--quota=1m
--background
--execute=x
--restrict-file-names=x
--server-response
--save-headers
--retry-on-http-error=503
--dns-timeout=5
--prefer-family=IPv4
--max-threads=5
--robots=off
--stats-server
--check-certificate=false
--http2-request-window=5
--force-sitemap
--warc-file=x
--warc-cdx
--dir=x
--out=x
--split=5
--max-tries=5
--retry-wait=5
--min-split-size=1M
--lowest-speed-limit=5
--max-overall-download-limit=1M
--allow-overwrite
--auto-file-renaming
--all-proxy=x
--http-passwd=x
--http-accept-gzip
--async-dns-server=x
--disable-ipv6
--checksum=x
--conditional-get
--enable-rpc
--seed-time=0
--bt-max-peers=5
--torrent-file=x
--on-download-complete=x
--save-session=x
--summary-interval=5
--use-head
--dry-run
--stop=5
--max-procs=4
--max-args=1
--max-lines=1
--null
--arg-file=x
--no-run-if-empty
--replace={}
--delimiter=x
--open-tty
--process-slot-var=x
--jobs=8
--keep-order
--joblog=x
--resume-failed
--halt=now
--eta
--bar
--sshlogin=x
--colsep=,
--pipe
--delay=1
--retries=3
--results=x
--tag
--line-buffer
--shuf
SPELLINGS

# Each option of those that are installed is known in some way.
options_of() {
    case $1 in
    curl) curl --help all ;;
    wget | wget2 | xargs) "$1" --help ;;
    aria2c) aria2c --help=#all ;;
    esac | sed -nE 's/^ *(-[^ ]+,? +)?(--[a-z0-9][a-z0-9.-]*[a-z0-9]).*/\2/p'
}
for tool in curl wget wget2 aria2c xargs; do
    ! command -v "$tool" >/dev/null || options_of "$tool"
done | sort -u >options
check "there are many" test "$(wc -l <options)" -ge 20
while read -r option; do
    "$FANFETCH" "$option=1" </dev/null >out 2>err || :
    read -r said <err || said=
    case $said in
    *"unknown option $option" | *"unknown option $option;"*)
        fail "nothing is said to $option: $said"
        ;;
    esac
done <options

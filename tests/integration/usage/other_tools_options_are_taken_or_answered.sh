# Spellings of curl, wget, wget2, aria2, httpx, xargs and GNU parallel, from
# their help.  An accepted one asks for a default or is an alias of our option.
# Every other one is answered, and nothing is sent.
[ -x "$FANFETCH_PARSE" ] || skip "make test-deps builds tests/parse"
"$FANFETCH_PARSE" --deadline 9 http://127.0.0.1:1/ >said 2>&1 <<'SPELLINGS'
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
--url http://127.0.0.1:1/
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
--retry-on-host-error
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
--ca-native
--dump-ca-embed
--ech=x
--follow
--haproxy-clientip=x
--haproxy-protocol
--ip-tos=x
--ipfs-gateway=x
--keepalive-cnt=3
--knownhosts=x
--mptcp
--out-null
--proxy-ca-native
--proxy-http2
--proxy-http3
--sigalgs=x
--ssl-sessions=x
--tls-earlydata
--trace-config=x
--trace-ids
--upload-flags=x
--variable=x
--expand-url=x
--vlan-priority=x
--append
--compressed-ssh
--disable
--disallow-username-in-url
--hostpubsha256=x
--http3-only
--ignore-content-length
--local-port=x
--no-sessionid
--proxy-basic
--sasl-ir
--socks4=x
--socks4a=x
--socks5-hostname=x
--socks5-gssapi
--url-query=x
--compression=auto
--content-on-error
--ignore-length
--no-netrc
--no-config
--peer-agent=x
--select-file=1
--bt
--res=x
--no-remote-time
--no-negotiate
--no-insecure
--no-http2
--no-compression
--no-content-on-error
--no-fail
--no-parallel
--no-follow
--no-globoff
--no-buffer
--no-sessionid
--alpn
--dns-cache=off
--params a b
--no-verify
--headers A b
--bind-interface=lo
--dane
--dns-cache-preload=x
--download-attr
--follow-sitemaps
--hsts-preload
--http2-only
--hyperlink
--keep-extension
--ocsp-date
--save-content-on=404
--combine-executable
--files0
--no-want-digest-header
--no-redirects
--no-progress
--no-timeout
--no-force-close
--ttl_dns_cache=5
--use-dns-cache=false
--local_addr=x
--sock_read=5
--sock-connect=5
--raise_for_status
--trust-env
--verify_ssl=false
--auto_decompress=false
--allow_redirects=false
--limit_per_host=5
--max_time=5
-n1
-L1
-s16
-s4
-head
-location
-fail
SPELLINGS
# The line stands before "taken", and errors without what all of them have.
awk '/^> / { line = substr($0, 3); next }
    $0 == "taken" { print line ": taken"; next }
    !/^Try / { sub(/^fanfetch: error: /, ""); print }' said
# The binary's own words, and that it runs.
for line in -sSL --jobs=8; do
    "$FANFETCH" "$line" --deadline 9 http://127.0.0.1:1/ </dev/null 2>err >out || :
    case $(wc -l <out) in
    1) echo taken ;;
    *) cat err ;;
    esac >own
    check "$line" cmp own <(awk -v line="> $line" '$0 == line { ours = 1; next }
        /^> / { ours = 0 } ours' said)
done

# All options of curl 8.23 are tried, whichever is installed.
read -d '' -ra curl_names <<'NAMES' || :
abstract-unix-socket alt-svc anyauth append aws-sigv4 basic ca-native cacert
capath cert cert-status cert-type ciphers compressed compressed-ssh config
connect-timeout connect-to continue-at cookie cookie-jar create-dirs
create-file-mode crlf crlfile curves data data-ascii data-binary data-raw
data-urlencode delegation digest disable disable-eprt disable-epsv
disallow-username-in-url dns-interface dns-ipv4-addr dns-ipv6-addr
dns-servers doh-cert-status doh-insecure doh-url dump-ca-embed dump-header
ech egd-file engine etag-compare etag-save expect100-timeout fail fail-early
fail-with-body false-start follow form form-escape form-string ftp-account
ftp-alternative-to-user ftp-create-dirs ftp-method ftp-pasv ftp-port
ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-ccc-mode ftp-ssl-control get
globoff happy-eyeballs-timeout-ms haproxy-clientip haproxy-protocol head
header help hostpubmd5 hostpubsha256 hsts http0.9 http1.0 http1.1 http2
http2-prior-knowledge http3 http3-only ignore-content-length insecure
interface ip-tos ipfs-gateway ipv4 ipv6 json junk-session-cookies
keepalive-cnt keepalive-time key key-type knownhosts krb libcurl limit-rate
list-only local-port location location-trusted login-options mail-auth
mail-from mail-rcpt mail-rcpt-allowfails manual max-filesize max-redirs
max-time metalink mptcp negotiate netrc netrc-file netrc-optional next
no-alpn no-buffer no-clobber no-keepalive no-npn no-progress-meter
no-sessionid noproxy ntlm ntlm-wb oauth2-bearer out-null output output-dir
parallel parallel-immediate parallel-max parallel-max-host pass path-as-is
pinnedpubkey post301 post302 post303 preproxy progress-bar proto
proto-default proto-redir proxy proxy-anyauth proxy-basic proxy-ca-native
proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers
proxy-crlfile proxy-digest proxy-header proxy-http2 proxy-http3
proxy-insecure proxy-key proxy-key-type proxy-negotiate proxy-ntlm
proxy-pass proxy-pinnedpubkey proxy-service-name proxy-ssl-allow-beast
proxy-ssl-auto-client-cert proxy-tls13-ciphers proxy-tlsauthtype
proxy-tlspassword proxy-tlsuser proxy-tlsv1 proxy-user proxy1.0 proxytunnel
pubkey quote random-file range rate raw referer remote-header-name
remote-name remote-name-all remote-time remove-on-error request
request-target resolve retry retry-all-errors retry-connrefused retry-delay
retry-max-time sasl-authzid sasl-ir service-name show-error show-headers
sigalgs silent skip-existing socks4 socks4a socks5 socks5-basic
socks5-gssapi socks5-gssapi-nec socks5-gssapi-service socks5-hostname
speed-limit speed-time ssl ssl-allow-beast ssl-auto-client-cert
ssl-no-revoke ssl-reqd ssl-revoke-best-effort ssl-sessions sslv2 sslv3
stderr styled-output suppress-connect-headers tcp-fastopen tcp-nodelay
telnet-option tftp-blksize tftp-no-options time-cond tls-earlydata tls-max
tls13-ciphers tlsauthtype tlspassword tlsuser tlsv1 tlsv1.0 tlsv1.1 tlsv1.2
tlsv1.3 tr-encoding trace trace-ascii trace-config trace-ids trace-time
unix-socket upload-file upload-flags url url-query use-ascii user user-agent
variable verbose version vlan-priority write-out xattr
NAMES

# Each option of the installed programs is known in some way, and so is each by
# which curl, wget and wget2 turn one off.
options_of() {
    case $1 in
    curl) curl --help all ;;
    wget | wget2 | xargs) "$1" --help ;;
    aria2c) aria2c --help=#all ;;
    esac | sed -nE 's/^ *(-[^ ]+,? +)?(--[a-z0-9][a-z0-9.-]*[a-z0-9]).*/\2/p'
}
all_options() {
    local tool
    for tool; do
        ! command -v "$tool" >/dev/null || options_of "$tool"
    done
    printf -- '--%s\n' "${curl_names[@]}"
}
all_options curl wget wget2 aria2c xargs >options
all_options curl wget wget2 | sed 's/^--no-/--/; t; s/^--/--no-/' >negated
sort -u -o options options
check "there are many" test "$(wc -l <options)" -ge 250
sed 's/$/=1/' options negated | "$FANFETCH_PARSE" >said 2>&1
check "each is tried" test "$(grep -c '^> ' said)" \
    -eq "$(cat options negated | wc -l)"
same "nothing is said to" "$(awk '/^> / { option = $2; sub(/=1$/, "", option) }
    $0 ~ "unknown option " option "(;|$)"' said)" ''

server_start
nginx_tls_start 'location / { return 200 ok; }'
squid_start
# through EXPECTED ASSIGNMENT... -- [OPTION...]: how many of a plain URL and one
# of TLS go through squid?
through() {
    local expected=$1 vars=()
    shift
    while [ "$1" != -- ]; do
        vars+=("$1")
        shift
    done
    shift
    : >"$SQUID_LOG"
    env "${vars[@]}" "$FANFETCH" --cacert tls/ca.pem "$@" "$URL/" "$TLS_URL/" \
        >out || fail "exit status $?: ${vars[*]} $*"
    # A tunnel is logged when it ends.
    wait_lines "$SQUID_LOG" "$(wc -w <<<"$expected")"
    same "${vars[*]} $*" "$(cut -d ' ' -f 1 "$SQUID_LOG" | sort | xargs)" \
        "$expected"
}
p=$PROXY_URL
through 'GET' http_proxy="$p" --
through '' HTTP_PROXY="$p" --
through 'CONNECT' https_proxy="$p" --
through 'CONNECT' HTTPS_PROXY="$p" --
through 'CONNECT GET' all_proxy="$p" --
through 'CONNECT GET' ALL_PROXY="$p" --
through 'GET' http_proxy="$p" HTTPS_PROXY= --
through 'CONNECT GET' http_proxy="$p" ALL_PROXY="$p" --
through '' ALL_PROXY="$p" NO_PROXY=127.0.0.1 --
through '' ALL_PROXY="$p" no_proxy='example.com, 127.0.0.0/8' --
through 'CONNECT GET' ALL_PROXY="$p" NO_PROXY=127.0.0.2,example.com --
through '' ALL_PROXY="$p" NO_PROXY='*' --
through '' ALL_PROXY="$p" -- --no-env-proxy
through '' ALL_PROXY="$p" -- --noproxy 127.0.0.1
through 'CONNECT GET' ALL_PROXY="$p" NO_PROXY='*' -- --noproxy ''
through '' ALL_PROXY="$p" -- -x ''
through 'CONNECT GET' ALL_PROXY=http://127.0.0.1:1 -- -x "$p"
through '' -- -x "$p" --noproxy '*'
through 'CONNECT GET' NO_PROXY='*' -- -x "$p" --no-env-proxy

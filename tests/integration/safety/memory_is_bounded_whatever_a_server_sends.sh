# timeout: 120
# In kB; without any attack the program takes some 10,000.
most=65536
server_start
need brotli zstd
mkdir -p nginx/html
head -c 268435456 /dev/zero >zeros
brotli -q 1 -w 24 -o nginx/html/bomb.br zeros
zstd -q -3 -o nginx/html/bomb.zst zeros
zstd -q -1 --long=27 -o nginx/html/wide.zst zeros
rm zeros
nginx_start '
    location ~ \.br$ { add_header Content-Encoding br; }
    location ~ \.zst$ { add_header Content-Encoding zstd; }'

# attack STATUS FILTER ARGUMENT...: the result must match, and the peak stay
# below the limit.
attack() {
    local status=$1 filter=$2
    shift 2
    peak_of "$status" "$@" >out
    holds "$*" out ".[0] | $filter"
    sanitized || check "memory of $*: $PEAK kB" test "$PEAK" -lt "$most"
}

too_large='.error.class == "too_large"'
protocol='.error.class == "protocol"'
attack 0 '.ok and .size_body == 268435456' "$URL/bomb?size=268435456"
attack 1 "$too_large and .error.code == \"bomb\"" "$NGINX_URL/bomb.br"
attack 1 "$too_large and .error.code == \"bomb\"" "$NGINX_URL/bomb.zst"
attack 1 "$protocol and .error.code == \"decode\"" "$NGINX_URL/wide.zst"
for name in bomb.br bomb.zst; do
    attack 1 "$too_large" --body "$NGINX_URL/$name"
    attack 1 "$too_large" --max-size 1M --output-dir bodies "$NGINX_URL/$name"
done
attack 1 "$too_large" --body "$URL/bomb?size=268435456"
attack 1 "$too_large" --body "$URL/endless"
attack 1 "$too_large" --max-size 100M --output-dir bodies "$URL/endless"
attack 1 "$protocol" --include-headers "$URL/headers-flood"
attack 1 "$protocol" --include-headers "$URL/continue-flood"
attack 1 "$protocol" --include-headers "$URL/header-line?size=100000000"
attack 1 '.error.class == "redirect" and .num_redirects == 1000' \
    --redirects --max-redirects 1000 "$URL/redirect-loop"
same "files" "$(find bodies -type f | wc -l)" 0

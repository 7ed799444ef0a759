# long
# timeout: 300
# Options of curl, wget, aria2 and httpx that we accept have the same effect,
# both in the request that the server gets and in the result.
server_start
echo 'a=b' >data

# means JQ WANTED OPTION...: what the echo of the request, with the result
# line as $line, comes to.
means() {
    local filter=$1 wanted=$2
    shift 2
    ff --body=text "$@" "$URL/echo?x=1" </dev/null >line 2>err || :
    same "$*" "$(jq -c ". as \$line | (.body // \"null\") | fromjson? //
        null | $filter" line)" "$wanted"
    check "$*: nothing is said" test ! -s err
}
is_head() {
    means "\$line | .method + \" \" + (.size_body | tostring)" '"HEAD 0"' "$@"
}
for option in -I --head -sI -IL -sSIL --method=HEAD '-X HEAD'; do
    # shellcheck disable=SC2086 # -X HEAD is two words
    is_head $option
done
header() {
    local name=$1 wanted=$2
    shift 2
    means "[.headers[] | select(.[0] | ascii_downcase == \"$name\")[1]][0]" \
        "$wanted" "$@"
}
header user-agent '"me/1"' -A me/1
header user-agent '"me/1"' --user-agent=me/1
header user-agent null -A ''
header referer '"http://r/"' -e http://r/
header referer '"http://r/"' --referer=http://r/
header cookie '"a=b"' -b a=b
header x-y '"z"' -H 'X-Y: z'
header x-y '"z"' --header='X-Y: z'
header authorization '"Basic dTpw"' -u u:p
header authorization '"Basic dTpw"' --user u:p
header authorization '"Bearer t"' --oauth2-bearer t
header accept-encoding null --no-compressed
header accept-encoding null --no-decompress
header content-type '"application/x-www-form-urlencoded"' -d a=b
header content-type '"application/json"' --json '{}'
means '.method' '"PUT"' --method=PUT
means '.method' '"PUT"' -X PUT
means '.method' '"PUT"' -T data
means '[.method, .body]' '["POST","a=b"]' -d a=b
means '[.method, .body]' '["POST","a=b"]' --data-ascii a=b
means '[.method, .body]' '["POST","a=b"]' --data-ascii @data
means '[.method, .body]' '["POST","a=b\n"]' --data-binary @data
means '[.method, .body]' '["POST","@data"]' --data-raw @data
means '[.method, .body]' '["POST","a=%40%26"]' --data-urlencode 'a=@&'
means '.target' '"/echo?x=1&a=b"' -G -d a=b
means '.target' '"/echo?x=1&a=b"' -Gd a=b
means '[.method, .target]' '["GET","/echo?x=1&[1]"]' -G --json '[1]'
header accept '"application/json"' -G --json '[1]'
header content-type '"application/json"' -G --json '[1]'
header accept '"a/b"' -G --json '[1]' -H 'accept: a/b'
header content-type null -G -d a=b
means '.http_version' '"1.0"' -0
means '.http_version' '"1.0"' --http1.0
means '$line.headers | type' '"object"' -i
means '$line.headers | type' '"object"' --include
means '$line.headers | type' '"object"' --show-headers
means '$line.headers | type' '"object"' -si
for option in -s -S -L -f -g -N -Z -sS -sSL -fsSL -LfsS --silent --show-error \
    --location --fail --fail-with-body --globoff --no-buffer --parallel \
    --compressed --no-progress-meter --create-dirs --retry-connrefused \
    --tcp-nodelay --parallel-max=2 --parallel-max-host=2 \
    --max-concurrent-downloads=2 --max-connection-per-server=2 -4 --ipv4 \
    --inet4-only -k --insecure --no-check-certificate -m5 --max-time=5 \
    --connect-timeout=5 --retry=1 --interface=127.0.0.1 \
    --bind-address=127.0.0.1 --max-redirs=5 -1 --tlsv1 --tlsv1.0 --tlsv1.1 \
    --tlsv1.2 --tlsv1.3; do
    means '[$line.ok, .method, .target]' '[true,"GET","/echo?x=1"]' "$option"
done

# result JQ WANTED OPTION...: of a record that the options lead to.
result() {
    local filter=$1 wanted=$2
    shift 2
    ff "$@" </dev/null >line 2>err || :
    same "$*" "$(jq -c "$filter" line)" "$wanted"
}
result '.status_code' 302 --max-redirs 0 "$URL/redirect/3"
result '.status_code' 302 --max-redirect=0 "$URL/redirect/3"
result '.status_code' 302 --no-location "$URL/redirect/3"
# The last one counts, also behind a file of options.
result '.status_code' 200 --no-location -L "$URL/redirect/3"
result '.status_code' 302 -L --no-location "$URL/redirect/3"
result '.error.code' '"too_many"' --max-redirs 2 -L "$URL/redirect/3"
echo no-location >conf
result '.status_code' 302 -K conf "$URL/redirect/3"
result '.status_code' 200 -K conf -sL "$URL/redirect/3"
header accept-encoding null --compressed --no-decompress
means '[.headers[][0] | ascii_downcase] | any(. == "accept-encoding")' true \
    --no-compressed --compressed
result '.error.code' '"too_many"' --max-redirs=2 "$URL/redirect/3"
result '[.status_code, .num_redirects]' '[200,3]' -L "$URL/redirect/3"
result '.error.code' '"http_404"' -f "$URL/status/404"
result '.error.class' '"too_large"' --max-filesize 10 "$URL/bytes/100"
result '[.error.class, .error.code]' '["timeout","total"]' --max-time 0.2 \
    "$URL/stall"
result '[.error.class, .error.code]' '["timeout","total"]' -m0.2 "$URL/stall"
echo "${URL#http://}/echo" >list
result '.ok' true --proto-default http list
for limit in --parallel-max --max-concurrent-downloads; do
    server_reset
    urls 6 "$URL/delay/50?id=" >list
    exits 0 ff "$limit" 2 list >lines
    check "$limit" test "$(server_stats | jq .most_open)" -le 2
done
for limit in --parallel-max-host --max-connection-per-server; do
    server_reset
    exits 0 ff "$limit" 1 list >lines
    same "$limit" "$(server_stats | jq .most_open)" 1
done

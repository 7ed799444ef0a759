# A bad record is the only one that fails: there are as many results as records.
server_start
{
    echo "$URL/?first"
    echo "http://"
    echo "http://[::1"
    echo "http://127.0.0.1:99999/"
    echo "http://exa mple/"
    echo "ftp://127.0.0.1/"
    echo "file:///etc/passwd"
    echo "gopher://127.0.0.1/"
    echo '{"url":'
    echo '{"url":"http://127.0.0.1/"} trailing'
    echo '{}'
    echo '{"url":5}'
    echo '{"url":""}'
    echo "{\"url\":\"$URL/\",\"nope\":1}"
    echo "{\"url\":\"$URL/\",\"method\":\"G T\"}"
    echo "{\"url\":\"$URL/\",\"method\":7}"
    jq -nc --arg url "$URL/" '{url: $url, headers: {X: "a\r\nY: b"}}'
    echo "{\"url\":\"$URL/\",\"headers\":{\"X Y\":\"a\"}}"
    echo "{\"url\":\"$URL/\",\"headers\":[1]}"
    echo "{\"url\":\"$URL/\",\"body\":\"a\",\"json\":1}"
    printf '%s/nul\0byte\n' "$URL"
    head -c 1100000 /dev/zero | tr '\0' a
    echo
    echo "$URL/?last"
} >list
exits 1 ff list >out 2>err

holds "there is one line per record" out 'length == 23'
holds "each record has its line" out 'map(.index) | sort == [range(23)]'
holds "the good ones are fetched" out \
    'map(select(.ok).index) | sort == [0, 22]'
holds "the others are input errors" out \
    'map(select(.ok | not).error | .class == "input" and .phase == "input"
        and (.retryable | not)) | length == 21 and all'
holds "without a URL it is null" out \
    'map(select(.error.code == "url_missing").url) == [null, null]'
holds "no request was sent" out 'map(select(.ok | not).attempts) | all(. == 0)'
same "requests at the server" "$(server_stats .requests)" 2

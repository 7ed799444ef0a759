# A server that needs no more of a request answers it, and may then reset the
# stream; its answer counts (RFC 9113, 8.1).  It may also leave the stream open,
# and take no more of the body.
head -c 100000 /dev/zero | tr '\0' x >body

# early STATUS...: each of six uploads over one connection has that answer.
early() {
    h2_start early "$@"
    for i in $(seq 6); do
        jq -nc --arg url "$H2_URL/$i" \
            '{url: $url, method: "PUT", body_file: "body"}'
    done >list
    ff -k -m 20 --limit 1 --concurrency 6 --allow-files . --body list >out ||
        same "status" $? 1
    holds "answers of $*" out --argjson status "$1" 'length == 6 and
        all(.status_code == $status and .ok == ($status < 400) and
            .attempts == 1 and .size_body > 0) and
        (map(.body) | unique | length) == 6'
}
for error in 0 7 8; do
    early 413 $error
    early 200 $error
done
early 413

server_start
nginx_tls_start "location / { client_max_body_size 1k; proxy_pass $URL; }" http2
for i in $(seq 6); do
    jq -nc --arg url "$TLS_URL/$i" '{url: $url, method: "PUT", body_file: "body"}'
done >list
exits 1 ff -k --limit 1 --concurrency 3 --allow-files . list >out
holds "answers of nginx" out 'length == 6 and all(.error.code == "http_413")'

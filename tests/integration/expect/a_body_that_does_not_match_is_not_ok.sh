# This is tried with each place that a body may go to, and without one.
server_start
for args in "" --body=auto --body=base64 "--output-dir out" --sha256; do
    # shellcheck disable=SC2086 # some are two words
    exits 1 ff --ordered --expect '^o[j-l]$' $args "$URL/" "$URL/bytes/3" \
        "$URL/status/404" "$URL/redirect/2" >lines
    holds "$args" lines '
        [.[].ok] == [true, false, false, true] and
        (.[1].error | .class == "expect" and .code == "body" and
            .phase == "receive" and .retryable == false and
            .curl_code == 0) and
        (.[1] | .status_code == 200 and .size_body == 3) and
        .[2].error.code == "http_404"'
done
holds "the message says what was looked for" lines '
    .[1].error.message ==
    "the first 3 bytes of the body do not match '\''^o[j-l]$'\''"'
same "no file of such a body" "$(cat out/* | grep -c abc)" 0
same "the other bodies have files" "$(find out -type f | wc -l)" 2

server_start
exits 2 ff --expect 'a(b' "$URL/" 2>err >lines
same "usage" "$(head -n 1 err)" "fanfetch: error: --expect must be a regular \
expression; 'a(b' is none at byte 4: missing closing parenthesis"
cat >list <<END
{"url": "$URL/", "expect": "[z-a]"}
{"url": "$URL/", "expect": 7}
{"url": "$URL/", "expect": "\\\\C"}
{"url": "$URL/", "expect_sha256": "12ab"}
{"url": "$URL/", "expect_sha256": 5}
{"url": "$URL/", "expect": "$(printf '(%.0s' {1..9000})"}
END
exits 1 ff --ordered list >lines
# PCRE2 >= 10.47 points behind the range.
holds "why" lines '
    all(.error.class == "input" and .error.code == "value_invalid" and
        .attempts == 0) and
    (.[0].error.message | test("^list:1: '\''expect'\'' must be a " +
        "regular expression; it is none at byte [45]: range out of order"))'
same "nothing is sent" "$(server_stats .requests)" 0

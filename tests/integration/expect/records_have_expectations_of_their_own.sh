server_start
hash=$(echo ok | sha256sum | cut -d ' ' -f 1)
cat >list <<END
{"url": "$URL/", "expect": "(?i)OK"}
{"url": "$URL/", "expect": "no"}
{"url": "$URL/", "expect": ""}
{"url": "$URL/", "expect_sha256": "$hash", "expect": null}
{"url": "$URL/", "expect_sha256": "${hash^^}", "expect": "k"}
{"url": "$URL/bytes/2", "expect_sha256": "$hash", "expect": "b"}
{"url": "$URL/bytes/2", "method": "HEAD", "expect_sha256": "$hash", "expect": ""}
$URL/bytes/2
END
for args in "" --body --sha256 "--output-dir out"; do
    # shellcheck disable=SC2086 # some are two words
    exits 1 ff --ordered --expect '^o' $args list >lines
    holds "$args" lines -c --arg hash "$hash" '
        [.[].error.code] == [null, "body", null, null, null, "sha256",
                             "sha256", "body"] and
        (.[5].error.message | startswith("the body'\''s SHA-256 is fb8e20fc2e4")) and
        .[6].error.message ==
            "the response has no body, so its SHA-256 is unknown"'
done
same "one file" "$(cat out/*)" ok
# Results are legal records, whatever is expected.
ff --unique lines >/dev/null 2>err || :
check "no message" test ! -s err
exits 1 ff --sha256 --truncate 1 "$(sed -n 4p list)" >lines
holds "a cut body has no hash" lines '.[0].error |
    .code == "sha256" and
    .message == "the body is not whole, so its SHA-256 is unknown"'

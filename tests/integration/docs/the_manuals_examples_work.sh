# timeout: 120
# Each example is taken from the page and run.  The functions below say what is
# expected of it.
example_world

expect_dead() {
    example_says 1 5
    check dead grep -qx $'https://expired.example.com/\ttls\tcert_expired' here/stdout
}

expect_table() {
    example_says 1 12
    check table grep -qE $'^200\t[0-9.]+\thttps://www.example.com/$' here/stdout
}

expect_order() {
    example_says 1 12
    same "the order" "$(jq -r .url here/stdout)" "$(grep -v '^#' here/urls.txt)"
}

expect_gentle() {
    example_says 1 12
    holds "retries" here/stdout \
        'map(select(.url | endswith("/busy")).attempts) == [4]'
}

expect_later() {
    example_says 1 0
    holds first here/first.jsonl 'length == 12'
    holds second here/second.jsonl 'map(.url) | sort ==
        ["http://dead.example.com:81/", "https://api.example.com/busy"]'
}

expect_resume() {
    example_says 1 0
    holds results here/results.jsonl 'length == 12'
}

expect_pages() {
    example_says 0 20
    same "items" "$(sort -u here/stdout)" '"x"'
}

expect_post() {
    example_says 0
    same "answers" "$(sort here/stdout)" $'user1\t201\nuser2\t201\nuser3\t201'
    check "sent as POST" test "$(grep -c ' POST /users ' nginx/requests.log)" -eq 3
}

expect_csv() {
    example_says 1
    same "rows" "$(sort here/stdout)" '"s","Eve",404
"w","Ada, Bob",200'
}

expect_streams() {
    example_says 1 12
}

expect_head() {
    example_says 1 12
    holds "methods" here/stdout 'all(.method == "HEAD")'
}

expect_deadline() {
    example_says 1
    check "counts" grep -qE '^ *7 200$' here/stdout
    same "all of them" "$(awk '{ n += $1 } END { print n }' here/stdout)" 12
}

expect_token() {
    example_says 1 12
    check "sent" grep -q 'Bearer s3cret' nginx/requests.log
    check "the token is never shown" test "$(grep -c s3cret here/stdout)" -eq 0
}

expect_slowest() {
    example_says 0 6
}

expect_mirror() {
    example_says 1 9
    while read -r path; do
        check "the page $path" test -s "here/$path"
        check "its name" grep -qE '^pages/[a-z.]*/[0-9a-f]{16}\.[a-z]+$' <<<"$path"
    done <here/stdout
}

expect_names() {
    example_says 0
    same "a name" "$(wc -c <here/pages/a/nine\ letters.txt)" 9
    check "the other" test -s here/pages/home.html
}

expect_watch() {
    example_says 0 0
    check "the message" grep -qx 'something is down' here/stderr
    same "there is a message for each" "$(grep -c '^fanfetch: ' here/stderr)" 2
}

expect_expiry() {
    example_says 1 7
    check "hosts" grep -qx 'https://www.example.com/' here/stdout
}

expect_chain() {
    example_says 1
    same "the chain" "$(cat here/stdout)" "https://shop.example.com/redirect/2 ->\
 https://shop.example.com/redirect/1 -> https://shop.example.com/"
}

expect_socket() {
    example_says 0 1
    holds "the body" here/stdout '.[0].body == "{\"up\":true}"'
}

expect_changes() {
    example_says 0 7
    same "all are new" "$(grep -c '^new[[:space:]]https*://.*pages/' here/stdout)" 7
    check "the state" test ! -e here/new.jsonl
    # The next time.
    (cd here && PATH=$PWD/bin:$PATH && bash -o pipefail ../examples/changes) >again
    same "nothing has changed" "$(grep -c '://' again || :)" 0
    holds "the example is known" here/state.jsonl 'length == 12 and
        (map(select(.change == "unchanged")) | length) == 7'
}

expect_new() {
    example_says 0 0
    holds "there is one result more" here/results.jsonl 'length == 14 and
        (map(select(.duplicate_of == null)) | length) == 13'
}

expect_parallel() {
    check "status" test "$STATUS" -le 4
    holds "all of them" here/results.jsonl 'map(.index) | sort == [range(12)]'
}

page=$TESTS/../man/fanfetch.1
run_examples "$page"
check "twenty of them" test "$NEXAMPLES" -ge 20
# Text that is not an example is not run: this section has nothing else.
same "displays" "$(sed -n '/^\.Sh EXAMPLES/,/^\.Sh INPUT/p' "$page" |
    grep -cE '^\.(Dl|Bd) ')" "$NEXAMPLES"

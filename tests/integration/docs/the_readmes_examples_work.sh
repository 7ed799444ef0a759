# timeout: 120
# Each example is taken from README.md and run.  The functions below say what is
# expected of it.
need sqlite3
example_world

expect_report() {
    example_says 0 6
    check "a line" grep -qx $'http\thttp_404\thttps://www.example.com/gone' here/stdout
    tail -n 1 here/stdout >sum
    holds "the summary" sum '.[0] | .records == 12 and .failed == 5'
}

expect_enrich() {
    example_says 0 0
    same "lines" "$(sort here/enriched.jsonl)" \
        '{"sku":"a1","stock":5,"price":7,"error":null}
{"sku":"a2","stock":0,"price":7,"error":null}'
}

expect_mirror() {
    example_says 0 0
    holds "the list" here/mirror.jsonl 'length == 12'
    check "files" test "$(find here/mirror -type f | wc -l)" -eq 9
    # And sha256sum would have seen it.
    find here/mirror -name '*.txt' -exec sh -c 'echo x >>"$1"' sh {} \;
    check "a changed file" eval '! (cd here && jq -r "select(.ok) |
        \"\(.sha256)  \(.body_path)\"" mirror.jsonl |
        sha256sum --check --quiet >out 2>&1)'
}

expect_changes() {
    example_says 0 8
    same "all are new" "$(grep -c '^new[[:space:]]https*://.*pages/' here/stdout)" 7
    check "the state" test ! -e here/new.jsonl
    # The next time.
    (cd here && PATH=$PWD/bin:$PATH && bash -o pipefail ../examples/changes) >again
    same "nothing has changed" "$(grep -c '://' again || :)" 0
    holds "the example is known" here/state.jsonl 'length == 12 and
        (map(select(.change == "unchanged")) | length) == 7'
}

expect_polite() {
    example_says 1 0
    holds "the list" here/crawl.jsonl 'length == 12'
    # Two of the nine say the same, so that they have one file.
    check "pages" test "$(find here/pages -type f | wc -l)" -eq 8
}

expect_crash() {
    example_says 1 0
    holds "each record has one line" here/results.jsonl 'map(.index) | sort == [range(12)]'
}

expect_sqlite() {
    example_says 0
    check "the answer" grep -qE '^200\|7\|[0-9.]+$' here/stdout
}

expect_strangers() {
    example_says 1 12
    # These names lead to loopback here, which is not public.
    holds "no server was asked" here/stdout 'map(.error.code) | unique - ["private_address",
        "scheme_unsupported"] == []'
}

run_examples "$TESTS/../README.md"
check "the examples" test "$NEXAMPLES" -ge 8
# Text that is not an example is not run: an example is a block of sh.
same "blocks" "$(grep -c '^```sh' "$TESTS/../README.md")" "$NEXAMPLES"

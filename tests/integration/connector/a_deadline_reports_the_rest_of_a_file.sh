# Records that were not read yet are reported, too, except for a pipe, which may
# be endless.
server_start
urls 300 "$URL/stall?" >list
exits 1 ff --look-ahead 5 --limit 2 --deadline 500ms list >out
holds "a line for each record" out 'sort_by(.index) |
    map(.index) == [range(300)] and all(.error.code == "run_deadline") and
    (map(select(.attempts == 1)) | length <= 2)'
exits 1 ff --ordered --look-ahead 5 --limit 2 --deadline 500ms list >out
holds "in order where that is wanted" out 'map(.index) == [range(300)]'

endless() {
    while :; do
        cat list
    done
}
start_ms=$(now_ms)
endless 2>/dev/null | exits 1 ff --look-ahead 5 --limit 2 --deadline 500ms >out
check "in time" test $(($(now_ms) - start_ms)) -lt 20000
check "records that were read are reported" test "$(wc -l <out)" -lt 300
holds "each record has one line" out 'sort_by(.index) | map(.index) == [range(length)]'

urls 3000000 "$URL/?" >list
start_ms=$(now_ms)
exits 1 ff --limit 1 --rate 1 --deadline 500ms --grace 300ms list >out
check "reading takes no longer than the grace" test $(($(now_ms) - start_ms)) -lt 20000

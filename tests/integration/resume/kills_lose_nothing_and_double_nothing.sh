# timeout: 180
# The run is killed at random moments and the end of its file damaged in every
# way: in the end each index has exactly one result.  "make torture" does it
# with more KILLS.
kills=${KILLS:-20}
n=$((kills * 100))
RANDOM=${SEED:=$RANDOM}
echo "SEED=$SEED" >&2
slower=1
! sanitized || slower=5
server_start
urls $n "$URL/?delay=50&id=" >list

# Damage that a crash may leave: half a line, blocks never written, garbage,
# missing bytes.
spoil() {
    [ -s out.jsonl ] || return 0
    case $((RANDOM % 6)) in
    0) printf '{"index":%d,"id":nu' "$RANDOM" >>out.jsonl ;;
    1) head -c $((RANDOM % 5000 + 1)) /dev/zero >>out.jsonl ;;
    2) head -c 200 /dev/urandom | tr -d '\n' >>out.jsonl ;;
    3) truncate -s -$((RANDOM % 2000)) out.jsonl 2>/dev/null || : ;;
    4) truncate -s -$((RANDOM)) out.jsonl 2>/dev/null || : ;;
    esac
}

options=('' '--ordered' '--threads 3' '--unique --limit 20' '--shard 1/1')
for i in $(seq "$kills"); do
    seconds=0.$(printf '%03d' $(((RANDOM % 140 + 10) * slower)))
    # Some results are set to "aborted", and must be fetched again.
    signal=KILL grace=10
    [ $((i % 5)) -ne 0 ] || signal=INT grace=0
    # shellcheck disable=SC2086 # several words
    timeout -s "$signal" "$seconds" "${FF_ENV[@]}" "$FANFETCH" --resume \
        -o out.jsonl ${options[RANDOM % 5]} --grace $grace list 2>err || :
    check "the file was not refused" test ! -s err
    spoil
done 2>/dev/null
exits 0 ff --resume -o out.jsonl list
same "results" "$(wc -l <out.jsonl)" $n
holds "each index once" out.jsonl --argjson n $n '
    all(.ok) and (map(.index) | sort == [range($n)])'
holds "each of its own URL" out.jsonl '
    all((.url | split("=") | last | tonumber) == .index)'
server_reset
exits 0 ff --resume -o out.jsonl list
same "nothing is left to do" "$(server_stats .requests)" 0
same "no temporary file is left beside it" "$(find . -name '*.resume-tmp')" ""

# timeout: 240
# Feeds of eight kinds over five rounds: each result file is the next one's
# state, and each round other feeds change.
feeds_start
kinds=(etag modified weak both none bare deaf fresh)
valid=(etag modified weak both bare)
printf '%20000s' '' >filler
for kind in "${kinds[@]}"; do
    for i in {0..9}; do
        { echo "$kind $i" && cat filler; } >"feeds/$kind/$i"
        # Last-Modified has seconds: what changes gets another one.
        touch -d 2026-01-01T00:00:00Z "feeds/$kind/$i"
        echo "$FEEDS/$kind/$i" >>list
    done
done

# round N: run it, and tell what changed.
round() {
    exits 0 ff --since state -o "round$1" --summary=sum list 2>err
    mv "round$1" state
    jq -r 'select(.change != "unchanged") | .change + " " + .url' state |
        sed "s|$FEEDS||" | sort
}

# bytes: sent since the last time by those whose validators are right.
bytes() {
    grep -E "^GET	/($(IFS='|' && echo "${valid[*]}"))/" feeds/log |
        awk -F '\t' '{ n += $4 } END { print n }'
    : >feeds/log
}

round 0 >got
same "all are new at first" "$(cut -d ' ' -f 1 got | sort | uniq -c | tr -s ' ')" \
    " ${#kinds[@]}0 new"
holds "the summary says so" sum \
    '.[0] | .new == 80 and .changed == 0 and .unchanged == 0 and .bytes_saved == 0'
first=$(bytes)
same "nothing changes by itself" "$(round 1)" ''
second=$(bytes)
check "an unchanged round costs less than 2 %: $second of $first bytes" \
    test $((second * 50)) -lt "$first"
saved=$(cat feeds/{etag,modified,weak,both,bare}/? | wc -c)
holds "the summary says so" sum --argjson saved "$saved" \
    '.[0] | .new == 0 and .changed == 0 and .unchanged == 80 and
        .bytes_saved == $saved'
for n in 2 3 4; do
    : >want
    for kind in "${kinds[@]}"; do
        for i in "$n" 7; do
            echo "$n" >>"feeds/$kind/$i"
            touch -d "2026-01-01T00:0$n:00Z" "feeds/$kind/$i"
            echo "changed /$kind/$i" >>want
        done
    done
    same "round $n" "$(round "$n")" "$(sort want)"
    holds "the summary of round $n" sum \
        '.[0] | .new == 0 and .changed == 16 and .unchanged == 64'
done
# Validators and hashes are carried on, over as many rounds as there are.
holds "all is known at the end" state \
    'length == 80 and all(.sha256 != null and .ok)'
# A new one among them.
echo "$FEEDS/etag/10" >>list
echo new >feeds/etag/10
same "a new one" "$(round 5)" "new /etag/10"

# timeout: 240
# 304 feeds of eight kinds over five rounds: each result file is the next one's
# state, and each round other feeds change.
feeds_start
kinds=(etag modified weak both none bare deaf fresh)
valid=(etag modified weak both bare)
each=38
total=$((each * ${#kinds[@]}))
for kind in "${kinds[@]}"; do
    for ((i = 0; i < each; i++)); do
        printf '%s\n%20000s' "$kind $i" '' >"feeds/$kind/$i"
        echo "$FEEDS/$kind/$i" >>list
    done
done
# Last-Modified has seconds, so a changed feed gets another one.
touch -d 2026-01-01T00:00:00Z feeds/*/*

# round N: run it, and tell what changed.
round() {
    exits 0 ff --since state -o "round$1" --summary=sum list 2>err
    mv "round$1" state
    jq -r 'select(.change != "unchanged") | .change + " " + .url' state |
        sed "s|$FEEDS||" | sort
}

# bytes: prints the bytes sent since the last time for feeds with correct
# validators.
bytes() {
    grep -E "^GET	/($(IFS='|' && echo "${valid[*]}"))/" feeds/log |
        awk -F '\t' '{ n += $4 } END { print n }'
    : >feeds/log
}

round 0 >got
same "all are new at first" "$(cut -d ' ' -f 1 got | sort | uniq -c | tr -s ' ')" \
    " $total new"
holds "the summary says so" sum --argjson n "$total" \
    '.[0] | .new == $n and .changed == 0 and .unchanged == 0 and .bytes_saved == 0'
first=$(bytes)
same "nothing changes by itself" "$(round 1)" ''
second=$(bytes)
check "an unchanged round costs less than 2 %: $second of $first bytes" \
    test $((second * 50)) -lt "$first"
saved=$(cat feeds/{etag,modified,weak,both,bare}/* | wc -c)
holds "the summary says so" sum --argjson saved "$saved" --argjson n "$total" \
    '.[0] | .new == 0 and .changed == 0 and .unchanged == $n and
        .bytes_saved == $saved'
for n in 2 3 4; do
    : >want
    for kind in "${kinds[@]}"; do
        for i in "$n" 7 "1$n" 3{0..7}; do
            echo "$n" >>"feeds/$kind/$i"
            echo "feeds/$kind/$i" >>want
        done
    done
    xargs touch -d "2026-01-01T00:0$n:00Z" <want
    same "round $n" "$(round "$n")" "$(sed 's|^feeds|changed |' want | sort)"
    holds "the summary of round $n" sum --argjson n "$total" \
        '.[0] | .new == 0 and .changed == 88 and .unchanged == $n - 88'
done
# Validators and hashes are carried on, over as many rounds as there are.
holds "all is known at the end" state \
    "length == $total and all(.sha256 != null and .ok)"
# One feed is new.
echo "$FEEDS/etag/new" >>list
echo new >feeds/etag/new
same "a new one" "$(round 5)" "new /etag/new"

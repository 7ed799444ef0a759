# timeout: 180
# The run is killed at random moments.  Each file with a name is whole, each
# result has its file, and no file of an earlier run is in the way.  "make
# torture" does it with more KILLS.
kills=${KILLS:-20}
n=$((kills * 50))
size=150000
RANDOM=${SEED:=$RANDOM}
echo "SEED=$SEED" >&2
slower=1
! sanitized || slower=5
server_start
# Half of them trickle, so that kills find half a body.
{
    urls $((n / 2)) "$URL/bytes/$size?"
    urls $((n / 2)) "$URL/drip?n=5&gap=10&"
} >list
names=('{index}' '{hash}{ext}')

# half_ones: files under a final name that are neither of the bodies.
half_ones() {
    [ ! -d "$1" ] || find "$1" -type f ! -name '.fanfetch-*.tmp' \
        ! -size "${size}c" ! -size "$drip_size"c
}
ff --output-dir drip "$URL/drip?n=5&gap=10" >lines
drip_size=$(jq .size_body lines)

for i in $(seq "$kills"); do
    seconds=0.$(printf '%03d' $(((RANDOM % 140 + 10) * slower)))
    for k in 0 1; do
        timeout -s KILL "$seconds" "$FANFETCH" --resume -o "lines.$k" \
            --limit 20 --output-dir "out.$k" --output-name "${names[k]}" list ||
            :
        same "half ones ($i)" "$(half_ones "out.$k")" ""
    done
done 2>/dev/null
for k in 0 1; do
    exits 0 ff --resume -o "lines.$k" --output-dir "out.$k" \
        --output-name "${names[k]}" list
    same "half ones" "$(half_ones "out.$k")" ""
    holds "each index once" "lines.$k" --argjson n $n '
        all(.ok) and (map(.index) | sort == [range($n)])'
    jq -r .body_path "lines.$k" | sort -u >paths
    xargs -d '\n' ls <paths >/dev/null
done
same "a file for each" "$(find out.0 -type f ! -name '.*' | wc -l)" $n

# long
# timeout: 900
# Each attack of tests/hostile.py, with a bystander at another host: it takes
# less than 64 MB in all, holds up nobody, and ends when its time is over.
hostile_start
server_start
options=(-m 2 --threads 1 --limit-per-host 1 --body --include-headers
    --redirects -b '')
bystander=("$URL2/delay/20?id="{1..3})
worst_memory=0 worst_delay=0 worst_time=0 n=0

# worse OLD NEW NAME: the greater number, and whose it is.
worse() {
    awk -v old="${1%% *}" -v new="$2" 'BEGIN { exit !(new > old) }' &&
        echo "$2 $3" || echo "$1"
}

# attack NAME OPTION... URL...: it comes first, the others are bystanders.
attack() {
    local name=$1 delay time
    shift
    echo "http://127.0.0.1:${HOSTILE[$name]}/" >list
    peak_of "$expected" "${options[@]}" "$@" list "${others[@]}" >out
    n=$((n + 1))
    holds "a line each beside $name" out 'length == 4'
    holds "others beside $name" out 'map(select(.index > 0)) | all(.ok)'
    holds "$name is over in time" out \
        'map(select(.index == 0))[0] | .time_total == null or .time_total < 4'
    # The line takes six times the bytes of the body that was asked for, which
    # has 8 MB.
    [ "$name" != nuls ] || PEAK=$((PEAK - 7 * 8192))
    sanitized || check "memory of $name: $PEAK kB" test "$PEAK" -lt 65536
    delay=$(jq -s 'map(select(.index > 0).time_total) | max' out)
    time=$(jq -s 'map(select(.index == 0))[0].time_total // 0' out)
    worst_memory=$(worse "$worst_memory" "$PEAK" "$name")
    worst_delay=$(worse "$worst_delay" "$delay" "$name")
    worst_time=$(worse "$worst_time" "$time" "$name")
    jq -c --arg name "$name" --arg kb "$PEAK" --argjson delay "$delay" \
        'select(.index == 0) | [$name, .ok, .error.class, .error.code,
            .time_total, $kb, $delay]' out >&2
}

# peak_of wants to know the status: either is fine here.
peak_of() {
    shift
    "$FANFETCH_PEAK" peak "${FF_ENV[@]}" "$FANFETCH" "$@" || [ $? -eq 1 ]
    read -r PEAK <peak
}
expected=any
has_http2=
! $FANFETCH --version | grep -q nghttp2 || has_http2=1
for name in $(printf '%s\n' "${!HOSTILE[@]}" | grep -vx ready | sort); do
    others=("${bystander[@]}")
    [ "$name" != none ] || continue
    if [ "${HOSTILE_KIND[$name]}" = h2 ]; then
        [ "$has_http2" ] || continue
        others=("http://127.0.0.1:${HOSTILE[none]}/"{1..3})
        attack "$name" --http2-prior-knowledge
    else
        attack "$name"
    fi
done
echo "$n attacks; most memory: $worst_memory kB; slowest bystander:" \
    "$worst_delay s; longest: $worst_time s" >&2
check "there are enough attacks: $n" test "$n" -ge 60

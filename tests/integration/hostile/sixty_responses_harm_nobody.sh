# long
# timeout: 900
# Each attack of tests/hostile.py, with a bystander at another host: it takes
# less than 64 MB in all, holds up nobody, and ends when its time is over.
hostile_start
server_start
options=(-m 30 --threads 1 --limit-per-host 1 --body --include-headers
    --redirects -b '')
bystander=("$URL2/delay/20?id="{1..3})

# What is wrong with the results, else the greatest time of a bystander and that
# of the attack, and a line for the log.
cat >verdict.jq <<'JQ'
(map(select(.index > 0))) as $others | map(select(.index == 0))[0] as $it |
if length != 4 then "there are \(length) lines"
elif $others | all(.ok) | not then "others are not ok"
elif $it.time_total != null and $it.time_total > 15 then "it is not over in time"
else "\($others | map(.time_total) | max) \($it.time_total // 0) \(
    [$it.ok, $it.error.class, $it.error.code, $it.time_total] | tojson)" end
JQ

# attack NAME OPTION...: it comes first, the others are bystanders.
attack() {
    local name=$1
    shift
    echo "{\"url\":\"http://127.0.0.1:${HOSTILE[$name]}/\",\"timeout\":1.5}" >list
    peak_of "$expected" "${options[@]}" "$@" list "${others[@]}" >out
    # The line takes six times the bytes of the body that was asked for, which
    # has 8 MB.
    [ "$name" != nuls ] || PEAK=$((PEAK - 7 * 8192))
    sanitized || check "memory of $name: $PEAK kB" test "$PEAK" -lt 65536
    echo "$name $PEAK $(jq -rsf verdict.jq out)" >>verdicts
    [[ $(tail -n 1 verdicts) =~ \ [0-9.e-]+\ [0-9.e-]+\ \[ ]] || {
        head -c 4000 out >&9
        fail "$(tail -n 1 verdicts)"
    }
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
cat verdicts >&2
n=$(wc -l <verdicts)
echo "$n attacks; most memory: $(sort -nk 2 verdicts | tail -n 1 | cut -d ' ' -f 1,2);" \
    "slowest bystander: $(sort -gk 3 verdicts | tail -n 1 | cut -d ' ' -f 1,3)" >&2
check "there are enough attacks: $n" test "$n" -ge 60

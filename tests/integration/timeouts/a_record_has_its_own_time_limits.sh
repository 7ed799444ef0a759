# The limit holds whatever takes the time: the name, connecting, or the answer.
# Other records of the host have their own.
server_start --deaf
mute_start
# ask URL FIELD...: a record for each set of fields.
ask() {
    local url=$1 fields
    shift
    for fields; do
        jq -nc --arg url "$url?$fields" "{url: \$url} + {$fields}"
    done
}
# took NAME CODE PHASE SECONDS...: in the order of the input, each result is as
# late as that, and not as late as another limit.
took() {
    local name=$1 i=0
    shift
    while [ $# -gt 0 ]; do
        holds "$name $i" out --argjson i "$i" --arg code "$1" --arg phase "$2" \
            --argjson s "$3" 'map(select(.index == $i))[0] |
                .error.code == $code and .error.phase == $phase and
                .time_total > $s - 0.05 and .time_total < $s + 1.4'
        shift 3
        i=$((i + 1))
    done
}
{
    ask http://a.test/ 'connect_timeout: 1.5' 'connect_timeout: "3000ms"' \
        'timeout: 1.5' 'timeout: 3, connect_timeout: 9' 'id: "run"'
    ask "http://127.0.0.1:$DEAF_PORT/" 'connect_timeout: 1.5' 'timeout: 3' \
        'id: "run"'
    ask "https://127.0.0.1:$MUTE_PORT/" 'connect_timeout: 1.5' 'timeout: 3'
    ask "$URL/stall" 'timeout: 1.5' 'timeout: 3'
} >list
exits 1 ff -k --dns-servers "127.0.0.1:$MUTE_PORT" --connect-timeout 4.5 \
    -m 10 list >out
took "at once" connect dns 1.5 connect dns 3 total dns 1.5 total dns 3 \
    connect dns 4.5 connect connect 1.5 total connect 3 connect connect 4.5 \
    connect tls 1.5 total tls 3 total wait 1.5 total wait 3
# 0 is no limit, and a job that joins a look-up late has all of its time.
mkfifo pipe
exec 3<>pipe
ff_start --dns-servers "127.0.0.1:$MUTE_PORT" --connect-timeout 2 \
    -m 1 <pipe >out
ask http://a.test/ 'timeout: 0' >&3
nap 1.2
ask http://a.test/ 'timeout: 0' 'timeout: 0, connect_timeout: 0.2' >&3
ask "$URL/delay/1800" 'timeout: 0' >&3
exec 3>&-
ff_wait 1
took "one after the other" connect dns 2 connect dns 2 connect dns 0.2
holds "no limit" out '.[] | select(.index == 3) | .ok and .time_total > 1.75'

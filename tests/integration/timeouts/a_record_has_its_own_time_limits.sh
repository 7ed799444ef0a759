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
# late as that, and closer to it than to any other limit.
took() {
    local name=$1 i=0
    shift
    while [ $# -gt 0 ]; do
        holds "$name $i" out --argjson i "$i" --arg code "$1" --arg phase "$2" \
            --argjson s "$3" 'map(select(.index == $i))[0] |
                .error.code == $code and .error.phase == $phase and
                .time_total > $s - 0.05 and .time_total < 3 * $s'
        shift 3
        i=$((i + 1))
    done
}
{
    ask http://a.test/ 'connect_timeout: 0.3' 'connect_timeout: "900ms"' \
        'timeout: 0.3' 'timeout: 0.9, connect_timeout: 5' 'id: "run"'
    ask "http://127.0.0.1:$DEAF_PORT/" 'connect_timeout: 0.3' 'timeout: 0.9' \
        'id: "run"'
    ask "https://127.0.0.1:$MUTE_PORT/" 'connect_timeout: 0.3' 'timeout: 0.9'
    ask "$URL/stall" 'timeout: 0.3' 'timeout: 0.9'
} >list
exits 1 ff -k --dns-servers "127.0.0.1:$MUTE_PORT" --connect-timeout 2 \
    -m 10 list >out
took "at once" connect dns 0.3 connect dns 0.9 total dns 0.3 total dns 0.9 \
    connect dns 2 connect connect 0.3 total connect 0.9 connect connect 2 \
    connect tls 0.3 total tls 0.9 total wait 0.3 total wait 0.9
# 0 is no limit, and a job that joins a look-up late has all of its time.
mkfifo pipe
exec 3<>pipe
ff_start --dns-servers "127.0.0.1:$MUTE_PORT" --connect-timeout 1 \
    -m 500ms <pipe >out
ask http://a.test/ 'timeout: 0' >&3
sleep 0.6
ask http://a.test/ 'timeout: 0' 'timeout: 0, connect_timeout: 0.2' >&3
ask "$URL/delay/900" 'timeout: 0' >&3
exec 3>&-
ff_wait 1
took "one after the other" connect dns 1 connect dns 1 connect dns 0.2
holds "no limit" out '.[] | select(.index == 3) | .ok and .time_total > 0.85'

# Whatever takes the time: the name, connecting, the answer.  The others of the
# host have theirs.
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
{
    ask http://a.test/ 'connect_timeout: 0.3' 'connect_timeout: "900ms"' \
        'timeout: 0.3' 'timeout: 0.9, connect_timeout: 5' 'id: "run"'
    ask "http://127.0.0.1:$DEAF_PORT/" 'connect_timeout: 0.3' 'timeout: 0.9' \
        'id: "run"'
    ask "https://127.0.0.1:$MUTE_PORT/" 'connect_timeout: 0.3' 'timeout: 0.9'
    ask "$URL/stall" 'timeout: 0.3' 'timeout: 0.9'
} >list
exits 1 ff --dns-servers "127.0.0.1:$MUTE_PORT" --connect-timeout 2 \
    -m 10 list >out
same "which, where, after how many tenths" "$(jq -sr 'sort_by(.index)[] |
    "\(.error.code) \(.error.phase) \(.time_total * 10 | floor)"' out)" \
    "connect dns 3
connect dns 9
total dns 3
total dns 9
connect dns 20
connect connect 3
total connect 9
connect connect 20
connect tls 3
total tls 9
total wait 3
total wait 9"
# 0 is no limit, and what comes late to a look-up has all of its time.
mkfifo pipe
exec 3<>pipe
ff_start --dns-servers "127.0.0.1:$MUTE_PORT" --connect-timeout 1 \
    -m 500ms <pipe >out
ask "$URL/delay/900" 'timeout: 0' >&3
ask http://a.test/ 'timeout: 0' >&3
sleep 0.6
ask http://a.test/ 'timeout: 0' 'timeout: 0, connect_timeout: 0.2' >&3
exec 3>&-
ff_wait 1
same "tenths" "$(jq -sr 'sort_by(.index)[] |
    "\(.error.code) \(.time_total * 10 | floor)"' out)" "null 9
connect 10
connect 10
connect 2"

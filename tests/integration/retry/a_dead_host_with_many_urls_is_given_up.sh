# A list of 10,000 has 5,000 URLs of a host that refuses: the others are ok, and
# only a few of these are tried.
server_start
dead=$(free_port)
for i in $(seq 5000); do
    echo "http://127.0.0.1:$dead/?$i"
    echo "$URL/?$i"
done >list
exits 1 ff --max-host-failures 5 list >out
same "lines" "$(wc -l <out)" 10000
same "ok" "$(jq -r 'select(.ok).index' out | wc -l)" 5000
check "few were tried" test \
    "$(jq -r 'select(.error.code == "refused").index' out | wc -l)" -le 200
same "the rest is told" "$(jq -r 'select(.ok | not) |
    select(.error.class | IN("host_down", "connect")).index' out | wc -l)" 5000

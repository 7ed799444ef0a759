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

# A redirect to it is not followed, and the error says where it leads.
mkfifo in
exec 3<>in
ff_start --max-host-failures 2 <in >out
printf '%s\n' "http://127.0.0.1:$dead/"{1,2} >&3
wait_lines out 2
echo "$URL/redirect-to?url=http://127.0.0.1:$dead/" >&3
exec 3>&-
rm in
ff_wait 1
holds "the host is named" out --arg dead "$dead" 'map(select(.index == 2)) |
    length == 1 and (.[0] | .error.code == "circuit_open" and
    .num_redirects == 0 and (.error.message | contains("port " + $dead)))'

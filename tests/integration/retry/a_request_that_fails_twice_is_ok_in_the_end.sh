# timeout: 120
# 10,000 URLs of which 30% fail twice: all are ok, and the server sees no burst
# of requests.
server_start
for i in $(seq 10000); do
    case $i in
    *[123]) echo "$URL/flaky?status=503&times=2&key=$i" ;;
    *) echo "$URL/?$i" ;;
    esac
done >list
exits 0 ff --retry 3 --retry-delay 50ms list >out
same "lines" "$(wc -l <out)" 10000
same "ok" "$(jq -r .ok out | sort | uniq -c | tr -d ' ')" 10000true
check "requests" test "$(server_stats .requests)" -le 19000
check "at once" test "$(server_stats .most_in_flight)" -le 100

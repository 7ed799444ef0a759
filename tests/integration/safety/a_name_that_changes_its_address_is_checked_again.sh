# DNS rebinding: the first answer is public, every later one is loopback.
own_network "$@"
public_address 9.9.9.9
server_start
rebinding_start 9.9.9.9 127.0.0.1
for option in "--dns-cache-ttl 0" "--dns-cache-ttl 10" "--force-close"; do
    # shellcheck disable=SC2086 # two words
    ff --deny-private --interface 127.0.0.1 --dns-servers "$DNS" $option \
        --limit 1 "http://evil.test:$PORT/?"{1..10} >>out || :
done
holds "a line each" out 'length == 30'
holds "ok from outside, or refused" out 'all(
    if .ok then .remote_ip == "9.9.9.9"
    else .error.code == "private_address" end)'
same "requests from outside" \
    "$(server_stats '.local["9.9.9.9"].requests > 0')" true
holds "both came" out '(map(select(.ok)) | length > 0) and
    (map(select(.ok | not)) | length > 0)'
same "requests to loopback" \
    "$(server_stats '.local["127.0.0.1"].requests // 0')" 0

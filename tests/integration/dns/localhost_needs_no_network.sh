# Neither a name server nor a hosts file is asked; a name that needs one fails
# at once.
own_network "$@"
ip link set line down
echo >hosts
export CARES_HOSTS=$PWD/hosts
for address in 127.0.0.1 ::1; do
    server_start --listen "$address"
    exits 0 ff "http://localhost:$PORT/" "http://www.localhost:$PORT/" \
        "http://LOCALHOST.:$PORT/" >out
    same "peers" "$(jq -r .remote_ip out | sort -u)" "$address"
done
exits 1 ff --dns-servers 198.51.100.1 http://example.com/ >out
holds "the name servers can't be reached" out '.[0] | .time_total < 5 and
    .error.class == "dns" and .error.code == "failed" and .error.retryable'

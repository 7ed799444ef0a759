# Each connection reads the file, and a pipe is empty after the first.
server_start
certificates
for option in --cacert --cert --pinnedpubkey '--cert tls/client.pem --key'; do
    # shellcheck disable=SC2086 # several words
    exits 2 ff $option <(cat tls/client.pem tls/client.key) "$URL/" >out 2>err
    check "the message says what is allowed, $option" grep -q -- \
        "${option##* } must be a regular file" err
done
same "accepted" "$(server_stats .accepted)" 0

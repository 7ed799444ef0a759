# Where the IPv6 address does not answer the other one is tried beside it.  It
# takes a place of its own if there is one; else the first gives way.
own_network "$@"
for address in 198.18.0.2 fd00:18::2 fd00:18::3; do
    silent_address "$address"
done
server_start
dead='[fd00:18::2],[fd00:18::3]'
# most ADDRESSES N OPTION...: the most connections, of N URLs, at a time.
most() {
    urls "$2" "http://dual.test:$PORT/delay/300?" >list
    ff_start --connect-timeout 1 --resolve "dual.test:$PORT:$1" "${@:3}" \
        list >out
    most_dialled "$PORT"
}
for threads in 1 2; do
    same "both are dead, $threads threads" \
        "$(most "$dead,198.18.0.2" 8 --limit 4 --threads "$threads")" 4
    same "one is, $threads threads" \
        "$(most "$dead,127.0.0.1" 8 --limit 4 --threads "$threads")" 4
    holds "and each URL is fetched" out 'length == 8 and
        all(.ok and .attempts == 1 and .timing.connect < 0.9)'
done
same "room for six of eight" \
    "$(most "$dead,198.18.0.2" 4 --limit 6 --threads 1)" 6
same "room for all" "$(most "$dead,198.18.0.2" 4 --limit 20)" 8
same "the limit of a host" \
    "$(most "$dead,198.18.0.2" 8 --limit-per-host 3)" 3
# A new transfer takes the second place of another one (of its thread: each has
# its share).
mkfifo pipe
exec 3<>pipe
ff_start --limit 4 --threads 1 --force-close \
    --resolve "dual.test:$PORT:$dead,198.18.0.2" <pipe >out
urls 2 "http://dual.test:$PORT/?" >&3
is_dialled() {
    [ "$(dialled "$PORT")" -eq "$1" ]
}
wait_for 5 is_dialled 4
printf '%s\n' "$URL/delay/300" "$URL2/delay/300" >&3
wait_lines out 2
holds "it did not wait" out 'all(.ok and .elapsed < 1)'
wait_for 5 is_dialled 2 # those that raced
kill "$FF_PID"

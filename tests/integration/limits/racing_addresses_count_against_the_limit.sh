# timeout: 120
# If the IPv6 address does not answer, the other one is tried beside it.  It
# takes a place of its own if there is one; else the first attempt is ended.
own_network "$@"
for address in 198.18.0.2 fd00:18::2 fd00:18::3; do
    silent_address "$address"
done
server_start
dead='[fd00:18::2],[fd00:18::3]'
# most ADDRESSES N OPTION...: the most connections, of N URLs, at a time; in
# file dials that and how many there were.
most() {
    urls "$2" "http://dual.test:$PORT/delay/300?" >list
    echo 0 0 >dials
    # Under a sanitizer the connections can only be counted from outside, again
    # and again.
    sanitized || preload count_dials "DIALS_PORT=$PORT" "DIALS_FILE=$PWD/dials"
    ff_start --connect-timeout 2 --resolve "dual.test:$PORT:$1" "${@:3}" \
        list >out
    if sanitized; then
        most_dialled "$PORT"
    else
        ff_wait "$MOST_STATUS"
        cut -d ' ' -f 1 dials
    fi
}
for threads in 1 2; do
    MOST_STATUS=1
    same "both are dead, $threads threads" \
        "$(most "$dead,198.18.0.2" 8 --limit 4 --threads "$threads")" 4
    # Two sockets for each URL, and a few more where a thread was delayed: the
    # address that was given up is not followed by the next of its family.
    sanitized || check "what gives way stays away" \
        test "$(cut -d ' ' -f 2- dials)" -le 20
    MOST_STATUS=0
    same "one connection at most, $threads threads" \
        "$(most "$dead,127.0.0.1" 8 --limit 4 --threads "$threads")" 4
    holds "and each URL is fetched" out 'length == 8 and
        all(.ok and .attempts == 1 and .timing.connect < 1.9)'
done
MOST_STATUS=1
same "room for six of eight" \
    "$(most "$dead,198.18.0.2" 4 --limit 6 --threads 1)" 6
# libcurl 8.23 also tries several addresses of one family at a time.
case $("$FANFETCH" --version) in
*libcurl/7.* | *libcurl/8.14.*) each=2 ;;
*) each=3 ;;
esac
all=$(most "$dead,198.18.0.2" 4 --limit 20)
check "room for all: $all" test "$all" -ge 8 -a "$all" -le $((4 * each))
same "the limit of a host" \
    "$(most "$dead,198.18.0.2" 8 --limit-per-host 3)" 3
preload
# A new transfer takes the place of another one's second socket (of its thread:
# each has its share).
mkfifo pipe
exec 3<>pipe
ff_start --limit 4 --threads 1 --force-close \
    --resolve "dual.test:$PORT:$dead,198.18.0.2" <pipe >out
urls 2 "http://dual.test:$PORT/?" >&3
is_dialled() {
    [ "$(dialled "$PORT")" -eq "$1" ]
}
wait_for 15 is_dialled 4
printf '%s\n' "$URL/delay/300" "$URL2/delay/300" >&3
wait_lines out 2
holds "the request did not wait" out 'all(.ok and .elapsed < 20)'
wait_for 15 is_dialled 2 # those that raced
kill "$FF_PID"

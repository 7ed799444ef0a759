# Many connections are warm, and some URLs end each connection that they come
# on.
server_start
for i in $(seq 0 299); do
    if [ $((i % 10)) -eq 9 ]; then
        echo "$URL/empty?$i"
    else
        echo "$URL/delay/5?$i"
    fi
done >list
exits 1 ff --limit 20 list >out
holds "each error says what happened" out 'length == 300 and
    all(.ok or .error.code == "empty_reply")'
most=$(server_log 'select(.event == "request").target' | sort | uniq -c |
    sort -n | tail -n 1 | awk '{ print $1 }')
check "times that a URL was asked for" test "$most" -le 2

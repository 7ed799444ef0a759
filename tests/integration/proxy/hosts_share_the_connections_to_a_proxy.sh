# Eight hosts have two requests at a time each: some 16 connections serve all.
late_start
for host in 1 2 3 4 5 6 7 8; do
    urls 40 "http://h$host.test/"
done | shuf --random-source=<(yes) >list
exits 0 ff -x "$LATE_URL" --limit-per-host 2 --threads 1 list >out
holds "all came" out 'length == 320 and all(.ok)'
check "connections" test "$(late_connections)" -le 40
# So do hosts that have a URL each, where more wait than there are connections.
late_start
urls 300 "http://h" | sed 's|$|.test/|' >list
exits 0 ff -x "$LATE_URL" --limit 5 list >out
holds "all came, of a URL each" out 'length == 300 and all(.ok)'
check "connections of a URL each" test "$(late_connections)" -le 10

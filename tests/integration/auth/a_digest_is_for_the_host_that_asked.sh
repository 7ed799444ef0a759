# Each host has a realm of its own.  The challenge of one host is not answered
# at the next, which would refuse it.
server_start
for i in 1 2 3; do
    echo "$URL/auth-digest?$i"
    echo "$URL2/auth-digest?$i"
done >list
exits 0 ff --digest -u u:p --limit 1 list >out
exits 0 ff --digest -u u:p --limit 4 list >out
echo "$URL/redirect-to?url=http://u:p@127.0.0.2:$PORT/auth-digest" |
    exits 0 ff --digest -u u:p --location-trusted --limit 1 - "$URL/auth-digest" >out

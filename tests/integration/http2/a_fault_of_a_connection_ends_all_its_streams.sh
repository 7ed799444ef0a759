# libcurl tells an error of a connection to one of its transfers at most, and the
# server leaves the connection open for 20 seconds: the others would wait so long.
h2_start fault 2
urls 30 "$H2_URL/?" >list
ff -k --limit 2 --concurrency 10 -m 60 list >out || same "status" $? 1
holds "each is answered or fails at once" out 'length == 30 and
    (map(select(.ok)) | length >= 2) and
    all((.ok or .error.code == "h2") and .time_total < 15)'
h2_posts 30 >list
exits 1 ff -k --limit 2 --concurrency 10 -m 60 list >out
holds "each POST is answered or fails at once" out 'length == 30 and
    all((.ok or .error.code == "h2") and .time_total < 15)'
same "requests that reached the server twice" \
    "$(awk 'NF == 5 { print $5 }' h2.log | sort | uniq -d)" ""

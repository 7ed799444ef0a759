# libcurl < 8.x tells the end of TLS to the stream that reads it, and to the others
# when something more can be read: never, as the server leaves TCP open.
for mode in notify garble; do
    h2_start $mode 2
    urls 20 "$H2_URL/?" >list
    ff -k --limit 2 --concurrency 8 -m 60 list >out || same "status" $? 1
    holds "$mode: each is answered or fails at once" out 'length == 20 and
        (map(select(.ok)) | length >= 2) and
        all((.ok or (.error.class | IN("protocol", "connect"))) and
            .time_total < 15)'
    h2_posts 20 >list
    ff -k --limit 2 --concurrency 8 -m 60 list >out || same "status" $? 1
    holds "$mode: each POST is answered or fails at once" out 'length == 20 and
        all((.ok or (.error.class | IN("protocol", "connect"))) and
            .time_total < 15)'
    same "$mode: requests that reached the server twice" \
        "$(awk 'NF == 5 { print $5 }' h2.log | sort | uniq -d)" ""
done

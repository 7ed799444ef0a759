server_start
for option in --keepalive-timeout=0 --force-close; do
    server_reset
    urls 10 "$URL/echo?" | exits 0 ff --limit 2 "$option" --body >out
    same "accepted, $option" "$(server_stats .accepted)" 10
    same "requests, $option" "$(server_stats .requests)" 10
    holds "the server is told, $option" out 'all(.body | fromjson | .headers |
        map(select(.[0] == "Connection")) == [["Connection", "close"]])'
    holds "no connection is reused, $option" out 'all(.connection_reused == false)'
done

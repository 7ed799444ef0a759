server_start
urls 20 "$URL/delay/4000?" >list
ff_start --limit 4 list >out 2>err
server_wait '.in_flight == 4'
kill -INT "$FF_PID"
ff_wait 130
holds "a line for each" out 'map(.index) | sort == [range(20)]'
holds "four finished" out 'map(select(.ok)) | length == 4'
holds "the others say why" out 'map(select(.ok | not)) | length == 16 and
    all(.error.class == "aborted" and .error.code == "interrupted" and
        .attempts == 0)'
same "requests" "$(server_stats .requests)" 4

# All hosts share the connections to a proxy, so what one of them learns holds for
# the others: here each connection ends under its second request.
server_start
seq -f '{"url":"http://h%.0f.test/drop-second","method":"POST","body":"x"}' 100 >list
exits 1 ff -x "$URL" --limit 4 --threads 1 list >out
holds "a result for each" out 'length == 100 and all(.attempts == 1)'
holds "few fail" out 'map(select(.ok | not)) | length <= 8 and
    all(.error.code == "empty_reply")'
same "each was sent once" "$(server_stats .requests)" 100

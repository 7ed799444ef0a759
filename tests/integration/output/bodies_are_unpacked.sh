server_start
exits 0 ff --body "$URL/gzip?size=100000" "$URL/bytes/100000" >out
holds "text" out 'sort_by(.index)[0].body | length == 100000 and
    startswith("line 0 of a text\n")'
holds "a large body is whole" out 'sort_by(.index)[1].body | length == 100000'
exits 0 ff --body "$URL/?header=Content-Encoding:" >out
holds "a coding without a name is none" out '.[0].body == "ok\n"'

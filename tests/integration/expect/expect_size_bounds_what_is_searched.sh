server_start
size=2000000
exits 1 ff --expect 'z.?$' "$URL/bytes/$size" >lines
holds "1 MiB by default" lines '.[0].error.message |
    startswith("the first 1048576 bytes of the body")'
ff --expect-size 2M --expect 'xyzabc(?=[a-z]*$)' "$URL/bytes/$size" >lines
exits 1 ff --expect-size 25 --expect z "$URL/chunked/26" >lines
ff --expect-size 26 --expect z "$URL/chunked/26" >lines
ff --expect-size 26 --expect z --body=text "$URL/chunked/26" >lines
exits 1 ff --expect-size 25 --expect z --body=text "$URL/chunked/26" >lines
ff --expect '[a-z]' "$URL/gzip?size=3000000" >lines
holds "after decompression" lines '.[0].size_body == 3000000'
exits 1 ff --truncate 3 --expect d "$URL/bytes/10" >lines
exits 2 ff --expect x --expect-size 17M "$URL/" 2>err

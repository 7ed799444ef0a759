# The results are large and are not read.  Requests in flight are finished, so
# that no server waits for us, and no others are started.
server_start
mkfifo results
exec 3<>results
urls 400 "$URL/bytes/300000?" >list
ff_start --body --limit 8 list >results
server_wait '.requests > 3'
server_wait_still
seen=${COUNTS[requests]}
check "few were started ($seen)" test "$seen" -lt 40
head -n 400 <&3 >out
ff_wait 0
holds "all results are there" out 'length == 400 and all(.ok) and
    all(.body | length == 300000)'

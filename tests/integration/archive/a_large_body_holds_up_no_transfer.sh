# While a large body is copied into the archive, other requests leave, even with
# one thread.  Their results follow, since their records come after it.
need python3
server_start
preload hold_copy
mkfifo in
exec 3<>in
ff_start --threads 1 --warc a.warc <in >out 2>err
echo "$URL/bytes/2000000" >&3
wait_for 30 test -e held
urls 4 "$URL/?" >&3
echo 'ftp://127.0.0.1/' >&3
urls 4 "$URL2/?" >&3
server_wait '.requests == 9'
touch go
exec 3>&-
ff_wait 1
holds 'every record has its line' out 'length == 10 and
    (map(select(.ok)) | length == 9) and all(.warc != null)'
python3 "$TESTS/warc.py" a.warc >records
same 'a request and a response of each, and the failure' \
    "$(wc -l <records)" 20

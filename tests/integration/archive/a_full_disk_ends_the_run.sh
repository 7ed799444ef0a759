# If the archive can't be written, the run ends with status 4, every record has
# its line, and the archive has whole records only.

need python3
server_start
exits 4 ff --warc /dev/full "$URL/" >out 2>err
same 'the message is printed once' "$(wc -l <err)" 1

urls 9 "$URL/bytes/2000" >list
exits 4 bash -c 'ulimit -f 40; exec "$@"' - \
    "$FANFETCH" --warc a.warc list >out 2>err
same 'the message is printed once' "$(grep -c "cannot write to 'a.warc'" err)" 1
holds 'every record has its line' out 'length == 9
    and any(.error.class == "write" and .warc == null) and
    all(.error.class != "write" or .error.code == "file_too_large")'
python3 "$TESTS/warc.py" a.warc >records

# A file to upload is opened and checked for each piece, so the pieces are large:
# 8 MiB are 32 of them.
need strace
! sanitized || skip "a sanitizer does not run under strace"
server_start
truncate -s 8M file
strace -f -c -o counts -e trace=pread64 "$FANFETCH" -T file "$URL/echo" \
    >out 2>err || skip "strace may not trace here"
holds "it is sent" out '.[0].ok'
awk '$NF == "pread64" { print $4 }' counts >reads
check "it reads $(cat reads) times" test "$(cat reads)" -ge 8 -a \
    "$(cat reads)" -le 48

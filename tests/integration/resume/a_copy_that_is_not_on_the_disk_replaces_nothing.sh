# Some file systems tell of a full disk only when a file is synced.  The results
# are then left as they are, and a message says why.
server_start
ff -o out "$URL/status/404" "$URL/" || :
cp out before
preload fail_sync
exits 4 ff --resume --retry-failed -o out "$URL/status/404" "$URL/" 2>err
check "the results stay" cmp out before
check "the reason is told" grep -q "cannot rewrite 'out': Disk quota exceeded" err
same "the copy is removed" "$(find . -name '*.resume-tmp')" ""

server_start
echo x >file
for dir in file file/sub /proc/nothing; do
    exits 4 ff --output-dir "$dir" "$URL/" >lines 2>err
    check "$dir: it says why" grep -qF "cannot write to folder '$dir': " err
    check "$dir: no result" test ! -s lines
done
same "nothing was sent" "$(server_stats .accepted)" 0

# Nothing is sent, and it says which file.
server_start
mkdir folder
for options in '-d @nowhere' '--json @nowhere' '-H @nowhere' '-b nowhere' \
    '-b folder' '--cacert nowhere' '--cacert folder' '--capath nowhere' \
    '--capath /dev/null' '-E nowhere' '-E nowhere:pw' '-E folder:pw' \
    '--pinnedpubkey nowhere' '--pinnedpubkey sha256//x' \
    '-E /dev/null --key nowhere'; do
    # shellcheck disable=SC2086 # several options
    exits 2 ff $options "$URL/" >out 2>err
    check "the message names the file, $options" grep -qE \
        "nowhere|folder|/dev/null|--pinnedpubkey|--cert must be a regular file" err
    check "no password, $options" test "$(grep -c pw err)" -eq 0
    same "results, $options" "$(wc -l <out)" 0
done
same "accepted" "$(server_stats .accepted)" 0

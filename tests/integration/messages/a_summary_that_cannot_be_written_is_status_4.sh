server_start
exits 4 ff --summary=./no-such-directory/sum "$URL/" >out 2>err
check "the message names the file" grep -q '^fanfetch: error: .*no-such-directory/sum' err
mkfifo fifo
exits 4 ff --summary=fifo "$URL/" >out 2>err
check "a pipe without a reader" grep -q 'it has no reader' err
same "nothing was sent" "$(server_stats .requests)" 0

[ -c /dev/full ] || skip "there is no /dev/full"
exits 4 ff --summary=/dev/full "$URL/" >out 2>err
holds "the results are there" out 'map(.ok) == [true]'
check "the message says why" grep -q '^fanfetch: error: .*No space left' err

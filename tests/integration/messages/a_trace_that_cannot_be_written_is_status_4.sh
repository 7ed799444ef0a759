server_start
exits 4 ff --trace no-such-directory/trace "$URL/" >out 2>err
check "the message names the file" grep -q "^fanfetch: error: cannot write to 'no-such-directory/trace'" err
same "nothing was sent" "$(server_stats .requests)" 0

# A reader that never reads costs no result.
mkfifo fifo
urls 200 "$URL/?" >list
exec 3<>fifo
exits 4 ff --trace fifo list >out 2>err
exec 3<&-
check "the failure is reported" grep -q "'fifo': its reader does not read" err
same "all results" "$(wc -l <out)" 200

[ -c /dev/full ] || skip "there is no /dev/full"
exits 4 ff --trace /dev/full list >out 2>err
same "the failure is reported once" "$(grep -c 'No space left' err)" 1
holds "the results are there" out 'length == 200 and all(.ok)'

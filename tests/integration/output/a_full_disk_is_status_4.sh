[ -c /dev/full ] || skip "there is no /dev/full"
server_start
urls 20 "$URL/?" >list
exits 4 ff list >/dev/full 2>err
check "the message says why" grep -q '^fanfetch: error: .*No space left' err
same "the message is printed once" "$(wc -l <err)" 1
exits 4 ff -o /dev/full list >out 2>err
check "with -o too" grep -q 'No space left' err

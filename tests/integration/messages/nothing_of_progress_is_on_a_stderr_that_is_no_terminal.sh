server_start
urls 10 "$URL/delay/300?" >list
exits 0 ff --limit 5 list >out 2>err
same "stderr" "$(cat err)" ""
exits 0 ff --limit 5 --progress=auto -o results list 2>err
same "stderr with -o" "$(cat err)" ""
exits 0 ff --limit 5 --progress=always -q list >out 2>err
same "stderr with -q" "$(cat err)" ""

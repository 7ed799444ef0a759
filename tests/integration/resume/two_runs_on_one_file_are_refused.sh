server_start
ff_start -o out.jsonl "$URL/delay/1500"
server_wait '.requests == 1'
exits 4 ff -o out.jsonl "$URL/"
ff_wait 0
same "one line" "$(wc -l <out.jsonl)" 1

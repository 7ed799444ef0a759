server_start
urls 200 "$URL/delay/20?" >list
ff_start --resume -o out.jsonl --limit 5 --grace 0 list
server_wait '.requests > 20'
kill -INT "$FF_PID"
ff_wait 130
check "some were aborted" grep -q '"interrupted"' out.jsonl
exits 0 ff --resume -o out.jsonl list
same "results" "$(wc -l <out.jsonl)" 200
same "all ok" "$(jq -r .ok out.jsonl | sort -u)" true

server_start
printf '%s\n' "$URL/" "$URL/flaky?status=500&times=1&key=a" >list
exits 1 ff -o out.jsonl list
exits 0 ff --resume -o out.jsonl list
same "left as it is" "$(jq -r .ok out.jsonl | sort | tr '\n' ' ')" "false true "
exits 0 ff --resume --retry-failed -o out.jsonl list
same "redone, once" "$(jq -r .ok out.jsonl | sort | tr '\n' ' ')" "true true "

server_start
urls 10 "$URL/delay/4000?" >list
ff_start --limit 2 -o results list 2>err
server_wait '.in_flight == 2'
kill -HUP "$FF_PID"
ff_wait 129
holds "a line for each" results 'map(.index) | sort == [range(10)]'
holds "two finished" results 'map(select(.ok)) | length == 2'
same "there is one message" "$(wc -l <err)" 1
check "how to end it at once" grep -q 'interrupt again to abort' err

# Under nohup the signal is ignored.
server_reset
# shellcheck disable=SC2034 # ff_start uses it
FF_ENV=(env --ignore-signal=HUP)
ff_start --limit 2 -o more "$URL/delay/4000?" "$URL/?"
server_wait '.requests >= 1'
kill -HUP "$FF_PID"
ff_wait 0
holds "both are fetched" more 'length == 2 and all(.ok)'

server_start
urls 3 "$URL/?" >list
exits 0 ff --unique -o results list
urls 3 "$URL/?" >>list
exits 0 ff --unique --resume -o results list
holds "all six have a line" results 'map(.index) | sort == [range(6)]'
holds "repeats of what was done before are repeats" results \
    'sort_by(.index) | map(.duplicate_of) == [null, null, null, 0, 1, 2]'
same "requests at the server" "$(server_stats .requests)" 3

# A repeat's line, which comes at once, is not the result of the first one,
# also where --fields leaves duplicate_of out.
fields=(--unique --resume --fields 'index,id,url,ok,error')
printf '%s\n' "$URL/?once" "$URL/?once" >list
exits 0 ff "${fields[@]}" -o few list
jq -c 'select(.index == 1)' few >killed
server_reset
exits 0 ff "${fields[@]}" -o killed list
same "the first one is fetched" "$(server_stats .requests)" 1
holds "each has a line" killed 'map(.index) | sort == [0, 1]'

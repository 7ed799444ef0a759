server_start
urls 3 "$URL/?" >list
exits 0 ff --unique -o results list
urls 3 "$URL/?" >>list
exits 0 ff --unique --resume -o results list
holds "all six have a line" results 'map(.index) | sort == [range(6)]'
holds "repeats of what was done before are repeats" results \
    'sort_by(.index) | map(.duplicate_of) == [null, null, null, 0, 1, 2]'
same "requests at the server" "$(server_stats .requests)" 3

server_start
peak_of 0 "$URL/bytes/300000000" "$URL/bomb?size=300000000" >out
holds "both bodies were read whole" out 'all(.size_body == 300000000)'
sanitized || check "memory in kB" test "$PEAK" -lt 60000

server_start
urls 30 "$URL2/?" >list
exits 0 ff --summary=sum list "$URL/status/201" >out
exits 0 ff --summary=sum "$URL/" >out
holds "no text of the older one is left" sum 'length == 1 and .[0].records == 1 and
    (.[0].status_codes | keys) == ["200"]'

server_start
exits 0 ff "$URL/" "$URL/status/304" >out
exits 1 ff "$URL/" "$URL/status/404" >out
holds "one of two" out 'map(.ok) | sort == [false, true]'

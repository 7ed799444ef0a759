server_start
exits 0 ff "$URL/" "$URL/status/304" >out
exits 1 ff "$URL/" "$URL/status/404" >out
holds "one of two records failed" out 'map(.ok) | sort == [false, true]'

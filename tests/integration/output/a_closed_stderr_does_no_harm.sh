server_start
exits 1 ff "$URL/" "http://" >out 2>&-
holds "both results" out 'length == 2 and any(.ok)'

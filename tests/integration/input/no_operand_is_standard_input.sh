server_start
urls 3 "$URL/?" | exits 0 ff >out
holds "three results" out 'length == 3 and all(.ok)'

# Large bodies share a turn of the loop; while one waits for the others its
# connection is not watched, but in use.
server_start
urls 6 "$URL/gzip?size=20000000&" >list
exits 0 ff --keepalive-timeout 1ms --threads 1 list >out
holds "all bodies are whole" out 'length == 6 and all(.ok and .size_body == 20000000)'

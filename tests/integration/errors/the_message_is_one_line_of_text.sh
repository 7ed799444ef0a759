server_start
urls 1 "$URL/empty?" >list
echo "http://127.0.0.1:$(free_port)/" >>list
echo "$URL/status/404" >>list
exits 1 ff list >out
holds "every error has one" out 'all(.error.message | type == "string" and
    length > 5 and (test("\n") | not))'

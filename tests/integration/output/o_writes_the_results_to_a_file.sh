server_start
urls 5 "$URL/?" >list
exits 0 ff -o results list >out
check "nothing on stdout" test ! -s out
holds "five results" results 'length == 5 and all(.ok)'
exits 0 ff -o - list >out
holds "- is standard output" out 'length == 5 and all(.ok)'
check "no file is made" test ! -e ./-

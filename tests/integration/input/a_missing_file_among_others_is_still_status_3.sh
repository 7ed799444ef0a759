# The status is 3 whatever happens to the other files, and lines are whole.
server_start
urls 3 "$URL/?" >list
exits 3 ff list ./no-such-list >out 2>err
holds "results are whole lines" out 'length <= 3 and all(.ok)'
check "the message names it" grep -q no-such-list err

# 40 URLs of 1 s each, four at a time: the last waits nine seconds.
server_start
urls 40 "$URL/delay/1000?" >list
exits 0 ff --limit-per-host 4 -m 3 list >out
holds "40 times ok" out 'length == 40 and all(.ok)'
holds "the wait is told apart" out '
    (map(.time_queue) | max > 8) and (map(.time_total) | max < 3.5) and
    (map(.elapsed) | max > 9)'

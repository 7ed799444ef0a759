# 400 URLs of one host come before 10 of another; four may be in flight.
server_start
urls 400 "$URL/delay/5?a" >list
urls 10 "$URL2/delay/5?b" >>list
exits 0 ff --limit 4 list >out
last=$(server_log 'select(.event == "request").target' |
    grep -n '?b' | tail -n 1 | cut -d: -f1)
check "place of the other host's last request" test "$last" -lt 60

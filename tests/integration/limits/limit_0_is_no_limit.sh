server_start
urls 400 "$URL/delay/3000?" >list
ff_start --limit 0 list >out
all_open() {
    [ "$(server_stats .most_open)" -eq 400 ]
}
wait_for 20 all_open
ff_wait 0

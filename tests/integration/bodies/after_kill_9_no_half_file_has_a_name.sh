has_temporary() {
    [ -n "$(find out -name '.fanfetch-*.tmp' -size +0)" ]
}
server_start
mkdir out
ff_start --output-dir out "$URL/stall-body?size=400000" >lines
wait_for 10 has_temporary
kill -KILL "$FF_PID"
ff_wait 137
same "only a temporary file is there" \
    "$(find out -type f ! -name '.fanfetch-*.tmp')" ""
ff --output-dir out "$URL/bytes/3" >lines
holds "the next run does not mind" lines 'all(.ok)'

# timeout: 180
# alone
# Processor time for each URL may not grow with the number of hosts either; a
# busy machine doubles it at times, one that is quiet shows a ratio below 1.
server_start
dnsmasq_start --address=/many.test/127.0.0.1
most_threads=0

# fetch_hosts N: one URL of each; sets cpu_ms, of user and system.
fetch_hosts() {
    seq -f "http://h%.0f.many.test:$PORT/" "$1" >list
    local threads
    FF_LIMIT=120 TIMEFORMAT='%U %S'
    {
        time "$FANFETCH" --threads 2 --dns-servers "$DNS" list >out 2>err &
        while threads=$(sed -n 's/^Threads:[[:space:]]*//p' \
            /proc/$!/task/$!/children/status 2>/dev/null) && [ "$threads" ]; do
            [ "$threads" -le "$most_threads" ] || most_threads=$threads
            sleep 0.02
        done
        wait $!
    } 2>times
}

# Connecting tries the next address within the same attempt, when half of its
# time is over, or (libcurl 8.23) after --happy-eyeballs-delay.
own_network "$@"
silent_address 198.18.0.2
server_start
case $("$FANFETCH" --version) in
*libcurl/7.* | *libcurl/8.14.*) least=2.9 ;;
*) least=0.24 ;;
esac
exits 0 ff --connect-timeout 6 \
    --resolve "a.test:$PORT:198.18.0.2,127.0.0.1" "http://a.test:$PORT/" >out
holds "there is one attempt" out '.[0] | .attempts == 1 and .remote_ip == "127.0.0.1" and
    .timing.connect > '"$least"' and .timing.connect < 5.8'

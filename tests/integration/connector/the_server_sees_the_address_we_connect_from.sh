server_start
for name in 127.0.0.5 host!127.0.0.6 localhost host!localhost lo if!lo; do
    server_reset
    exits 0 ff --interface "$name" "$URL/?1" "$URL/?2" >out
    case $name in
    127* | host!127*) address=${name#host!} ;;
    *) address=127.0.0.1 ;;
    esac
    same "peers, $name" "$(server_log 'select(.event == "open").peer' |
        tr -d '"' | cut -d : -f 1 | sort -u)" "$address"
done
# Only the addresses of the chosen family are used.
case $(getent ahosts localhost) in
*::1*)
    exits 1 ff -6 --interface localhost "$URL/" >out
    exits 0 ff -4 --interface localhost "$URL/" >out
    ;;
esac
# The address is not one of this machine.
exits 1 ff --interface 192.0.2.200 "$URL/" >out
holds "an error to connect" out '.[0].error |
    .class == "connect" and .phase == "connect"'
# A value that is no interface, address or host is refused before anything is
# sent.
for name in if!nowhere nowhere.invalid host!lo if!127.0.0.1 ''; do
    exits 2 ff --interface "$name" "$URL/" >out 2>err
    check "the message names it, '$name'" grep -q -- "--interface must be .*'$name'" err
done

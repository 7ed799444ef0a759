own_network "$@"
public_address 9.9.9.9
server_start
exits 0 ff --deny-private --interface 127.0.0.1 \
    --resolve "mixed.test:$PORT:127.0.0.1,9.9.9.9,10.0.0.1" \
    "http://mixed.test:$PORT/?"{1..20} >out
holds "the public address was connected to" out \
    'length == 20 and all(.remote_ip == "9.9.9.9")'

server_start
exits 0 ff "$URL/status/200" "$URL/status/204" "$URL/status/206" \
    "$URL/status/299" "$URL/status/304" "$URL/status/399" >out
holds "no error in any" out 'length == 6 and all(.ok and .error == null)'

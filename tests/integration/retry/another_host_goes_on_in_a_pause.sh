server_start --listen 127.0.0.1 --listen 127.0.0.2
{
    for i in 1 2 3; do
        echo "http://127.0.0.1:$PORT/429?retry_after=3&times=1&key=$i"
    done
    for i in $(seq 50); do echo "http://127.0.0.2:$PORT/?$i"; done
} >list
exits 0 ff --retry 1 --limit 4 list >out
holds "the others are through before the pause is over" out \
    'length == 53 and (.[:50] | all(.url | contains("127.0.0.2")))'

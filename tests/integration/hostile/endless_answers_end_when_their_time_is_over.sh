# Whatever comes, and however fast, it holds up no other record of the thread,
# and --timeout ends it.
attacks=(chunk_extensions empty_members endless_body
    endless_empty_blocks tiny_chunks trickle)
# timeout: 180
hostile_start "${attacks[@]}"
server_start

# attack NAME: requests to another host, one after the other, are over first.
attack() {
    echo "http://127.0.0.1:${HOSTILE[$1]}/" >list
    urls 5 "$URL/delay/20?id=" >>list
    exits 1 ff -m 3 --threads 1 --limit-per-host 1 list >out
    holds "others beside $1" out '
        length == 6 and .[5].index == 0 and (.[:5] | all(.ok))'
    holds "$1 is over in time" out \
        '.[5] | .error.class == "timeout" and .time_total < 13'
}

for name in "${attacks[@]}"; do
    attack "$name"
done

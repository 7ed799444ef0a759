# 40 large bodies at once, with no more descriptors than connections need.
server_start
urls 40 "$URL/drip?n=3&gap=300&id=" >list
urls 40 "$URL/bytes/300000?delay=300&id=" >>list
# shellcheck disable=SC2016 # the inner shell expands it
bash -c 'ulimit -n 90; exec "$0" "$@"' "$FANFETCH" --limit 60 --output-dir out \
    --output-name '{index}' list >lines 2>err
holds "all are stored" lines 'length == 80 and all(.ok)'
same "each in a file" "$(find out -type f | wc -l)" 80

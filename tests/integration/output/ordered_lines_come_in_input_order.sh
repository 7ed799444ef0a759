server_start
{
    echo "$URL/?delay=300"
    urls 20 "$URL2/?"
    echo 'http://['
    echo "$URL/?delay=100"
    urls 300 "$URL2/?" 20
} >list
exits 1 ff --ordered list >out
holds "in order, none missing" out 'map(.index) == [range(323)]'

server_start
{
    urls 3 "$URL2/?"
    echo "$URL/?delay=60000"
    urls 200 "$URL2/?" 3
} >list
ff_start --ordered --limit 5 --grace 300ms list >out
server_wait '.requests >= 200'
wait_lines out 3
kill -INT "$FF_PID"
ff_wait 130
holds "in order, without gaps" out 'map(.index) == [range(length)]'
holds "the slow one was aborted" out '.[3].error.class == "aborted"'
holds "later records are there" out 'length >= 200'

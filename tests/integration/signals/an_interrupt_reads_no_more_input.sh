# The input is endless: the run ends after the signal all the same.
server_start
yes "$URL/delay/100" | {
    ff_start --limit 4 >out 2>err
    server_wait '.requests > 8'
    kill -INT "$FF_PID"
    ff_wait 130
}
holds "whole lines, each record once" out '
    (map(.index) | sort) == [range(length)]'
holds "records that were not started say so" out '
    all(.ok or .error.code == "interrupted")'

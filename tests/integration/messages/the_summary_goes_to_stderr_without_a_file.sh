server_start
exits 0 ff --summary "$URL/" >out 2>err
holds "a result" out 'length == 1'
holds "the summary" err 'length == 1 and .[0].records == 1'
exits 0 ff -q --summary "$URL/" >out 2>err
holds "asked for, also with -q" err '.[0].records == 1'
exits 0 ff --summary </dev/null >out 2>err
holds "of nothing" err '.[0] | .records == 0 and .time_total == null'

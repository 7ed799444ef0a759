server_start
seq 10000 >sum
exits 0 ff --summary=sum "$URL/" >out
holds "nothing is left of it" sum 'length == 1 and .[0].records == 1'

server_start
exits 0 ff "$URL/" --limit=1 >out
holds "fetched" out 'length == 1 and all(.ok)'
exits 3 ff -- --limit 2>err

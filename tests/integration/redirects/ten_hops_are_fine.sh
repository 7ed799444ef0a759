server_start
exits 0 ff "$URL/redirect/10" >out
holds "ten" out '.[0] | .num_redirects == 10 and .status_code == 200'

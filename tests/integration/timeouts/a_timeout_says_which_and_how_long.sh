server_start
exits 1 ff -m 0.7 "$URL/stall" >out
holds "in its message" out '.[0].error.message | test("0[.]7|700")'

connect_start
exits 1 ff -m 20 -x "http://127.0.0.1:$CONNECT_PORT" https://flood.test/ >out
holds "whose fault" out '.[0].error | .class == "proxy" and .code == "failed"'

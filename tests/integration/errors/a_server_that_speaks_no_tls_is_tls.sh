server_start
exits 1 ff "https://127.0.0.1:$PORT/" >out
jq -c '.error | [.class, .code, .phase]' out

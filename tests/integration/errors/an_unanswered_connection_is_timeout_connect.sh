server_start --deaf
exits 1 ff --connect-timeout 500ms "http://127.0.0.1:$DEAF_PORT/" >out
jq -c '.error | [.class, .code, .phase, .retryable]' out
holds "after that time" out '.[0].time_total | . > 0.45 and . < 10'

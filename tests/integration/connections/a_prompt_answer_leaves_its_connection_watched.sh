# A connection whose response came before libcurl waited for it is an idle
# connection like others: it is used again only if there is nothing to read, and
# closed when its time is over.
late_start
preload prompt
mkfifo in
exec 3<>in
ff_start --limit 1 --body --keepalive-timeout 1 - <in >out
late_rounds out
wait_for 10 late_said left 6
exec 3>&-
ff_wait 0
holds "each has its own body" out \
    'all(.ok and .status_code == 200 and .body == (.url | sub("^https?://[^/]*"; "")))'
same "connections" "$(late_connections)" 6

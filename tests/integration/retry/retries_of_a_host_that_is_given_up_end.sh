# A retry that becomes due when its host was given up has a line at once, even
# if nothing else happens any more.
dead=$(free_port)
urls 200 "http://127.0.0.1:$dead/" >list
FF_LIMIT=8 exits 1 ff --max-host-failures 3 --retry 3 --retry-delay 10ms \
    list >out
same "lines" "$(jq -r .error.class out | sort | uniq -c | tr -d ' ')" \
    200host_down

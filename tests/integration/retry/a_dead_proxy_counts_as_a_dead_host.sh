# The proxy's host is up, but nothing listens there.
urls 50 http://h.example/ >list
exits 1 ff -x http://127.0.0.1:1 --limit 1 --max-host-failures 3 list >out
same "errors" "$(jq -r '.error | .class + "/" + .code' out | sort | uniq -c |
    awk '{print $1, $2}')" "47 host_down/circuit_open
3 proxy/refused"

for list in nonsense 127.0.0.1:0 127.0.0.1:70000 127.0.0.1:53, ns.test; do
    exits 2 ff --dns-servers "$list" http://a.test/ >out 2>err
    check "the message says why" grep -q "name server" err
    same "results of '$list'" "$(wc -l <out)" 0
done

# Each name is asked for once, and only at our servers: none of these is on the
# internet.
server_start
label=$(printf 'x%.0s' $(seq 63))
dnsmasq_start --host-record=end.test,127.0.0.1 --cname=one.test,two.test \
    --cname=two.test,end.test --address=/wild.test/127.0.0.1
names="one.test under_score.wild.test -dash.wild.test dash-.wild.test
    --.wild.test $label.wild.test 1.2.3.4.5.wild.test xn--a.wild.test a.wild.test."
for name in $names; do
    echo "http://$name:$PORT/?1"
    echo "http://$name:$PORT/?2"
done >list
for options in "--limit 1 --force-close" "--limit 1 -c jar"; do
    # shellcheck disable=SC2086 # several options
    exits 0 ff $options --dns-servers "$DNS" list >out
    holds "all names are found, $options" out 'all(.ok and .attempts == 1)'
done
for name in $names; do
    same "queries of $name" "$(queries A "${name%.}")" 2
done
for options in "" "-c jar"; do
    # shellcheck disable=SC2086 # several options
    urls 5 "http://-dash.wild.test:$PORT/?" |
        exits 0 ff --limit 1 --force-close $options --dns-servers "$DNS" >out
done
# Text that is not a name is not asked for.
before=$(queries)
for host in "x$label.wild.test" a..wild.test .wild.test; do
    exits 1 ff --dns-servers "$DNS" "http://$host:$PORT/" >out
    holds "no address of $host" out '.[0].error | .class == "dns" and
        .code == "not_found"'
done
same "queries" "$(queries)" "$before"

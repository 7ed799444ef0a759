for pattern in '' '*' '*.' 'http://a.test/' a.test:80 192.0.2.0/33 127.1 \
    'a b' bücher.test; do
    for option in --allow-host --deny-host; do
        exits 2 ff "$option" "$pattern" http://127.0.0.1:1/ >out 2>err
        check "the message says what is allowed" grep -q -- "$option must be a name" err
        check "no result" test ! -s out
    done
done

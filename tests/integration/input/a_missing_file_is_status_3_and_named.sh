exits 3 ff ./no-such-list >out 2>err
check "nothing on stdout" test ! -s out
check "the message names it" grep -q no-such-list err
check "the message has our prefix" grep -q '^fanfetch: error: ' err
exits 3 ff . >out 2>err
check "a directory is no list either" test ! -s out
exits 3 ff me:sesame@example.com/list >out 2>err
same "what was a URL without its scheme shows no password" "$(<err)" \
    "fanfetch: error: cannot open '***@example.com/list': No such file or\
 directory; a URL needs a scheme: https://***@example.com/list"
exits 3 ff http:/example.com/list >out 2>err
same "a URL with half a scheme needs the other half" "$(<err)" \
    "fanfetch: error: cannot open 'http:/example.com/list': No such file or\
 directory; a URL needs '://' behind its scheme"

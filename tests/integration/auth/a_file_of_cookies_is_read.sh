# The file has one of each kind of line that exports of browsers have.
server_start
printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' 127.0.0.1 FALSE / FALSE 0 mine yes \
    127.0.0.2 FALSE / FALSE 0 other no \
    '#HttpOnly_127.0.0.1' FALSE / FALSE 4000000000 kept yes \
    127.0.0.1 FALSE / FALSE 1000000000 expired no \
    127.0.0.1 FALSE /elsewhere FALSE 0 path no >cookies
exits 0 ff -b cookies --body "$URL/echo" >out
same "the header" "$(jq -r '.body | fromjson | .headers[] |
    select(.[0] == "Cookie")[1]' out | tr -d ' ' | tr ';' '\n' | sort | xargs)" \
    "kept=yes mine=yes"
exits 2 ff -b nowhere "$URL/" >out 2>err
check "the message says which one" grep -q nowhere err

# A pipe can be read only once.
exits 0 ff -b <(cat cookies) --body "$URL/echo" >out
check "of a pipe" grep -q 'mine=yes' out

# A file that cannot be read to its end: nothing is sent, and no jar is written.
[ -r /proc/self/mem ] || skip "there is no file that cannot be read"
exits 2 ff -b /proc/self/mem -c jar "$URL/" >out 2>err
check "the message says why" grep -q \
    "cannot read cookie file '/proc/self/mem': Input/output error" err
same "nothing was sent" "$(wc -c <out)" 0
check "no cookies are written" test ! -s jar

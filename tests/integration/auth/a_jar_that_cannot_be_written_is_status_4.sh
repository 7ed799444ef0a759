# The disk is full: the old content of the jar stays.
server_start
exits 0 ff -c jar "$URL/cookie-set?a=b" >out
cp jar before
(
    ulimit -f 1
    exits 4 ff -b jar -c jar -o /dev/null \
        "$URL/cookie-set?big=$(head -c 1500 /dev/zero | tr '\0' x)" 2>err
)
check "the message says so" grep -q "cannot write cookie file 'jar': File too large" err
check "the old ones are there" cmp jar before
same "no other file is left" "$(echo jar*)" jar

# An expired cookie is not kept, and a link stays a link.
ln -s jar link
exits 0 ff -b jar -c link "$URL/cookie-set?c=d" \
    "$URL/?header=Set-Cookie:gone=1%3b%20Max-Age=0" >out
same "both" "$(grep -o '[ac].[bd]$' jar | tr '\t' = | sort | xargs)" "a=b c=d"
check "no other jar is written" sh -c '! grep gone jar'
check "a link" test -L link

# A file that cannot be replaced is overwritten.
preload mount_point
: >page
for n in 1 2; do
    exits 0 ff -c jar --summary=sum --report=page "$URL/cookie-set?e=$n" >out
    same "the cookie of run $n" "$(grep -o 'e.[0-9]$' jar | tr '\t' =)" "e=$n"
    holds "the summary of run $n" sum '.[0].records == 1'
    check "the page of run $n" grep -q "cookie-set?e=$n" page
done
same "no other file is left" "$(echo jar* page* sum*)" "jar page sum"
preload

# A pipe that nobody reads is not waited for.
mkfifo pipe
exits 4 ff -c pipe "$URL/" >out 2>err
check "the message says that" grep -q "'pipe': it has no reader" err
# One that somebody reads gets the jar at the end of the run.
cat pipe >read &
reader=$!
# It takes a moment until it is there.
wait_for 10 ff -c pipe -o /dev/null "$URL/cookie-set?a=b" 2>err
wait "$reader"
check "the jar is read" grep -q 'a.b$' read
exits 4 ff -c nodir/jar "$URL/" >out 2>err
check "nor a folder made" grep -q "'nodir/jar': No such file" err
same "nothing was sent" "$(wc -c <out)" 0

[ -c /dev/full ] || skip "there is no /dev/full"
exits 4 ff -c /dev/full "$URL/cookie-set?a=b" >out 2>err
check "the message says why" grep -q '^fanfetch: error: .*No space left' err

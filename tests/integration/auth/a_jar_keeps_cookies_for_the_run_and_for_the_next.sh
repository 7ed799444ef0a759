server_start
mkfifo pipe
for threads in 1 2; do
    rm -f jar
    exec 3<>pipe
    ff_start --threads "$threads" --cookie-jar jar --body <pipe >out
    echo "$URL/cookie-set?session=s3cret&theme=dark" >&3
    wait_lines out 1
    urls 20 "$URL/echo?" >&3
    urls 3 "$URL2/echo?" >&3
    exec 3>&-
    ff_wait 0
    same "sent to the host, $threads threads" "$(jq -r --arg url "$URL/" '
        select(.url | startswith($url)) | select(.url | test("echo")).body |
        fromjson | .headers[] | select(.[0] == "Cookie")[1]' out |
        sort | uniq -c | xargs)" "20 session=s3cret; theme=dark"
    same "sent to another" "$(jq -r --arg url "$URL2/" '
        select(.url | startswith($url)).body | fromjson | .headers[] |
        select(.[0] == "Cookie")[1]' out)" ""
    check "the jar has them" grep -q "session.*s3cret" jar
    check "for nobody else's eyes" test "$(stat -c %a jar)" = 600
done
exits 0 ff -b jar --body "$URL/echo" >out
same "in the next run" "$(jq -r '.body | fromjson | .headers[] |
    select(.[0] == "Cookie")[1]' out)" "session=s3cret; theme=dark"
# With -b '' cookies are kept for the run, without any file.
rm jar
mkfifo pipe2
exec 3<>pipe2
ff_start -b '' --body <pipe2 >out
echo "$URL/cookie-set?session=again" >&3
wait_lines out 1
echo "$URL/echo" >&3
exec 3>&-
ff_wait 0
same "without a file" "$(jq -r 'select(.url | test("echo")).body | fromjson |
    .headers[] | select(.[0] == "Cookie")[1]' out)" "session=again"

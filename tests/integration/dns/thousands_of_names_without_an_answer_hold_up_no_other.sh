# A name that is never answered is given up after twelve seconds, or more.  The
# name behind 5,000 such ones must not take as long, also where --look-ahead
# holds fewer of them, since they do not wait for a turn.
server_start
half_dns_start
urls 5000 "http://mute" >list
echo "$URL/" | sed 's/127.0.0.1/good.test/' >>list
for look_ahead in 10000 3000; do
    rm -f out
    ff_start --dns-servers "$DNS" --look-ahead "$look_ahead" --grace 0 -o out \
        list
    wait_lines out 1
    kill -INT "$FF_PID"
    ff_wait 130
    check "the good name is the first one" jq -e .ok <(head -n 1 out)
    holds "all have a line" out 'length == 5001'
done

server_start
urls 40 "$URL/bytes/200000?" >list
ff --body list | while
    dd bs=64k count=1 iflag=fullblock status=none >piece
    [ -s piece ]
do
    cat piece >>out
    nap 0.005
done
holds "40 whole results" out 'length == 40 and
    all(.ok and (.body | length) == 200000)'

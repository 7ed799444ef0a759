# A form of -F and a file of -T is the request that curl makes of it, but for
# the boundary.
# timeout: 180
need curl
server_start
printf 'hello\nworld' >a.txt
printf '<p>' >b.html
printf '\0\1\2' >c.bin
: >empty
cp a.txt 'na me;ü.txt'
head -c 100000 /dev/zero | tr '\0' 'x' >large

alike -F a=1
alike -F a=1 -F 'b=two words'
alike -F 'a='
alike -F '=nameless'
alike -F 'q"uo\te=1'
alike -F 'a=b=c'
alike -F 'a="x;y"'
alike -F 'a="x\"y\\z"'
alike -F 'a=1;type=text/plain'
alike -F 'a=1;type=text/plain; charset=utf-8'
alike -F 'a=1;type=application/json;filename=x.json'
alike -F 'a=1; filename="q;uo\"te.txt"'
alike -F 'a= spaced ;type=a/b'
alike -F 'a=1;encoder=base64'
alike -F 'a=ü=;encoder=quoted-printable'
alike -F a=@a.txt
alike -F a=@b.html
alike -F a=@c.bin
alike -F a=@empty
alike -F a=@large
alike -F 'a=@a.txt;type=x/y'
alike -F 'a=@a.txt;filename=other.html'
alike -F 'a=@a.txt;filename=other'
alike -F 'a=@c.bin;filename=x.png;type=a/b'
alike -F 'a=@c.bin;encoder=base64'
alike -F "a=@\"na me;ü.txt\""
alike -F a=@./a.txt
alike -F "a=@$PWD/a.txt"
alike -F a=@a.txt,b.html
alike -F 'a=@a.txt;type=x/y,c.bin;filename=z' -F b=2
alike -F 'a=<a.txt'
alike -F 'a=<b.html'
alike -F 'a=<c.bin'
alike -F 'a=<a.txt;type=x/y'
alike -F a=1 -F b=@a.txt -F 'c=<b.html'
alike -F a=1 -H 'X-A: b'
alike -F a=1 -X PUT
alike -F a=1 -X PATCH
alike --form-string 'a=@b;type=c'
alike --form-string a=1 -F b=2
alike -T a.txt
alike -T empty
alike -T c.bin
alike -T large
alike -T a.txt -X POST
alike -T a.txt -H 'Content-Type: x/y'
alike_at /echo/ -T a.txt
alike_at /echo/ -T 'na me;ü.txt'
alike_at /echo/ -T "$PWD/a.txt"
# Older ones add the name before a query, too.
! curl_is 8.14 || alike_at '/echo/?q' -T a.txt
for wrong in -Fa -Fa=@nowhere '-Fa=1;b' '-Fa=1;encoder=x' '-Fa=1;type=x' \
    '-Fa=(' -Tnowhere -T. -T-; do
    exits 2 ff "$wrong" "$URL" 2>err
done
for pair in '-F a=1 -d b' '-T a.txt -d b' '-T a.txt -F a=1' '-G -F a=1' \
    '-G -T a.txt' '--json 1 -F a=1' '--json 1 --data-raw b'; do
    # shellcheck disable=SC2086 # words
    exits 2 ff $pair "$URL" 2>err
done
alike_end

# body_file and form send files beneath --allow-files and no others, and a file
# that can't be read is the record's error.
server_start
mkdir -p files/sub out
printf 'one\ntwo' >files/a.txt
printf 'deep' >files/sub/b.html
echo secret >out/secret
ln -s ../out/secret files/link
ln -s sub/b.html files/inner
ln -s ../out files/dir
ln -s /etc/hostname files/root
mkfifo files/fifo
cat >records <<JSON
{"url":"$URL/echo","body_file":"a.txt"}
{"url":"$URL/echo","body_file":"files/a.txt","method":"PUT"}
{"url":"$URL/echo","body_file":"$PWD/files/a.txt","headers":{"Content-Type":"x/y"}}
{"url":"$URL/echo","body_file":"inner"}
{"url":"$URL/echo","form":{"f":{"file":"sub/b.html"},"t":"text","g":[{"file":"a.txt","type":"x/y","filename":"z"},"2"]}}
{"url":"$URL/echo","body_file":"../out/secret"}
{"url":"$URL/echo","body_file":"link"}
{"url":"$URL/echo","body_file":"root"}
{"url":"$URL/echo","body_file":"dir/secret"}
{"url":"$URL/echo","body_file":"/etc/passwd"}
{"url":"$URL/echo","body_file":"$PWD/out/secret"}
{"url":"$URL/echo","body_file":"$PWD/files/../out/secret"}
{"url":"$URL/echo","form":{"f":{"file":"link"}}}
{"url":"$URL/echo","body_file":"missing"}
{"url":"$URL/echo","body_file":"sub"}
{"url":"$URL/echo","body_file":"fifo"}
{"url":"$URL/echo","body_file":""}
{"url":"$URL/echo","form":{}}
{"url":"$URL/echo","form":{"f":{"type":"a/b"}}}
{"url":"$URL/echo","form":{"f":{"file":"a.txt","type":"a/b\r\nX: y"}}}
{"url":"$URL/echo","form":{"f":1}}
{"url":"$URL/echo","form":{"a":"1"},"body":"b"}
JSON
exits 1 ff --ordered --body=text --allow-files files records >out.jsonl
holds "files of the folder are sent" out.jsonl '[.[:4][].body | fromjson |
    [.method, .body, (.headers[] | select(.[0] == "Content-Type")[1])]] ==
    [["POST", "one\ntwo", "application/x-www-form-urlencoded"],
    ["PUT", "one\ntwo", "application/x-www-form-urlencoded"],
    ["POST", "one\ntwo", "x/y"],
    ["POST", "deep", "application/x-www-form-urlencoded"]]'
holds "a form" out.jsonl '.[4].body | fromjson | .body |
    gsub("-{20,}[0-9A-Za-z]+"; "B") == "B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"b.html\"\r\nContent-Type: text/html\r\n\r\ndeep\r\nB\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\ntext\r\nB\r\nContent-Disposition: form-data; name=\"g\"; filename=\"z\"\r\nContent-Type: x/y\r\n\r\none\ntwo\r\nB\r\nContent-Disposition: form-data; name=\"g\"\r\n\r\n2\r\nB--\r\n"'
holds "other files are not sent" out.jsonl '[.[5:][] | .error.class + " " + .error.code] ==
    ["input file_denied", "input file_denied", "input file_denied",
    "input file_denied", "input file_denied", "input file_denied",
    "input file_denied", "input file_denied", "input file_unreadable",
    "input file_unreadable", "input file_unreadable", "input value_invalid",
    "input body_invalid", "input value_invalid", "input value_invalid",
    "input value_invalid", "input body_invalid"]'
holds "the line is named" out.jsonl 'all(.[5:][];
    .error.message | startswith("records:"))
    and (.[13].error.message | startswith("records:14: "))'
holds "no part of the request was sent" out.jsonl 'all(.[5:][]; .attempts == 0)'
holds "the files are listed as omitted" out.jsonl '[.[0, 4, 5].request_omitted] ==
    [["body_file"], ["form"], ["body_file"]]'
same "only what is allowed" "$(server_stats .requests)" 5

# Without the option no file is sent.
exits 1 ff --ordered records >none.jsonl
holds "none" none.jsonl 'all(.[:13][]; .error.code == "file_denied")'
same "no request is sent for them" "$(server_stats .requests)" 5
exits 2 ff --allow-files nowhere records 2>err

# A redirect that keeps the method sends the file again, and so does a retry.
echo "{\"url\":\"$URL/redirect-to?url=/echo&status=307\",\"body_file\":\"a.txt\"}" |
    ff --body=text --allow-files files >hop.jsonl
holds "a redirect" hop.jsonl '.[0].body | fromjson | .body == "one\ntwo"'
echo "{\"url\":\"$URL/flaky?times=2&key=k\",\"body_file\":\"a.txt\",\"method\":\"PUT\"}" |
    ff --retry 3 --retry-delay 10ms --allow-files files >again.jsonl
holds "a retry" again.jsonl '.[0].ok and .[0].attempts == 3'

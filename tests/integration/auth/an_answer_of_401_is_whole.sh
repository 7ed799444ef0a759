# The schemes that another server has offered to the same handle do not matter.
server_start
exits 1 ff --limit 1 --body - >out <<END
http://127.0.0.3:$PORT/auth-basic
http://u:p@127.0.0.1:$PORT/auth-digest
{"url":"http://u:p@127.0.0.2:$PORT/auth-digest","body":"x"}
END
holds "three" out 'length == 3 and all(.status_code == 401 and
    .body == "who are you?\n" and .content_length == 13)'

# Each form of -d and its like makes the body, or with -G the query, that curl
# makes of it.
# timeout: 120
need curl
server_start
printf 'a=1\r\nb=2\n' >form

alike -d ''
# Since 8.14 curl sends no "&" behind nothing; before, "&a=1".
curl_is 8.14 && alike -d '' -d a=1
same 'no & behind nothing' \
    "$(ff -d '' -d a=1 --body "$URL/echo" | jq -r '.body | fromjson | .body')" \
    a=1
alike -d a=1 -d ''
alike -d 'a b&c=ü%'
alike -d @form
alike -d @form -d z=1
alike -d @/dev/null
alike --data-binary @form
alike --data-binary x -d @form --data-binary @form
alike --data-binary @/dev/null
alike --data-raw @form
alike --data-raw @form -d b
alike --data-urlencode 'a b+c/ü~-._%'
alike --data-urlencode '=a=b c'
alike --data-urlencode 'na me=a=b c@form'
alike --data-urlencode @form
alike --data-urlencode 'name@form'
alike --data-urlencode 'name=' -d x
alike --data-urlencode 'na@me=a@b'
alike --data-urlencode @form --data-raw @x --data-binary @form -d @form
alike -G
alike -G -d ''
alike_at '/echo?x=1' -G -d ''
alike -G -d a=1
alike -G -d a=1 -d b=2
alike -G --data-urlencode 'q=a b&c'
alike -G --data-urlencode name@form
alike -G -d a=1 -X DELETE
alike_at '/echo?x=1' -G -d a=1
alike_at '/echo?' -G -d a=1
alike_at '/echo?x=1&' -G -d a=1
alike_at '/echo#fragment' -G -d a=1
alike_at '/echo?x=1#fragment' -G -d a=1 -d b
alike_end

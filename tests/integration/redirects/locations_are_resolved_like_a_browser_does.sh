server_start
ask() {
    echo "$URL/redirect-to/a/b?url=$1"
}
{
    ask 'echo'
    ask '../../echo'
    ask '//127.0.0.2:'"$PORT"'/echo'
    ask '%3Fx=1%26status=200'
    ask '/echo%23fragment'
    ask '/echo%3Fq=a%20b'
} >list
ff list >out || :
norm out | jq -r .url_effective

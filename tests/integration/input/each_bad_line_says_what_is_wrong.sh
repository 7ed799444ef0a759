# The codes of input errors, and the place in the message.
{
    echo "http://[::1"
    echo "ftp://127.0.0.1/"
    echo '# a comment'
    echo '{"url":'
    echo '{"url":"http://127.0.0.1/","surprise":1}'
    echo '"http://me:pw@127.0.0.1/"'
    head -c 1100000 /dev/zero | tr '\0' a
    echo
} >bad.txt
exits 1 ff bad.txt >out
norm out >sorted
jq -r '.error.code' sorted
jq -r '.error.message' out | grep -o 'bad\.txt:[0-9]*' | sort
holds "quotes are named, a password is not shown" out \
    'any((.error.message | test("in quotes")) and .url == "\"http://***@127.0.0.1/\"")'
holds "an unknown key is named" out \
    'any(.error | .code == "key_unknown" and (.message | test("surprise")))'

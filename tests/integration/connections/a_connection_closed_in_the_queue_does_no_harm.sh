# The server closes as soon as it has answered, without saying so: a request
# that is already under way is repeated, if it is a GET.
server_start
urls 40 "$URL/close-after-idle?ms=0&id=" | exits 0 ff --limit 2 >out
holds "no result has an error" out 'length == 40 and all(.ok)'

server_start
printf 'link,id\n%s/,1\n' "$URL" >bad.csv
printf 'url,id,url\n%s/,1,2\n' "$URL" >twice.csv
printf 'url,"id\n%s/,1\n' "$URL" >open.csv
printf 'url,id\r%s/,1\r%s/,2\r' "$URL" "$URL" >mac.csv
printf 'url\n%s/\n' "$URL" >good.csv
exits 3 ff --input-format csv bad.csv twice.csv open.csv mac.csv good.csv \
    >out 2>err
check "the message names the file" grep -q "^fanfetch: error: bad.csv:1: .*'url'" err
check "a name that is there twice is told" grep -q 'twice.csv:1: .*"url"' err
check "a quote is shown, too" grep -q 'open.csv:1: .*quote' err
check "line ends of old Macs are reported, too" grep -q 'mac.csv:1: .*CR alone' err
holds "other files go on" out 'map(.index) == [0] and .[0].ok'
exits 0 ff --input-format csv /dev/null >out
check "no header row and no rows is no failure" test ! -s out

# timeout: 180
# A habit from another tool must not cost a file.  No file that fanfetch did not
# write is overwritten or extended, and nothing is sent.
server_start
printf 'GET / HTTP/1.1\n' >notes
printf '<!doctype html>\n' >page
printf '{"kept":1}' >json
printf '#!/bin/sh\n# A comment.\n' >script
echo "{\"url\":\"$URL/\"}" >list
printf '\0\1\2' >binary
cp -r . ../as_it_was

# refused OPTION FILE...: each is refused as the option's file.
refused() {
    local option=$1 file
    shift
    for file; do
        exits 2 ff "$option$file" "$URL/" >out 2>err
        check "$option$file is named" grep -qE "'$file' exists and does not hold|a list of URLs" err
        check "$option$file is left alone" cmp "$file" "../as_it_was/$file"
    done
}
refused --summary= notes page json script list binary
refused --report= notes page json script list binary
refused --trace= notes page json script list binary
refused --cookie-jar= notes page json script list binary
refused --output= notes page json script list binary
refused -c notes
refused -o page
# A file of another option's kind is refused, too.
exits 0 ff --summary=sum --cookie-jar=jar -o results "$URL/cookie-set?a=b" 2>err
mkdir ours
cp sum jar results ours
for pair in -c:sum -c:results --summary=:jar --summary=:results -o:jar -o:sum; do
    file=${pair#*:}
    exits 2 ff "${pair%:*}$file" "$URL/" >out 2>err
    check "$pair is refused" grep -qE "'$file' exists and does not hold|a list of URLs" err
    check "$pair is left alone" cmp "$file" "ours/$file"
done
before=$(server_stats .requests)

# Files of the option's own kind and empty ones are accepted.
exits 0 ff --summary=sum --cookie-jar=jar -o results "$URL/cookie-set?c=d"
same "results are added" "$(wc -l <results)" 2
: >empty
for option in --summary= -c -o; do
    : >empty
    exits 0 ff "${option}empty" "$URL/" >out
    check "$option" test -s empty
done
printf '.example.com\tTRUE\t/\tFALSE\t0\ta\tb\n' >bare
exits 0 ff -b bare -c bare "$URL/" >out
check "a jar without its title" grep -q 'Netscape' bare
exits 0 ff --fields url,ok -o few "$URL/"
exits 0 ff --fields url,ok -o few "$URL/"
same "results of some keys" "$(wc -l <few)" 2
printf '{"ind' >torn
exits 0 ff -o torn "$URL/"
holds "a torn line" <(tail -n 1 torn) '.[0].ok'
exits 0 ff -o /dev/null --summary=/dev/null "$URL/"
same "each was one request" "$(server_stats .requests)" $((before + 9))

# A file that cannot be read may be of any kind.
echo mine >unreadable
preload rough_reads READ_FAILS=0
for option in --trace --summary --report --cookie-jar; do
    exits 2 ff "$option=unreadable" "$URL/" >out 2>err
    check "$option names it" grep -q "'unreadable'" err
    same "$option leaves it" "$(cat unreadable)" mine
done

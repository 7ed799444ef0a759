server_start
echo "$URL/" >list
cp list as_it_was
ln -s list other
for option in --summary=list --cookie-jar=list --summary=other; do
    exits 2 ff "$option" list >out 2>err
    check "$option says so" grep -qE 'is an input of this run|is a list of URLs' err
    exits 2 ff "$option" <list >out 2>err
    check "$option: as it was" cmp list as_it_was
done
same "nothing was sent" "$(server_stats .requests)" 0
exits 0 ff --summary=sum --cookie-jar=jar list >out

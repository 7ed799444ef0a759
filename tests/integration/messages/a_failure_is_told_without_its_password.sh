exits 1 ff -v "http://me:secret@127.0.0.1:1/" >out 2>err
check "the failure is reported" grep -q 'http://\*\*\*@127[.]0[.]0[.]1:1/: .*(connect, refused)' err
check "without the password" test "$(grep -c secret err)" = 0

server_start
exits 0 ff --create-dirs -o a/b/results --warc a/warc/x.warc --trace t/x \
    --summary=s/x --report r/x -b '' -c c/d/jar "$URL/" >out
same "files" "$(find a c r s t -type f | sort | tr '\n' ' ')" \
    "a/b/results a/warc/x.warc c/d/jar r/x s/x t/x "
same "results" "$(wc -l <a/b/results)" 1

# One that cannot be created is told as a file that cannot be written.
exits 4 ff --create-dirs -o a/b/results/below/x "$URL/" >out 2>err
grep -qF "cannot write to 'a/b/results/below/x': Not a directory" err ||
    fail "another message"
# Without the option a folder is not created.
exits 4 ff -o new/results "$URL/" >out 2>err
same "no folder" "$(ls -d new 2>&1)" \
    "ls: cannot access 'new': No such file or directory"

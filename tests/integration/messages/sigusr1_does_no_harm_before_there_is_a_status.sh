# The new run starts while another one still holds the results file.
need flock
server_start
exec 4>>results
flock 4
ff_start -o results "$URL/" 2>err 4>&-
# The shell that becomes it has a copy of the case's own descriptor.
is_waiting() {
    [ "/proc/$FF_PID/exe" -ef "$FANFETCH" ] &&
        [ -n "$(find "/proc/$FF_PID/fd" -lname '*/results')" ]
}
wait_for 5 is_waiting
kill -USR1 "$FF_PID"
flock -u 4
ff_wait 0

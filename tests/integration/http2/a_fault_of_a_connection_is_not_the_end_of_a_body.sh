# libcurl 7.88 takes the end of a connection that it gives up itself for the end
# of a body whose length is unknown.  libcurl 8.14 waits for the time-out.
h2_start half
exits 1 ff -k -m 2 --body "$H2_URL/" >out
holds "half an answer is an error" out '.[0].status_code == 200 and
    (.[0].error.class | IN("protocol", "timeout"))'

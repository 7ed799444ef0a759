# libcurl 7.88 takes the end of a connection that it gives up itself for the end
# of a body whose length is unknown.
h2_start half
exits 1 ff -k --body "$H2_URL/" >out
holds "half an answer is an error" out '.[0].status_code == 200 and
    .[0].error.class == "protocol" and .[0].error.phase == "receive"'

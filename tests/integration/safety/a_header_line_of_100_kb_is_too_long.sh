# libcurl's own bound, which has another code in each of its versions.
server_start
exits 1 ff "$URL/header-line?size=110000" >out
holds "said so" out '.[0].error | .class == "protocol" and
    .code == "header_too_large" and (.message | contains("100 KB"))'

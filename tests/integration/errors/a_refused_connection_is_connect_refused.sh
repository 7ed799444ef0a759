exits 1 ff "http://127.0.0.1:$(free_port)/" >out
jq -c '.error | [.class, .code, .phase, .retryable, .curl_code, .os_errno]' out

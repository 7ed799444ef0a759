# normalise.jq - take out of a result line what differs from run to run.
#
# Times become 0 and moments "TIME", unless they are null, which is a promise
# of its own; loopback ports become PORT, and the wording of messages goes.

def ports:
    gsub("(?<host>127\\.0\\.0\\.[0-9]+|localhost|\\[::1\\]):[0-9]+";
         "\(.host):PORT");

def zero: if . == null then . else 0 end;

def time_keys:
    with_entries(if .key | test("^(time_|elapsed$|waited$)")
                 then .value |= zero else . end);

def text: if type == "string" then ports else . end;

time_keys
| .url |= text
| .url_effective |= text
| .remote_port |= zero
| if .started_at != null then .started_at = "TIME" else . end
| if .timing != null then .timing |= map_values(zero) else . end
| if .error != null then .error.message = "MESSAGE" else . end
| if .headers != null
  then .headers |= with_entries(.value |= map(text)) else . end
| if .redirects != null
  then .redirects |= map(time_keys | .url |= text | .location |= text)
  else . end
| if .attempts_log != null then .attempts_log |= map(time_keys) else . end

# Makefile for fanfetch.  "make help" lists the targets.
#
# Everything that is built goes below $(BUILD); sanitizer, lint and fuzz
# builds are the same rules with another BUILD, so they never mix.

VERSION = 0.1.0

# Yours to set: CC CFLAGS CPPFLAGS LDFLAGS LDLIBS, PREFIX DESTDIR, V=1, and
# how long the long tests are: FUZZ_TIME SOAK KILLS ALLOCS RANDOM_TIME.
CFLAGS ?= -O2 -g
PREFIX ?= /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
BASH_DIR = $(PREFIX)/share/bash-completion/completions
ZSH_DIR = $(PREFIX)/share/zsh/site-functions
FISH_DIR = $(PREFIX)/share/fish/vendor_completions.d
JQ_DIR = $(PREFIX)/lib/jq
DOC_DIR = $(PREFIX)/share/doc/fanfetch
BUILD = build
PKG_CONFIG ?= pkg-config
FUZZ_TIME ?= 60
SOAK ?= 1000000
KILLS ?= 200
ALLOCS ?= 2000
RANDOM_TIME ?= 180

# Not "?=": make's own default would count as set.
ifneq ($(filter default undefined,$(origin CC)),)
CC = cc
endif

# main.c first, the rest sorted.
SRCS = \
    src/main.c \
    src/app/app.c \
    src/app/capacity.c \
    src/app/dispatch.c \
    src/app/file_kind.c \
    src/app/files.c \
    src/app/finisher.c \
    src/app/intake.c \
    src/app/named_keys.c \
    src/app/next.c \
    src/app/request_url.c \
    src/app/reserve.c \
    src/app/results.c \
    src/app/setup.c \
    src/app/stop.c \
    src/base/addr.c \
    src/base/alloc.c \
    src/base/arena.c \
    src/base/base64.c \
    src/base/beneath.c \
    src/base/buf.c \
    src/base/clock.c \
    src/base/diag.c \
    src/base/fs.c \
    src/base/heap.c \
    src/base/json_canonical.c \
    src/base/json_compact.c \
    src/base/json_reader.c \
    src/base/json_skim.c \
    src/base/json_writer.c \
    src/base/map.c \
    src/base/mark.c \
    src/base/multiset.c \
    src/base/nearest.c \
    src/base/path.c \
    src/base/redact.c \
    src/base/replace.c \
    src/base/seen.c \
    src/base/siphash.c \
    src/base/span.c \
    src/base/term.c \
    src/base/units.c \
    src/base/utf8.c \
    src/base/word_sort.c \
    src/body/body.c \
    src/body/body_name.c \
    src/body/capture.c \
    src/body/capture_head.c \
    src/body/codings.c \
    src/body/decode.c \
    src/body/digest.c \
    src/body/disposition.c \
    src/body/expect.c \
    src/body/extension.c \
    src/body/gzip.c \
    src/body/judge.c \
    src/body/name_template.c \
    src/body/part.c \
    src/body/part_note.c \
    src/body/room.c \
    src/body/safe_name.c \
    src/body/store.c \
    src/body/write_error.c \
    src/cli/argv.c \
    src/cli/check.c \
    src/cli/config.c \
    src/cli/contradictions.c \
    src/cli/data.c \
    src/cli/foreign.c \
    src/cli/form_option.c \
    src/cli/guess.c \
    src/cli/help.c \
    src/cli/interface.c \
    src/cli/opts.c \
    src/cli/table.c \
    src/cli/used.c \
    src/cli/value.c \
    src/dns/addrs.c \
    src/dns/cares.c \
    src/dns/channel.c \
    src/dns/families.c \
    src/dns/hosts_file.c \
    src/dns/local.c \
    src/dns/name.c \
    src/dns/name_servers.c \
    src/dns/overrides.c \
    src/dns/query.c \
    src/dns/resolver.c \
    src/dns/search.c \
    src/engine/allowance.c \
    src/engine/callbacks.c \
    src/engine/cookie.c \
    src/engine/cookie_store.c \
    src/engine/cookies.c \
    src/engine/dial.c \
    src/engine/engine.c \
    src/engine/errors.c \
    src/engine/failure.c \
    src/engine/flight.c \
    src/engine/folded.c \
    src/engine/framing.c \
    src/engine/hop.c \
    src/engine/idle.c \
    src/engine/kernel.c \
    src/engine/libcurl.c \
    src/engine/mailbox.c \
    src/engine/memory.c \
    src/engine/outcome.c \
    src/engine/pace.c \
    src/engine/prepare.c \
    src/engine/public_suffix.c \
    src/engine/readiness.c \
    src/engine/receive_body.c \
    src/engine/receive_head.c \
    src/engine/renewal.c \
    src/engine/repeat.c \
    src/engine/retry_after.c \
    src/engine/setup.c \
    src/engine/setup_run.c \
    src/engine/slow.c \
    src/engine/sockets.c \
    src/engine/stopped.c \
    src/engine/stream_end.c \
    src/engine/stream_h2.c \
    src/engine/stream_h3.c \
    src/engine/stream_ngtcp2.c \
    src/engine/stream_quic.c \
    src/engine/streams.c \
    src/engine/thread.c \
    src/engine/tlsinfo.c \
    src/engine/transfer.c \
    src/engine/upload.c \
    src/engine/verdict.c \
    src/engine/wiring.c \
    src/input/csv.c \
    src/input/kept_request.c \
    src/input/lines.c \
    src/input/operands.c \
    src/input/refuse.c \
    src/input/request_body.c \
    src/input/request_csv.c \
    src/input/request_form.c \
    src/input/request_headers.c \
    src/input/request_json.c \
    src/input/request_keys.c \
    src/input/select.c \
    src/input/sitemap.c \
    src/input/source.c \
    src/input/spec.c \
    src/job/carry.c \
    src/job/earlier.c \
    src/job/http.c \
    src/job/job.c \
    src/job/line_file.c \
    src/job/options.c \
    src/job/request_hash.c \
    src/job/result.c \
    src/output/charset.c \
    src/output/charset_decode.c \
    src/output/charset_tables.c \
    src/output/format.c \
    src/output/headers.c \
    src/output/keys.c \
    src/output/line_body.c \
    src/output/line_objects.c \
    src/output/line_scan.c \
    src/output/line_values.c \
    src/output/order.c \
    src/output/result_line.c \
    src/output/resume.c \
    src/output/resume_files.c \
    src/output/resume_line.c \
    src/output/resume_pass.c \
    src/output/resume_rewrite.c \
    src/output/schema.c \
    src/output/since.c \
    src/output/since_index.c \
    src/output/sink.c \
    src/output/trace.c \
    src/output/warc.c \
    src/output/warc_file.c \
    src/output/warc_record.c \
    src/output/warc_seen.c \
    src/report/examples.c \
    src/report/histogram.c \
    src/report/html.c \
    src/report/numbers.c \
    src/report/page.c \
    src/report/page_chart.c \
    src/report/page_spread.c \
    src/report/page_style.c \
    src/report/page_tables.c \
    src/report/page_time.c \
    src/report/progress.c \
    src/report/report.c \
    src/report/status_line.c \
    src/report/summary.c \
    src/report/summary_schema.c \
    src/report/summary_text.c \
    src/report/tally.c \
    src/report/timeline.c \
    src/report/top_hosts.c \
    src/sched/addresses.c \
    src/sched/autolimit.c \
    src/sched/check.c \
    src/sched/history.c \
    src/sched/limits.c \
    src/sched/lookup_timeout.c \
    src/sched/names.c \
    src/sched/origin.c \
    src/sched/pacing.c \
    src/sched/place.c \
    src/sched/queue_timeout.c \
    src/sched/rate.c \
    src/sched/retry.c \
    src/sched/sched.c \
    src/sched/slots.c \
    src/sched/turn.c \
    src/url/access.c \
    src/url/host.c \
    src/url/hostset.c \
    src/url/netrc.c \
    src/url/parts.c \
    src/url/plain.c \
    src/url/route.c \
    src/url/rule.c \
    src/url/scheme.c \
    src/url/spelling.c \
    src/url/url.c

# Tests are found, not listed: one that is forgotten would never run.
UNIT_SRCS := $(sort $(wildcard tests/unit/*.c))
SERVER_SRCS := $(sort $(wildcard tests/server/*.c))
ORACLE_SRCS := tests/oracle/oracle.c
WORK_SRCS := tests/work/work.c
PEAK_SRCS := tests/peak/peak.c
PARSE_SRCS := tests/parse/parse.c
FUZZ_SRCS := $(sort $(wildcard tests/fuzz/fuzz_*.c))
PRELOAD_SRCS := $(sort $(wildcard tests/preload/*.c))

C_FILES = $(SRCS) $(UNIT_SRCS) $(SERVER_SRCS) $(ORACLE_SRCS) $(WORK_SRCS) \
    $(PEAK_SRCS) $(PARSE_SRCS) $(wildcard tests/fuzz/*.c) $(PRELOAD_SRCS)
H_FILES := $(sort $(wildcard src/*.h src/*/*.h tests/*/*.h))

MAKEFLAGS += --no-builtin-rules --no-builtin-variables --no-print-directory
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

# ---- flags ------------------------------------------------------------

# A variable that runs its command once, and only if it is used.
once = $(eval $(1) := $(shell $(2)))$($(1))
# The flag, if the compiler takes it.
accepted = $(shell $(CC) -Werror $(1) -x c -c /dev/null -o /dev/null \
    2>/dev/null && echo $(1))

PKGS = libcurl expat jansson libcares libidn2 libssl libcrypto libbrotlidec libzstd zlib \
    libpcre2-8 libpsl
PKG_CFLAGS = $(call once,PKG_CFLAGS,$(PKG_CONFIG) --cflags $(PKGS))
PKG_LIBS = $(call once,PKG_LIBS,$(PKG_CONFIG) --libs $(PKGS))
CRITERION_CFLAGS = $(call \
    once,CRITERION_CFLAGS,$(PKG_CONFIG) --cflags criterion)
CRITERION_LIBS = $(call once,CRITERION_LIBS,$(PKG_CONFIG) --libs criterion)

WARN = -Wall -Wextra -Wshadow -Wmissing-prototypes -Wstrict-prototypes \
    -Wpointer-arith -Wformat=2 -Wvla

# Emptied by the sanitizer builds: ASan doesn't see into _FORTIFY_SOURCE.
HARDEN = $(call once,HARDEN,echo "-fPIE -fstack-protector-strong \
    $(call accepted,-fstack-clash-protection) \
    $(call accepted,-fcf-protection) \
    $(if $(filter -O -O1 -O2 -O3 -Os -Og,$(CFLAGS)),\
        -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)")
HARDEN_LD = -pie -Wl,-z,relro -Wl,-z,now
SANITIZE =
# -DFANFETCH_DEBUG stops where a run would otherwise mend a bug by itself.
DEBUG =

# The same source gives the same binary, whatever folder it lies in.
SAME = $(call once,SAME,echo "$(call accepted,-ffile-prefix-map=$(CURDIR)=.)")

OUR_CFLAGS = -std=c17 -pthread $(WARN) $(HARDEN) $(SAME) $(SANITIZE)
OUR_CPPFLAGS = -D_GNU_SOURCE -DFANFETCH_VERSION='"$(VERSION)"' -Isrc $(DEBUG)
OUR_LDFLAGS = -pthread $(HARDEN_LD) $(SANITIZE)
COMPILE = $(CC) $(OUR_CPPFLAGS) $(PKG_CFLAGS) $(OUR_CFLAGS) \
    $(CPPFLAGS) $(CFLAGS)
LINK = $(CC) $(OUR_LDFLAGS) $(CFLAGS) $(LDFLAGS)
LIBS = $(PKG_LIBS) -lev -lm $(LDLIBS)

# ---- what is built ----------------------------------------------------

FANFETCH = $(BUILD)/fanfetch
LIB = $(BUILD)/libfanfetch.a
UNIT = $(BUILD)/tests/unit
SERVER = $(BUILD)/tests/server
ORACLE = $(BUILD)/tests/oracle
WORK = $(BUILD)/tests/work
PEAK = $(BUILD)/tests/peak
PARSE = $(BUILD)/tests/parse
FUZZ_NAMES = $(FUZZ_SRCS:tests/fuzz/fuzz_%.c=%)
REPLAYS = $(FUZZ_NAMES:%=$(BUILD)/tests/replay_%)
FUZZERS = $(FUZZ_NAMES:%=$(BUILD)/fuzz_%)
PRELOADS = $(PRELOAD_SRCS:tests/preload/%.c=$(BUILD)/tests/%.so)

objects = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
MAIN_OBJ = $(call objects,src/main.c)
LIB_OBJS = $(call objects,$(filter-out src/main.c,$(SRCS)))
UNIT_OBJS = $(call objects,$(UNIT_SRCS))
SERVER_OBJS = $(call objects,$(SERVER_SRCS))
ORACLE_OBJS = $(call objects,$(ORACLE_SRCS))
WORK_OBJS = $(call objects,$(WORK_SRCS))
PEAK_OBJS = $(call objects,$(PEAK_SRCS))
PARSE_OBJS = $(call objects,$(PARSE_SRCS))
FUZZ_OBJS = $(call objects,$(FUZZ_SRCS))
REPLAY_OBJ = $(call objects,tests/fuzz/replay.c)
ALL_OBJS = $(MAIN_OBJ) $(LIB_OBJS) $(UNIT_OBJS) $(SERVER_OBJS) \
    $(ORACLE_OBJS) $(WORK_OBJS) $(PEAK_OBJS) $(PARSE_OBJS) $(FUZZ_OBJS) \
    $(REPLAY_OBJ)

ifeq ($(V),1)
quiet =
else
quiet = @printf '  %-7s %s\n' '$(1)' '$(2)';
endif

all: $(FANFETCH) completions  ## build build/fanfetch (the default)

$(FANFETCH): $(MAIN_OBJ) $(LIB)
	$(call quiet,LINK,$@)$(LINK) -o $@ $^ $(LIBS)

$(LIB): $(LIB_OBJS)
	$(call quiet,AR,$@)rm -f $@ && ar rcs $@ $^

$(UNIT): $(UNIT_OBJS) $(LIB)
	@mkdir -p $(@D)
	$(call quiet,LINK,$@)$(LINK) -o $@ $^ $(CRITERION_LIBS) $(LIBS) -lbrotlienc

$(SERVER): $(SERVER_OBJS)
	@mkdir -p $(@D)
	$(call quiet,LINK,$@)$(LINK) -o $@ $^ -lev -lz -lm $(LDLIBS)

$(ORACLE): $(ORACLE_OBJS)
	@mkdir -p $(@D)
	$(call quiet,LINK,$@)$(LINK) -o $@ $^ $(PKG_LIBS) $(LDLIBS)

$(WORK): $(WORK_OBJS) $(call objects,tests/fuzz/fuzz_response.c) $(LIB)
	@mkdir -p $(@D)
	$(call quiet,LINK,$@)$(LINK) -o $@ $^ $(LIBS)

$(PEAK): $(PEAK_OBJS)
	@mkdir -p $(@D)
	$(call quiet,LINK,$@)$(LINK) -o $@ $^ $(LDLIBS)

$(PARSE): $(PARSE_OBJS) $(LIB)
	@mkdir -p $(@D)
	$(call quiet,LINK,$@)$(LINK) -o $@ $^ $(LIBS)

$(REPLAYS): $(BUILD)/tests/replay_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o \
    $(REPLAY_OBJ) $(LIB)
	@mkdir -p $(@D)
	$(call quiet,LINK,$@)$(LINK) -o $@ $^ $(LIBS)

# What the integration tests put before libc: in builds without sanitizers.
$(PRELOADS): $(BUILD)/tests/%.so: tests/preload/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call quiet,LINK,$@)$(CC) -std=c17 -D_GNU_SOURCE $(WARN) $(CPPFLAGS) \
	    $(CFLAGS) -fPIC -shared -o $@ $< -ldl

# Only in the build that "make fuzz" makes.
$(FUZZERS): $(BUILD)/fuzz_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(LIB)
	$(call quiet,LINK,$@)$(LINK) -fsanitize=fuzzer -o $@ $^ $(LIBS)

# Private: their prerequisite, the flags file, is everyone's.
$(UNIT_OBJS): private OUR_CPPFLAGS += $(CRITERION_CFLAGS)
$(SERVER_OBJS): private OUR_CPPFLAGS += -Itests/server

$(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call quiet,CC,$<)$(COMPILE) -MMD -MP -c -o $@ $<

# Changes when the flags do, so that everything is built anew.
$(BUILD)/flags: FORCE
	$(shell mkdir -p $(@D))
	$(file >$@.new,$(COMPILE) | $(LINK) | $(LIBS))
	@if cmp -s $@.new $@; then rm $@.new; else \
	    $(HAS_LIBS) || { rm $@.new; exit 1; }; \
	    mv $@.new $@; \
	fi

HAS_LIBS = PKG_CONFIG='$(PKG_CONFIG)' CC='$(CC)' CPPFLAGS='$(CPPFLAGS)' \
    CFLAGS='$(CFLAGS)' scripts/check-libs

-include $(ALL_OBJS:.o=.d)

# The binary tells its options; the table changes only when they do.
COMPLETIONS = $(addprefix $(BUILD)/completions/,bash zsh fish)

completions: $(COMPLETIONS)

$(COMPLETIONS): $(BUILD)/completions/%: $(BUILD)/completions/table \
    scripts/completions
	$(call quiet,GEN,$@)scripts/completions $* <$< >$@

$(BUILD)/completions/table: $(FANFETCH)
	@mkdir -p $(@D)
	@($(FANFETCH) --help=table && $(FANFETCH) --help=keys) >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# ---- tests ------------------------------------------------------------

# tests/check.sh runs the parts named and sums them up in one closing line.
CHECK = BUILD=$(BUILD) FANFETCH=$(FANFETCH) tests/check.sh
TEST_DEPS = $(FANFETCH) $(UNIT) $(SERVER) $(ORACLE) $(WORK) $(PEAK) \
    $(PARSE) $(PRELOADS) $(REPLAYS)

check: $(TEST_DEPS)  ## run the tests: unit, integration but for long cases, fuzz corpus
	@$(CHECK) unit short fuzz

check-all: $(TEST_DEPS)  ## run all tests, the long cases too
	@$(CHECK) unit integration fuzz

check-unit: $(UNIT)  ## run the unit tests
	@$(CHECK) unit

check-integration: $(FANFETCH) $(SERVER) $(ORACLE) $(WORK) $(PEAK) $(PARSE) $(PRELOADS)  ## run the integration tests
	@$(CHECK) integration

check-fuzz: $(REPLAYS)  ## replay the fuzzers' corpus
	@$(CHECK) fuzz

check-unit-fuzz: $(UNIT) $(REPLAYS)
	@$(CHECK) unit fuzz

# Everything that the tests need, without running them.
test-deps: $(TEST_DEPS)

# The same cases as in "make check", but for long.
soak: $(TEST_DEPS)  ## fetch SOAK URLs of hosts that fail in every way
	@SOAK=$(SOAK) TIME_SCALE=30 tests/run.sh -v \
	    soak/many_hosts_fail_in_every_way

torture: $(TEST_DEPS)  ## kill it KILLS times, fail ALLOCS allocations
	@KILLS=$(KILLS) ALLOCS=$(ALLOCS) TIME_SCALE=30 tests/run.sh -v \
	    resume/kills_lose_nothing_and_double_nothing \
	    bodies/kills_leave_no_half_body \
	    output/failing_allocations_end_the_run

bench: $(FANFETCH) $(SERVER)  ## measure against curl and others
	@BUILD=$(BUILD) FANFETCH=$(FANFETCH) tests/bench/run.sh

# Without the abort a leak found inside a Criterion test goes unnoticed.  That
# malloc() may return NULL is tested, too.
ASAN = BUILD=build/asan HARDEN= CFLAGS='-O1 -g -fno-omit-frame-pointer' \
    SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all' \
    DEBUG=-DFANFETCH_DEBUG
ASAN_ENV = TIME_SCALE=4 \
    ASAN_OPTIONS=abort_on_error=1:detect_leaks=1:allocator_may_return_null=1 \
    UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
TSAN = BUILD=build/tsan HARDEN= CFLAGS='-O1 -g -fno-omit-frame-pointer' \
    SANITIZE=-fsanitize=thread DEBUG=-DFANFETCH_DEBUG
TSAN_ENV = TIME_SCALE=6 TSAN_OPTIONS=halt_on_error=1:abort_on_error=1

asan:  ## build and check under ASan and UBSan
	@$(ASAN_ENV) $(MAKE) $(ASAN) check-all

asan-unit:  ## the same without the integration tests
	@$(ASAN_ENV) $(MAKE) $(ASAN) check-unit-fuzz

# Not the unit tests: Criterion wants memory where TSan has its own, and they
# have one thread each.
tsan:  ## build and run the integration tests under TSan
	@$(TSAN_ENV) $(MAKE) $(TSAN) check-integration

random:  ## draw options at random for RANDOM_TIME seconds, twice
	@$(ASAN_ENV) $(MAKE) $(ASAN) run-random
	@$(TSAN_ENV) $(MAKE) $(TSAN) run-random

run-random: $(FANFETCH) $(SERVER)
	@RANDOM_TIME=$(RANDOM_TIME) TIME_SCALE=30 tests/run.sh -v \
	    soak/options_drawn_at_random_give_a_result_for_each

valgrind: $(TEST_DEPS)  ## run it under valgrind
	@tests/run.sh soak/valgrind_finds_nothing

fuzz:  ## fuzz each target for FUZZ_TIME seconds (needs clang)
	@$(MAKE) BUILD=build/fuzz CC=clang HARDEN= \
	    CFLAGS='-O1 -g -fno-omit-frame-pointer' \
	    SANITIZE='-fsanitize=fuzzer-no-link,address,undefined \
	        -fno-sanitize-recover=all' run-fuzzers

run-fuzzers: $(FUZZERS)
	@for name in $(FUZZ_NAMES); do \
	    echo "  FUZZ    $$name"; \
	    mkdir -p $(BUILD)/corpus/$$name && \
	    $(BUILD)/fuzz_$$name -max_total_time=$(FUZZ_TIME) \
	        -dict=tests/fuzz/$$name.dict -artifact_prefix=$(BUILD)/ \
	        -timeout=10 -print_final_stats=0 -verbosity=0 \
	        $(BUILD)/corpus/$$name tests/fuzz/corpus/$$name || exit 1; \
	done

# ---- lint -------------------------------------------------------------

LINT_WARN = -Werror -Wdouble-promotion -Wformat-security \
    -Wimplicit-fallthrough -Wold-style-definition -Wredundant-decls -Wundef \
    -Wwrite-strings
LINT_GCC = -Wduplicated-cond -Wtrampolines
LINT_CLANG = -Wcomma -Wloop-analysis -Wunreachable-code

TIDY = $(C_FILES)
TIDIED = $(TIDY:%.c=$(BUILD)/tidy/%.ok)
STANDALONE = $(H_FILES:%.h=$(BUILD)/headers/%.ok)
SCRIPTS := $(sort $(filter-out scripts/examples scripts/make-whatwg-urls %.yaml,$(wildcard \
    scripts/* scripts/examples/* .ci/run tests/*.sh \
    tests/integration/*/*.sh tests/bench/*.sh)))

lint: lint-gcc lint-clang lint-headers lint-tidy lint-cppcheck \
    lint-includes lint-style lint-scripts lint-man  ## look for mistakes without running

objects: $(ALL_OBJS)

lint-gcc:
	@$(MAKE) BUILD=build/lint/gcc CC=gcc CFLAGS=-O2 \
	    WARN='$(WARN) $(LINT_WARN) $(LINT_GCC)' objects

lint-clang:
	@$(MAKE) BUILD=build/lint/clang CC=clang CFLAGS=-O2 \
	    WARN='$(WARN) $(LINT_WARN) $(LINT_CLANG)' objects

lint-headers: $(STANDALONE)

$(BUILD)/headers/%.ok: %.h
	@mkdir -p $(@D)
	$(call quiet,HEADER,$<)$(COMPILE) -Itests/server -Werror \
	    -fsyntax-only -include $< -x c /dev/null
	@touch $@

lint-tidy: $(TIDIED)

# One file at a time: clang-tidy 14 confuses the va_lists of several.
$(BUILD)/tidy/%.ok: %.c $(H_FILES) .clang-tidy src/sched/.clang-tidy \
    tests/unit/.clang-tidy tests/preload/.clang-tidy
	@mkdir -p $(@D)
	$(call quiet,TIDY,$<)clang-tidy --quiet $< -- $(OUR_CPPFLAGS) \
	    $(PKG_CFLAGS) $(CRITERION_CFLAGS) -Itests/server -std=c17 \
	    2>$(@:.ok=.log) || { cat $(@:.ok=.log); exit 1; }
	@touch $@

lint-cppcheck:
	$(call quiet,CPPCHECK,src tests)cppcheck --quiet --error-exitcode=1 \
	    --std=c11 --enable=warning,performance,portability --inline-suppr \
	    --suppress=unknownMacro -D_GNU_SOURCE -Isrc -Itests/server \
	    src tests/server tests/fuzz tests/preload

lint-includes:
	$(call quiet,CHECK,includes)scripts/check-includes

# A pointer is tested as "p" and "!p".
lint-style:
	$(call quiet,CHECK,style)! grep -rnE \
	    '== NULL|(if|while) \(.* != NULL' --include='*.[ch]' src tests

lint-scripts:
	$(call quiet,SHCHECK,$(words $(SCRIPTS)) scripts)shellcheck $(SCRIPTS)

# EXAMPLES comes right after DESCRIPTION, which mandoc takes for a mistake.
lint-man:
	$(call quiet,MANDOC,man/fanfetch.1)! mandoc -Tlint -Wwarning \
	    man/fanfetch.1 | grep -v 'order: Sh ENVIRONMENT'

# ---- installation -----------------------------------------------------

EXAMPLES := $(sort $(wildcard scripts/examples/*))

# $(call installed,FUNCTION): of each file FUNCTION,MODE,FROM,TO.
define installed
$(call $(1),755,$(FANFETCH),$(BINDIR)/fanfetch)
$(call $(1),644,man/fanfetch.1,$(MANDIR)/man1/fanfetch.1)
$(call $(1),644,$(BUILD)/completions/bash,$(BASH_DIR)/fanfetch)
$(call $(1),644,$(BUILD)/completions/zsh,$(ZSH_DIR)/_fanfetch)
$(call $(1),644,$(BUILD)/completions/fish,$(FISH_DIR)/fanfetch.fish)
$(call $(1),644,share/fanfetch.jq,$(JQ_DIR)/fanfetch.jq)
$(call $(1),644,README.md,$(DOC_DIR)/README.md)
$(call $(1),644,CHANGELOG.md,$(DOC_DIR)/CHANGELOG.md)
$(foreach file,$(EXAMPLES),$(call $(1),$(if $(filter \
    %.yaml,$(file)),644,755),$(file),$(DOC_DIR)/examples/$(notdir $(file))))
endef

# Each a line of a recipe.
define put
	$(call quiet,INSTALL,$(DESTDIR)$(3))install -D -m $(1) $(2) \
	    '$(DESTDIR)$(3)'

endef
define take
	$(call quiet,RM,$(DESTDIR)$(3))rm -f '$(DESTDIR)$(3)'

endef

install: all  ## install below PREFIX (DESTDIR is put before it)
	$(call installed,put)

uninstall:  ## remove what install installed
	$(call installed,take)
	@rmdir '$(DESTDIR)$(DOC_DIR)/examples' '$(DESTDIR)$(DOC_DIR)' \
	    '$(DESTDIR)$(JQ_DIR)' 2>/dev/null || :

check-install: all  ## install to a temporary place, run, uninstall
	@scripts/check-install

dist:  ## make build/fanfetch-VERSION.tar.gz of the last commit
	@mkdir -p $(BUILD)
	$(call quiet,DIST,$(BUILD)/fanfetch-$(VERSION).tar.gz)git archive \
	    --prefix=fanfetch-$(VERSION)/ \
	    -o $(BUILD)/fanfetch-$(VERSION).tar.gz HEAD

deb:  ## make build/fanfetch_VERSION-1_ARCH.deb, a Debian package
	@BUILD=$(BUILD) scripts/make-deb

check-deb:  ## build the package twice, look at it, install, run, remove
	@scripts/check-deb

# ---- upkeep -----------------------------------------------------------

fmt:  ## format the sources with clang-format
	clang-format -i $(C_FILES) $(H_FILES)

clean:  ## remove build/
	rm -rf build

help:  ## show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' \
	    Makefile
	@echo 'Variables: CC CFLAGS CPPFLAGS LDFLAGS LDLIBS PREFIX DESTDIR' \
	    'FUZZ_TIME SOAK KILLS ALLOCS, V=1 for full commands.'

.PHONY: FORCE all asan asan-unit bench check check-deb check-fuzz \
    check-install check-integration check-unit check-unit-fuzz clean \
    completions deb dist \
    fmt fuzz help install lint lint-clang lint-cppcheck lint-gcc lint-headers \
    lint-includes lint-man lint-scripts lint-style lint-tidy objects random run-fuzzers \
    run-random soak test-deps torture tsan uninstall valgrind

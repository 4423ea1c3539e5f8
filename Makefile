# onhold - build, test, install. `make help` lists the targets.
#
# Objects live in build/FLAVOUR-HASH, HASH naming compiler and flags, so flavours never mix;
# build/onhold is a link to the last program built.

ifeq ($(origin CC),default)
CC       := gcc
endif
PKGS     := gsl yaml-0.1 sqlite3 jansson
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wcast-qual -Wvla
FLAVOUR  ?= release
FLAGS_release  := -O2 -g -DNDEBUG
FLAGS_debug    := -O0 -g3
FLAGS_asan     := -O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=all
FLAGS_ubsan    := -O1 -g -fsanitize=undefined -fno-sanitize-recover=all
FLAGS_tsan     := -O1 -g -fsanitize=thread
FLAGS_cover    := -O0 -g --coverage
FLAGS_fuzz     := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
# -ffp-contract=off: the same bits with and without fused multiply-add.
CFLAGS_ALL = -std=c11 -D_GNU_SOURCE -ffp-contract=off -pthread $(WARN) $(FLAGS_$(FLAVOUR)) \
             -Iinclude $(shell pkg-config --cflags $(PKGS)) $(CFLAGS)
LIBS     = $(shell pkg-config --libs $(PKGS)) -lcsv -lm -pthread $(LDFLAGS)

PREFIX   ?= /usr/local
DATADIR  := $(PREFIX)/share/onhold
BASHDIR  := $(PREFIX)/share/bash-completion/completions
# Debian's packages have a folder of their own beside what an administrator installs.
ZSHDIR   := $(PREFIX)/share/zsh/$(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)
VERSION  := $(shell sed -n 's/^\#define OH_VERSION "\(.*\)"/\1/p' include/onhold/base.h)

HASH := $(shell printf '%s' '$(CC) $(CFLAGS_ALL)' | cksum | cut -d' ' -f1)
OUT  := build/$(FLAVOUR)-$(HASH)

LIB_SRC := $(filter-out $(wildcard sim/cli/*.c sim/web/*.c sim/mpi/*.c),$(wildcard sim/*/*.c sim/*/*/*.c))
CLI_SRC := $(wildcard sim/cli/*.c)
LIB_OBJ := $(LIB_SRC:%.c=$(OUT)/%.o)
CLI_OBJ := $(CLI_SRC:%.c=$(OUT)/%.o)
LIB     := $(OUT)/libonhold.a

TEST_SRC     := $(wildcard tests/unit/*.c tests/oracle/*.c tests/meta/*.c tests/fault/*.c)
TEST_BIN     := $(TEST_SRC:%.c=$(OUT)/%)
SUPPORT_SRC  := $(filter-out %/allocations.c %/replay.c,$(wildcard tests/support/*.c))
SUPPORT_OBJ  := $(SUPPORT_SRC:%.c=$(OUT)/%.o)
SUPPORT      := $(OUT)/libsupport.a
FUZZ_SRC     := $(wildcard tests/fuzz/fuzz_*.c)
REPLAY_BIN   := $(FUZZ_SRC:tests/fuzz/%.c=$(OUT)/replay/%)
BENCH_BIN    := $(OUT)/tests/bench/bench

all: build/onhold ## build the library and the program (default)

build/onhold: $(OUT)/onhold FORCE
	@ln -sfn $(FLAVOUR)-$(HASH)/onhold $@

$(OUT)/onhold: $(CLI_OBJ) $(LIB)
	$(CC) $(CFLAGS_ALL) -o $@ $(CLI_OBJ) $(LIB) $(LIBS)

$(LIB): $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $(LIB_OBJ)

$(OUT)/sim/cli/%.o: sim/cli/%.c $(OUT)/datadir
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) '-DONHOLD_DATADIR="$(DATADIR)"' -MMD -MP -c -o $@ $<

# Changes when PREFIX does, so that the program is then built again.
$(OUT)/datadir: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(DATADIR)' | cmp -s - $@ || printf '%s\n' '$(DATADIR)' > $@

# What draws numbers and adds up calls is compiled into vector instructions; what plays them, which
# has numbers in registers that have nothing to do with each other, is not.
ifeq ($(FLAVOUR),release)
$(patsubst %,$(OUT)/sim/%.o,math/philox math/detmath engine/pool_score stats/cells): VECTORS := -O3 -fno-math-errno
$(OUT)/sim/engine/pool_quick.o: VECTORS := -fno-tree-slp-vectorize
endif

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) $(VECTORS) -MMD -MP -c -o $@ $<

# ---- what install needs ----

# The library is an archive, so whoever links it links what it needs: Requires, not .private.
$(OUT)/onhold.pc: $(OUT)/datadir Makefile include/onhold/base.h
	@printf '%s\n' 'prefix=$(PREFIX)' 'includedir=$${prefix}/include' 'libdir=$${prefix}/lib' '' \
	  'Name: onhold' 'Description: call-center queue and hold-time simulator' \
	  'Version: $(VERSION)' 'Requires: $(PKGS)' 'Cflags: -I$${includedir}' \
	  'Libs: -L$${libdir} -lonhold -lcsv -lm -pthread' > $@

# The manual and completions come from the program's own tables. -n: no time in the file.
$(OUT)/onhold.1.gz: $(OUT)/onhold
	$< man > $(@:.gz=)
	gzip -9nc $(@:.gz=) > $@

$(OUT)/completion.%: $(OUT)/onhold
	$< completion $* > $@

# ---- tests ----

$(SUPPORT): $(SUPPORT_OBJ)
	@rm -f $@
	$(AR) rcs $@ $(SUPPORT_OBJ)

# Every allocation of a fault test passes through tests/support/allocations.c.
WRAP := -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
ALLOCATIONS := $(OUT)/tests/support/allocations.o
$(OUT)/tests/fault/%: $(OUT)/tests/fault/%.o $(ALLOCATIONS) $(SUPPORT) $(LIB)
	$(CC) $(CFLAGS_ALL) $(WRAP) -o $@ $< $(ALLOCATIONS) $(SUPPORT) $(LIB) -lcmocka $(LIBS)

$(OUT)/tests/%: $(OUT)/tests/%.o $(SUPPORT) $(LIB)
	$(CC) $(CFLAGS_ALL) -o $@ $< $(SUPPORT) $(LIB) -lcmocka $(LIBS)

$(OUT)/replay/%: $(OUT)/tests/fuzz/%.o $(OUT)/tests/support/replay.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -o $@ $< $(OUT)/tests/support/replay.o $(LIB) $(LIBS)

tests: $(TEST_BIN) $(REPLAY_BIN) ## build the test programs

CHECK_TIMEOUT ?= 300
check: ## run every test; the last line is "N passed, N failed"
	+@MAKE='$(MAKE)' FLAVOUR='$(FLAVOUR)' CHECK_TIMEOUT=$(CHECK_TIMEOUT) tests/support/check.sh $(OUT)

asan: ## run the tests with the address sanitizer
	+@$(MAKE) --no-print-directory FLAVOUR=asan CHECK_TIMEOUT=1500 check

ubsan: ## run the tests with the undefined behaviour sanitizer
	+@$(MAKE) --no-print-directory FLAVOUR=ubsan CHECK_TIMEOUT=1500 check

tsan: ## run the tests with the thread sanitizer
	+@$(MAKE) --no-print-directory FLAVOUR=tsan CHECK_TIMEOUT=1500 check

valgrind: ## run the unit tests and one scenario under valgrind
	+@$(MAKE) --no-print-directory FLAVOUR=debug valgrind-run

valgrind-run: $(OUT)/onhold $(filter $(OUT)/tests/unit/%,$(TEST_BIN))
	@for program in $(filter $(OUT)/tests/unit/%,$(TEST_BIN)); do \
	    echo "$$program"; $(VALGRIND) $$program > build/valgrind.log 2>&1; \
	    [ $$? != 99 ] || { cat build/valgrind.log; exit 1; }; done
	$(VALGRIND) $(OUT)/onhold run scenarios/forty-seconds.yaml -n 2 -j 2 > build/valgrind.log
# Only valgrind's own findings count: it computes long double in 64 bits, which a test would notice.
VALGRIND := valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite

FUZZ_SECONDS ?= 60
fuzz: ## search for inputs that crash, FUZZ_SECONDS=60 for each target (needs clang)
	+@$(MAKE) --no-print-directory CC=clang FLAVOUR=fuzz fuzz-run

fuzz-run: $(FUZZ_SRC:tests/fuzz/%.c=$(OUT)/fuzz/%)
	@for target in $^; do name=$$(basename $$target); mkdir -p build/corpus/$$name; \
	    $$target -max_total_time=$(FUZZ_SECONDS) -timeout=25 -rss_limit_mb=2048 -max_len=65536 \
	    -dict=tests/fuzz/scenario.dict \
	    -artifact_prefix=build/corpus/ build/corpus/$$name tests/fuzz/corpus || exit 1; done

$(OUT)/fuzz/%: $(OUT)/tests/fuzz/%.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -fsanitize=fuzzer -o $@ $< $(LIB) $(LIBS)

bench: $(BENCH_BIN) $(OUT)/onhold ## measure the speed: nanoseconds a call beside the floor, instructions a call
	@$(BENCH_BIN) $(OUT)/onhold
	@echo && echo 'instructions a call (callgrind)'
	@tests/bench/instructions.sh $(OUT)/onhold

bench-draws: $(OUT)/tests/bench/draws ## ten million draws of each family against their distribution functions
	@$<

bench-gate: $(OUT)/onhold ## fail if a call takes 5 % more instructions than recorded
	@tests/bench/instructions.sh --check $(OUT)/onhold

$(OUT)/tests/bench/floor.o: VECTORS := -O3
$(OUT)/tests/bench/draws: $(OUT)/tests/bench/draws.o $(LIB)
	$(CC) $(CFLAGS_ALL) -o $@ $< $(LIB) $(LIBS)

$(BENCH_BIN): $(OUT)/tests/bench/bench.o $(OUT)/tests/bench/floor.o $(LIB)
	$(CC) $(CFLAGS_ALL) -o $@ $(filter %.o,$^) $(LIB) $(LIBS)

cover: ## run the tests and print how much of each file they reach
	+@$(MAKE) --no-print-directory FLAVOUR=cover cover-run

cover-run:
	@find $(OUT) -name '*.gcda' -delete 2>/dev/null || true
	+@FLAVOUR=cover MAKE='$(MAKE)' tests/support/check.sh $(OUT) | tail -1
	@for file in $(LIB_SRC) $(CLI_SRC); do \
	    gcov -n -o $(OUT)/$${file%.c}.gcno $$file 2>/dev/null | \
	    awk -v file=$$file '/^File/ {mine = index($$0, file)} mine && /^Lines/ \
	        {split($$2, part, ":"); printf "%8s  %s\n", part[2], file; mine = 0}'; done | sort -n

# ---- the house ----

C_FILES := $(wildcard include/onhold/*.h sim/*/*.[ch] sim/*/*/*.[ch] tests/*/*.[ch] tests/*/*/*.[ch])

format: ## lay out the C files as .clang-format says
	clang-format -i $(C_FILES)

lint: ## layout, layers, and both compilers without a warning
	clang-format --dry-run -Werror $(C_FILES)
	tests/support/layers.sh
	+@$(MAKE) --no-print-directory -s CC=gcc CFLAGS=-Werror all tests
	+@$(MAKE) --no-print-directory -s CC=clang CFLAGS=-Werror all tests
	+@$(MAKE) --no-print-directory -s all

golden-update: all $(OUT)/tests/meta/test_gallery ## accept what the program prints now as right (then read the diff)
	GALLERY_UPDATE=1 $(OUT)/tests/meta/test_gallery
	tests/golden/run.sh --update build/onhold

docs: all ## run every command of the README and every scenario
	tests/support/docs.sh build/onhold

install: $(OUT)/onhold $(OUT)/onhold.pc $(OUT)/onhold.1.gz $(OUT)/completion.bash $(OUT)/completion.zsh ## install under PREFIX=/usr/local (DESTDIR= for packages)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include/onhold \
	  $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(DATADIR)/plots \
	  $(DESTDIR)$(DATADIR)/scenarios/templates $(DESTDIR)$(PREFIX)/share/doc/onhold \
	  $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(BASHDIR) $(DESTDIR)$(ZSHDIR)
	install -m 755 $(OUT)/onhold $(DESTDIR)$(PREFIX)/bin/onhold
	install -m 644 include/onhold/*.h $(DESTDIR)$(PREFIX)/include/onhold
	install -m 644 $(LIB) $(DESTDIR)$(PREFIX)/lib/libonhold.a
	install -m 644 $(OUT)/onhold.pc $(DESTDIR)$(PREFIX)/lib/pkgconfig/onhold.pc
	install -m 644 $(wildcard plots/*.gp) $(DESTDIR)$(DATADIR)/plots
	install -m 644 $(wildcard scenarios/*.yaml scenarios/*.csv scenarios/*.md) $(DESTDIR)$(DATADIR)/scenarios
	install -m 644 $(wildcard scenarios/templates/*.yaml) $(DESTDIR)$(DATADIR)/scenarios/templates
	install -m 644 $(OUT)/onhold.1.gz $(DESTDIR)$(PREFIX)/share/man/man1/onhold.1.gz
	install -m 644 $(OUT)/completion.bash $(DESTDIR)$(BASHDIR)/onhold
	install -m 644 $(OUT)/completion.zsh $(DESTDIR)$(ZSHDIR)/_onhold
	install -m 644 README.md CHANGELOG.md LICENSE $(DESTDIR)$(PREFIX)/share/doc/onhold

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/onhold $(DESTDIR)$(PREFIX)/lib/libonhold.a \
	  $(DESTDIR)$(PREFIX)/lib/pkgconfig/onhold.pc $(DESTDIR)$(PREFIX)/share/man/man1/onhold.1.gz \
	  $(DESTDIR)$(BASHDIR)/onhold $(DESTDIR)$(ZSHDIR)/_onhold
	rm -rf $(DESTDIR)$(PREFIX)/include/onhold $(DESTDIR)$(DATADIR) \
	  $(DESTDIR)$(PREFIX)/share/doc/onhold

dist: ## make build/onhold-VERSION.tar.gz of the last commit
	@mkdir -p build
	git archive --prefix=onhold-$(VERSION)/ -o build/onhold-$(VERSION).tar.gz HEAD
	@echo build/onhold-$(VERSION).tar.gz

clean: ## remove everything built
	rm -rf build

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
.PHONY: all tests check asan ubsan tsan valgrind valgrind-run fuzz fuzz-run bench bench-draws bench-gate cover \
        cover-run format lint golden-update docs install uninstall dist clean help FORCE
.SECONDARY:
.DELETE_ON_ERROR:

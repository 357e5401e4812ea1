# make demo              builds everything and runs the main job: a host and two compiled extensions, no CPython
# make check             builds and runs every test; the last line is "N passed, N failed"
# make check-consumers   the programs over third-party headers, which are fetched by package name
# make check-valgrind    every C test and the main job under valgrind
# make check-asan        every C test, the C side built with AddressSanitizer and UndefinedBehaviorSanitizer
# make check-tsan        the tests of threads under Helgrind
# make check-strict-tools  strict mode beside AddressSanitizer and valgrind
# make check-rust-asan   the Rust tests with AddressSanitizer; needs a nightly toolchain
# make check-no-memory   the main job with each allocation failing in turn
# make check-no-memory-tests  every C test likewise, for LIMIT=100 of its allocations (0: each)
# make fuzz              each fuzz target for SECONDS=60; needs a nightly toolchain and cargo-fuzz
# make mutants           changes src/capsule and looks which tests see it; needs cargo-mutants (MUTANTS=FILES)
# make bench             measures against each CPython found, and against the least that could do the same (BENCH="--json")
# make bench-plot        draws what `make bench` measured last: build/bench/plot.svg
# make bench-check       fails when an operation costs more instructions than when benches/instructions.tsv was written
# make conformance       the library against the CPythons that are here (PARTS="programs layouts types …" for some)
# make install           PREFIX=/usr/local DESTDIR=
# make header            writes include/pycapsule.h and abi/symbols.txt anew from the sources
# make clean

PREFIX ?= /usr/local
DESTDIR ?=
CARGO ?= cargo
CC ?= cc
CFLAGS ?= -O1 -g

# A sanitized build has its own folder, target and profile.
BUILD := build
TARGET := target
PROFILE := release
LIBRARY := $(BUILD)/lib/libpycapsule.so.0
STRICT := -std=c99 -Wall -Wextra -Wpedantic -Werror
COMPILE = $(CC) $(STRICT) $(CFLAGS) -Iinclude
# Tests link as a user's program does, and find the library where it was built.
LINK = -L$(BUILD)/lib -lpycapsule -Wl,-rpath,$(abspath $(BUILD)/lib) -pthread
HEADERS := $(wildcard include/*.h)

TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard c_tests/*.c c_tests/ours/*.c))
CHECKS := $(filter-out %/tap.sh,$(wildcard c_tests/checks/*.sh))
TRANSCRIPT := $(BUILD)/c_tests/transcript/transcript
EXAMPLES := $(BUILD)/examples/host
MODULES := $(BUILD)/modules/.built
BUGS := $(BUILD)/bugs/.built
VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)

.PHONY: all demo check check-consumers conformance bench bench-plot bench-check install header clean tools FORCE

all: $(LIBRARY)

# Says what to install when something is missing, before a less helpful message comes.
tools:
	@command -v $(CARGO) >/dev/null || { echo "cargo is missing: install Rust from https://rustup.rs (or set CARGO=)"; exit 1; }
	@command -v $(firstword $(CC)) >/dev/null || { echo "there is no C compiler: install gcc or clang, on Debian with 'apt-get install gcc libc6-dev' (or set CC=)"; exit 1; }

# Without the crate type for Rust programs, which cargo does not optimise across crates; and with less inlining than
# even "for size" does, but for what is marked (as #[inline]: twice the cost of a call, as always: whatever it costs).
SMALL := -C llvm-args=-inline-threshold=10 -C llvm-args=-inlinehint-threshold=40
$(LIBRARY): tools FORCE
	$(CARGO) rustc --lib --crate-type cdylib,staticlib --target-dir $(TARGET) \
	    $(if $(filter release,$(PROFILE)),--release -- $(SMALL))
	@mkdir -p $(@D)
	@cmp -s $(TARGET)/$(PROFILE)/libpycapsule.so $@ || cp $(TARGET)/$(PROFILE)/libpycapsule.so $@
	@cmp -s $(TARGET)/$(PROFILE)/libpycapsule.a $(@D)/libpycapsule.a || cp $(TARGET)/$(PROFILE)/libpycapsule.a $(@D)
	@ln -sf libpycapsule.so.0 $(@D)/libpycapsule.so

header: tools
	PYCAPSULE_UPDATE_HEADER=1 $(CARGO) build --release
	abi/symbols target/release/libpycapsule.so > abi/symbols.txt

# ---- the main job ----

demo: $(EXAMPLES)
	PYTHONPATH=$(BUILD)/examples $(EXAMPLES)

$(BUILD)/examples/host: examples/host.c examples/ledger.h $(HEADERS) $(LIBRARY) $(BUILD)/examples/ledger.so $(BUILD)/examples/savings.so
	$(COMPILE) $< -o $@ $(LINK)

# The modules are not linked with the library: the program that loads them has its symbols.
$(BUILD)/examples/ledger.so: examples/producer.c
$(BUILD)/examples/savings.so: examples/consumer.c
$(BUILD)/examples/%.so: examples/ledger.h $(HEADERS)
	@mkdir -p $(@D)
	$(COMPILE) -shared -fPIC $(filter %.c,$^) -o $@

# ---- tests ----

check: $(TESTS) $(TRANSCRIPT) $(MODULES) $(BUGS) $(EXAMPLES)
	@CARGO="$(CARGO)" CC="$(CC)" PYTHONPATH=$(abspath $(BUILD)/modules) c_tests/run $(TESTS) $(CHECKS) -- $(CARGO) test --quiet

check-consumers: $(LIBRARY)
	@CC="$(CC)" c_tests/consumers/check "$(STRICT) $(CFLAGS)" "$(LINK)"

conformance: $(LIBRARY)
	@CC="$(CC)" c_tests/conformance/run $(PARTS)

$(BUILD)/c_tests/%: c_tests/%.c $(wildcard c_tests/*.h c_tests/ours/*.h) $(HEADERS) $(LIBRARY)
	@mkdir -p $(@D)
	$(COMPILE) -Ic_tests $< -o $@ $(LINK) -lm

$(TRANSCRIPT): $(wildcard c_tests/transcript/*) $(HEADERS) $(LIBRARY)
	@mkdir -p $(@D)
	$(COMPILE) $(filter %.c,$^) -o $@ $(LINK)

$(MODULES): $(wildcard c_tests/modules/*) $(HEADERS)
	CC="$(CC)" CFLAGS="$(STRICT) $(CFLAGS) -I$(abspath include)" c_tests/modules/build $(BUILD)/modules
	@touch $@

$(BUGS): c_tests/bugs/build $(wildcard c_tests/bugs/*.[ch] c_tests/bugs/modules/*.c) $(HEADERS) | $(LIBRARY)
	CC="$(CC)" CFLAGS="$(STRICT) $(CFLAGS) -I$(abspath include)" LIBS="$(LINK)" c_tests/bugs/build $(BUILD)/bugs
	@touch $@

# ---- tools ----

include c_tests/tools/tools.mk

# ---- benchmarks ----

BENCH ?=
bench: $(LIBRARY)
	@CC="$(CC)" benches/run $(BENCH)

bench-plot:
	@benches/plot > $(BUILD)/bench/plot.svg && echo $(BUILD)/bench/plot.svg

bench-check: $(LIBRARY)
	@CC="$(CC)" benches/check $(BENCH)

# ---- installing ----

install: $(LIBRARY)
	install -d $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include/pycapsule
	install -m 755 $(LIBRARY) $(DESTDIR)$(PREFIX)/lib/libpycapsule.so.$(VERSION)
	ln -sf libpycapsule.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/libpycapsule.so.0
	ln -sf libpycapsule.so.0 $(DESTDIR)$(PREFIX)/lib/libpycapsule.so
	install -m 644 $(BUILD)/lib/libpycapsule.a $(DESTDIR)$(PREFIX)/lib
	install -m 644 include/pycapsule.h include/Python.h $(DESTDIR)$(PREFIX)/include/pycapsule
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' pycapsule.pc.in > $(DESTDIR)$(PREFIX)/lib/pkgconfig/pycapsule.pc

clean:
	rm -rf $(BUILD) target

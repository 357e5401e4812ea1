# make demo              builds everything and runs the main job: a host and two compiled extensions, no CPython
# make check             builds and runs every test; the last line is "N passed, N failed"
# make check-pages       the commands on pages of docs/, and their output
# make check-examples    the projects under examples/: they pass with the installed library, and fail on a leak
# make check-consumers   the programs over third-party headers, which are fetched by package name
# make check-wheels      modules of published wheels, fetched by package name, driven as on CPython (EXPECT=1: asks CPython anew)
# make modules           docs/modules.md: which modules of the survey's packages link, load and initialise (PACKAGES="a b" for some)
# make check-valgrind    every C test and the main job under valgrind
# make check-asan        every C test, the C side built with AddressSanitizer and UndefinedBehaviorSanitizer
# make check-tsan        the tests of threads under Helgrind
# make check-strict-tools  strict mode beside AddressSanitizer and valgrind
# make check-rust-asan   the Rust tests with AddressSanitizer; needs a nightly toolchain
# make check-no-memory   the main job with each allocation failing in turn
# make check-no-memory-tests  every C test likewise, for LIMIT=100 of its allocations (0: each)
# make fuzz              each fuzz target for SECONDS=60; needs a nightly toolchain and cargo-fuzz
# make mutants           changes the sources and checks which tests see it; needs cargo-mutants (MUTANTS=FILES)
# make bench             measures against each CPython found, a PyPy, and a minimal program that does the same (BENCH="--json")
# make bench-plot        draws the last measurement of `make bench`: build/bench/plot.svg (BENCH=--docs: into docs/ too)
# make bench-check       fails when an operation costs more instructions than when benches/instructions.tsv was written
# make bench-trees       times trees of a million keys, of the published modules BTrees and persistent, here and on CPython 3.14
# make bench-strict      measures the costs of strict mode: time and memory of COUNT capsules (BENCH="COUNT DEPTH")
# make command           build/bin/pycapsule: inspects compiled modules, loads them, runs programs in strict mode (docs/command.md)
# make check-command     the tests of the command
# make companions        build/lib/pycapsule/modules: zlib and other modules that compiled modules ask for, found after PYTHONPATH (docs/companions.md)
# make check-companions  the companion modules beside CPython's own
# make conformance       the library against the CPythons that are found (PARTS="programs layouts types …" for some)
# make site              the documentation as a site that needs no network, build/site/html (mkdocs from PyPI), and checks its links
# make install           headers, libraries, pkg-config, CMake and manual pages (PREFIX=/usr/local LIBDIR= INCLUDEDIR= MANDIR= DESTDIR=)
# make uninstall         removes them; with the same folders
# make wheel             a wheel of libraries, headers and files for pkg-config and CMake, in build/wheel
# make dist              the archives of a release with their checksums: sources, binaries, wheel (build/dist)
# make install-shim DIR= the library in libpython's place, for builds that embed Python (python3-config --embed, FindPython, python3-embed)
# make check-install     installs into an empty folder, and builds programs through pkg-config, CMake, Meson and plain cc
# make header            generates include/pycapsule.h and abi/symbols.txt from the sources
# make check-build       the library built with other compilers and flags, in a path with blanks, by two makes at once; the crate's package
# make check-aarch64     every C test for 64-bit Arm, under qemu (the compiler and Rust for it, or root on Debian)
# make check-glibc       the library for glibc 2.17 and every C test with it (zig from PyPI; GLIBC=2.28 for another)
# make clean             deletes everything that was built
# make help              these lines; V=1 with any target shows the commands

CARGO ?= cargo
CC ?= cc
CFLAGS ?= -O1 -g

# A sanitized build has its own folder, target and profile.
BUILD := build
TARGET := $(or $(CARGO_TARGET_DIR),target)
PROFILE := release
# For another machine: CARGO_BUILD_TARGET=aarch64-unknown-linux-gnu CC=aarch64-linux-gnu-gcc, which links there too.
BUILT = $(TARGET)/$(if $(CARGO_BUILD_TARGET),$(CARGO_BUILD_TARGET)/)$(PROFILE)
LIBRARY := $(BUILD)/lib/libpycapsule.so.0
STRICT := -std=c99 -Wall -Wextra -Wpedantic -Werror
# Paths that must be whole are quoted, since one may have blanks, which make's own functions can't.
HERE := $(if $(filter /%,$(BUILD)),$(BUILD),$(CURDIR)/$(BUILD))
PATH_TO_MODULES = PYTHONPATH="$(HERE)/modules"
# Tests link as a user's program does, and find the library where it was built.
LINK = -L"$(HERE)/lib" -lpycapsule -Xlinker -rpath -Xlinker "$(HERE)/lib" -pthread
HEADERS := $(wildcard include/*.h)
# The compiler and flags of the last build: programs are compiled again when they are others, as the library is.
FLAGS := $(BUILD)/.flags

TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard c_tests/*.c c_tests/ours/*.c))
CHECKS := $(filter-out %/tap.sh,$(wildcard c_tests/checks/*.sh))
TRANSCRIPT := $(BUILD)/c_tests/transcript/transcript
EXAMPLES := $(BUILD)/examples/host
MODULES := $(BUILD)/modules/.built
BUGS := $(BUILD)/bugs/.built
VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)

# Characters that no quotes protect, or that separate the directories of a list.
UNFIT := : ' " ` \ $$
$(foreach c,$(UNFIT),$(if $(findstring $(c),$(CURDIR)),$(error the path $(CURDIR) has a $(c), which can't be in a list of folders or a command: build in another place)))

# $(call compile,ARGUMENTS) makes $@.  It is moved there when it is whole, so that neither another make in the same tree nor
# a program that runs ever has half a file.
COMPILE = mkdir -p $(@D) && $(CC) $(STRICT) $(CFLAGS) -Iinclude
compile = $(call say,cc) $(COMPILE) $(1) -o $@.$$$$ && mv -f $@.$$$$ $@
say = $(if $(V),,@echo "$(1)     $@" &&)
# Two makes at once take turns at commands that work in one directory.
ALONE = $(if $(shell command -v flock),mkdir -p $(BUILD) && flock $(BUILD)/.alone) env

.PHONY: all help demo check check-command check-pages command companions check-companions check-consumers check-wheels conformance modules bench bench-plot bench-check bench-trees bench-strict site install header clean tools FORCE

all: $(LIBRARY)

help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' $(firstword $(MAKEFILE_LIST))

# Names the package to install when a command is missing, before a less helpful message comes.
tools:
	@command -v $(firstword $(CARGO)) >/dev/null || { echo "there is no '$(firstword $(CARGO))': install Rust from https://rustup.rs, or set CARGO="; exit 1; }
	@command -v $(firstword $(CC)) >/dev/null || { echo "there is no C compiler '$(firstword $(CC))': install gcc or clang, on Debian with 'apt-get install gcc libc6-dev', or set CC="; exit 1; }

# The library is the one that `cargo build --release` makes, and made once: cargo takes another CC for another library, also
# one that is the same compiler, so that it must not see the name that make has by itself.
export CC
LINKER = $(if $(CARGO_BUILD_TARGET),CARGO_TARGET_$(shell echo '$(CARGO_BUILD_TARGET)' | tr a-z- A-Z_)_LINKER='$(CC)')
CARGO_BUILD = env $(if $(filter cc,$(CC)),-u CC) $(LINKER) $(CARGO)
$(LIBRARY): tools FORCE
	@$(CARGO_BUILD) build --lib $(if $(filter release,$(PROFILE)),--release) --target-dir "$(TARGET)"
	@abi/take "$(BUILT)" $(@D) $(filter -fsanitize%,$(CFLAGS))

$(FLAGS): FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CFLAGS)' | cmp -s - $@ || echo '$(CC) $(CFLAGS)' > $@

header: tools
	PYCAPSULE_UPDATE_HEADER=1 $(CARGO_BUILD) test --quiet --features header --test header
	$(CARGO_BUILD) build --release --target-dir "$(TARGET)"
	abi/symbols "$(TARGET)/release/libpycapsule.so" > abi/symbols.txt

# ---- the main job ----

demo: $(EXAMPLES)
	PYTHONPATH=$(BUILD)/examples $(EXAMPLES)

$(BUILD)/examples/host: examples/host.c examples/ledger.h $(HEADERS) $(FLAGS) $(LIBRARY) $(BUILD)/examples/ledger.so $(BUILD)/examples/savings.so
	$(call compile,$< $(LINK))

# The modules are not linked with the library: the program that loads them has its symbols.
$(BUILD)/examples/ledger.so: examples/producer.c
$(BUILD)/examples/savings.so: examples/consumer.c
$(BUILD)/examples/%.so: examples/ledger.h $(HEADERS) $(FLAGS)
	$(call compile,-shared -fPIC $(filter %.c,$^))

# ---- tests ----

check: $(TESTS) $(TRANSCRIPT) $(MODULES) $(BUGS) $(EXAMPLES)
	@CARGO="$(CARGO)" $(PATH_TO_MODULES) c_tests/run $(TESTS) $(CHECKS) -- $(CARGO_BUILD) test --quiet --features header

# Pages of documentation whose commands are run.
PAGES := docs/start.md docs/find-a-leak.md docs/in-ci.md docs/test-your-extension.md docs/in-libpythons-place.md docs/command.md
check-pages: $(LIBRARY)
	@$(ALONE) c_tests/tools/pages $(PAGES)

# The projects under examples/: what they build is in build/examples and temporary folders.
.PHONY: check-examples
check-examples: $(LIBRARY)
	@TIME_LIMIT=900 CARGO="$(CARGO)" c_tests/run c_tests/tools/examples.sh
	@$(ALONE) -u CC c_tests/tools/pages docs/sanitize-and-fuzz.md

check-consumers: companions
	@$(ALONE) c_tests/consumers/check "$(STRICT) $(CFLAGS)" '$(LINK)'

check-wheels: $(LIBRARY)
	@$(ALONE) c_tests/wheels/check "$(STRICT) $(CFLAGS)" '$(LINK)'

modules: companions $(BUILD)/wheels/probe
	@$(ALONE) c_tests/wheels/modules $(BUILD)/wheels/probe $(BUILD)/survey $(if $(PACKAGES),$(BUILD)/modules.md,docs/modules.md) $(PACKAGES)

$(BUILD)/wheels/drive $(BUILD)/wheels/probe: $(BUILD)/wheels/%: c_tests/wheels/%.c $(HEADERS) $(FLAGS) $(LIBRARY)
	$(call compile,$< $(LINK))

conformance: $(LIBRARY)
	@$(ALONE) c_tests/conformance/run $(PARTS)

$(BUILD)/c_tests/%: c_tests/%.c $(wildcard c_tests/*.h c_tests/ours/*.h) $(HEADERS) $(FLAGS) $(LIBRARY)
	$(call compile,-Ic_tests $< $(LINK) -lm)

$(TRANSCRIPT): $(wildcard c_tests/transcript/*) $(HEADERS) $(FLAGS) $(LIBRARY)
	$(call compile,$(filter %.c,$^) $(LINK))

$(MODULES): $(wildcard c_tests/modules/*) $(HEADERS) $(FLAGS)
	$(call say,cc) CFLAGS="$(STRICT) $(CFLAGS) -Iinclude" c_tests/modules/build $(BUILD)/modules
	@touch $@

$(BUGS): c_tests/bugs/build $(wildcard c_tests/bugs/*.[ch] c_tests/bugs/modules/*.c) $(HEADERS) $(FLAGS) | $(LIBRARY)
	$(call say,cc) CFLAGS="$(STRICT) $(CFLAGS) -Iinclude" LIBS='$(LINK)' c_tests/bugs/build $(BUILD)/bugs
	@touch $@

# ---- the command ----

# Its crate has its own lock file and settings, and is made in a folder of its own, so that it does not wait for the library's.
COMMAND := $(BUILD)/bin/pycapsule
COMMAND_CRATE := --manifest-path command/Cargo.toml --target-dir $(BUILD)/command
command: $(COMMAND) $(LIBRARY)
$(COMMAND): tools FORCE
	@mkdir -p $(@D)
	@$(CARGO_BUILD) build --quiet --release $(COMMAND_CRATE)
	@cmp -s $(BUILD)/command/release/pycapsule $@ || install -m 755 $(BUILD)/command/release/pycapsule $@

check-command: $(LIBRARY)
	$(CARGO_BUILD) fmt --check --manifest-path command/Cargo.toml
	$(CARGO_BUILD) clippy --quiet --all-targets $(COMMAND_CRATE) -- -D warnings
	$(CARGO_BUILD) test --quiet $(COMMAND_CRATE)

# ---- tools ----

include c_tests/tools/tools.mk

# ---- benchmarks ----

BENCH ?=
bench: $(LIBRARY)
	@$(ALONE) benches/run $(BENCH)

bench-plot:
	@benches/plot $(BENCH)

bench-check: $(LIBRARY)
	@$(ALONE) benches/check $(BENCH)

bench-trees: $(LIBRARY)
	@$(ALONE) benches/trees $(BENCH)

bench-strict: $(LIBRARY)
	@mkdir -p $(BUILD)/bench
	@$(COMPILE) -O2 -D_POSIX_C_SOURCE=200809L benches/strict.c -o $(BUILD)/bench/strict $(LINK)
	@for options in strict=0 strict=1 strict=1:backtrace=0; do \
	    echo "$$options:"; PYCAPSULE_OPTIONS=$$options $(BUILD)/bench/strict $(BENCH); done

# ---- documentation ----

site:
	@$(ALONE) packaging/site/build $(BUILD)/site

# ---- installing ----

.PHONY: uninstall wheel dist check-install install-shim

# ---- the companion modules ----

# All are in one shared library, which is found under the name of each.  It is a crate of its own, with its own lock file.
COMPANIONS := $(shell sed -n 's/.*fn PyInit_\([a-z]*\).*/\1/p' companions/src/lib.rs)
COMPANION_FOLDER := $(BUILD)/lib/pycapsule/modules
COMPANION_CRATE := --manifest-path companions/Cargo.toml --target-dir $(BUILD)/companions
# The declarations that the crate uses are CPython's, with no Python to ask.
companions check-companions check-consumers install modules: export PYO3_CONFIG_FILE := $(CURDIR)/companions/python.cfg
companions: $(LIBRARY)
	@$(CARGO_BUILD) build --quiet --release $(COMPANION_CRATE)
	@mkdir -p $(COMPANION_FOLDER)
	@for name in $(COMPANIONS); do ln -f $(BUILD)/companions/release/libpycapsule_companions.so $(COMPANION_FOLDER)/$$name.so; done

check-companions: companions $(BUILD)/wheels/drive
	$(CARGO_BUILD) fmt --check --manifest-path companions/Cargo.toml
	$(CARGO_BUILD) clippy --quiet --release $(COMPANION_CRATE) -- -D warnings
	@c_tests/companions/check $(BUILD)/wheels/drive

# The script has the folders from the environment, where make puts those of its command line.
install: companions
	@packaging/install install $(BUILD) $(VERSION)

uninstall:
	@packaging/install uninstall $(BUILD) $(VERSION)

# A wheel, as people who build extensions get their tools.
wheel: $(LIBRARY)
	@rm -rf $(BUILD)/wheel
	@env -u LIBDIR -u INCLUDEDIR -u MANDIR -u DESTDIR PREFIX="$(HERE)/wheel/prefix" packaging/install install $(BUILD) $(VERSION) > /dev/null
	@packaging/wheel $(BUILD)/wheel/prefix $(VERSION) $(BUILD)/wheel

# The archives of a release, in build/dist.
dist: $(LIBRARY)
	@rm -rf $(BUILD)/dist
	@packaging/dist $(BUILD) $(VERSION) $(BUILD)/dist

install-shim: $(LIBRARY)
	@packaging/install-shim $(BUILD) "$(DIR)"

check-install: $(LIBRARY)
	@TIME_LIMIT=600 c_tests/run c_tests/checks/install.sh c_tests/checks/shim.sh

clean:
	rm -rf $(BUILD) "$(TARGET)"

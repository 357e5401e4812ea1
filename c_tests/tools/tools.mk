# The library and its programs under tools that watch them: valgrind, sanitizers, allocations that fail, fuzzing and
# Included by the Makefile; docs/tools.md lists the results of each.

.PHONY: check-valgrind check-tsan check-asan check-strict-tools asan-programs check-rust-asan check-no-memory \
    check-no-memory-tests check-build check-aarch64 aarch64-programs check-glibc fuzz mutants

have = command -v $(1) >/dev/null || { echo "$(1) is missing: $(2)"; exit 1; }
DEBIAN_HAS = on Debian 'apt-get install $(1)'

# Valgrind lets one thread run at a time, and unless told to be fair, one that never stops can keep the others out for minutes.
VALGRIND := valgrind --quiet --fair-sched=try --error-exitcode=99

MEMCHECK := $(VALGRIND) --leak-check=full --show-leak-kinds=definite \
    --errors-for-leak-kinds=definite
# Left out is the test that looks below its own stack's pointer for how far a function went.  Forks take long there, and a
# child has lost the threads that hold what they have: no leaks are looked for.
FORK_TESTS := $(BUILD)/c_tests/ours/forks $(BUILD)/c_tests/ours/fork_handlers
NOT_UNDER_MEMCHECK := $(FORK_TESTS) $(BUILD)/c_tests/ours/strict_stack
# With FEW, the tests of all characters of Unicode take a part of them, which is as much for memory.
check-valgrind: $(TESTS) $(MODULES) $(EXAMPLES)
	@$(call have,valgrind,$(call DEBIAN_HAS,valgrind))
	@FEW=1 RUN="$(MEMCHECK)" $(PATH_TO_MODULES) c_tests/run $(filter-out $(NOT_UNDER_MEMCHECK),$(TESTS))
	@FORKS=4 RUN="$(VALGRIND)" $(PATH_TO_MODULES) c_tests/run $(FORK_TESTS)
	@PYTHONPATH=$(BUILD)/examples $(MEMCHECK) $(EXAMPLES) | cmp - examples/expected.txt && echo "ok     $(EXAMPLES)"

# Helgrind follows the pthread locks that the library is made with; c_tests/tools/helgrind.supp says what it can't follow.
HELGRIND := $(VALGRIND) --tool=helgrind --suppressions=c_tests/tools/helgrind.supp
THREAD_TESTS := $(filter %threads %/threads_end %/thread_state %/thread_locks %/imports,$(TESTS))
check-tsan: $(THREAD_TESTS) $(MODULES) $(BUILD)/c_tests/tools/planted
	@$(call have,valgrind,$(call DEBIAN_HAS,valgrind))
	@c_tests/tools/helgrind.sh $(BUILD) $(HELGRIND)
	@RUN="$(HELGRIND)" $(PATH_TO_MODULES) c_tests/run $(THREAD_TESTS)

# The C side of the library is built with the sanitizers too: cargo hands CFLAGS to the C compiler.  The tests of memory
# that runs out have a malloc of their own, which the sanitizer can't stand beside.
# Blocks that are larger than memory are refused, as malloc does, and not reported: that is tested too.
SANITIZE := -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -Wno-format-overflow
check-asan:
	@CFLAGS="$(SANITIZE)" $(MAKE) --no-print-directory asan-programs \
	    BUILD=build/asan TARGET=build/asan/target PROFILE=debug CFLAGS="$(SANITIZE)"

# Nor are leaks looked for where children leak on purpose, or have lost the threads that hold what they have; forks take long
# beside the sanitizer.
LEAKS := $(FORK_TESTS) $(BUILD)/c_tests/ours/strict_held $(BUILD)/c_tests/ours/strict_leaked
asan-programs: TESTS := $(filter-out $(BUILD)/c_tests/ours/no_memory%,$(TESTS))
asan-programs: $(TESTS) $(MODULES) $(EXAMPLES) $(BUILD)/c_tests/tools/planted
	@c_tests/tools/asan.sh $(BUILD)
	@FEW=1 ASAN_OPTIONS=allocator_may_return_null=1 $(PATH_TO_MODULES) c_tests/run $(filter-out $(LEAKS),$(TESTS))
	@FORKS=8 ASAN_OPTIONS=allocator_may_return_null=1:detect_leaks=0 $(PATH_TO_MODULES) c_tests/run $(LEAKS)
	@PYTHONPATH=$(BUILD)/examples $(EXAMPLES) | cmp - examples/expected.txt && echo "ok     $(EXAMPLES)"

# Strict mode beside AddressSanitizer, valgrind and a malloc that fills what is freed, over the programs of c_tests/bugs.
check-strict-tools: $(BUGS) $(TESTS) $(MODULES)
	@$(call have,valgrind,$(call DEBIAN_HAS,valgrind))
	@c_tests/tools/strict_asan.sh $(BUILD)

# The tests of memory that runs out are among the C tests; this is the same for a whole program.
check-no-memory: $(EXAMPLES) $(BUILD)/c_tests/tools/refuse.so
	@c_tests/tools/no_memory.sh $(BUILD)

# Every C test and example likewise, for LIMIT=100 of its allocations or for each (LIMIT=0).
check-no-memory-tests: $(TESTS) $(MODULES) $(EXAMPLES) $(BUILD)/c_tests/tools/each.so $(BUILD)/c_tests/tools/crashes
	@c_tests/tools/no_memory_tests.sh $(BUILD)

$(BUILD)/c_tests/tools/each.so: c_tests/tools/refuse.c
$(BUILD)/c_tests/tools/%.so: c_tests/tools/%.c
	$(call compile,-shared -fPIC $(filter %/$*.c,$^))

# The library built as others build theirs, and the package: each takes half a minute.
check-build: tools
	@TIME_LIMIT=1800 CARGO="$(CARGO)" c_tests/run c_tests/tools/build.sh c_tests/tools/package.sh

# ---- for other systems ----

# The library for an old glibc, with which the C tests run: the programs are those that are here.
check-glibc: tools $(TESTS) $(MODULES)
	@c_tests/tools/glibc.sh $(TESTS)

check-aarch64: tools
	@c_tests/tools/aarch64

# Left out are programs that execute /proc/self/exe, and those that fork beside other threads, which qemu can hang in.
NOT_UNDER_QEMU := $(BUILD)/c_tests/ours/main_stack $(BUILD)/c_tests/ours/forks
aarch64-programs: $(TESTS) $(MODULES)
	@FEW=1 TIME_LIMIT=600 RUN=c_tests/tools/qemu $(PATH_TO_MODULES) c_tests/run $(filter-out $(NOT_UNDER_QEMU),$(TESTS))

# ---- with a nightly toolchain ----

NIGHTLY = cargo +nightly --version >/dev/null 2>&1 || \
    { echo "there is no nightly Rust: install it with 'rustup toolchain install nightly' (or set NIGHTLY_CARGO=)"; exit 1; }
NIGHTLY_CARGO ?= cargo +nightly
HOST = $(shell rustc -vV | sed -n 's/^host: //p')

# Only the tests are built for the target that is named, so that build scripts stay without a sanitizer.
check-rust-asan:
	@$(NIGHTLY)
	RUSTFLAGS="-Zsanitizer=address" $(NIGHTLY_CARGO) test --target $(HOST) --target-dir build/rust-asan --lib

# Each target for SECONDS; an input that ends one is kept in fuzz/artifacts.
SECONDS ?= 60
FUZZ_TARGETS := names imports formats utf8 arguments buffers ints
fuzz:
	@$(NIGHTLY)
	@$(call have,cargo-fuzz,install it with 'cargo install --locked cargo-fuzz')
	$(NIGHTLY_CARGO) fuzz build
	@c_tests/tools/fuzz.sh "$(NIGHTLY_CARGO)" $(SECONDS) $(FUZZ_TARGETS)

# Every change that cargo-mutants can make.  The C tests find most; the Rust tests run on the others.  A survivor is one that
# neither finds.  A build without debug information takes half the time.
MUTANTS ?= src/capsule/** src/runtime/** src/import/** src/interpreter/** src/types/** src/protocol/** src/objects/**
MUTATE = CARGO_PROFILE_DEV_DEBUG=0 PYCAPSULE_C_TESTS="$(HERE)/c_tests" \
    $(PATH_TO_MODULES) $(CARGO_BUILD) mutants $(patsubst %,--file '%',$(MUTANTS)) --output $(BUILD)
mutants: $(TESTS) $(MODULES)
	@$(call have,cargo-mutants,install it with 'cargo install --locked cargo-mutants')
	-$(MUTATE) --cargo-arg=--test=c_programs
	$(MUTATE) --cargo-arg=--lib --iterate

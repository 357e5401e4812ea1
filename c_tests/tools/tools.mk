# The library and its programs under tools that watch them: valgrind, sanitizers, allocations that fail, fuzzing and
# mutants.  Included by the Makefile; docs/tools.md says what each has found.

.PHONY: check-valgrind check-tsan check-asan asan-programs check-rust-asan check-no-memory fuzz mutants

have = command -v $(1) >/dev/null || { echo "$(1) is missing: $(2)"; exit 1; }
DEBIAN_HAS = on Debian 'apt-get install $(1)'

MEMCHECK := valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite \
    --errors-for-leak-kinds=definite
check-valgrind: $(TESTS) $(MODULES) $(EXAMPLES)
	@$(call have,valgrind,$(call DEBIAN_HAS,valgrind))
	@RUN="$(MEMCHECK)" PYTHONPATH=$(abspath $(BUILD)/modules) c_tests/run $(TESTS)
	@PYTHONPATH=$(BUILD)/examples $(MEMCHECK) $(EXAMPLES) | cmp - examples/expected.txt && echo "ok     $(EXAMPLES)"

# Helgrind follows the pthread locks that the library is made with; c_tests/tools/helgrind.supp says what it can't follow.
HELGRIND := valgrind --quiet --tool=helgrind --error-exitcode=99 --suppressions=c_tests/tools/helgrind.supp
THREAD_TESTS := $(filter %threads %/imports,$(TESTS))
check-tsan: $(THREAD_TESTS) $(MODULES) $(BUILD)/c_tests/tools/planted
	@$(call have,valgrind,$(call DEBIAN_HAS,valgrind))
	@c_tests/tools/helgrind.sh $(BUILD) $(HELGRIND)
	@RUN="$(HELGRIND)" PYTHONPATH=$(abspath $(BUILD)/modules) c_tests/run $(THREAD_TESTS)

# The C side of the library is built with the sanitizers too: cargo hands CFLAGS to the C compiler.  The tests of memory
# that runs out have a malloc of their own, which the sanitizer can't stand beside.
SANITIZE := -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -Wno-format-overflow
check-asan:
	@CFLAGS="$(SANITIZE)" $(MAKE) --no-print-directory asan-programs \
	    BUILD=build/asan TARGET=build/asan/target PROFILE=debug CFLAGS="$(SANITIZE)"

asan-programs: TESTS := $(filter-out %/no_memory %/no_memory_objects,$(TESTS))
asan-programs: $(TESTS) $(MODULES) $(EXAMPLES) $(BUILD)/c_tests/tools/planted
	@c_tests/tools/asan.sh $(BUILD)
	@PYTHONPATH=$(abspath $(BUILD)/modules) c_tests/run $(TESTS)
	@PYTHONPATH=$(BUILD)/examples $(EXAMPLES) | cmp - examples/expected.txt && echo "ok     $(EXAMPLES)"

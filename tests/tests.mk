# The test targets of the Makefile, which includes this file.
#
#   make test        installs what is missing and runs PARTS
#   make check-PART  runs one part alone. A part is a folder tests/PART with a `run` of its own, and a
#                    `packages` where it needs more than make test installs (see tests/run/packages);
#                    parts that are binaries or builds of their own have a rule here.
#   make coverage    counts the branches of ext/ that the tests take
#   make mutation    breaks the code in many ways and counts which of them the tests notice
#   make fuzz        looks longer than check-fuzz does: a minute, or FUZZ_SECONDS, at each target
#   make demo-scale  one shop on several machines (sql/scale)
#   make bench       how fast kefu is beside its peers, at 1,000,000 rows: some minutes
#   make bench-large the same at 10,000,000: under half an hour, 10 GB of disk
#
# Parts outside make test: in .ci/run sanitize, regress (instructions counted), versions (SQLite from 3.31
# to the newest), release (packages, installed); elsewhere page (in a browser), hosts (the README's
# tools), cross (other machines), threads, analysis, memcheck.

PARTS = layers unit api fault adversarial sql diff contributing compat import report docs scale clang fuzz
CHECK = SQLITE='$(SQLITE)' KEFU_LIBRARY='$(abspath $(LIBRARY))' SUITE='$(SUITE)'

test:
	@tests/run/packages test
	@rm -rf build/tally
	@$(MAKE) $(QUIET) -j$(JOBS) everything
	@MAKE='$(MAKE) $(QUIET)' tests/run/parts $(PARTS)

check-%: $(LIBRARY)
	@tests/run/packages $*
	@$(CHECK) tests/$*/run
check-versions: $(BUILD)/api
check-layers: $(LIBRARY)
	@$(CHECK) tests/run/layers
check-unit: $(BUILD)/unit
	@$(CHECK) tests/run/criterion unit $<
check-api: $(BUILD)/api $(LIBRARY)
	@$(CHECK) tests/run/criterion api $<
check-fault: $(BUILD)/fault $(LIBRARY)
	@$(CHECK) tests/run/criterion fault $<
check-adversarial: $(BUILD)/adversarial $(LIBRARY)
	@$(CHECK) tests/run/criterion adversarial $<
check-sql: $(LIBRARY)
	@$(CHECK) tests/run/golden

# What the tests reach: the branches of ext/ that they take, and how many of the ways to break the code
# they notice (MUTANTS=20-30: some of them). Longer than a change can wait for.
coverage mutation:
	@tests/run/packages $@
	@MAKE='$(MAKE)' SQLITE='$(SQLITE)' tests/$@/run

# The same tests again, in folders of their own: built by clang, and by gcc with its sanitizers (there
# the fault tests too, whose ways are walked by nobody else, and the adversarial ones). In both a warning is an error.
SANITIZE = -O1 -g -Werror -fno-omit-frame-pointer -fsanitize=address,undefined \
  -fno-sanitize-recover=all
FUZZING = $(SANITIZE) -fsanitize=fuzzer-no-link
check-clang:
	@$(MAKE) $(QUIET) again BUILD=build/clang SUITE=clang- CC=clang CFLAGS='-O2 -Werror'
check-sanitize:
	@$(MAKE) $(QUIET) again BUILD=build/sanitize SUITE=sanitize- CC=gcc CFLAGS='$(SANITIZE)' \
	  AGAIN='check-unit check-api check-fault check-adversarial'
# A short look on every change, and a longer one; FUZZ_SECONDS=3600 is longer still.
check-fuzz: FUZZ_SECONDS ?= 3
fuzz: FUZZ_SECONDS ?= 60
check-fuzz fuzz:
	@$(MAKE) $(QUIET) -j$(JOBS) fuzzers BUILD=build/fuzz CC=clang CFLAGS='$(FUZZING)'
	@FUZZ_SECONDS='$(FUZZ_SECONDS)' JOBS='$(JOBS)' SUITE='$(SUITE)' tests/run/fuzz
fuzzers: $(FUZZERS)
AGAIN = check-unit check-api
again:
	@$(MAKE) $(QUIET) -j$(JOBS) everything
	@$(MAKE) $(QUIET) --keep-going $(AGAIN)
everything: $(LIBRARY) $(BUILD)/unit $(BUILD)/api $(BUILD)/fault $(BUILD)/adversarial

# The shop from eight shards, by two workers on this machine, equal to the shop from one file.
demo-scale:
	@tests/run/packages demo-scale
	@$(MAKE) $(QUIET) -j$(JOBS) all
	@$(CHECK) /usr/bin/python3 sql/scale/demo.py

# Both print their table at the end; tests/bench/run tells more, and prints what was measured last.
BENCH = $(BUILD)/bench/bench.so
$(BENCH): $(wildcard tests/bench/*.[ch])
	@mkdir -p $(@D); echo 'link $@'
	$(Q)$(CC) -std=c11 $(WARNINGS) -O2 -fPIC -shared -o $@ $(filter %.c,$^)
bench: SIZE = small
bench-large: SIZE = large
bench bench-large: $(LIBRARY) $(BENCH)
	@tests/run/packages bench
	@tests/bench/run $(SIZE)
.PHONY: bench bench-large

# Instructions of the hot paths against the figures in tests/bench/regress.
check-regress: $(LIBRARY) $(BENCH)
	@tests/run/packages bench/regress
	@$(CHECK) tests/bench/regress/run
.PHONY: check-regress

# The other check-PARTs come from a pattern, which make ignores for phony targets.
.PHONY: test coverage mutation check-layers check-unit check-api check-fault check-adversarial \
  check-sql check-clang check-fuzz check-sanitize fuzz fuzzers demo-scale again everything

# kefu: KPIs of customer service, a SQLite extension.
#
#   make            builds the library, build/kefu.so
#   make demo       installs what is missing, builds, prints the reports of the demo shop;
#                   make demo MESSAGES=chats.csv prints the chat report of your own file
#   make test       installs what is missing and runs every part but sanitize and page
#   make check-PART runs one part alone, see tests/tests.mk
#   make report     makes build/report.html, the page of the demo shop; DATABASE=shop.db: of yours
#   make zones      makes the table of time zones anew from the system's tz database
#   make install    copies the library, its header and its page to $(PREFIX), /usr/local
#   make dist       makes the packages in dist/, make amalgamation one kefu.c: see ext/release/release.mk
#   make format     clang-format in place           make clean   removes build/ and dist/
#
# The compiler and its flags can be chosen: make CC=clang CFLAGS=-O3. V=1 shows the commands.
# Builds are reproducible: no date, no path of the build machine, no flag of its processor.

CC ?= cc
CFLAGS ?= -O2
PREFIX ?= /usr/local
libdir ?= $(PREFIX)/lib
BUILD ?= build
SQLITE ?= sqlite3
MESSAGES ?=
SUITE ?=
JOBS ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
QUIET = --no-print-directory
Q = $(if $(V),,@)

WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow
COMPILE = $(CC) -std=c11 $(WARNINGS) $(CFLAGS) '-ffile-prefix-map=$(CURDIR)=.' -Iext -MMD -MP

# The entry point is the only exported symbol. nodelete keeps the code mapped when a registration
# fails half-way, and a symbol that nobody defines fails here, not at load time.
ifeq ($(shell uname -s),Darwin)
LIBRARY = $(BUILD)/kefu.dylib
LINK = $(CC) $(CFLAGS) -dynamiclib -Wl,-exported_symbol,_sqlite3_kefu_init
else
LIBRARY = $(BUILD)/kefu.so
LINK = $(CC) $(CFLAGS) -shared -Wl,-z,defs -Wl,-z,nodelete -Wl,--version-script=ext/kefu.map
endif

CORE = $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard ext/core/*/*.c)))
GLUE = $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard ext/*.c ext/glue/*.c)))
UNIT = $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tests/unit/*.c)))
API = $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tests/api/*.c)))
FUZZ = $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tests/fuzz/*.c)))
FAULT = $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tests/fault/*.c)) tests/api/api.c)
ADVERSARIAL = $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tests/adversarial/*.c)) tests/api/api.c)
OBJECTS = $(sort $(CORE) $(GLUE) $(UNIT) $(API) $(FAULT) $(ADVERSARIAL) $(FUZZ))

# Stamps: files that change only when what they say changes, and then what was made by it is stale.
COMMIT = $(or $(shell git rev-parse --short=12 HEAD 2>/dev/null),unknown)
quoted = '$(subst ','\'',$(1))'
stamp = @mkdir -p $(@D); printf '%s\n' $(call quoted,$(1)) | cmp -s - $@ || printf '%s\n' $(call quoted,$(1)) >$@

all: $(LIBRARY)

$(LIBRARY): $(CORE) $(GLUE) ext/kefu.map $(BUILD)/sources
	@echo 'link $@'
	$(Q)$(LINK) -o $@ $(CORE) $(GLUE) -lm

$(BUILD)/unit: $(CORE) $(UNIT) $(BUILD)/sources
	@echo 'link $@'
	$(Q)$(CC) $(CFLAGS) -o $@ $(CORE) $(UNIT) -lcriterion -lm

$(BUILD)/api: $(API) $(BUILD)/sources
	@echo 'link $@'
	$(Q)$(CC) $(CFLAGS) -o $@ $(API) -lcriterion -lsqlite3 -lm

$(BUILD)/fault: $(FAULT) $(BUILD)/sources
	@echo 'link $@'
	$(Q)$(CC) $(CFLAGS) -o $@ $(FAULT) -lcriterion -lsqlite3 -lm

$(BUILD)/adversarial: $(ADVERSARIAL) $(BUILD)/sources
	@echo 'link $@'
	$(Q)$(CC) $(CFLAGS) -o $@ $(ADVERSARIAL) -lcriterion -lsqlite3 -lm

# Only under check-fuzz: by clang, with its fuzzer. Targets are TARGET_fuzz.c, the other files are what
# they share.
FUZZERS = $(patsubst %.o,%,$(filter %_fuzz.o,$(FUZZ)))
FUZZ_SHARED = $(filter-out %_fuzz.o,$(FUZZ)) $(CORE) $(GLUE)
$(FUZZERS): %: %.o $(FUZZ_SHARED)
	@echo 'link $@'
	$(Q)$(CC) $(CFLAGS) -fsanitize=fuzzer -o $@ $< $(FUZZ_SHARED) -lsqlite3 -lm

$(OBJECTS): $(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D); echo 'compile $<'
	$(Q)$(COMPILE) $(DEFINES) -c $< -o $@

$(CORE) $(GLUE): DEFINES = -fPIC -fvisibility=hidden
# kefu_debug() tells the commit; only the file that does is built anew when it changes.
$(BUILD)/ext/glue/about.o: DEFINES += -DKEFU_COMMIT='"$(COMMIT)"'
$(BUILD)/ext/glue/about.o: $(BUILD)/commit
$(BUILD)/flags: refresh ; $(call stamp,$(COMPILE) $(LINK))
$(BUILD)/sources: refresh ; $(call stamp,$(OBJECTS))
$(BUILD)/commit: refresh ; $(call stamp,$(COMMIT))

-include $(wildcard $(OBJECTS:.o=.d))

# --- Demo -----------------------------------------------------------------------------------------

demo:
	@tests/run/packages demo
	@$(MAKE) $(QUIET) -j$(JOBS) all
	@MESSAGES='$(MESSAGES)' SQLITE='$(SQLITE)' KEFU_LIBRARY='$(LIBRARY)' sql/demo.sh

# The shop on one page; the charts' library comes from npm, once.
DATABASE ?=
report: $(LIBRARY)
	@SQLITE='$(SQLITE)' KEFU_LIBRARY='$(abspath $(LIBRARY))' sql/report/page.sh \
	  $(if $(DATABASE),'$(DATABASE)')

include tests/tests.mk
include ext/release/release.mk

# --- The rest -------------------------------------------------------------------------------------

# The compiled-in zones, from the system's tz database (Debian: tzdata; zic is in libc-bin).
ZONES = ext/core/time/zone_data.c
zones:
	@sh ext/core/time/zones.sh >$(ZONES).new || { rm -f $(ZONES).new; exit 1; }
	@sed -n 's/^const char zone_data_version.*"\(.*\)";/was \1/p' $(ZONES)
	@mv $(ZONES).new $(ZONES)
	@sed -n 's/^const char zone_data_version.*"\(.*\)";/now \1/p' $(ZONES)

clean:
	rm -rf build '$(DIST)'

format:
	clang-format -i $$(find ext tests -name '*.[ch]')

refresh:

.PHONY: all demo report zones clean format refresh
.SUFFIXES:

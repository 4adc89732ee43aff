# The release targets of the Makefile, which includes this file.
#
#   make amalgamation  makes $(DIST)/kefu.c and kefu.h: all of kefu in one file
#   make dist          makes the packages of this version in $(DIST), for the machine of each compiler in
#                      COMPILERS: make dist COMPILERS='gcc aarch64-linux-gnu-gcc'
#   make install       copies the library to $(DESTDIR)$(libdir), kefu.h to $(includedir) and the page
#                      kefu(7) to $(mandir)/man7; PREFIX is /usr/local       make uninstall removes them
#
# The version stands in ext/kefu.h and nowhere else; the day of a release in ext/release/changelog.

DIST ?= dist
COMPILERS ?= $(CC)
includedir ?= $(PREFIX)/include
mandir ?= $(PREFIX)/share/man
RELEASE = DIST='$(DIST)' BUILD='$(BUILD)' COMMIT='$(COMMIT)' CFLAGS='$(CFLAGS)'

amalgamation:
	@ext/release/amalgamate '$(DIST)' '$(COMMIT)'
	@echo 'made $(DIST)/kefu.c and $(DIST)/kefu.h'

dist:
	@$(RELEASE) ext/release/dist $(COMPILERS)

install: $(LIBRARY)
	install -d '$(DESTDIR)$(libdir)' '$(DESTDIR)$(includedir)' '$(DESTDIR)$(mandir)/man7'
	install -m 644 $(LIBRARY) '$(DESTDIR)$(libdir)/'
	install -m 644 ext/kefu.h '$(DESTDIR)$(includedir)/'
	ext/release/page >'$(DESTDIR)$(mandir)/man7/kefu.7'

uninstall:
	rm -f '$(DESTDIR)$(libdir)/$(notdir $(LIBRARY))' '$(DESTDIR)$(includedir)/kefu.h' \
	  '$(DESTDIR)$(mandir)/man7/kefu.7'

.PHONY: amalgamation dist install uninstall

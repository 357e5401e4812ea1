# make demo     builds everything and runs the main job: a host and two compiled extensions, no CPython
# make check    builds and runs every test here
# make install  PREFIX=/usr/local DESTDIR=
# make header   writes include/pycapsule.h anew from the sources
# make check-consumers   the third-party consumers, whose headers are fetched by package name

PREFIX ?= /usr/local
DESTDIR ?=
CARGO ?= cargo
CC ?= cc
PROFILE ?= release

.PHONY: all demo check check-consumers install header clean

all: tools
	$(CARGO) build --release

tools:
	@command -v $(CARGO) >/dev/null || { echo "cargo is missing: install Rust (https://rustup.rs), or set CARGO="; exit 1; }
	@command -v $(CC) >/dev/null || { echo "no C compiler: install gcc or clang (Debian: apt-get install gcc), or set CC="; exit 1; }

header: tools
	PYCAPSULE_UPDATE_HEADER=1 $(CARGO) build

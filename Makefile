# kefu: builds build/kefu.so. Provisional; see the targets below.
CC ?= cc
CFLAGS ?= -O2 -g
WARN = -std=c11 -Wall -Wextra -Wpedantic -Wconversion -Wshadow
SRC = $(wildcard ext/*.c ext/core/*/*.c ext/glue/*.c)
OBJ = $(SRC:%.c=build/obj/%.o)
all: build/kefu.so
build/kefu.so: $(OBJ)
	$(CC) $(CFLAGS) -shared -Wl,-z,defs -Wl,-z,nodelete -o $@ $(OBJ) -lm
build/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(WARN) $(CFLAGS) -fPIC -fvisibility=hidden -Iext -MMD -MP -c $< -o $@
-include $(OBJ:.o=.d)
clean:
	rm -rf build
.PHONY: all clean

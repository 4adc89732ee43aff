/* buffer_test.c: growing bytes and careful reading (core/base/buffer.h). */
#include "core/base/buffer.h"

#include <criterion/criterion.h>
#include <string.h>

#include "host.h"

static const uint64_t numbers[] = {0,
                                   1,
                                   127,
                                   128,
                                   129,
                                   16383,
                                   16384,
                                   UINT32_MAX,
                                   (uint64_t)UINT32_MAX + 1,
                                   INT64_MAX,
                                   (uint64_t)INT64_MAX + 1,
                                   UINT64_MAX};
#define NUMBERS (sizeof numbers / sizeof numbers[0])

Test(buffer, what_was_written_is_read) {
    Buffer buffer;
    buffer_open(&buffer, &test_host);
    for (size_t i = 0; i < NUMBERS; i++) {
        buffer_varint(&buffer, numbers[i]);
        buffer_signed(&buffer, (int64_t)numbers[i]);
        buffer_u32(&buffer, (uint32_t)numbers[i]);
        buffer_u64(&buffer, numbers[i]);
        buffer_wide(&buffer, (int128)numbers[i] * INT64_MIN);
        buffer_byte(&buffer, (unsigned char)numbers[i]);
    }
    buffer_text(&buffer, "end");
    cr_assert_not(buffer.failed);
    Reader reader = reader_over(buffer.bytes, buffer.length);
    for (size_t i = 0; i < NUMBERS; i++) {
        cr_assert_eq(reader_varint(&reader), numbers[i]);
        cr_assert_eq(reader_signed(&reader), (int64_t)numbers[i]);
        cr_assert_eq(little_u32(reader_bytes(&reader, 4)), (uint32_t)numbers[i]);
        cr_assert_eq(reader_u64(&reader), numbers[i]);
        cr_assert(reader_wide(&reader) == (int128)numbers[i] * INT64_MIN);
        cr_assert_eq(reader_byte(&reader), (unsigned char)numbers[i]);
    }
    cr_assert_eq(memcmp(reader_bytes(&reader, 3), "end", 3), 0);
    cr_assert_eq(reader_left(&reader), 0);
    cr_assert_not(reader.broken);
    buffer_close(&buffer);
    cr_assert_eq(test_heap.blocks, 0);
}

Test(buffer, little_endian_on_every_machine) {
    Buffer buffer;
    buffer_open(&buffer, &test_host);
    buffer_u32(&buffer, 0x04030201u);
    buffer_u64(&buffer, UINT64_C(0x0c0b0a0908070605));
    cr_assert_eq(memcmp(buffer.bytes, "\1\2\3\4\5\6\7\x08\x09\x0a\x0b\x0c", 12), 0);
    buffer_close(&buffer);
}

Test(buffer, decimal_digits) {
    Buffer buffer;
    buffer_open(&buffer, &test_host);
    buffer_integer_text(&buffer, INT64_MIN);
    buffer_byte(&buffer, ' ');
    buffer_integer_text(&buffer, 0);
    buffer_byte(&buffer, 0);
    cr_assert_str_eq((const char *)buffer.bytes, "-9223372036854775808 0");
    buffer_close(&buffer);
}

Test(buffer, r1_a_failed_allocation_is_remembered) {
    Buffer buffer;
    buffer_open(&buffer, &test_host);
    buffer_byte(&buffer, 'a');
    test_heap.countdown = 0;
    for (int i = 0; i < 1000; i++) {
        buffer_u64(&buffer, 1);
    }
    test_heap.countdown = -1;
    buffer_text(&buffer, "a text that is longer than the room that is left in the first block");
    cr_assert(buffer.failed);
    cr_assert_eq(buffer.bytes[0], 'a');
    buffer_close(&buffer);
    cr_assert_not(buffer.failed);
    cr_assert_eq(test_heap.blocks, 0);
}

Test(buffer, r1_a_size_beyond_64_bits_fails) {
    Buffer buffer;
    buffer_open(&buffer, &test_host);
    buffer_byte(&buffer, 'a');
    cr_assert_null(buffer_reserve(&buffer, UINT64_MAX));
    cr_assert(buffer.failed);
    buffer_close(&buffer);
}

/* Every prefix of these bytes is refused, and so are they when `broken`. */
typedef struct VarintCase {
    const char *bytes;
    size_t length;
    bool broken;
} VarintCase;

Test(buffer, r3_only_the_shortest_spelling_is_a_varint) {
    static const VarintCase cases[] = {
        {"\x80\x01", 2, false},                                  /* 128 */
        {"\x80\x00", 2, true},                                   /* 0, longer */
        {"\xff\x80\x00", 3, true},                               /* 127, longer */
        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10, false}, /* 2^64 - 1 */
        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10, true},  /* beyond */
        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x80\x01", 11, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t length = 0; length <= cases[i].length; length++) {
            Reader reader = reader_over(cases[i].bytes, length);
            bool broken = length < cases[i].length || cases[i].broken;
            uint64_t number = reader_varint(&reader);
            cr_assert_eq(reader.broken, broken, "case %zu, %zu bytes", i, length);
            cr_assert(!broken || number == 0);
        }
    }
}

Test(buffer, r3_wide_varints_are_as_strict) {
    char longest[20];
    memset(longest, 0xff, sizeof longest);
    longest[18] = 3;
    Reader reader = reader_over(longest, 19);
    cr_assert(reader_wide(&reader) == (int128)((uint128)1 << 127));
    cr_assert_not(reader.broken);
    longest[18] = 4;
    reader = reader_over(longest, 19);
    cr_assert(reader_wide(&reader) == 0 && reader.broken);
    longest[18] = (char)0x83;
    longest[19] = 0;
    reader = reader_over(longest, 20);
    cr_assert(reader_wide(&reader) == 0 && reader.broken);
    reader = reader_over("\x80\x00", 2);
    cr_assert(reader_wide(&reader) == 0 && reader.broken);
    reader = reader_over("\x80", 1);
    cr_assert(reader_wide(&reader) == 0 && reader.broken);
}

Test(buffer, r2_a_broken_reader_stays_broken) {
    Reader reader = reader_over("\x01\x02\x03", 3);
    cr_assert_null(reader_bytes(&reader, 4));
    cr_assert(reader.broken);
    cr_assert_eq(reader_byte(&reader), 0);
    cr_assert_eq(reader_varint(&reader), 0);
    cr_assert_eq(reader_signed(&reader), 0);
    cr_assert_eq(reader_u64(&reader), 0);
    cr_assert_eq(reader_left(&reader), 0);
}

Test(buffer, r2_half_a_number_is_none) {
    Reader reader = reader_over("\1\2\3\4\5\6\7", 7);
    cr_assert_eq(reader_u64(&reader), 0);
    cr_assert(reader.broken);
}

Test(buffer, nothing_to_read) {
    Reader reader = reader_over(NULL, 0);
    cr_assert_eq(reader_left(&reader), 0);
    cr_assert_null(reader_bytes(&reader, 0));
    cr_assert_not(reader.broken);
    cr_assert_eq(reader_varint(&reader), 0);
    cr_assert(reader.broken);
}

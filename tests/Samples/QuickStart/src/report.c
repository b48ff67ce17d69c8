/* Prints packets. */
#include <stdio.h>
#include "packet.h"

/* Not the in_bounds of parser.c: patching one leaves the other alone. */
static int in_bounds(size_t offset, size_t size)
{
    return offset < size;
}

/* Two fields of the packet are passed instead of the pointer: report_bytes.isra.0. */
static __attribute__((noinline)) void report_bytes(const struct packet *packet, size_t offset, size_t count)
{
    const uint8_t *data = packet->data;
    size_t size = packet->size;

    for (; count > 0 && in_bounds(offset, size); count--)
        printf(" %02x", data[offset++]);
    putchar('\n');
}

/* The quick test is inlined into the callers, the rest becomes report_errors.part.0. */
static void report_errors(unsigned errors)
{
    if (errors == 0)
        return;
    fprintf(stderr, "%u errors ", errors);
    for (unsigned i = 0; i < errors && i < 20; i++)
        fputc('!', stderr);
    if (errors > 20)
        fprintf(stderr, " and %u more", errors - 20);
    fputs(errors > 100 ? ": is this a packet at all?\n" : "\n", stderr);
    fflush(stderr);
}

void report_packet(const struct packet *packet)
{
    printf("version %u, length %u:", packet->version, read_u16(packet->data + 2));
    report_bytes(packet, 0, HEADER_SIZE);
    printf("%u records\n", count_records(packet->data + HEADER_SIZE, packet->size - HEADER_SIZE));
    report_errors(packet->errors);
}

void report_names(const struct packet *packet)
{
    long at = name_offset(packet);

    if (at >= 0)
        report_bytes(packet, (size_t)at + 2, packet->data[at + 1]);
    report_errors(packet->errors);
}

/* Reads packets. The comments say what gcc -O2 makes of each function. */
#include "packet.h"

/* Inlined wherever it is called. report.c has another function of this name. */
static int in_bounds(const struct packet *packet, size_t offset, size_t size)
{
    return offset <= packet->size && size <= packet->size - offset;
}

/* Holds copies of in_bounds and read_u16, and is itself inlined into parse_packet. */
int parse_header(struct packet *packet)
{
    if (!in_bounds(packet, 0, HEADER_SIZE))
        return -1;
    packet->version = packet->data[0];
    return read_u16(packet->data + 2) == packet->size ? 0 : -1;
}

/*
 * Every caller passes HEADER_SIZE, so it is built in (constprop). Only two fields
 * of the packet are used, so they are passed instead of the pointer (isra). What
 * remains in the object is find_record.constprop.0.isra.0.
 */
static __attribute__((noinline)) long find_record(const struct packet *packet, unsigned type, size_t start)
{
    size_t at = start;

    while (in_bounds(packet, at, 2)) {
        if (packet->data[at] == type)
            return (long)at;
        at += 2u + packet->data[at + 1];
    }
    return -1;
}

/* Calls the clone. No line of the clone dump says so: the call graph does. */
long name_offset(const struct packet *packet)
{
    return find_record(packet, RECORD_NAME, HEADER_SIZE);
}

long number_offset(const struct packet *packet)
{
    return find_record(packet, RECORD_NUMBER, HEADER_SIZE);
}

unsigned packet_number(const struct packet *packet)
{
    long at = number_offset(packet);

    return at >= 0 && in_bounds(packet, (size_t)at, 4) ? read_u16(packet->data + at + 2) : 0;
}

int parse_packet(struct packet *packet)
{
    if (parse_header(packet) == 0 && name_offset(packet) >= 0)
        return 0;
    packet->errors++;
    return -1;
}

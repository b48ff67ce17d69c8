/* A packet is a four-byte header and a list of records: type, length, value. */
#ifndef PACKET_H
#define PACKET_H

#include <stddef.h>
#include <stdint.h>

#define HEADER_SIZE 4u

enum record_type { RECORD_END, RECORD_NAME, RECORD_NUMBER, RECORD_GROUP };

struct packet {
    const uint8_t *data;
    size_t size;
    unsigned version;
    unsigned errors;
};

/* Defined in a header: one source function with a copy in each object that uses it. */
static inline unsigned read_u16(const uint8_t *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

int parse_header(struct packet *packet);
int parse_packet(struct packet *packet);
long name_offset(const struct packet *packet);
long number_offset(const struct packet *packet);
unsigned packet_number(const struct packet *packet);

unsigned count_records(const uint8_t *data, size_t size);

void report_packet(const struct packet *packet);
void report_names(const struct packet *packet);

#endif

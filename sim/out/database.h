/* database.h - the inside of a database of results.
 */
#ifndef ONHOLD_SIM_DATABASE_H
#define ONHOLD_SIM_DATABASE_H

#include <sqlite3.h>

#include <onhold/save.h>

#include "../base/arena.h"

/* What a program that reads the tables must know; another number with any change of them. */
enum { DATABASE_SCHEMA = 1 };

/* So many rows of replication_metric are written by one statement: each costs a third of what it
 * costs alone. */
enum { DATABASE_MANY = 50 };

struct oh_database {
    sqlite3 *db;
    sqlite3_stmt *run, *metric, *interval, *replication, *replications, *call;
    sqlite3_stmt *find, *take, *said;
};

/* Tables and views, as SQL in the arena; NULL if out of memory. */
const char *database_schema(struct arena *arena);

/* What SQLite says last, in words. Returns OH_NO_MEMORY or OH_IO. */
oh_status database_trouble(oh_database *database, char message[256]);

/* All rows of one run, inside a transaction. */
oh_status database_rows(oh_database *database, const oh_database_run *run, char message[256]);

struct bytes;
/* A goal as settings tell it: --precision queues.support.service_level=0.005. Nothing if none is
 * wanted. False if out of memory. */
bool database_goal(struct bytes *out, const oh_model *model, const oh_precision *goal);
/* The settings of a run as a JSON list, and options that change its figures and have no column:
 * "--count-at exit", "--first 101", and `goal` (database_goal; NULL: none). False if out of
 * memory. */
bool database_settings(struct bytes *out, const oh_write_context *context, oh_count_at count_at,
                       uint32_t first, const char *goal);

const char *database_level(oh_level level); /* "queues", "agents", "total" */

#endif

/* calculator_write.c - answers of the queueing formulas as JSON and CSV, by one list of columns.
 */
#include <math.h>
#include <string.h>

#include "calculator_page.h"
#include "csv_text.h"
#include "json_text.h"

enum { COLUMNS = 20 };

struct column {
    const char *key;
    double value;
};

/* What a line tells, in the order of COMMANDS: fixed for a model and a question. */
static size_t columns_of(const oh_calculation *c, const oh_answer *a, struct column out[COLUMNS])
{
    const oh_queue_figures *f = &a->figures;
    size_t n = 0;
    out[n++] = (struct column){"agents", a->agents};
    out[n++] = (struct column){"load", a->load};
    if (c->sought == SOUGHT_TIME) {
        out[n++] = (struct column){"share", c->share};
        out[n++] = (struct column){"within", a->within};
    }
    if (c->formula == FORMULA_B) {
        out[n++] = (struct column){"blocked", a->blocked};
        out[n++] = (struct column){"block_rate", a->blocked};
        out[n++] = (struct column){"occupancy", f->occupancy};
        return n;
    }
    const struct column rest[] = {{"delayed", f->delayed},
                                  {"abandon_rate", f->abandon_rate},
                                  {"service_level", f->service_level},
                                  {"service_level_answered", f->service_level_answered},
                                  {"service_level_net", f->service_level_net},
                                  {"service_level_credit", f->service_level_credit},
                                  {"asa", f->asa},
                                  {"wait", f->wait},
                                  {"queue_length", f->queue_length},
                                  {"occupancy", f->occupancy}};
    memcpy(out + n, rest, sizeof rest);
    n += sizeof rest / sizeof *rest;
    if (!isnan(c->short_abandon)) {
        out[n++] = (struct column){"service_level_short_credit", a->service_level_short};
        out[n++] = (struct column){"service_level_no_short", a->service_level_no_short};
    }
    return n;
}

static void json_line(struct json *j, const oh_calculation *c, const oh_answer *a)
{
    struct column column[COLUMNS];
    size_t n = columns_of(c, a, column);
    js_open_map(j, NULL, JSON_FLAT);
    js_string(j, "model", oh_calculation_model(c));
    for (size_t i = 0; i < n; i++)
        js_real(j, column[i].key, column[i].value);
    js_close(j);
}

/* One map, or a list of them for a range of agents. */
static oh_status write_json_answer(const oh_calculation *c, oh_sink sink)
{
    struct json j = js_to(sink);
    if (c->lines > 1)
        js_open_list(&j, NULL, JSON_LINES);
    for (size_t i = 0; i < c->lines; i++)
        json_line(&j, c, &c->line[i]);
    if (c->lines > 1)
        js_close(&j);
    return js_end(&j);
}

static oh_status write_csv_answer(const oh_calculation *c, oh_sink sink)
{
    struct csv csv = cs_to(sink);
    struct column column[COLUMNS];
    size_t n = columns_of(c, &c->line[0], column);
    cs_field(&csv, "model");
    for (size_t i = 0; i < n; i++)
        cs_field(&csv, column[i].key);
    cs_end_row(&csv);
    for (size_t k = 0; k < c->lines; k++) {
        columns_of(c, &c->line[k], column);
        cs_field(&csv, oh_calculation_model(c));
        for (size_t i = 0; i < n; i++)
            cs_real(&csv, column[i].value);
        cs_end_row(&csv);
    }
    return emit_status(&csv.emit);
}

oh_status oh_calculation_write(const oh_calculation *c, const char *format, bool explain,
                               bool colour, oh_sink sink)
{
    bool markdown = strcmp(format, "md") == 0;
    bool json = strcmp(format, "json") == 0, csv = strcmp(format, "csv") == 0;
    if (!markdown && !json && !csv && strcmp(format, "table") != 0)
        return OH_ARGUMENT;
    if (explain && (json || csv))
        return OH_ARGUMENT;
    if (json)
        return write_json_answer(c, sink);
    if (csv)
        return write_csv_answer(c, sink);
    struct emit e = emit_to(sink);
    struct arena arena;
    struct sheet sheet;
    arena_init(&arena);
    calculator_page(&sheet, &arena, c);
    if (explain)
        calculator_formulas(&sheet, &arena, c, &c->line[0]);
    oh_status status = arena.failed ? OH_NO_MEMORY : OH_OK;
    if (status == OH_OK && markdown)
        sheet_markdown(&sheet, &e);
    else if (status == OH_OK)
        sheet_table(&sheet, &e, colour);
    arena_free(&arena);
    return status == OH_OK ? emit_status(&e) : status;
}

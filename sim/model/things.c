/* things.c - the names of what a model's results measure. */
#include "model.h"

size_t oh_model_things(const oh_model *model, oh_level level)
{
    switch (level) {
    case OH_QUEUE:
        return model->queues;
    case OH_AGENTS:
        return model->groups;
    case OH_TOTAL:
        return 1;
    }
    return 0;
}

const char *oh_model_thing(const oh_model *model, oh_level level, size_t thing)
{
    switch (level) {
    case OH_QUEUE:
        return model->queue[thing].name;
    case OH_AGENTS:
        return model->group[thing].name;
    case OH_TOTAL:
        return "total";
    }
    return "";
}

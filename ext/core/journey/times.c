/* times.c: a customer's events of one kind, agent by agent. See credits.h. */
#include "core/journey/arrays.h"
#include "core/journey/credits.h"

Status times_open(TimesByAgent *times, const Host *host, uint32_t agent_count) {
    *times = (TimesByAgent){.slot = host_allocate(host, agent_count, sizeof(uint64_t))};
    return times->slot == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

void times_close(TimesByAgent *times, const Host *host) {
    host->release(times->agents);
    host->release(times->times_ms);
    host->release(times->slot);
    *times = (TimesByAgent){0};
}

/* Counts the times of each agent, in the order of first times. */
static Status times_count(TimesByAgent *times, const JourneyReader *reader, JourneyKind kind) {
    for (uint64_t i = 0; i < times->agent_count; i++) {
        times->slot[times->agents[i].agent] = 0;
    }
    times->agent_count = 0;
    for (uint64_t i = 0; i < reader->event_count; i++) {
        const JourneyEvent *event = &reader->events[i];
        if (event->kind != kind) {
            continue;
        }
        uint64_t *slot = &times->slot[event->party];
        if (*slot == 0) {
            AgentTimes *agents = array_room(reader->host, times->agents, &times->agent_capacity,
                                            times->agent_count + 1, sizeof *agents);
            if (agents == NULL) {
                return STATUS_NO_MEMORY;
            }
            times->agents = agents;
            agents[times->agent_count++] = (AgentTimes){.agent = event->party};
            *slot = times->agent_count;
        }
        times->agents[*slot - 1].count++;
    }
    return STATUS_OK;
}

Status times_take(TimesByAgent *times, const JourneyReader *reader, JourneyKind kind) {
    Status status = times_count(times, reader, kind);
    if (status != STATUS_OK) {
        return status;
    }
    uint64_t count = 0;
    for (uint64_t i = 0; i < times->agent_count; i++) {
        times->agents[i].first = count;
        count += times->agents[i].count;
        times->agents[i].count = 0;
    }
    int64_t *list =
        array_room(reader->host, times->times_ms, &times->time_capacity, count, sizeof *list);
    if (list == NULL) {
        return STATUS_NO_MEMORY;
    }
    times->times_ms = list;
    for (uint64_t i = 0; i < reader->event_count; i++) { /* events are in order of time */
        const JourneyEvent *event = &reader->events[i];
        if (event->kind == kind) {
            AgentTimes *agent = &times->agents[times->slot[event->party] - 1];
            list[agent->first + agent->count++] = event->at_ms;
        }
    }
    return STATUS_OK;
}

uint64_t times_before(const TimesByAgent *times, const AgentTimes *agent, int64_t instant_ms) {
    const int64_t *list = times->times_ms + agent->first;
    uint64_t low = 0;
    uint64_t high = agent->count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (list[middle] < instant_ms) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

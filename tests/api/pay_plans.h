/* pay_plans.h: plans that several tests share, as JSON for SQL text. */
#ifndef KEFU_TESTS_PAY_PLANS_H
#define KEFU_TESTS_PAY_PLANS_H

#include "api.h"

#define T                                                                                          \
    "\"tiers\":[{\"from\":0,\"rate\":\"0.5%\"},{\"from\":100000,\"rate\":\"0.8%\"},"               \
    "{\"from\":200000,\"rate\":\"1.2%\"}]"
#define G "\"grades\":{\"P1\":1.0,\"P2\":1.2,\"P3\":1.5}"
#define FLAT "'{\"commission\":{\"method\":\"flat\",\"rate\":0.01}}'"
#define SECTION_3                                                                                  \
    "'{\"schema\": \"commission-plan/1\", \"id\": \"presale-2026Q2\", \"base\": \"3000.00\", "     \
    "\"base_days\": \"21.75\", \"quota\": 200000, " G ", \"commission\": {\"method\": "            \
    "\"marginal\", \"apply\": [\"grade\", \"kpi\"], \"cap\": 6000, " T "}, \"kpi\": {\"pay\": "    \
    "800, \"bands\": [{\"from\": 0, \"factor\": 0.5}, {\"from\": 60, \"factor\": 0.8}, "           \
    "{\"from\": 80, \"factor\": 0.95}, {\"from\": 90, \"factor\": 1.05}]}, \"bonuses\": "          \
    "[{\"name\": \"618\", \"when\": {\"metric\": \"net\", \"min\": 200000}, \"pay\": 500}, "       \
    "{\"name\": \"quota\", \"when\": {\"metric\": \"attainment\", \"min\": \"110%\"}, \"pay\": "   \
    "200}]}'"

#endif

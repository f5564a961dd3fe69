// The verbs; each returns the exit code of the program.
#pragma once
#include "request.h"

namespace homeward::cli {

int run_verb(const Request& request);
int sweep_verb(const Request& request);
int compare_verb(const Request& request);
int check_verb(const Request& request);
int list_verb(const Request& request);
int explain_verb(const Request& request);
int diff_verb(const Request& request);
int report_verb(const Request& request);
int schema_verb(const Request& request);
int bench_verb(const Request& request);
int completion_verb(const Request& request);
int version_verb(const Request& request);

}  // namespace homeward::cli

// exp, log and what follows from them in plain IEEE arithmetic: the same bits on every machine, since a libm may
// differ in the last place from the next one and a decision must not. Accuracy about 1e-15 relative; checked against
// libm in tests/unit/base.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace homeward {

double exact_exp(double x);           // x clamped to [-700, 700]
double exact_log(double x);           // x > 0
double exact_pow(double x, double y); // x >= 0; exp(y log x), 0 at x = 0
inline double exact_logistic(double x) { return 1 / (1 + exact_exp(-x)); }
// The quantile of the standard normal law, 0 < p < 1 (Wichura 1988, AS 241).
double exact_normal_quantile(double p);

}  // namespace homeward

#include "population/trust.h"

#include <algorithm>

#include "base/fixed_point.h"

namespace homeward {
namespace {

double mean_of(const Parameters& parameters, Profile profile) {
  switch (profile) {
    case Profile::refugee: return parameters.trust_start_refugee;
    case Profile::family: return parameters.trust_start_family;
    case Profile::g15: return parameters.trust_start_g15;
    case Profile::host_born: return parameters.trust_start_g2;
    default: return parameters.trust_start_other;
  }
}

}  // namespace

TrustStart::TrustStart(const Parameters& parameters, std::uint64_t seed) : stream_(seed, Purpose::taste) {
  for (std::size_t profile = 0; profile < profile_count; ++profile) {
    const double mean = mean_of(parameters, static_cast<Profile>(profile));
    for (std::size_t step = 0; step < 256; ++step) {
      const double trust = std::clamp(mean + parameters.trust_start_sd * static_cast<double>(normal_steps()[step]),
                                      0.02, 0.98);
      steps_[profile][step] = static_cast<std::uint16_t>(round_to_int(trust * trust_scale));
    }
  }
}

}  // namespace homeward

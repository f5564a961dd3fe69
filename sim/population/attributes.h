// What a person is like when first met: the shares of the table `attributes` as thresholds, and the draw of every
// attribute that follows from profile, age and key. Shared by the stock of 2004, arrivals and newborns.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "population/columns.h"
#include "population/trust.h"
#include "random/streams.h"
#include "scenario/scenario.h"

namespace homeward {

// Shares of one profile in one host group, as the tables give them.
struct ProfileShares {
  double female = 0;
  std::array<double, 4> education{};
  std::array<std::array<double, 8>, 4> sector{};  // [education][sector], what they will work in after studies
  std::array<double, 2> eldest{};                 // [sex]
  std::array<double, 4> partner{};                // from partner_age on
  double child = 0, parent = 0;
  std::array<double, 4> language{};
  // naturalised = at_once + after_6 from 6 years abroad + after_8 from 8 years, for instance.
  std::vector<std::pair<int, double>> naturalised;  // years abroad, share added
  double naturalised_after(int years) const;
};

// Shares of `profile` where the host group has attribute profile `group_profile` ("" for none). Looked up in this
// order: the group's profile, the person's, "all"; the first that has any row of the attribute gives all of its
// categories. For classes whose permit selects on education or trade (student, contract, marriage, skilled) the
// person's profile comes before the group's. Throws RunError where no profile has the attribute.
ProfileShares profile_shares(const Tables& tables, Profile profile, const std::string& group_profile);

// What is known of a person before the attributes are drawn.
struct Newcomer {
  MigrantClass migrant_class{};
  Generation generation{};
  int year = 0;     // 31 December of this year is when the attributes hold
  int birth = 0;
  int arrival = 0;  // 0: born abroad
  double pay_belief = 0;    // ln index
  double redtape_mean = 0;  // index
  // Settled by the raking for the stock of 2004, -1 where to be drawn.
  int sex = -1, education = -1, naturalised = -1;
};

class Attributes {
 public:
  Attributes(const Scenario& scenario, std::uint64_t seed);

  // What a person's attributes are drawn from: draws 0 to 2 of the stream of synthesis, and the word of initial trust.
  struct Draws {
    Words first, second, third;
    std::uint32_t trust;
  };
  const Stream& stream() const { return stream_; }
  // Fills every column of `slot` but key, community and place.
  void fill(Columns& columns, std::uint32_t slot, int group, const Newcomer& newcomer) const;
  // The same with the draws made already.
  void fill(Columns& columns, std::uint32_t slot, int group, const Newcomer& newcomer, const Draws& draws) const;
  // Fills every column of the slot of a child born abroad in `year` to the person in slot `mother`.
  void fill_child(Columns& columns, std::uint32_t slot, std::uint32_t mother, int group, int year) const;

  const TrustStart& trust_start() const { return trust_start_; }

 private:
  // Cumulated shares times 2^31, compared with the upper 31 bits of a word, so that 0 is never and 1 is always.
  struct Thresholds {
    std::uint32_t female = 0, child = 0, parent = 0;
    std::array<std::uint32_t, 2> eldest{};
    std::array<std::uint32_t, 3> education{}, partner{}, language{};
    std::array<std::array<std::uint32_t, 7>, 4> sector{};
    std::array<std::uint32_t, 41> naturalised{};  // by years abroad, 0..40 and more
  };
  static Thresholds thresholds_of(const ProfileShares& shares);
  std::uint16_t draw_traits(const Thresholds& law, const Newcomer& newcomer, const Words& first,
                            const Words& second) const;
  int permit_end(const Newcomer& newcomer, std::uint32_t word) const;

  Stream stream_, newborn_stream_;
  TrustStart trust_start_;
  std::vector<std::array<Thresholds, profile_count>> laws_;  // [group][profile]
  std::array<std::uint32_t, 15> position_{};
  std::uint32_t association_ = 0, girls_ = 0, short_term_ = 0;
  int contract_short_ = 3, contract_long_ = 5;
  std::uint32_t renewal_ = 3;
  std::array<double, 256> redtape_noise_{};                   // equally likely
  std::array<std::array<std::uint8_t, 2>, 4> attachment_{};   // [language][association], before any visit
};

}  // namespace homeward

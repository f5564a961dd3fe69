#include "population/attributes.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>

#include "base/exact_math.h"
#include "base/fault.h"
#include "base/fixed_point.h"

namespace homeward {
namespace {

// Ages of the initial draws (docs/theory, initial draws): a partner from 22 on, a child under 18 at 28 to 55, a parent
// still alive below 65.
constexpr int partner_age = 22;
constexpr int child_age_low = 28, child_age_high = 55;
constexpr int parent_age_end = 65;
// Studies last 3, 4 or 5 years, equally likely (docs/theory, initial draws; assumed).
constexpr int study_years_low = 3, study_years_high = 5;

constexpr std::array<std::string_view, 4> partner_names{"none", "host_born", "co_national", "at_home"};
constexpr std::array<std::string_view, 4> language_names{"0", "1", "2", "3"};

bool permit_selects(Profile profile) {
  return profile == Profile::student || profile == Profile::contract || profile == Profile::marriage ||
         profile == Profile::skilled;
}

// All rows of an attribute for the first profile of the chain that has any.
class AttributeRows {
 public:
  AttributeRows(const Tables& tables, const std::string& attribute, const std::vector<std::string>& chain) {
    for (const std::string& profile : chain) {
      for (const AttributeShare& row : tables.attributes) {
        if (row.attribute == attribute && row.profile == profile) rows_.push_back(&row);
      }
      if (!rows_.empty()) return;
    }
    throw RunError("table attributes: no row of '" + attribute + "' for profile '" + chain.front() + "' or 'all'");
  }
  double share(std::string_view category) const {
    for (const AttributeShare* row : rows_) {
      if (row->category == category) return row->share;
    }
    return 0;
  }
  const std::vector<const AttributeShare*>& rows() const { return rows_; }

 private:
  std::vector<const AttributeShare*> rows_;
};

// "naturalised" is at once, "naturalised_after_8" from eight years abroad on.
int years_of_category(const std::string& category) {
  const std::string prefix = "naturalised_after_";
  if (category.rfind(prefix, 0) != 0) return 0;
  int years = 0;
  std::from_chars(category.data() + prefix.size(), category.data() + category.size(), years);
  return years;
}

// The standard normal law below x, |x| <= 2.5, by its Taylor series (Marsaglia 2004).
double normal_below(double x) {
  double term = x, sum = x;
  for (int k = 1; k < 80; ++k) {
    term *= x * x / (2 * k + 1);
    sum += term;
  }
  constexpr double inverse_sqrt_two_pi = 0.3989422804014326779;
  return 0.5 + sum * exact_exp(-x * x / 2) * inverse_sqrt_two_pi;
}

std::uint32_t threshold31(double share) {
  return static_cast<std::uint32_t>(std::clamp(share, 0.0, 1.0) * 0x1p31 + 0.5);
}
bool hits(std::uint32_t word, std::uint32_t limit) { return (word >> 1) < limit; }

template <std::size_t Count>
std::array<std::uint32_t, Count> cumulated(const double* shares) {
  std::array<std::uint32_t, Count> limits{};
  double sum = 0, total = 0;
  for (std::size_t k = 0; k <= Count; ++k) total += shares[k];
  for (std::size_t k = 0; k < Count; ++k) {
    sum += shares[k];
    limits[k] = total > 0 ? threshold31(sum / total) : threshold31(1);
  }
  return limits;
}

// The category a word falls in: how many limits it has passed.
template <std::size_t Count>
std::uint32_t category(std::uint32_t word, const std::array<std::uint32_t, Count>& limits) {
  std::uint32_t passed = 0;
  for (const std::uint32_t limit : limits) passed += (word >> 1) >= limit ? 1u : 0u;
  return passed;
}

template <typename Fixed>
Fixed to_fixed(double value, double scale, double low, double high) {
  return static_cast<Fixed>(round_to_int(std::clamp(value * scale, low, high)));
}

std::uint8_t year_code(int year) { return static_cast<std::uint8_t>(std::clamp(year - birth_year_base, 0, 255)); }

}  // namespace

double ProfileShares::naturalised_after(int years) const {
  double share = 0;
  for (const auto& [from, added] : naturalised) share += years >= from ? added : 0;
  return std::min(share, 1.0);
}

ProfileShares profile_shares(const Tables& tables, Profile profile, const std::string& group_profile) {
  const std::string own(profile_names[code(profile)]);
  std::vector<std::string> chain;
  if (!group_profile.empty() && !permit_selects(profile)) chain.push_back(group_profile);
  chain.push_back(own);
  if (!group_profile.empty() && permit_selects(profile)) chain.push_back(group_profile);
  chain.emplace_back("all");

  ProfileShares shares;
  shares.female = AttributeRows(tables, "female", chain).share("female");
  const AttributeRows education(tables, "education", chain);
  const AttributeRows science(tables, "science", chain);
  const AttributeRows sector_science(tables, "sector_science", chain);
  // What a student will work in after graduation: the trades of skilled migrants.
  std::vector<std::string> trades = chain;
  if (profile == Profile::student) trades = {"skilled", "all"};
  const AttributeRows sector_other(tables, "sector_other", trades);
  for (std::size_t level = 0; level < education_names.size(); ++level) {
    shares.education[level] = education.share(education_names[level]);
    const double in_science = science.share(education_names[level]);
    for (std::size_t sector = 0; sector < sector_names.size(); ++sector) {
      shares.sector[level][sector] = in_science * sector_science.share(sector_names[sector]) +
                                     (1 - in_science) * sector_other.share(sector_names[sector]);
    }
  }
  for (std::size_t sex = 0; sex < sex_names.size(); ++sex) {
    shares.eldest[sex] = AttributeRows(tables, "eldest", {std::string(sex_names[sex]), "all"}).share("eldest");
  }
  const AttributeRows partner(tables, "partner", chain);
  const AttributeRows language(tables, "language", chain);
  for (std::size_t k = 0; k < 4; ++k) {
    shares.partner[k] = partner.share(partner_names[k]);
    shares.language[k] = language.share(language_names[k]);
  }
  shares.partner[0] = 1 - shares.partner[1] - shares.partner[2] - shares.partner[3];
  shares.child = AttributeRows(tables, "child", chain).share("child");
  shares.parent = AttributeRows(tables, "parent", chain).share("home");
  // Citizenship follows the person's own way in, not the group's profile.
  const AttributeRows naturalised(tables, "naturalised", {own, "all"});
  for (const AttributeShare* row : naturalised.rows()) {
    shares.naturalised.emplace_back(years_of_category(row->category), row->share);
  }
  return shares;
}

Attributes::Thresholds Attributes::thresholds_of(const ProfileShares& shares) {
  Thresholds law;
  law.female = threshold31(shares.female);
  law.child = threshold31(shares.child);
  law.parent = threshold31(shares.parent);
  law.eldest = {threshold31(shares.eldest[0]), threshold31(shares.eldest[1])};
  law.education = cumulated<3>(shares.education.data());
  law.partner = cumulated<3>(shares.partner.data());
  law.language = cumulated<3>(shares.language.data());
  for (std::size_t level = 0; level < 4; ++level) law.sector[level] = cumulated<7>(shares.sector[level].data());
  for (std::size_t years = 0; years < law.naturalised.size(); ++years) {
    law.naturalised[years] = threshold31(shares.naturalised_after(static_cast<int>(years)));
  }
  return law;
}

Attributes::Attributes(const Scenario& scenario, std::uint64_t seed)
    : stream_(seed, Purpose::synthesis),
      newborn_stream_(seed, Purpose::newborn),
      trust_start_(scenario.parameters, seed) {
  const Parameters& parameters = scenario.parameters;
  std::map<std::string, std::size_t> first_group;  // of those that share an attribute profile
  for (const HostGroup& group : scenario.tables.groups) {
    const auto [same, first] = first_group.emplace(group.attribute_profile, laws_.size());
    if (!first) {
      laws_.push_back(laws_[same->second]);
      continue;
    }
    std::array<Thresholds, profile_count> laws;
    for (std::size_t profile = 0; profile < profile_count; ++profile) {
      laws[profile] = thresholds_of(profile_shares(scenario.tables, static_cast<Profile>(profile),
                                                   group.attribute_profile));
    }
    laws_.push_back(laws);
  }
  // Wage position: the standard normal law cut at +-2.5, in 16 equal steps.
  const double below = normal_below(-2.5), within = normal_below(2.5) - below;
  for (std::size_t step = 0; step < position_.size(); ++step) {
    const double edge = -2.5 + static_cast<double>(step + 1) * (5.0 / 16);
    position_[step] = threshold31((normal_below(edge) - below) / within);
  }
  association_ = threshold31(parameters.community_association_initial);
  girls_ = threshold31(parameters.demography_girls_share);
  short_term_ = threshold31(parameters.temporary_term_short_share);
  contract_short_ = round_to_int(parameters.temporary_term_short);
  contract_long_ = round_to_int(parameters.temporary_term_long);
  renewal_ = static_cast<std::uint32_t>(std::max(1, round_to_int(parameters.temporary_renew_years)));
  for (std::size_t step = 0; step < redtape_noise_.size(); ++step) {
    redtape_noise_[step] = parameters.belief_redtape0_sd * static_cast<double>(normal_steps()[step]);
  }
  // One third of language / 3 and of membership; no visit yet (docs/theory, attachment).
  for (std::size_t language = 0; language < 4; ++language) {
    for (std::size_t association = 0; association < 2; ++association) {
      const double start = (static_cast<double>(language) / 3 + static_cast<double>(association)) / 3;
      attachment_[language][association] = static_cast<std::uint8_t>(round_to_int(start * attachment_scale));
    }
  }
}

std::uint16_t Attributes::draw_traits(const Thresholds& law, const Newcomer& newcomer, const Words& first,
                                      const Words& second) const {
  const bool female = newcomer.sex < 0 ? hits(first[0], law.female) : newcomer.sex == code(Sex::female);
  const Sex sex = female ? Sex::female : Sex::male;
  const std::uint32_t education = newcomer.education < 0 ? category(first[1], law.education)
                                                         : static_cast<std::uint32_t>(newcomer.education);
  const std::uint32_t sector = category(first[2], law.sector[education]);
  const std::uint32_t position = category(first[3], position_);
  const bool eldest = hits(second[0], law.eldest[code(sex)]);
  return traits::pack(sex, newcomer.generation, newcomer.migrant_class, static_cast<Education>(education),
                      static_cast<Sector>(sector), position, eldest);
}

// The year in which a permit ends, never before the year after `newcomer.year`: the stock of 2004 holds only permits
// that still run.
int Attributes::permit_end(const Newcomer& newcomer, std::uint32_t word) const {
  const int earliest = newcomer.year + 1;
  if (newcomer.migrant_class == MigrantClass::contract) {
    const int term = hits(word, short_term_) ? contract_short_ : contract_long_;
    if (newcomer.arrival + term >= earliest) return newcomer.arrival + term;
    if (newcomer.arrival + contract_long_ >= earliest) return newcomer.arrival + contract_long_;
    // Here for longer than any first term: somewhere within a renewal.
    return earliest + static_cast<int>((word * std::uint64_t{renewal_}) >> 32);
  }
  const int shortest = std::max(study_years_low, earliest - newcomer.arrival);
  if (shortest >= study_years_high) return newcomer.arrival + shortest;
  const auto choices = static_cast<std::uint64_t>(study_years_high - shortest + 1);
  return newcomer.arrival + shortest + static_cast<int>((word * choices) >> 32);
}

void Attributes::fill(Columns& columns, std::uint32_t slot, int group, const Newcomer& newcomer) const {
  const std::uint64_t key = columns.key[slot];
  fill(columns, slot, group, newcomer,
       {stream_.words(key, 0, 0), stream_.words(key, 0, 1), stream_.words(key, 0, 2), trust_start_.word(key)});
}

void Attributes::fill(Columns& columns, std::uint32_t slot, int group, const Newcomer& newcomer,
                      const Draws& draws) const {
  const Profile profile = profile_of(newcomer.migrant_class, newcomer.generation);
  const Thresholds& law = laws_[static_cast<std::size_t>(group)][code(profile)];
  const Words &first = draws.first, &second = draws.second, &third = draws.third;
  const int age = newcomer.year - newcomer.birth;
  const bool contract = profile == Profile::contract, student = profile == Profile::student;

  columns.traits[slot] = draw_traits(law, newcomer, first, second);

  // Marriage migrants came to a partner, whatever their age.
  const bool may_be_partnered = age >= partner_age || profile == Profile::marriage;
  const std::uint32_t partner = may_be_partnered ? category(second[1], law.partner) : code(Partner::none);
  const bool child = partner != code(Partner::none) && age >= child_age_low && age <= child_age_high &&
                     hits(second[2], law.child);
  const bool parent = age < parent_age_end && hits(second[3], law.parent);
  const std::uint32_t language = category(third[0], law.language);
  const int years_abroad = newcomer.arrival == 0 ? age : newcomer.year + 1 - newcomer.arrival;
  const auto years_index = static_cast<std::size_t>(std::clamp(years_abroad, 0, 40));
  const bool naturalised = newcomer.naturalised < 0 ? hits(third[1], law.naturalised[years_index])
                                                    : newcomer.naturalised == 1;
  const bool association = hits(third[2], association_);
  const Legal legal = naturalised           ? Legal::naturalised
                      : contract || student ? Legal::temporary
                                            : Legal::resident;
  const Status status = contract ? Status::contract : student ? Status::student : Status::settled;
  std::uint32_t word = 0;
  word = state::StatusField::set(word, code(status));
  word = state::LegalField::set(word, code(legal));
  word = state::PartnerField::set(word, partner);
  word = state::ChildField::set(word, child ? 1 : 0);
  word = state::ParentField::set(word, parent ? 1 : 0);
  word = state::AssociationField::set(word, association ? 1 : 0);
  word = state::LanguageField::set(word, language);
  columns.state[slot] = word;

  const double redtape = std::clamp(newcomer.redtape_mean + redtape_noise_[third[3] >> 24], 0.2, 1.2);
  columns.trust[slot] = trust_start_.of_word(draws.trust, profile);
  columns.pay_belief[slot] = to_fixed<std::int16_t>(newcomer.pay_belief, pay_belief_scale, -32768, 32767);
  columns.redtape_belief[slot] = to_fixed<std::uint16_t>(redtape, redtape_belief_scale, 0, 65535);
  columns.birth[slot] = year_code(newcomer.birth);
  columns.arrival[slot] = newcomer.arrival == 0 ? std::uint8_t{0} : year_code(newcomer.arrival);
  columns.year[slot] = contract || student ? year_code(permit_end(newcomer, third[3] << 8)) : std::uint8_t{0};
  columns.months[slot] = 0;
  columns.visit_stock[slot] = 0;
  columns.attachment[slot] = attachment_[language][association ? 1 : 0];
}

void Attributes::fill_child(Columns& columns, std::uint32_t slot, std::uint32_t mother, int group, int year) const {
  const std::uint64_t key = columns.key[slot];
  const auto mothers = static_cast<Generation>(traits::GenerationField::get(columns.traits[mother]));
  Newcomer newcomer;
  newcomer.migrant_class = MigrantClass::host_born;
  newcomer.generation =
      mothers == Generation::g1 || mothers == Generation::g15 ? Generation::g2 : Generation::g3;
  const Thresholds& law = laws_[static_cast<std::size_t>(group)][code(Profile::host_born)];
  const Words first = newborn_stream_.words(key, 0, 0);
  const Words second = newborn_stream_.words(key, 0, 1);
  newcomer.sex = hits(first[0], girls_) ? code(Sex::female) : code(Sex::male);
  columns.traits[slot] = draw_traits(law, newcomer, first, second);

  const std::uint32_t language = category(second[1], law.language);
  const bool naturalised = hits(second[2], law.naturalised[0]);
  std::uint32_t word = 0;
  word = state::StatusField::set(word, code(Status::settled));
  word = state::LegalField::set(word, code(naturalised ? Legal::naturalised : Legal::resident));
  word = state::ParentField::set(word, hits(second[3], law.parent) ? 1 : 0);
  word = state::LanguageField::set(word, language);
  columns.state[slot] = word;
  columns.trust[slot] = trust_start_(key, Profile::host_born);
  columns.pay_belief[slot] = columns.pay_belief[mother];
  columns.redtape_belief[slot] = columns.redtape_belief[mother];
  columns.birth[slot] = year_code(year);
  columns.arrival[slot] = 0;
  columns.year[slot] = 0;
  columns.months[slot] = 0;
  columns.visit_stock[slot] = 0;
  columns.attachment[slot] = attachment_[language][0];
}

}  // namespace homeward

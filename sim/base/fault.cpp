#include "base/fault.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <tuple>

namespace homeward {
namespace {

std::string sentence(std::string text) {
  if (!text.empty() && text.back() != '.' && text.back() != '?' && text.back() != '!') text += '.';
  return text;
}

// Bytes of the character at `at` where it is no letter but turns, hides or ends text: C1 controls, marks and overrides of
// direction, zero-width characters, separators of lines. 0 for all others.
std::size_t hidden_character(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned first = byte(at), second = byte(at + 1), third = byte(at + 2);
  if (first == 0xc2 && second >= 0x80 && second <= 0x9f) return 2;  // U+0080..9F
  if (first == 0xd8 && second == 0x9c) return 2;                    // U+061C
  if (first == 0xe2 && second == 0x80 && ((third >= 0x8b && third <= 0x8f) || (third >= 0xa8 && third <= 0xae))) return 3;
  if (first == 0xe2 && second == 0x81 && third >= 0xa0 && third <= 0xaf) return 3;  // U+2060..6F
  return first == 0xef && second == 0xbb && third == 0xbf ? 3 : 0;                  // U+FEFF
}

// Control characters of hostile input never reach a terminal.
std::string printable(const std::string& text) {
  std::string out;
  std::size_t hidden = 0;  // bytes of such a character that are still to come
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (hidden == 0) hidden = hidden_character(text, at);
    if (hidden > 0 || byte < 0x20 || byte == 0x7f) {
      static constexpr char hex[] = "0123456789abcdef";
      out += "\\x";
      out += hex[byte >> 4];
      out += hex[byte & 15];
      if (hidden > 0) --hidden;
    } else {
      out += text[at];
    }
  }
  return out;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      const bool same = std::tolower(static_cast<unsigned char>(a[i - 1])) ==
                        std::tolower(static_cast<unsigned char>(b[j - 1]));
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (same ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::string joined(const std::vector<Fault>& faults) {
  std::string text;
  for (const Fault& fault : faults) {
    if (!text.empty()) text += '\n';
    text += to_text(fault);
  }
  return text;
}

}  // namespace

std::string to_text(const Fault& fault) {
  std::string text = fault.place.file;
  if (fault.place.line > 0) {
    text += ':' + std::to_string(fault.place.line);
    if (fault.place.column > 0) text += ':' + std::to_string(fault.place.column);
  }
  if (!text.empty()) text += ": ";
  if (!fault.path.empty()) text += fault.path + ": ";
  text += sentence(fault.problem);
  if (!fault.reason.empty()) text += ' ' + sentence(fault.reason);
  if (!fault.remedy.empty()) text += ' ' + sentence(fault.remedy);
  return printable(text);
}

void Faults::add(Fault fault) { list_.push_back(std::move(fault)); }

std::vector<Fault> Faults::in_order() const {
  std::vector<std::string> files;
  for (const Fault& fault : list_) {
    if (std::find(files.begin(), files.end(), fault.place.file) == files.end()) files.push_back(fault.place.file);
  }
  const auto rank = [&](const Fault& fault) {
    return std::find(files.begin(), files.end(), fault.place.file) - files.begin();
  };
  std::vector<Fault> sorted = list_;
  std::stable_sort(sorted.begin(), sorted.end(), [&](const Fault& a, const Fault& b) {
    return std::tuple(rank(a), a.place.line, a.place.column) < std::tuple(rank(b), b.place.line, b.place.column);
  });
  const auto same = [](const Fault& a, const Fault& b) { return to_text(a) == to_text(b); };
  sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());
  return sorted;
}

void Faults::raise_if_any() const {
  if (!empty()) throw InputError(in_order());
}

InputError::InputError(std::vector<Fault> faults) : std::runtime_error(joined(faults)), faults_(std::move(faults)) {}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.size() > 100) return "";
  std::string best;
  std::size_t best_distance = word.size() / 3 + 2;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string best = nearest(word, candidates);
  return best.empty() ? "" : "Did you mean '" + best + "'?";
}

}  // namespace homeward

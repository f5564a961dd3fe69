// Bytes of stored results: little-endian words, counts of seven bits a byte, runs of zeros folded; the reader trusts
// nothing.
#pragma once
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/years.h"

namespace homeward {

inline std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325ull;  // FNV-1a
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  return hash;
}

constexpr std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ (value < 0 ? ~std::uint64_t{0} : std::uint64_t{0});
}
constexpr std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>((value >> 1) ^ ((value & 1) != 0 ? ~std::uint64_t{0} : std::uint64_t{0}));
}

class ByteWriter {
 public:
  void word(std::uint64_t value) {
    for (unsigned shift = 0; shift < 64; shift += 8) bytes_ += static_cast<char>((value >> shift) & 0xff);
  }
  // Seven bits a byte, least significant first.
  void count(std::uint64_t value) {
    while (value >= 0x80) {
      bytes_ += static_cast<char>((value & 0x7f) | 0x80);
      value >>= 7;
    }
    bytes_ += static_cast<char>(value);
  }
  void integer(std::int64_t value) { count(zigzag(value)); }
  void real(double value) { word(std::bit_cast<std::uint64_t>(value)); }
  void text(std::string_view value) {
    count(value.size());
    bytes_ += value;
  }
  void texts(const std::vector<std::string>& values) {
    count(values.size());
    for (const std::string& value : values) text(value);
  }
  void series(const YearSeries& values) {
    for (const double value : values) real(value);
  }
  // Pairs of (zeros skipped, value); a last run of zeros ends the list.
  void sparse(const std::vector<std::int64_t>& values) {
    count(values.size());
    std::uint64_t zeros = 0;
    for (const std::int64_t value : values) {
      if (value == 0) {
        ++zeros;
        continue;
      }
      count(zeros);
      integer(value);
      zeros = 0;
    }
    if (zeros > 0) count(zeros);
  }
  void raw(std::string_view value) { bytes_ += value; }
  std::string take() { return std::move(bytes_); }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// After the first failure every reading gives zero or nothing, and ok() is false.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}
  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && bytes_.empty(); }

  bool expect(std::string_view text) {
    if (!ok_ || bytes_.substr(0, text.size()) != text) return fail();
    bytes_.remove_prefix(text.size());
    return true;
  }
  std::uint64_t word() {
    if (!need(8)) return 0;
    std::uint64_t value = 0;
    for (unsigned i = 0; i < 8; ++i) {
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes_[i])) << (8 * i);
    }
    bytes_.remove_prefix(8);
    return value;
  }
  std::uint64_t count() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (!need(1)) return 0;
      const auto byte = static_cast<unsigned char>(bytes_[0]);
      bytes_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    fail();
    return 0;
  }
  // A count of things of at least one byte each: never more than there are bytes left.
  std::size_t things() {
    const std::uint64_t value = count();
    if (value > bytes_.size()) fail();
    return ok_ ? static_cast<std::size_t>(value) : 0;
  }
  std::int64_t integer() { return unzigzag(count()); }
  double real() { return std::bit_cast<double>(word()); }
  std::string text() {
    const std::size_t size = things();
    if (!ok_) return {};
    std::string value(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return value;
  }
  std::vector<std::string> texts() {
    std::vector<std::string> values(things());
    for (std::string& value : values) value = text();
    return values;
  }
  YearSeries series() {
    YearSeries values{};
    for (double& value : values) value = real();
    return values;
  }
  std::vector<std::int64_t> sparse(std::size_t expected) {
    if (count() != expected) fail();
    if (!ok_) return {};
    std::vector<std::int64_t> values(expected, 0);
    std::size_t next = 0;
    while (ok_ && next < expected) {
      const std::uint64_t zeros = count();
      if (zeros > expected - next) fail();
      if (!ok_) break;
      next += static_cast<std::size_t>(zeros);
      if (next < expected) values[next++] = integer();
    }
    return values;
  }

 private:
  bool fail() {
    ok_ = false;
    bytes_ = {};
    return false;
  }
  bool need(std::size_t size) { return bytes_.size() >= size ? ok_ : fail(); }

  std::string_view bytes_;
  bool ok_ = true;
};

}  // namespace homeward

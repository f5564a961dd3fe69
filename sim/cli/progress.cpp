// The only control character is the carriage return, and only on a terminal.
#include "progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <iostream>

#include "text.h"

namespace homeward::cli {
namespace {

constexpr std::chrono::milliseconds terminal_pause{100};
constexpr std::chrono::seconds log_pause{60};

std::size_t terminal_columns() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1) return size.ws_col - std::size_t{1};
  return 79;
}

double seconds(std::chrono::steady_clock::duration span) { return std::chrono::duration<double>(span).count(); }

}  // namespace

ProgressLine::Kind ProgressLine::kind_of_stderr(bool quiet) {
  if (quiet) return Kind::none;
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || std::strcmp(terminal, "dumb") == 0;
  return ::isatty(STDERR_FILENO) != 0 && !dumb ? Kind::terminal : Kind::log;
}

void ProgressLine::show(const Progress& at) {
  const Clock::time_point now = Clock::now();
  const int phase = static_cast<int>(at.phase);
  const bool new_phase = phase != last_phase_ || at.replicate != last_replicate_;
  if (at.phase == Progress::Phase::synthesis) replicate_start_ = now;
  if (at.phase == Progress::Phase::stored) {
    complete_ = at.replicate + 1;
    if (last_replicate_ == at.replicate) seconds_of_replicate_ = seconds(now - replicate_start_);
  }
  if (new_phase) phase_start_ = now;
  last_phase_ = phase;
  last_replicate_ = at.replicate;
  if (kind_ == Kind::none) return;
  if (kind_ == Kind::log) {
    if (now - last_shown_ < log_pause) return;
    last_shown_ = now;
    std::cerr << text(at, now) << std::endl;
    return;
  }
  if (!new_phase && now - last_shown_ < terminal_pause) return;
  last_shown_ = now;
  std::string line = text(at, now);
  if (line.size() > terminal_columns()) line.resize(terminal_columns());
  std::cerr << '\r' << padded(line, width_) << std::flush;
  width_ = line.size();
}

void ProgressLine::clear() {
  if (kind_ == Kind::terminal && width_ > 0) std::cerr << '\r' << std::string(width_, ' ') << '\r' << std::flush;
  width_ = 0;
}

std::string ProgressLine::text(const Progress& at, Clock::time_point now) const {
  if (at.phase == Progress::Phase::writing) return "writing tables";
  std::string line = "replicate " + std::to_string(at.replicate + 1) + " of " +
                     (at.at_most ? "at most " : "") + std::to_string(at.replicates);
  double left = 0;
  switch (at.phase) {
    case Progress::Phase::synthesis: line += "  synthesis"; break;
    case Progress::Phase::stepping: {
      const int done = at.year - at.from_year;  // since the first call, which ends the first year
      line += "  year " + std::to_string(at.year);
      if (at.branch_years > 0) line += " of " + std::to_string(at.branch_years) + " over all branches";
      const double spent = seconds(now - phase_start_);
      if (done > 0 && spent > 0) {
        line += "  " + brief(done / spent) + " years/s";
        left = spent / done * (at.to_year - at.year);
      }
      break;
    }
    case Progress::Phase::stored:
      line += "  complete";
      if (at.half_width > 0) line += ", half width " + grouped(at.half_width);
      break;
    case Progress::Phase::writing: break;
  }
  // A replicate takes as long as the one before; the first one as long as its years so far promise.
  double each = seconds_of_replicate_;
  if (each == 0 && left > 0) each = seconds(now - replicate_start_) + left;
  if (at.phase == Progress::Phase::synthesis) left += each;
  if (!at.at_most) left += each * (at.replicates - at.replicate - 1);
  if (left > 0) line += "  " + seconds_text(left) + " left";
  return line;
}

}  // namespace homeward::cli

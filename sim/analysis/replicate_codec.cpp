// Writer and reader of one replicate; the reader trusts nothing.
#include "analysis/replicate_codec.h"

#include "analysis/byte_stream.h"

namespace homeward {
namespace {

constexpr std::string_view magic = "homeward-replicate 1\n";

void write_cube(ByteWriter& writer, const CubeResult& cube) {
  writer.texts(cube.spec.measures);
  writer.texts(cube.spec.by);
  writer.count(cube.words.size());
  for (const auto& words : cube.words) writer.texts(words);
  writer.count(cube.cells);
  writer.sparse(cube.values);
}

CubeResult read_cube(ByteReader& reader) {
  CubeResult cube;
  cube.spec.measures = reader.texts();
  cube.spec.by = reader.texts();
  cube.words.resize(reader.things());
  for (auto& words : cube.words) words = reader.texts();
  cube.cells = static_cast<std::size_t>(reader.count());
  std::size_t cells = 1;
  for (const auto& words : cube.words) {
    if (!words.empty() && cells > (std::size_t{1} << 40) / words.size()) return {};
    cells *= words.size();
  }
  if (cells != cube.cells) return {};
  cube.values = reader.sparse(static_cast<std::size_t>(year_count) * cube.spec.measures.size() * cells);
  return cube;
}

}  // namespace

std::string encode_replicate(std::string_view key, const ReplicateResult& replicate) {
  ByteWriter writer;
  writer.raw(magic);
  writer.text(key);
  writer.word(replicate.seed);
  writer.integer(replicate.to_year);
  writer.real(replicate.weight);
  writer.count(replicate.totals.size());
  for (const YearSeries& total : replicate.totals) writer.series(total);
  for (const auto& stages : replicate.pipeline) {
    for (const StageCount& stage : stages) {
      writer.integer(stage.entered);
      writer.integer(stage.completed);
      writer.integer(stage.abandoned);
      writer.integer(stage.months);
    }
  }
  writer.count(replicate.lever_spending.size());
  for (const auto& levers : replicate.lever_spending) {
    for (const double usd : levers) writer.real(usd);
  }
  writer.count(replicate.fit.size());
  for (const MarginFit& fit : replicate.fit) {
    writer.text(fit.margin);
    writer.real(fit.target);
    writer.real(fit.standardised_absolute_error);
  }
  writer.real(replicate.synthesis_seconds);
  writer.real(replicate.stepping_seconds);
  writer.count(replicate.phases.size());
  for (const PhaseTime& phase : replicate.phases) {
    writer.text(phase.phase);
    writer.real(phase.seconds);
  }
  writer.integer(replicate.agent_years);
  writer.real(replicate.bytes_per_agent);
  writer.count(replicate.cubes.size());
  for (const CubeResult& cube : replicate.cubes) write_cube(writer, cube);
  writer.word(checksum(writer.bytes()));
  return writer.take();
}

std::optional<ReplicateResult> decode_replicate(std::string_view key, std::string_view bytes) {
  if (bytes.size() < magic.size() + 8) return std::nullopt;
  const std::string_view body = bytes.substr(0, bytes.size() - 8);
  if (ByteReader(bytes.substr(body.size())).word() != checksum(body)) return std::nullopt;
  ByteReader reader(body);
  if (!reader.expect(magic) || reader.text() != key) return std::nullopt;
  ReplicateResult replicate;
  replicate.seed = reader.word();
  replicate.to_year = static_cast<int>(reader.integer());
  replicate.weight = reader.real();
  replicate.totals.resize(reader.things());
  for (YearSeries& total : replicate.totals) total = reader.series();
  for (auto& stages : replicate.pipeline) {
    for (StageCount& stage : stages) {
      stage.entered = reader.integer();
      stage.completed = reader.integer();
      stage.abandoned = reader.integer();
      stage.months = reader.integer();
    }
  }
  replicate.lever_spending.resize(reader.things());
  for (auto& levers : replicate.lever_spending) {
    for (double& usd : levers) usd = reader.real();
  }
  replicate.fit.resize(reader.things());
  for (MarginFit& fit : replicate.fit) {
    fit.margin = reader.text();
    fit.target = reader.real();
    fit.standardised_absolute_error = reader.real();
  }
  replicate.synthesis_seconds = reader.real();
  replicate.stepping_seconds = reader.real();
  replicate.phases.resize(reader.things());
  for (PhaseTime& phase : replicate.phases) {
    phase.phase = reader.text();
    phase.seconds = reader.real();
  }
  replicate.agent_years = reader.integer();
  replicate.bytes_per_agent = reader.real();
  replicate.cubes.resize(reader.things());
  for (CubeResult& cube : replicate.cubes) cube = read_cube(reader);
  if (!reader.at_end()) return std::nullopt;
  return replicate;
}

}  // namespace homeward

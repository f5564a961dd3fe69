// Empty cells mean: not defined.
#include "report/comparison_tables.h"

#include "report/csv.h"

namespace homeward {
namespace {

// Cells joined by commas into a line.
class Row {
 public:
  Row& text(std::string_view value) { return put(field_text(value)); }
  Row& whole(long long value) { return put(std::to_string(value)); }
  Row& number(double value) { return put(cell_text(value)); }
  Row& number(const std::optional<double>& value) { return put(cell_text(value)); }
  Row& bounds(double mean, const std::optional<double>& half_width) {
    return half_width ? number(mean - *half_width).number(mean + *half_width) : put("").put("");
  }
  Row& bounds(const Estimate& value) { return bounds(value.mean, value.half_width); }
  Row& ratio(const std::optional<Ratio>& value) {
    if (!value) return put("").put("").put("");
    return number(value->value).bounds(value->value, value->half_width);
  }
  std::string line() const { return line_ + '\n'; }

 private:
  Row& put(const std::string& cell) {
    if (any_) line_ += ',';
    any_ = true;
    line_ += cell;
    return *this;
  }
  std::string line_;
  bool any_ = false;
};

}  // namespace

std::string contrast_csv(const std::vector<ContrastLine>& lines, const AltNames& names) {
  std::string text = "alt,year,measure,unit,difference,lo95,hi95,relative,relative_lo95,relative_hi95,paired_sd,"
                     "unpaired_sd,runs_saved,replicates\n";
  for (const ContrastLine& line : lines) {
    Row row;
    row.text(names[line.alt]).whole(line.year).text(line.measure).text(line.unit);
    if (!line.value) {
      text += row.line().substr(0, row.line().size() - 1) + ",,,,,,,,,,0\n";
      continue;
    }
    const PairedDifference& value = *line.value;
    row.number(value.difference.mean).bounds(value.difference).ratio(value.relative).number(value.difference.sd);
    text += row.number(value.unpaired_sd).number(value.runs_saved).whole(value.difference.count).line();
  }
  return text;
}

std::string ledger_csv(const std::vector<LedgerLine>& lines, const AltNames& names) {
  std::string text = "alt,year,host,class,generation,education,category,base_returns,alt_returns,lo95,hi95\n";
  for (const LedgerLine& line : lines) {
    Row row;
    row.text(names[line.alt]).whole(line.year).text(line.host).text(line.migrant_class).text(line.generation);
    row.text(line.education).text(category_names[code(line.category)]).number(line.base_returns);
    text += row.number(line.alt_returns).bounds(line.difference).line();
  }
  return text;
}

std::string attribution_csv(const std::vector<AttributionLine>& lines, const AltNames& names) {
  std::string text = "alt,measure,lever,shapley,lo95,hi95,informed_by\n";
  for (const AttributionLine& line : lines) {
    Row row;
    row.text(names[line.alt]).text(line.measure).text(line.lever).number(line.value.mean).bounds(line.value);
    text += row.text(line.informed_by).line();
  }
  return text;
}

std::string interactions_csv(const std::vector<AttributionLine>& lines, const AltNames& names) {
  std::string text = "alt,measure,lever_a,lever_b,value,lo95,hi95\n";
  for (const AttributionLine& line : lines) {
    Row row;
    row.text(names[line.alt]).text(line.measure).text(line.lever).text(line.other).number(line.value.mean);
    text += row.bounds(line.value).line();
  }
  return text;
}

std::string cost_csv(const std::vector<CostLine>& lines, const AltNames& names) {
  std::string text =
      "alt,lever,claimants,deadweight_share,additional,retained_3y,spend_usd,usd_per_additional,lo95,hi95\n";
  const auto told = [](bool defined, double value) { return defined ? std::optional<double>(value) : std::nullopt; };
  for (const CostLine& line : lines) {
    const bool persons = line.defined && line.claimed_by_returnees;
    Row row;
    row.text(names[line.alt]).text(line.lever).number(told(persons, line.claimants));
    row.number(persons ? line.deadweight : std::nullopt).number(told(persons, line.additional));
    row.number(told(persons, line.retained)).number(told(line.defined && line.costed, line.usd));
    text += row.ratio(persons && line.costed ? line.usd_per_additional : std::nullopt).line();
  }
  return text;
}

std::string frontier_csv(const std::vector<FrontierLine>& lines, const AltNames& names) {
  std::string text =
      "alt,spend_usd,spend_lo95,spend_hi95,retained_3y,retained_lo95,retained_hi95,dominated_by,sure\n";
  for (const FrontierLine& line : lines) {
    if (!line.cost.defined) continue;
    const bool beaten = line.dominated_by || line.beaten_by_base;
    Row row;
    row.text(names[line.alt]);
    if (line.cost.costed) {
      row.number(line.cost.usd).bounds(line.cost.usd_interval);
    } else {
      row.text("").text("").text("");
    }
    row.number(line.cost.retained).bounds(line.cost.retained_interval);
    row.text(line.dominated_by ? std::string_view(names[*line.dominated_by]) : line.beaten_by_base ? "BASE" : "");
    text += row.text(!beaten ? "" : line.sure ? "yes" : "no").line();
  }
  return text;
}

std::string spend_csv(const std::vector<SpendLine>& lines, const AltNames& names) {
  std::string text = "alt,lever,year,usd\n";
  for (const SpendLine& line : lines) {
    Row row;
    text += row.text(names[line.alt]).text(line.lever).whole(line.year).number(line.usd).line();
  }
  return text;
}

std::string fiscal_csv(const std::vector<FiscalLine>& lines, const AltNames& names) {
  std::string text = "alt,item,usd,lo95,hi95\n";
  for (const FiscalLine& line : lines) {
    Row row;
    text += row.text(names[line.alt]).text(line.item).number(line.usd.mean).bounds(line.usd).line();
  }
  return text;
}

std::string cumulative_csv(const std::vector<CumulativeLine>& lines, const AltNames& names) {
  std::string text =
      "alt,from_year,to_year,measure,unit,difference,lo95,hi95,relative,relative_lo95,relative_hi95,replicates\n";
  for (const CumulativeLine& line : lines) {
    Row row;
    row.text(names[line.alt]).whole(line.from_year).whole(line.to_year).text(line.measure).text(line.unit);
    if (line.value) {
      row.number(line.value->difference.mean).bounds(line.value->difference).ratio(line.value->relative);
      text += row.whole(line.value->difference.count).line();
    } else {
      text += row.text("").text("").text("").text("").text("").text("").whole(0).line();
    }
  }
  return text;
}

std::string horizon_csv(const std::vector<HorizonLine>& lines, const AltNames& names) {
  std::string text = "alt,seen_in,to_year,additional,lasting,early,early_share,lo95,hi95\n";
  for (const HorizonLine& line : lines) {
    Row row;
    row.text(names[line.alt]).whole(line.seen_in).whole(line.to_year).number(line.additional);
    text += row.number(line.additional - line.early).number(line.early).ratio(line.early_share).line();
  }
  return text;
}

}  // namespace homeward

// The returns of 2008 under the shipped baseline, as another project would ask for them.
#include <homeward/homeward.h>

#include <cstdio>

int main() {
  const homeward::Scenario baseline = homeward::Scenario::load(SCENARIOS "/baseline.yaml", {.replicates = 2});
  homeward::RunSettings settings;
  settings.scale = 1.0 / 500;
  settings.to_year = 2008;
  std::printf("%.17g\n", homeward::run(baseline, settings).at("returns", 2008)->mean);
}

"""What each fact is held against: the runs as tables, and one computation a fact."""
import collections
import csv
import json
import math

DIMENSIONS = ("host", "generation", "education", "age_group", "duration_group")

PACKAGE_YEARS = range(2027, 2032)
PROGRAMME_YEAR = 2027
NET_OF_TAX = 1.3         # the package of the tax holiday, on net pay
PROGRAMME_GAIN = 0.28    # the Malaysian programme with its perks, in ln points of net pay
HAZARD_YEARS = range(2015, 2020)
# Children decide nothing and are left out.
AGES = {"20-29": ("20-24", "25-29"), "30-39": ("30-34", "35-39"), "40-54": ("40-44", "45-49", "50-54"),
        "55-64": ("55-59", "60-64"), "65+": ("65-69", "70-74", "75-79", "80-84", "85+")}
DURATIONS = {name: (name,) for name in ("0-4", "5-9", "10-14", "15-19", "20-29", "30+")}
ALL_AGES = tuple(group for groups in AGES.values() for group in groups)
FLAT = 1.05  # a hazard up to 5 % above the one before still counts as falling: noise of a run


class Run:
    """The tables of one run; means over its replicates."""

    def __init__(self, folder):
        self.manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self.summary = {(row["measure"], int(row["year"])): float(row["mean"])
                        for row in rows_of(folder / "summary.csv")}
        self.stages = {(int(row["year"]), row["stage"]): row for row in rows_of(folder / "pipeline.csv")}
        self.cells = collections.defaultdict(float)
        for row in rows_of(folder / "flows.csv"):
            words = frozenset((name, row[name]) for name in DIMENSIONS if row.get(name, "all") != "all")
            self.cells[row["measure"], int(row["year"]), words] += float(row["value"]) / self.manifest["replicates"]

    def total(self, measure, years, **words):
        """Sum over years; without words the whole population, with words a cell of flows.csv."""
        if not words:
            return math.fsum(self.summary[measure, year] for year in years)
        return math.fsum(self.cells.get((measure, year, frozenset(words.items())), 0) for year in years)


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def ratio(above, below):
    return above / below if below else math.nan


def earlier(years):
    return range(years.start - 1, years.stop - 1)


class World:
    """The runs, and what is read from more than one cell of them."""

    def __init__(self, runs):
        self.base, self.package = runs["baseline"], runs["tax-package"]
        self.programmes = [runs[name] for name in ("programme-none", "programme-tax", "programme-perks")]

    def hazard(self, ages=ALL_AGES, durations=tuple(DURATIONS)):
        """Settled returns per person-year at risk; contract workers and students are not at risk of them."""
        returns = exposure = 0.0
        for age in ages:
            for duration in durations:
                cell = {"age_group": age, "duration_group": duration}
                returns += self.base.total("returns_settled", HAZARD_YEARS, **cell)
                exposure += self.base.total("person_years", HAZARD_YEARS, **cell)
                for measure in ("stock_contract", "stock_student"):
                    for years in (earlier(HAZARD_YEARS), HAZARD_YEARS):  # the mean of both ends of a year
                        exposure -= 0.5 * self.base.total(measure, years, **cell)
        return ratio(returns, exposure)

    def graduates_home(self, run):
        return math.fsum(run.total(measure, PACKAGE_YEARS, education=education)
                         for measure in ("returns_settled", "returns_student")
                         for education in ("tertiary", "advanced"))

    def accepted(self, which):
        """Share of offers taken in the year of the programme: 0 without it, 1 with the tax package, 2 with perks."""
        run = self.programmes[which]
        offers = float(run.stages[PROGRAMME_YEAR, "position"]["completed"])
        return 1 - ratio(run.total("refused", [PROGRAMME_YEAR]), offers)

    def carried_on(self, which):
        """Of the stages other than the offer that ended or were given up in that year, the share that ended."""
        stages = [row for (year, stage), row in self.programmes[which].stages.items()
                  if year == PROGRAMME_YEAR and stage != "position"]
        completed = math.fsum(float(row["completed"]) for row in stages)
        return ratio(completed, completed + math.fsum(float(row["abandoned"]) for row in stages))


def mean(measure, **words):
    return lambda world, years: world.base.total(measure, years, **words) / len(years)


def share(above, below, **words):
    return lambda world, years: ratio(world.base.total(above, years, **words), world.base.total(below, years, **words))


def foreign_born(world, years):
    born = [world.base.total("stock", years, host="USA", generation=generation) for generation in ("1", "1.5")]
    return math.fsum(born) / len(years)


def exits_in_five_years(world, years):
    at_home = 0.5 * (world.base.total("stock_returned", earlier(years)) + world.base.total("stock_returned", years))
    return 5 * ratio(world.base.total("re_emigration", years), at_home)


def elasticity(world, _):
    effect = ratio(world.accepted(1), world.accepted(0))
    return math.log(effect) / math.log(NET_OF_TAX) if effect > 0 else math.nan


KOREA_OVERSTAY = share("stock_irregular", "stock_contract", host="KOR")
COMPUTATIONS = {
    "settled_returns": mean("returns_settled"),
    "official_stock_2004": mean("official_stock"),
    "official_stock_2020": mean("official_stock"),
    "official_stock_2025": mean("official_stock"),
    "united_states_2023": mean("stock", host="USA"),
    "united_states_born_2023": foreign_born,
    "japan_2018": mean("stock", host="JPN"),
    "japan_2020": mean("stock", host="JPN"),
    "japan_2021": mean("stock", host="JPN"),
    "japan_2024": mean("stock", host="JPN"),
    "taiwan_2023": mean("stock", host="TWN"),
    "korea_2023": mean("stock", host="KOR"),
    "students_returning": share("returns_student", "graduations"),
    "students_abroad": mean("stock_student"),
    "contract_stock": mean("stock_contract"),
    "contract_returns": mean("returns_contract"),
    "korea_overstay_2012": KOREA_OVERSTAY,
    "korea_overstay_2016": KOREA_OVERSTAY,
    "korea_overstay_2020": KOREA_OVERSTAY,
    "korea_overstay_2022": KOREA_OVERSTAY,
    "korea_overstay_2023": KOREA_OVERSTAY,
    "advanced_degrees": mean("advanced_degrees"),
    "expert_visits": mean("expert_visits"),
    "visits": mean("visits"),
    "network_2026": mean("network_members"),
    "remittances_2005": mean("remittances"),
    "remittances_2010": mean("remittances"),
    "remittances_2015": mean("remittances"),
    "remittances_2020": mean("remittances"),
    "remittances_2024": mean("remittances"),
    "hazard_by_duration": lambda world, _: ratio(world.hazard(durations=("20-29", "30+")),
                                                 world.hazard(durations=("0-4",))),
    "hazard_trough": lambda world, _: ratio(world.hazard(AGES["40-54"]), world.hazard(AGES["20-29"])),
    "hazard_retirement": lambda world, _: ratio(world.hazard(AGES["55-64"]), world.hazard(AGES["40-54"])),
    "tax_package": lambda world, _: ratio(world.graduates_home(world.package), world.graduates_home(world.base)) - 1,
    "malaysia_elasticity": elasticity,
    "malaysia_offer": lambda world, _: ratio(world.accepted(2), world.accepted(0)) - 1,
    "malaysia_no_offer": lambda world, _: ratio(world.carried_on(2), world.carried_on(0)) - 1,
    "intention_realised": lambda world, years: ratio(world.base.total("returns_settled", years),
                                                     world.base.total("intending", earlier(years))),
    "exit_five_years": exits_in_five_years,
}


def hazards(world):
    """The schedules behind the three hazard facts: (head, hazards per 1,000 by group, what they show)."""
    by_age = {name: 1000 * world.hazard(ages=ages) for name, ages in AGES.items()}
    by_duration = {name: 1000 * world.hazard(durations=durations) for name, durations in DURATIONS.items()}
    trough = min(by_age["30-39"], by_age["40-54"])
    signs = [("young hump", by_age["20-29"] > trough),
             ("mid-life trough", trough < min(by_age["20-29"], by_age["55-64"])),
             ("retirement hump", by_age["55-64"] > max(by_age["40-54"], by_age["65+"]))]
    steps = list(by_duration.items())
    rises = [f"{after} above {before}" for (before, old), (after, new) in zip(steps, steps[1:]) if new > FLAT * old]
    falling = "no" if steps[-1][1] >= steps[0][1] else "yes, but for " + ", ".join(rises) if rises else "yes"
    return [("years of age", by_age, ", ".join(f"{name}: {'yes' if holds else 'no'}" for name, holds in signs)),
            ("years abroad", by_duration, f"falling: {falling}")]

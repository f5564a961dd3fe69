"""results.nc: the numbers of the tables, every variable described, the same bytes however it is computed."""
import math

import netCDF4
import numpy

from _homeward import SMALL, baseline, check, finish, folder, homeward, rows

DIMENSIONS = ["host", "origin_province", "class", "generation", "education", "sector", "age_group", "sex", "mode",
              "duration_group"]


def near(a, b):
    return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-9)


def described(data):
    check(data.Conventions == "CF-1.10", "Conventions")
    check(data.complete == 1, "a file that is there is complete")
    check(data.scale == 1 / 500 and data.replicates == 2 and data.seed == "1", "provenance in attributes")
    check(len(data.scenario_hash) == 64 and "policy:" in data.scenario, "scenario and hash in attributes")
    for name, variable in data.variables.items():
        for attribute in ("long_name", "source", "class"):
            check(attribute in variable.ncattrs(), f"{name} has no {attribute}")
        check(variable.dtype == str or "units" in variable.ncattrs(), f"{name} has no units")
        if variable.ndim > 1 and variable.dtype == "f8":
            large = variable.size * 8 >= 1 << 16
            check(variable.filters()["zlib"] == large, f"{name} is compressed, or small")
            check(not large or variable.filters()["complevel"] == 1, f"{name} is compressed at level 1")
            check("thread" not in str(variable.__dict__), f"{name} knows of threads")
        for other in getattr(variable, "coordinates", "").split():
            check(other in data.variables, f"{name}: no variable {other}")
    known = {dimension for variable in data.variables.values() for dimension in variable.dimensions}
    check(known >= {"replicate", "year", "host", "class", "generation", "education", "age_group", "mode", "stage"},
          f"named dimensions: {known}")
    check(str(netCDF4.num2date(data["time"][0], data["time"].units)) == "2004-12-31 00:00:00", "time of 2004")
    check("Türkiye" in list(data["host_name"][:]), "names of hosts keep their letters")


def totals_are_those_of_the_summary(data, out):
    years = list(data["year"][:])
    for row in rows(out / "summary.csv"):
        values = data[row["measure"]][:, years.index(int(row["year"]))]
        check(near(float(values.mean()), float(row["mean"])), f"{row['measure']} {row['year']} differs")
        check(data[row["measure"]].unit == row["unit"], f"unit of {row['measure']}")


def cells_are_those_of_the_flows(data, out):
    words = {name: list(data[name][:]) for name in DIMENSIONS if name in data.variables}
    seen, pooled = {}, {}
    for row in rows(out / "flows.csv"):
        by = [name for name in DIMENSIONS if row.get(name, "all") != "all"]
        at = (int(row["replicate"]), int(row["year"]) - 2004)
        if "other" in [row[name] for name in by]:
            name = f"{row['measure']}_by_{'_'.join(by)}_pooled"
            pooled[name, at] = pooled.get((name, at), 0.0) + float(row["value"])
            continue
        name = f"{row['measure']}_by_{'_'.join(by)}"
        if name not in seen:
            seen[name] = [numpy.ma.filled(data[name][:], numpy.nan), 0.0]
        value = seen[name][0][at + tuple(words[one].index(row[one]) for one in by)]
        seen[name][1] += float(row["value"])
        check(near(float(value), float(row["value"])), f"{name} {at}: {value}, flows.csv has {row['value']}")
    # The table has a row of small cells for each place along the first dimensions, the file their sum.
    for (name, at), of_table in pooled.items():
        check(near(float(data[name][at]), of_table), f"{name} {at}: {data[name][at]}, flows.csv has {of_table}")
    check(pooled, "no small cells in flows.csv to compare with")
    cubes = [name for name in data.variables if "_by_" in name and name != "spending_by_lever" and
             not name.endswith("_pooled")]
    check(len(cubes) == 16, f"{len(cubes)} cubes and measures, the baseline asks for 16")
    for name in cubes:
        values, of_table = seen.get(name) or (numpy.ma.filled(data[name][:], numpy.nan), 0.0)
        check(near(float(numpy.nansum(values)), of_table), f"{name} holds more than flows.csv")
        check(numpy.isnan(values).any() or (numpy.asarray(data[name + "_pooled"][:]) == 0).all(),
              f"{name}: pooled cells are not defined")


def pipeline_is_that_of_the_table(data, out):
    stages = list(data["stage"][:])
    for row in rows(out / "pipeline.csv"):
        at = (int(row["year"]) - 2004, stages.index(row["stage"]))
        for column in ("entered", "completed", "abandoned", "mean_months"):
            values = numpy.ma.filled(data["pipeline_" + column][:, at[0], at[1]], numpy.nan)
            values = values[~numpy.isnan(values)]
            mean = float(values.mean()) if len(values) else None
            check(row[column] == "" if mean is None else near(mean, float(row[column])), f"pipeline {at} {column}")


def same_bytes(work, out):
    for name, options in (("one", ["-j", "1"]), ("blocks", ["-j", "3", "--block-slots", "1000"])):
        homeward("run", baseline, *SMALL, *options, "-q", "-o", work / name)
        check((work / name / "results.nc").read_bytes() == (out / "results.nc").read_bytes(), f"{options}: other bytes")


def other_runs(work):
    homeward("run", baseline, "--scale", "1/500", "--from", "2006", "--to", "2008", "--replicates", "2", "--draw-priors",
             "--show-small-cells", "--no-report", "-q", "-o", work / "drawn")
    with netCDF4.Dataset(work / "drawn/results.nc") as data:
        check(list(data["year"][:]) == [2006, 2007, 2008], "--from and --to")
        check("parameter_value" in data.variables and "choice.b_pay" in list(data["parameter"][:]), "drawn parameters")
        drawn = {(row["replicate"], row["parameter"]): float(row["value"]) for row in rows(work / "drawn/priors.csv")}
        place = list(data["parameter"][:]).index("choice.b_pay")
        check(float(data["parameter_value"][1, place]) == drawn["1", "choice.b_pay"], "the value drawn")
        check(not [name for name in data.variables if name.endswith("_pooled")], "--show-small-cells pools nothing")
        cells = numpy.ma.filled(data["stock_by_host_class_generation"][:], numpy.nan)
        check(near(float(cells.sum()), float(data["stock"][:].sum())), "cells that are shown add up to the total")
        replicate, year = 1, 2
        check(near(float(data["spending_by_lever"][replicate, year].sum()), float(data["spending"][replicate, year])),
              "spending by lever adds up")


with folder() as place:
    homeward("run", baseline, *SMALL, "-q", "-j", "2", "-o", place / "out")
    with netCDF4.Dataset(place / "out/results.nc") as dataset:
        described(dataset)
        totals_are_those_of_the_summary(dataset, place / "out")
        cells_are_those_of_the_flows(dataset, place / "out")
        pipeline_is_that_of_the_table(dataset, place / "out")
    same_bytes(place, place / "out")
    other_runs(place)
finish()

// The script of report.html: draws with Vega-Lite what a reader chooses. Pictures and tables stand without it.
"use strict";
(() => {
  const element = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const explorations = JSON.parse(document.getElementById("explorations").textContent);
  if (!("DecompressionStream" in window)) return;

  // The bundle is unpacked and run when it is first wanted; the page's policy names its hash.
  let bundle = null;
  const vega = () => (bundle ??= (async () => {
    const packed = atob(document.getElementById("vega").textContent);
    const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    document.head.append(element("script", { textContent: await new Response(stream).text() }));
    return window.homewardVega;
  })());

  // As number_for_people() of the program writes them.
  const unit_of = (value) => (Math.abs(value) >= 1e9 ? [1e9, " billion"] : Math.abs(value) >= 1e8 ? [1e6, " million"] : [1, ""]);
  const decimals_of = (value, unit) => {
    const size = Math.abs(value / unit);
    return unit > 1 ? (unit === 1e9 && size < 100 ? 1 : 0)
      : size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.0995 || size === 0 ? 2 : 4;
  };
  const digits = (value, unit, least, most) => (value / unit)
    .toLocaleString("en-US", { minimumFractionDigits: least, maximumFractionDigits: most }).replace(/^-(?=[0.]+$)/, "");
  const defined = (value) => value !== null && Number.isFinite(value);
  const number = (value) => {
    if (!defined(value)) return "not defined";
    const [unit, name] = unit_of(value);
    return digits(value, unit, 0, decimals_of(value, unit)) + name;
  };
  // Digits enough to tell the bounds apart.
  const interval = (mean, low, high) => {
    if (!defined(mean) || !defined(low) || !defined(high)) return number(mean);
    const [unit, name] = unit_of(mean);
    const decimals = high > low ? Math.min(6, Math.max(0, 1 - Math.floor(Math.log10((high - low) / 2 / unit))))
      : decimals_of(mean, unit);
    let texts = [mean, low, high].map((one) => digits(one, unit, decimals, decimals));
    while (texts.every((text) => /\.\d*0$/.test(text))) texts = texts.map((text) => text.replace(/\.?0$/, ""));
    const [a, b, c] = texts;
    return `${a}${name} (${b} to ${c}${name})`;
  };

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const colour_of = (index, grey) => colour(grey ? "grey" : "c" + (index % 7));
  const font = "system-ui, sans-serif";
  const look = () => ({
    background: null,
    font,
    axis: { labelColor: colour("soft"), titleColor: colour("ink"), gridColor: colour("rule"), domainColor: colour("rule"),
      tickColor: colour("rule"), labelFontSize: 12, titleFontSize: 12, titleFontWeight: 400, titlePadding: 8 },
    legend: { labelColor: colour("ink"), titleColor: colour("soft"), labelFontSize: 12, titleFontSize: 12,
      titleFontWeight: 400, symbolOpacity: 1, labelLimit: 260 },
    view: { stroke: null },
  });

  // One box for all tooltips; names come from files, so they are only ever text.
  const tip = element("div", { className: "tip", hidden: true });
  const tooltip = (_, event, item, value) => {
    tip.hidden = value === null || value === undefined || value === "";
    if (tip.hidden) return;
    const lines = typeof value === "object" ? Object.entries(value).map(([key, one]) => `${key}: ${one}`) : [`${value}`];
    tip.replaceChildren(...lines.join("\n").split("\n").map((line) => element("div", { textContent: line })));
    const right = event.clientX + 14 + tip.offsetWidth > window.innerWidth;
    tip.style.left = `${Math.max(4, right ? event.clientX - 14 - tip.offsetWidth : event.clientX + 14)}px`;
    tip.style.top = `${Math.max(4, Math.min(event.clientY + 14, window.innerHeight - tip.offsetHeight - 4))}px`;
  };

  const label = "abs(datum.value) >= 1e9 ? format(datum.value / 1e9, '.3~f') + ' billion' : " +
    "abs(datum.value) >= 1e6 ? format(datum.value / 1e6, '.3~f') + ' million' : " +
    "abs(datum.value) >= 100 || datum.value == 0 ? format(datum.value, ',.0f') : format(datum.value, '.3~g')";

  // Lines with bands: click names to see some of them, drag and scroll along the years, hover for the numbers.
  const lines = (shown) => {
    // The band of a small count may reach below 0; the axis need not.
    const foot = Math.min(0, ...shown.rows.map((row) => row[2]));
    const values = shown.rows.map(([series, year, mean, low, high]) =>
      ({ series: shown.names[series], year, mean, low: low === null ? null : Math.max(low, foot), high }));
    const years = new Map();
    for (const [series, year, mean, low, high] of shown.rows) {
      if (!years.has(year)) years.set(year, { year, words: `${year}` });
      years.get(year).words += `\n${shown.names[series]}: ${interval(mean, low, high)}`;
    }
    const range = shown.names.map((_, at) => colour_of(at, shown.grey?.includes(at)));
    const series = { field: "series", type: "nominal", scale: { domain: shown.names, range },
      legend: shown.names.length > 1 ? { title: null, orient: "top", columns: 4, symbolType: "stroke", symbolStrokeWidth: 3 }
        : null };
    const year = { field: "year", type: "quantitative", title: null, scale: { zero: false, nice: false },
      axis: { format: "d", tickMinStep: 1, grid: false } };
    const up = (field) => ({ field, type: "quantitative", title: shown.unit, axis: { labelExpr: label, tickCount: 6 },
      scale: { zero: shown.zero !== false } });
    const beyond = shown.rows.some((row) => row[1] > shown.extrapolated_after);
    return {
      height: 320,
      data: { values },
      layer: [
        ...(beyond ? [{ data: { values: [{ from: shown.extrapolated_after, to: Math.max(...years.keys()) }] },
          mark: { type: "rect", color: colour("grey"), opacity: 0.12 },
          encoding: { x: { field: "from", type: "quantitative" }, x2: { field: "to" } } }] : []),
        { transform: [{ filter: { param: "chosen" } }],
          mark: { type: "area", opacity: 0.2 }, encoding: { x: year, y: up("low"), y2: { field: "high" }, color: series } },
        { transform: [{ filter: { param: "chosen" } }],
          params: [{ name: "chosen", select: { type: "point", fields: ["series"] }, bind: "legend" }],
          mark: { type: "line", strokeWidth: 2 }, encoding: { x: year, y: up("mean"), color: series } },
        { data: { values: [...years.values()] },
          params: [
            { name: "pointed", select: { type: "point", fields: ["year"], nearest: true, on: "pointerover", clear: "pointerout" } },
            { name: "seen", select: { type: "interval", encodings: ["x"] }, bind: "scales" }],
          mark: { type: "rule", color: colour("ink") },
          encoding: { x: year, tooltip: { field: "words" },
            opacity: { condition: { param: "pointed", empty: false, value: 0.5 }, value: 0 } } },
      ],
    };
  };

  // One measure of many, as lines.
  const measures = (shown, chosen) => {
    const one = shown.measures[chosen.measure];
    return lines({ names: shown.names, rows: one.rows, unit: one.unit, extrapolated_after: shown.extrapolated_after });
  };

  // Flows on the map in the year that is chosen.
  const map = (shown, chosen, width) => {
    const at = chosen.year - shown.from;
    const [home_x, home_y, home] = shown.home;
    const hosts = shown.hosts.map(([name, x, y, returns, stock]) => ({ name, x, y, returns: returns[at] ?? 0,
      stock: stock[at] ?? null, home_x, home_y,
      words: `${name}, ${chosen.year}\n${number(returns[at] ?? 0)} returns to ${home}` +
        (stock[at] === undefined ? "" : `\n${number(stock[at])} live there`) }));
    const most = (place) => Math.max(1, ...shown.hosts.flatMap((one) => one[place]));
    // Vega takes what lies to the right of a ring as land, on the sphere.
    const turned = (ring) => {
      const rise = (degrees) => Math.sin(degrees * Math.PI / 180);
      const area = ring.reduce((sum, [x, y], i) => {
        const [next_x, next_y] = ring[(i + 1) % ring.length];
        return sum + (((next_x - x + 540) % 360) - 180) * (2 + rise(y) + rise(next_y));
      }, 0);
      return area < 0 ? [...ring].reverse() : ring;
    };
    const land = shown.land.filter((ring) => ring.some(([, y]) => y > -60)).map((ring) => ({ type: "Feature", geometry: { type: "Polygon", coordinates: [turned(ring)] } }));
    const flows = hosts.filter((one) => one.returns > 0).map((one) => ({ type: "Feature", returns: one.returns,
      words: one.words, geometry: { type: "LineString", coordinates: [[one.x, one.y], [home_x, home_y]] } }));
    const place = { longitude: { field: "x", type: "quantitative" }, latitude: { field: "y", type: "quantitative" } };
    return {
      height: Math.round(width * 0.46),
      projection: { type: "equalEarth", rotate: [-shown.middle, 0, 0], fit: { type: "MultiPoint",
        coordinates: [[shown.middle - 179.9, 0], [shown.middle + 179.9, 0], [shown.middle, 83], [shown.middle, -56]] } },
      layer: [
        { data: { values: land }, mark: { type: "geoshape", fill: colour("land"), stroke: null, aria: false } },
        { data: { values: flows },
          mark: { type: "geoshape", filled: false, stroke: colour("c1"), strokeOpacity: 0.5, strokeCap: "round" },
          encoding: { strokeWidth: { field: "returns", type: "quantitative", legend: null,
            scale: { domain: [0, most(3)], range: [0.5, 14] } }, tooltip: { field: "words", type: "nominal" } } },
        { data: { values: hosts }, mark: { type: "circle", color: colour("c0"), opacity: 0.6, stroke: colour("ground") },
          encoding: { ...place, tooltip: { field: "words" }, size: { field: "stock", type: "quantitative", legend: null,
            scale: { domain: [0, most(4)], range: [8, 1200] } } } },
        { data: { values: [{ x: home_x, y: home_y, name: home }] },
          mark: { type: "text", color: colour("accent"), fontWeight: 700, fontSize: 13, dy: 16 },
          encoding: { ...place, text: { field: "name" } } },
      ],
    };
  };

  // Points of a sweep: columns are axes and measures; a column of words has its words beside it.
  const encoded = (shown, key, extra = {}) => {
    const column = shown.columns[key];
    const axis = column.words ? { values: column.words.map((_, at) => at), grid: false,
      labelExpr: "words[datum.value]" } : { labelExpr: label, tickCount: 6, grid: false };
    return { field: `c${key}`, type: "quantitative", title: column.title, axis,
      scale: column.words ? { domain: [-0.5, column.words.length - 0.5], nice: false } : { zero: false, padding: 12 }, ...extra };
  };
  const shade = (shown, key) => {
    const column = shown.columns[key];
    if (!column.words) {
      return { field: `c${key}`, type: "quantitative", title: column.title, scale: { range: [colour("c5"), colour("c1")] },
        legend: { orient: "top", gradientLength: 220 } };
    }
    return { field: `w${key}`, type: "nominal", title: column.title, legend: { orient: "top", columns: 4 },
      scale: { domain: column.words, range: column.words.map((_, at) => colour_of(at)) } };
  };
  const rows_of = (shown, chosen) => shown.rows.map((row, at) => {
    const one = { at, words: shown.points[at] };
    const told = new Set([...shown.axes, chosen.across, chosen.shaded, chosen.up]);
    row.forEach((value, key) => {
      one[`c${key}`] = value;
      const column = shown.columns[key];
      if (column.words) one[`w${key}`] = column.words[value];
      if (told.has(key)) one.words += `\n${column.title}: ${column.words ? column.words[value] : number(value)}`;
    });
    for (const [key, bounds] of Object.entries(shown.bounds)) [one[`l${key}`], one[`h${key}`]] = bounds[at];
    return one;
  });
  const points = (shown, chosen) => {
    const { across, up, shaded } = chosen;
    const x = encoded(shown, across), y = encoded(shown, up), color = shade(shown, shaded);
    const words = (key) => (shown.columns[key].words ? [{ name: "words", value: shown.columns[key].words }] : []);
    if (!shown.columns[up].words) y.axis.grid = true;
    if (x.axis.labelExpr === "words[datum.value]") x.axis.labelExpr = "across_words[datum.value]";
    if (y.axis.labelExpr === "words[datum.value]") y.axis.labelExpr = "up_words[datum.value]";
    const named = [...words(across).map((one) => ({ ...one, name: "across_words" })),
      ...words(up).map((one) => ({ ...one, name: "up_words" }))];
    const whiskers = shown.bounds[up] && shown.rows.length <= 200;
    return {
      height: 380,
      params: named,
      data: { values: rows_of(shown, chosen) },
      layer: [
        ...(whiskers ? [{ mark: { type: "rule", opacity: 0.55 },
          encoding: { x, y: { ...y, field: `l${up}` }, y2: { field: `h${up}` }, color } }] : []),
        { params: [{ name: "seen", select: "interval", bind: "scales" }],
          mark: { type: "circle", size: shown.rows.length > 200 ? 28 : 70, opacity: 0.8 },
          encoding: { x, y, color, tooltip: { field: "words" } } }],
    };
  };
  const parallel = (shown, chosen) => {
    const keys = [...shown.axes, chosen.up];
    const place = keys.map((key) => {
      const of = shown.rows.map((row) => row[key]).filter(Number.isFinite);
      const low = Math.min(...of), high = Math.max(...of);
      return { low, high, at: (value) => (high > low ? (value - low) / (high - low) : 0.5) };
    });
    const rows = rows_of(shown, chosen);
    const values = rows.flatMap((row) => keys.map((key, i) => ({ point: row.at, axis: i, words: row.words,
      [`c${chosen.shaded}`]: row[`c${chosen.shaded}`], [`w${chosen.shaded}`]: row[`w${chosen.shaded}`],
      place: Number.isFinite(row[`c${key}`]) ? place[i].at(row[`c${key}`]) : null })));
    const end = (key, i, which) => {
      const words = shown.columns[key].words, value = place[i][which];
      return { axis: i, text: words ? words[value] : number(value) };
    };
    const x = { field: "axis", type: "quantitative", title: null, scale: { domain: [-0.3, keys.length - 0.7], nice: false },
      axis: null };
    const y = { field: "place", type: "quantitative", title: null, axis: null,
      scale: { domain: [-0.28, 1.08], nice: false } };
    const ends = (which, dy, at) => ({ data: { values: keys.map((key, i) => ({ ...end(key, i, which), place: at })) },
      mark: { type: "text", dy, color: colour("soft"), fontSize: 11 },
      encoding: { x, y, text: { field: "text" } } });
    return {
      height: 400,
      data: { values },
      layer: [
        { data: { values: keys.map((_, i) => ({ axis: i, from: 0, to: 1 })) }, mark: { type: "rule", color: colour("grey") },
          encoding: { x, y: { ...y, field: "from" }, y2: { field: "to" } } },
        { params: [{ name: "pointed", select: { type: "point", fields: ["point"], on: "pointerover", clear: "pointerout" } }],
          mark: { type: "line", strokeWidth: shown.rows.length > 200 ? 1 : 1.8 },
          encoding: { x, y, detail: { field: "point" }, color: shade(shown, chosen.shaded), tooltip: { field: "words" },
            opacity: { condition: { param: "pointed", empty: true, value: shown.rows.length > 200 ? 0.45 : 0.8 }, value: 0.08 } } },
        ends("high", -9, 1), ends("low", 11, 0),
        { data: { values: keys.map((key, i) => ({ axis: i, place: 0, text: shown.columns[key].title.split(/(?<=[.,]) ?/) })) },
          mark: { type: "text", dy: 26, baseline: "top", color: colour("ink"), fontSize: 11, lineHeight: 13 },
          encoding: { x, y, text: { field: "text" } } },
      ],
    };
  };

  const select = (words, options, value) => {
    const list = element("select", {}, ...options.map(([key, text]) => element("option", { value: key, textContent: text })));
    list.value = value;
    return [element("label", {}, words + " ", list), list];
  };

  // The controls of each kind: what is chosen at first, and the fields to choose it with.
  const kinds = {
    lines: { draw: lines },
    measures: { draw: measures, start: (shown) => ({ measure: shown.first }), fields: (shown) => [
      ["measure", "Measure", shown.measures.map((one, at) => [at, one.name])]] },
    map: { draw: map, start: (shown) => ({ year: shown.year }), fields: (shown) => [["year", "Year", shown.from, shown.to]] },
    points: { draw: (shown, chosen) => (chosen.picture === "parallel" ? parallel : points)(shown, chosen),
      start: (shown) => ({ picture: "points", across: shown.across, up: shown.first, shaded: shown.shaded }),
      fields: (shown, chosen) => {
        const columns = shown.columns.map((one, at) => [at, one.title]);
        return [["picture", "Picture", [["points", "points"], ["parallel", "parallel coordinates"]]],
          ...(chosen.picture === "points" ? [["across", "Across", columns]] : []), ["up", "Result", columns],
          ["shaded", "Colour", columns]];
      } },
  };

  const views = [];
  const start = (place, shown, name) => {
    const kind = kinds[shown.kind];
    const view = { place, chosen: kind.start?.(shown) ?? {}, drawn: null };
    const controls = element("div", { className: "axes" });
    const canvas = element("div", { className: "canvas" });
    place.replaceChildren(controls, canvas);
    const put_controls = () => controls.replaceChildren(...(kind.fields?.(shown, view.chosen) ?? []).map((field) => {
      const [key, words, options, last] = field;
      const change = (value) => {
        view.chosen[key] = value;
        if (key === "picture") put_controls();
        view.draw();
      };
      if (!Array.isArray(options)) {
        const slider = element("input", { type: "range", min: options, max: last, step: 1, value: view.chosen[key] });
        const told = element("output", { textContent: view.chosen[key] });
        slider.addEventListener("input", () => {
          told.textContent = slider.value;
          change(Number(slider.value));
        });
        return element("label", {}, words + " ", slider, " ", told);
      }
      const [field_label, list] = select(words, options, view.chosen[key]);
      list.addEventListener("change", () => change(typeof options[0][0] === "number" ? Number(list.value) : list.value));
      return field_label;
    }));
    view.draw = async () => {
      const { View, compile, expressionInterpreter, parse } = await vega();
      const specification = { $schema: "https://vega.github.io/schema/vega-lite/v6.json", width: "container",
        autosize: { type: "fit-x", contains: "padding" }, description: `${name}, to explore`,
        ...kind.draw(shown, view.chosen, place.clientWidth), config: look() };
      view.drawn?.finalize();
      view.drawn = new View(parse(compile(specification).spec, null, { ast: true }),
        { expr: expressionInterpreter, renderer: "svg", container: canvas, hover: true, tooltip });
      await view.drawn.runAsync();
      place.dataset.drawn = `${Number(place.dataset.drawn ?? 0) + 1}`;
    };
    put_controls();
    views.push(view);
    return view.draw();
  };

  document.body.append(tip);
  for (const figure of all("figure")) {
    const shown = explorations[figure.id];
    if (!shown) continue;
    const still = figure.querySelector("svg"), name = figure.querySelector("h3").textContent;
    const place = element("div", { className: "explore", hidden: true });
    const button = element("button", { type: "button" });
    const say = (words) => {
      button.textContent = words;
      button.setAttribute("aria-label", `${words}: ${name}`);
    };
    say("Explore");
    still.after(place, button);
    button.addEventListener("click", () => {
      const open = place.hidden;
      place.hidden = !open;
      figure.classList.toggle("explored", open);
      say(open ? "Back to the picture" : "Explore");
      if (open && !place.dataset.drawn) start(place, shown, name);
    });
  }
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      start(target, explorations[target.dataset.explore], target.dataset.name);
    }
  }, { rootMargin: "300px" });
  for (const place of all("[data-explore]")) near.observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => views.forEach((view) => view.draw()));
})();

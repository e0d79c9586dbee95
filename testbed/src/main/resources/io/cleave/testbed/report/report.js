"use strict";
(() => {
  const run = JSON.parse(document.getElementById("run").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const narrow = matchMedia("(max-width: 720px)");
  const byId = (id) => document.getElementById(id);
  const charts = {};
  const ALL = "";

  // ---- colours: Okabe-Ito; a method keeps its colour and dash in every chart ----
  const PUBLISHED = {
    light: ["#d55e00", "#009e73", "#e69f00", "#cc79a7", "#56b4e9", "#b8a800"],
    dark: ["#e8762b", "#2fbf93", "#e69f00", "#d991b9", "#8f9bf0", "#f0e442"],
  };
  const DASHES = ["solid", "dashed", "dotted", [8, 3, 2, 3], [2, 5]];
  function looks() {
    const theme = dark.matches ? "dark" : "light";
    const counts = { own: 0, published: 0, baseline: 0, clairvoyant: 0 };
    const found = {};
    for (const { name, role } of run.planners) {
      const n = counts[role]++;
      const round = Math.floor(n / 6);
      found[name] = {
        own: { color: theme === "dark" ? "#56b4e9" : "#0072b2", dash: DASHES[n % 5], width: n ? 1.6 : 2.6 },
        published: { color: PUBLISHED[theme][n % 6], dash: DASHES[round % 5], width: 1.6 },
        baseline: { color: theme === "dark" ? "#9aa1a8" : "#7a8087", dash: DASHES[(n + 2) % 5], width: 1.4 },
        clairvoyant: { color: theme === "dark" ? "#f2f3f4" : "#15181b", dash: DASHES[(n + 1) % 5], width: 1.6 },
      }[role];
    }
    return found;
  }
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // ---- numbers ----
  const group = (n, digits) => n.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  function time(ms) {
    if (!Number.isFinite(ms)) return "never";
    if (Math.abs(ms) >= 10000) return group(ms / 1000, 1) + " s";
    if (Math.abs(ms) >= 1000) return group(ms / 1000, 2) + " s";
    return group(ms, Math.abs(ms) < 10 ? 1 : 0) + " ms";
  }
  // Latencies are drawn in octaves, so that the labels are 125 ms, 250 ms, 500 ms, 1 s, 2 s ...
  const octave = (ms) => Math.log2(Math.max(ms, 0.001) / 125);
  const fromOctave = (o) => 125 * 2 ** o;
  function short(ms) {
    const text = time(ms);
    return text.endsWith(" s") ? String(Number((ms / 1000).toPrecision(3))) + " s" : text;
  }
  function octaves(axis, lists) {
    const all = lists.flat().filter(Number.isFinite);
    const min = Math.floor(octave(Math.min(...all)) + 0.05), max = Math.ceil(octave(Math.max(...all)) - 0.02);
    return {
      type: "value", ...axis, min: all.length ? min : 0, max: all.length ? Math.max(max, min + 1) : 1,
      interval: Math.max(1, Math.ceil((max - min) / 9)),
      axisLabel: { ...axis.axisLabel, hideOverlap: true, formatter: (o) => short(fromOctave(o)) },
    };
  }
  const pen = document.createElement("canvas").getContext("2d");
  function width(texts, size) {
    pen.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
    return Math.ceil(Math.max(0, ...texts.map((text) => pen.measureText(text).width)));
  }
  const escape = (text) => String(text).replace(/[&<>"']/g, (c) => "&#" + c.charCodeAt(0) + ";");

  // ---- controls ----
  function fill(select, values, chosen, all) {
    if (all) select.add(new Option(all, ALL));
    values.forEach((value) => select.add(new Option(value, value)));
    select.value = chosen;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  }
  const hash = new URLSearchParams(location.hash.slice(1));
  const best = (role) =>
    run.overall.filter((row) => row.role === role).sort((a, b) => a.mean_latency_ms - b.mean_latency_ms)[0]?.planner;
  const usual = [
    run.planners.find((p) => p.role === "own")?.name, best("published"), best("clairvoyant"),
    run.planners.find((p) => p.role === "baseline")?.name,
  ].filter(Boolean);
  const chosen = new Set(hash.get("methods")?.split("|") ?? usual);
  const scope = { model: byId("regret-model"), trace: byId("regret-trace") };
  const focus = { model: byId("time-model"), trace: byId("time-trace") };
  fill(scope.model, run.models, hash.get("of") ?? ALL, "all networks");
  fill(scope.trace, run.traces, hash.get("over") ?? ALL, "all traces");
  fill(focus.model, run.models, hash.get("network") ?? run.models[0]);
  fill(focus.trace, run.traces, hash.get("trace") ?? run.traces[0]);

  function stroke(dash) {
    return dash === "dashed" ? "5 3" : dash === "dotted" ? "2 2.5" : Array.isArray(dash) ? dash.join(" ") : "";
  }
  function chips() {
    const look = looks();
    byId("methods").innerHTML = run.planners
      .map(({ name }) => {
        const { color, dash, width } = look[name];
        return `<label class="chip"><input type="checkbox" value="${escape(name)}"${chosen.has(name) ? " checked" : ""}>` +
          `<svg width="22" height="8" aria-hidden="true"><line x1="0" y1="4" x2="22" y2="4" stroke="${color}" stroke-width="${width + 0.6}" stroke-dasharray="${stroke(dash)}"/></svg>` +
          `${escape(name)}</label>`;
      })
      .join("");
  }
  function remember() {
    const state = new URLSearchParams();
    if (scope.model.value) state.set("of", scope.model.value);
    if (scope.trace.value) state.set("over", scope.trace.value);
    state.set("network", focus.model.value);
    state.set("trace", focus.trace.value);
    state.set("methods", [...chosen].join("|"));
    history.replaceState(null, "", "#" + state);
  }

  // ---- charts ----
  function frame() {
    const ink = css("--ink"), soft = css("--soft"), line = css("--line"), hair = css("--hair");
    const axis = {
      axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, axisLabel: { color: soft, fontSize: 12 },
      splitLine: { lineStyle: { color: hair } }, nameTextStyle: { color: soft, fontSize: 12 }, minorSplitLine: { show: false },
    };
    const tooltip = {
      backgroundColor: css("--card"), borderColor: line, textStyle: { color: ink, fontSize: 13 }, confine: true,
      extraCssText: "box-shadow:0 4px 16px rgba(0,0,0,.14);border-radius:8px;font-variant-numeric:tabular-nums",
    };
    return { ink, soft, line, hair, axis, tooltip };
  }
  function draw(id, option, height) {
    const box = byId(id);
    if (height) box.style.height = height + "px";
    charts[id] ??= echarts.init(box, null, { renderer: "canvas" });
    charts[id].resize();
    charts[id].setOption(
      { animation: false, backgroundColor: "transparent", textStyle: { fontFamily: getComputedStyle(document.body).fontFamily }, ...option },
      true,
    );
  }

  function regrets() {
    const model = scope.model.value, trace = scope.trace.value;
    if (!model && !trace && run.overall[0].cells > 0) {
      byId("regret-scope").textContent = `Mean over the ${group(run.overall[0].cells, 0)} cells in which the best cut changes at least once.`;
      return run.overall.map((row) => ({ planner: row.planner, ms: row.regret_ms, percent: row.regret_percent }));
    }
    const rows = run.summary.filter((r) => (!model || r.model === model) && (!trace || r.trace === trace));
    const cells = new Set(rows.map((r) => r.model + "\n" + r.trace)).size;
    byId("regret-scope").textContent = cells === 1 ? "Mean over the seeds." : `Mean over ${cells} pairs of network and trace.`;
    return run.planners.map(({ name }) => {
      const own = rows.filter((r) => r.planner === name);
      const mean = (key) => own.reduce((sum, r) => sum + r[key], 0) / own.length;
      return { planner: name, ms: mean("regret_ms"), percent: mean("regret_percent") };
    });
  }
  function drawRegret() {
    const { ink, soft, axis, tooltip } = frame();
    const look = looks();
    const roles = Object.fromEntries(run.planners.map((p) => [p.name, p.role]));
    const bars = regrets().filter((r) => roles[r.planner] !== "clairvoyant").sort((a, b) => b.ms - a.ms);
    const largest = Math.max(...bars.map((b) => b.ms));
    const shown = bars.map((b) => b.ms).sort((a, b) => a - b);
    // One method that is far off would flatten all others: its bar is cut, its label tells the truth.
    const third = shown[Math.max(0, shown.length - 3)];
    const cap = third > 0 && largest > 4 * third ? 1.6 * third : largest;
    draw("regret-chart", {
      grid: { left: width(bars.map((b) => b.planner), 13) + 14, right: narrow.matches ? 118 : 130, top: 4, bottom: narrow.matches ? 6 : 26 },
      tooltip: { ...tooltip, trigger: "item", formatter: (p) => `${escape(p.name)}<br><b>${time(p.data.ms)}</b> later than the oracle (${group(p.data.percent, 1)} %)` },
      xAxis: { type: "value", max: cap > 0 ? cap : null, ...axis, axisLabel: { ...axis.axisLabel, show: !narrow.matches, hideOverlap: true, formatter: (v) => (v ? time(v) : "0"), showMaxLabel: false } },
      yAxis: { type: "category", data: bars.map((b) => b.planner), ...axis, splitLine: { show: false }, axisLabel: { color: ink, fontSize: 13 } },
      series: [{
        type: "bar", barWidth: "62%", clip: true,
        data: bars.map((b) => ({
          value: Math.min(b.ms, cap), ms: b.ms, percent: b.percent,
          itemStyle: {
            color: roles[b.planner] === "own" ? css(look[b.planner].width < 2 ? "--pale" : "--accent") : roles[b.planner] === "published" ? css("--orange") : css("--grey"),
            borderRadius: [0, 3, 3, 0],
          },
        })),
        label: { show: true, position: "right", color: soft, fontSize: 12, formatter: (p) => (p.data.ms > cap ? "▸ " : "") + `${time(p.data.ms)}  ${group(p.data.percent, 1)} %` },
      }],
    }, Math.max(160, 40 + 27 * bars.length));
  }

  const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  function ramp(share) {
    const far = rgb("#e69f00"), middle = rgb(dark.matches ? "#5b6067" : "#d9d7d2"), near = rgb(dark.matches ? "#56b4e9" : "#0072b2");
    const [a, b, t] = share < 0.5 ? [far, middle, share * 2] : [middle, near, share * 2 - 1];
    return `rgb(${a.map((v, i) => Math.round(v + (b[i] - v) * t)).join(",")})`;
  }
  function ribbon(points) {
    const parts = [];
    points.forEach((p, i) => {
      const end = i + 1 < points.length ? points[i + 1][0] : p[0] + (i ? p[0] - points[i - 1][0] : 1);
      const last = parts[parts.length - 1];
      if (last && last[2] === p[2]) last[1] = end;
      else parts.push([p[0], end, p[2]]);
    });
    return parts;
  }
  function drawTime() {
    const { ink, soft, line, axis, tooltip } = frame();
    const look = looks();
    const course = run.courses[focus.model.value + "\n" + focus.trace.value];
    const names = run.planners.map((p) => p.name).filter((n) => chosen.has(n) && course && course.series[n]);
    byId("time-note").textContent = !course || course.every === 1 ? "Each point is a frame." : `Each point is the slowest of ${course.every} frames in a row.`;
    const rows = Math.max(1, names.length);
    const tall = narrow.matches ? 240 : 300, band = 18 * rows, left = narrow.matches ? 52 : Math.max(64, width(names, 12) + 14), right = narrow.matches ? 8 : 16;
    const cutTop = 34 + tall + 16, rateTop = cutTop + band + 34, rateHeight = 110;
    const grid = [
      { left, right, top: 30, height: tall }, { left, right, top: cutTop, height: band }, { left, right, top: rateTop, height: rateHeight },
    ];
    const x = (i, show) => ({ type: "value", gridIndex: i, min: "dataMin", max: "dataMax", ...axis, splitLine: { show: false }, axisLabel: { ...axis.axisLabel, show, formatter: (v) => group(v, 0) + " s" }, axisPointer: { label: { show: false } } });
    const series = [];
    names.forEach((name, row) => {
      const { color, dash, width } = look[name];
      const points = course.series[name];
      series.push({ name, type: "line", data: points.map((p) => [p[0], octave(p[1]), p[1], p[2]]), showSymbol: false, color, lineStyle: { color, type: dash, width }, z: 3 + (width > 2 ? 1 : 0), emphasis: { disabled: true } });
      series.push({
        name: "cut " + name, type: "custom", xAxisIndex: 1, yAxisIndex: 1, silent: false, clip: true,
        data: ribbon(points).map(([from, to, cut]) => [from, to, row, cut]), encode: { x: [0, 1], y: 2 },
        tooltip: { trigger: "item" },
        renderItem: (_, api) => {
          const a = api.coord([api.value(0), api.value(2)]), b = api.coord([api.value(1), api.value(2)]);
          const box = echarts.graphic.clipRectByRect({ x: a[0], y: a[1] - 6, width: Math.max(1, b[0] - a[0]), height: 12 }, { x: left, y: cutTop, width: charts["time-chart"].getWidth() - left - right, height: band });
          return box && { type: "rect", shape: box, style: { fill: ramp(run.cuts[focus.model.value][api.value(3)].share) } };
        },
      });
    });
    const link = course ? course.uplink : [];
    series.push({ name: "uplink", type: "line", xAxisIndex: 2, yAxisIndex: 2, data: link, showSymbol: false, step: "end", lineStyle: { width: 1, color: css("--grey") }, areaStyle: { color: css("--grey"), opacity: 0.25 }, emphasis: { disabled: true } });
    draw("time-chart", {
      grid,
      axisPointer: { link: [{ xAxisIndex: "all" }], lineStyle: { color: css("--grey"), type: "solid" } },
      tooltip: {
        ...tooltip, trigger: "axis",
        formatter: (list) => {
          const at = list[0].axisValue;
          const lines = list.filter((p) => p.seriesName !== "uplink" && !p.seriesName.startsWith("cut "))
            .map((p) => `<tr><td>${p.marker}${escape(p.seriesName)}</td><td style="text-align:right;padding:0 10px"><b>${time(p.value[2])}</b></td><td>${escape(run.cuts[focus.model.value][p.value[3]].label)}</td></tr>`);
          const rate = list.find((p) => p.seriesName === "uplink");
          return `${group(at, 1)} s${rate ? ` · uplink ${group(rate.value[1], 2)} Mbit/s` : ""}<table style="width:auto">${lines.join("")}</table>`;
        },
      },
      xAxis: [x(0, false), x(1, false), x(2, true)],
      yAxis: [
        { gridIndex: 0, name: "latency", nameGap: 12, ...octaves(axis, names.map((n) => course.series[n].map((p) => p[1]))) },
        { type: "category", gridIndex: 1, data: names, inverse: true, ...axis, splitLine: { show: false }, axisLine: { show: false }, axisLabel: { ...axis.axisLabel, interval: 0, fontSize: narrow.matches ? 10 : 12, width: left - 12, overflow: "truncate" } },
        { type: "value", gridIndex: 2, name: "uplink", nameGap: 10, ...axis, splitNumber: 3, axisLabel: { ...axis.axisLabel, formatter: (v) => v + (v ? narrow.matches ? "" : " Mb/s" : "") } },
      ],
      dataZoom: [
        { type: "slider", xAxisIndex: [0, 1, 2], height: 18, bottom: 6, left, right, brushSelect: false, borderColor: line, fillerColor: dark.matches ? "rgba(86,180,233,.18)" : "rgba(0,114,178,.12)", dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } }, selectedDataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } }, handleStyle: { color: css("--card"), borderColor: css("--grey") }, moveHandleSize: 0, textStyle: { color: soft }, labelFormatter: (v) => group(v, 0) + " s" },
      ],
      graphic: names.length ? [] : [{ type: "text", left: "center", top: 140, style: { text: "Choose at least one method above.", fill: ink, font: "14px sans-serif" } }],
      series,
    }, rateTop + rateHeight + 62);
  }

  function drawSpread() {
    const { axis, tooltip } = frame();
    const look = looks();
    const names = run.planners.map((p) => p.name).filter((n) => chosen.has(n));
    const key = (name) => [focus.model.value, focus.trace.value, name].join("\n");
    draw("spread-chart", {
      grid: { left: 4, right: 30, top: 28, bottom: 8, containLabel: true },
      tooltip: {
        ...tooltip, trigger: "item",
        formatter: (p) => `${p.marker}${escape(p.seriesName)}<br><b>${group(p.value[1], 1)} %</b> within ${time(p.value[2])}`,
      },
      xAxis: { ...octaves(axis, names.map((n) => run.quantiles[key(n)] ?? [])) },
      yAxis: { type: "value", min: 0, max: 100, name: "frames", nameGap: 12, ...axis, axisLabel: { ...axis.axisLabel, formatter: "{value} %" } },
      series: names.filter((n) => run.quantiles[key(n)]).map((name) => {
        const values = run.quantiles[key(name)];
        const { color, dash, width } = look[name];
        return { name, type: "line", color, data: values.map((v, i) => [octave(v), (100 * i) / (values.length - 1), v]), showSymbol: false, symbolSize: 8, triggerLineEvent: true, lineStyle: { color, type: dash, width }, z: width > 2 ? 4 : 3, emphasis: { focus: "series" } };
      }),
    });
  }

  // ---- networks with exits: how many answers are right, and how soon ----
  const exits = run.summary.some((r) => Number.isFinite(r.accuracy_percent));
  const frontier = { model: byId("frontier-model"), trace: byId("frontier-trace"), count: byId("frontier-count") };
  if (exits) {
    byId("frontier").hidden = false;
    fill(frontier.model, run.models, run.models[0]);
    fill(frontier.trace, run.traces, ALL, "all traces");
    frontier.count.add(new Option("right in time", "right_in_time_percent"));
    frontier.count.add(new Option("right at any time", "accuracy_percent"));
    Object.values(frontier).forEach((el) => el.addEventListener("change", drawFrontier));
  }
  function drawFrontier() {
    if (!exits) return;
    const { ink, soft, axis, tooltip } = frame();
    const look = looks();
    const rows = run.summary.filter((r) => r.model === frontier.model.value && (!frontier.trace.value || r.trace === frontier.trace.value));
    const points = run.planners.map(({ name }) => {
      const own = rows.filter((r) => r.planner === name);
      const mean = (key) => own.reduce((sum, r) => sum + r[key], 0) / own.length;
      return { name, ms: mean("mean_latency_ms"), right: mean(frontier.count.value) };
    }).filter((p) => Number.isFinite(p.ms) && Number.isFinite(p.right));
    let best = -1;
    const edge = [...points].sort((a, b) => a.ms - b.ms || b.right - a.right).filter((p) => p.right > best && ((best = p.right), true));
    const onEdge = new Set(edge.map((p) => p.name));
    draw("frontier-chart", {
      grid: { left: 4, right: 150, top: 28, bottom: 8, containLabel: true },
      tooltip: { ...tooltip, trigger: "item", formatter: (p) => p.data.name ? `${p.marker}${escape(p.data.name)}<br><b>${group(p.data.value[1], 2)} %</b> right, mean ${time(p.data.ms)}` : "" },
      xAxis: { ...octaves(axis, points.map((p) => [p.ms])), name: "" },
      yAxis: { type: "value", scale: true, name: "right", nameGap: 12, ...axis, axisLabel: { ...axis.axisLabel, formatter: (v) => group(v, v % 1 ? 1 : 0) + " %" } },
      series: [
        { type: "line", data: edge.map((p) => [octave(p.ms), p.right]), showSymbol: false, silent: true, step: "end", lineStyle: { color: soft, width: 1.2, type: "dashed" }, z: 2 },
        {
          type: "scatter", symbolSize: 11, z: 3,
          data: points.map((p) => ({ name: p.name, ms: p.ms, value: [octave(p.ms), p.right], itemStyle: { color: look[p.name].color, opacity: onEdge.has(p.name) ? 1 : 0.55 } })),
          label: { show: false, color: ink, fontSize: 12, formatter: (p) => p.data.name },
        },
      ],
    });
    nameApart(charts["frontier-chart"], [...points].sort((a, b) => onEdge.has(b.name) - onEdge.has(a.name)));
  }
  // Names points where there is room, the first ones first; the tooltip names the others.
  function nameApart(chart, points) {
    const at = Object.fromEntries(points.map((p) => [p.name, chart.convertToPixel({ gridIndex: 0 }, [octave(p.ms), p.right])]));
    const taken = Object.entries(at).map(([name, [x, y]]) => ({ name, left: x - 7, right: x + 7, top: y - 7, bottom: y + 7 }));
    const box = (side, [x, y], w) => ({
      right: { left: x + 8, right: x + 12 + w, top: y - 8, bottom: y + 8 },
      left: { left: x - 12 - w, right: x - 8, top: y - 8, bottom: y + 8 },
      top: { left: x - w / 2, right: x + w / 2, top: y - 26, bottom: y - 9 },
      bottom: { left: x - w / 2, right: x + w / 2, top: y + 9, bottom: y + 26 },
    })[side];
    const apart = (a, b) => a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
    const sides = {};
    points.forEach(({ name }) => {
      const w = width([name], 12);
      const fits = (side) => {
        const own = box(side, at[name], w);
        return own.left > 0 && own.right < chart.getWidth() && own.top > 0 && own.bottom < chart.getHeight() && taken.every((other) => other.name === name || apart(own, other));
      };
      const side = ["right", "left", "top", "bottom"].find(fits);
      if (side) {
        sides[name] = side;
        taken.push(box(side, at[name], w));
      }
    });
    const series = chart.getOption().series;
    series[1].data = series[1].data.map((d) => ({ ...d, label: { show: d.name in sides, position: sides[d.name] ?? "right" } }));
    chart.setOption({ series });
  }

  // ---- tables as files ----
  function download(table, name) {
    const cell = (c) => '"' + (c.dataset.value ?? c.textContent).trim().replaceAll('"', '""') + '"';
    const text = [...table.rows].map((row) => [...row.cells].map(cell).join(",")).join("\n") + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = name + ".csv";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  function all() {
    document.querySelectorAll(".ramp").forEach((el) => { el.style.background = `linear-gradient(90deg, ${ramp(0)}, ${ramp(0.5)}, ${ramp(1)})`; });
    chips();
    drawRegret();
    drawTime();
    drawSpread();
    drawFrontier();
  }
  [scope.model, scope.trace].forEach((el) => el.addEventListener("change", () => { remember(); drawRegret(); }));
  [focus.model, focus.trace].forEach((el) => el.addEventListener("change", () => { remember(); drawTime(); drawSpread(); }));
  byId("methods").addEventListener("change", (event) => {
    if (event.target.checked) chosen.add(event.target.value); else chosen.delete(event.target.value);
    remember(); drawTime(); drawSpread();
  });
  document.querySelectorAll("[data-download]").forEach((button) =>
    button.addEventListener("click", () => download(byId(button.dataset.download), button.dataset.download)));
  dark.addEventListener("change", all);
  narrow.addEventListener("change", all);
  let waiting = 0;
  addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(() => Object.values(charts).forEach((c) => c.resize()), 120); });
  all();
})();

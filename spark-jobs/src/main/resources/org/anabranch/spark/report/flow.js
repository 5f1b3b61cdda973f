// ---- A few samples on their way through the flow, and how well the solver does.

const palette = ["#3b7dd8", "#d9722e", "#2f9e6b", "#c2416b", "#8a63d2", "#9c7a2b", "#2a9db0", "#b0579c", "#6d8a2f", "#7a7f8c"];
const ink = (label) => palette[label % palette.length];

/** The ways in the plane where they differ most: a ring where a way begins, its label where it ends. */
const plane = (samples) => {
  const width = 480, height = 360, pad = 26, points = samples.flatMap((one) => one.plane);
  const range = (k) => [Math.min(...points.map((p) => p[k])), Math.max(...points.map((p) => p[k]))];
  const [[x0, x1], [y0, y1]] = [range(0), range(1)];
  const place = ([a, b]) => [pad + ((a - x0) / (x1 - x0 || 1)) * (width - 2 * pad), height - pad - ((b - y0) / (y1 - y0 || 1)) * (height - 2 * pad)];
  const says = "Ways of " + samples.map((one) => `sample ${one.id}, a ${one.label}${one.found === one.label ? "" : ` taken for ${one.found}`}`).join("; ") + ".";
  return svg("svg", { class: "plane", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": says },
    svg("path", { class: "axis", d: `M${pad} 8V${height - pad}H${width - 8}`, fill: "none" }),
    svg("text", { class: "tick", x: width - 8, y: height - 8, "text-anchor": "end" }, "first component →"),
    svg("text", { class: "tick", x: pad + 6, y: 16 }, "↑ second component"),
    samples.map((one) => {
      const way = one.plane.map(place), wrong = one.found !== one.label, [ex, ey] = way.at(-1), [sx, sy] = way[0];
      return svg("g", {},
        svg("polyline", { points: way.map((p) => p.map((v) => v.toFixed(1)).join(",")).join(" "), fill: "none", stroke: ink(one.label), "stroke-width": 2, "stroke-dasharray": wrong ? "5 4" : null }),
        way.slice(1, -1).map(([x, y]) => svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 1.8, fill: ink(one.label) })),
        svg("circle", { cx: sx.toFixed(1), cy: sy.toFixed(1), r: 3.5, fill: "none", stroke: ink(one.label), "stroke-width": 1.5 }),
        svg("text", { x: (ex + (ex > width - 50 ? -6 : 5)).toFixed(1), y: (ey + 4).toFixed(1), "text-anchor": ex > width - 50 ? "end" : "start" }, wrong ? `${one.label}→${one.found}` : one.label));
    }));
};

const flow = (run) => {
  const ways = run.trajectories;
  if (!ways?.samples?.length) return null;
  const name = (one) => (one.found === one.label ? `${one.label}` : `${one.label} (taken for ${one.found})`);
  const shown = percent((ways.explained?.[0] ?? 0) + (ways.explained?.[1] ?? 0), 0);
  const columns = [{ label: "Time", number: true }, ...ways.samples.map((one) => ({ label: name(one), number: true }))];
  const byTime = (caption, value) => () => table(caption, columns, ways.times.map((time, step) => [plain(time), ...ways.samples.map((one) => value(one, step))]));
  const chance = lineChart({
    title: "Probability of the label, if the flow ended there", x: "Time", fraction: true, xs: ways.times, range: [0, 1], y: (value) => Math.round(100 * value) + " %",
    says: () => ways.samples.map((one) => `${name(one)}: from ${percent(one.ofLabel[0])} to ${percent(one.ofLabel.at(-1))}`).join("; ") + ".",
    series: ways.samples.map((one) => ({ label: name(one), values: one.ofLabel, ink: ink(one.label), dash: one.found === one.label ? undefined : [5, 4], format: percent })),
    table: byTime("Probability of the label by time", (one, step) => percent(one.ofLabel[step])),
  });
  return section("flow", "Flow", `Test samples on their way through the differential equation, after round ${whole(ways.round)}: one right sample of each class that the first test block has, and wrong ones dashed.`,
    el("div", { class: "cards" },
      card("Trajectories", el("p", { class: "quiet" }, `The plane of the first two principal components, which shows ${shown} of the states' variance. Rings: time ${plain(ways.times[0])}; numbers: the labels, at time ${plain(ways.times.at(-1))}.`),
        plane(ways.samples), fold("Values as a table", () => region("Trajectories, values", true, byTime("Components of each state by time", (one, step) => one.plane[step].map(plain).join(", "))()))),
      chance.figure));
};

const solver = (run) => {
  const solve = run.evaluation?.solve, ways = run.trajectories, lines = run.metrics.filter((line) => "solver.defect" in line);
  if (!solve && !lines.length) return null;
  const facts = solve && card("A solve", table("What each sample's solve takes", [{ label: "What" }, { label: "Value", number: true }], [
    ["method", `${solve.method}, order ${solve.order}`], ["steps accepted", whole(solve.accepted)],
    ["steps rejected", whole(solve.rejected) + (solve.fixed ? " (equal steps: none can be)" : "")],
    ["evaluations of the field, forward", whole(solve.evaluations)], ["gradient", solve.gradientReason ? `${solve.gradient}: ${solve.gradientReason}` : solve.gradient],
    ["rounds computed again for their scale", whole(run.summary?.repeatedRounds)], ["worst share of a parasitic mode in training", plain(run.summary?.worstDefect)]]));
  const limit = 0.5, xs = lines.map((line) => line.round), column = (name) => lines.map((line) => (known(line[name]) ? line[name] : null));
  const undone = column("solver.reconstruction");
  const defects = column("solver.defect").some((v) => v > 0) ? lineChart({
    title: "Parasitic mode: |v − f| as a share of the velocity", x: "Round", xs, log: true,
    says: () => `The worst sample of the first test block. Last value ${plain(column("solver.defect").at(-1))}; above ${limit} the method is unstable.`,
    series: [{ label: "worst sample at the end of the solve", values: column("solver.defect").map((v) => (v > 0 ? v : null)), colour: "--first", points: true },
      { label: `unstable above ${limit}`, values: xs.map(() => limit), colour: "--second", dash: [6, 5] }],
    table: () => table("By evaluation", [{ label: "Round", number: true }, { label: "|v − f| share", number: true }, { label: "Reconstruction error", number: true }],
      lines.map((line) => [whole(line.round), plain(line["solver.defect"]), plain(line["solver.reconstruction"])])),
  }).figure : null;
  const along = ways?.samples?.length && ways.samples.some((one) => one.defect.some((v) => v > 0)) ? lineChart({
    title: "Parasitic mode along the solve", x: "Time", fraction: true, xs: ways.times,
    says: () => "The share |v − f| of the samples above, by time. Largest: " + plain(Math.max(...ways.samples.flatMap((one) => one.defect))) + ".",
    series: [{ label: "largest of the samples above", values: ways.times.map((_, k) => Math.max(...ways.samples.map((one) => one.defect[k]))), colour: "--first", points: true },
      { label: "their mean", values: ways.times.map((_, k) => ways.samples.reduce((a, one) => a + one.defect[k], 0) / ways.samples.length), colour: "--third" }],
    table: () => table("By time", [{ label: "Time", number: true }, { label: "Largest", number: true }], ways.times.map((time, k) => [plain(time), plain(Math.max(...ways.samples.map((one) => one.defect[k])))])),
  }).figure : null;
  const worst = undone.filter(known), text = !worst.length ? "The backward pass keeps states instead of undoing steps, so there is nothing to reconstruct."
    : Math.max(...worst) === 0 ? `Exactly 0 at all ${whole(worst.length)} evaluations: undoing the solve of the first test block step by step led back to its start, to the last bit.`
      : `At most ${plain(Math.max(...worst))} from the start at ${whole(worst.length)} evaluations, after the solve of the first test block was undone step by step.`;
  return section("solver", "Solver", null, el("div", { class: "cards" }, facts, card("Reconstruction error", el("p", {}, text)), defects, along));
};

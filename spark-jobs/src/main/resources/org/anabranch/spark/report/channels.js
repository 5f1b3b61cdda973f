// ---- A channel of real and generated paths: the paths, their quantiles, marginals and autocorrelation.

const channelCharts = (paths, channel) => {
  const times = paths.times, ends = (values) => { const all = values.flat(2).filter(known); return [Math.min(...all), Math.max(...all)]; };
  const roomy = ([low, high]) => { const room = 0.04 * (high - low) || 0.5; return [low - room, high + room]; };
  // A generated path far away must not flatten the others: the axes go by real paths, and as far again where generated ones do.
  const [low, high] = ends([channel.real, channel.realFan]), [from, to] = ends([channel.real, channel.fake]), reach = (high - low) || 1;
  const range = roomy([Math.max(from, low - reach), Math.min(to, high + reach)]);
  const line = (values, label, rest) => ({ label, values, ...rest });
  const bundle = (title, lines, shade) => lineChart({
    title: `${channel.name}: ${title}`, x: "Time", fraction: true, xs: times, range,
    says: () => `${lines.length} paths from time ${plain(times[0])} to ${plain(times.at(-1))}.`,
    series: lines.map((values, i) => line(values, `path ${i + 1}`, { colour: shade, width: 1, group: `${lines.length} ${title}`, silent: i > 4 })),
    table: () => table(`The first paths by time`, [{ label: "Time", number: true }, ...lines.slice(0, 5).map((_, i) => ({ label: `path ${i + 1}`, number: true }))],
      times.map((time, k) => [plain(time), ...lines.slice(0, 5).map((values) => plain(values[k]))])),
  }).figure;
  const shares = ["5 %", "25 %", "50 %", "75 %", "95 %"];
  const fan = lineChart({
    title: `${channel.name}: quantiles`, x: "Time", fraction: true, xs: times,
    says: () => `At the end the real median is ${plain(channel.realFan[2].at(-1))}, the generated ${plain(channel.fakeFan[2].at(-1))}; real 5 to 95 %: ${plain(channel.realFan[0].at(-1))} to ${plain(channel.realFan[4].at(-1))}, generated: ${plain(channel.fakeFan[0].at(-1))} to ${plain(channel.fakeFan[4].at(-1))}.`,
    series: [...channel.realFan.map((values, i) => line(values, `real ${shares[i]}`, { colour: "--first", width: i === 2 ? 2.5 : 1, group: "real", silent: i % 2 === 1 })),
      ...channel.fakeFan.map((values, i) => line(values, `generated ${shares[i]}`, { colour: "--second", width: i === 2 ? 2.5 : 1.5, dash: i === 2 ? undefined : [5, 4], group: "generated", silent: i % 2 === 1 }))],
    bands: [{ from: 4, to: 0, colour: "--band" }, { from: 3, to: 1, colour: "--band" }],
    table: () => table("5, 50 and 95 % of values lie below", [{ label: "Time", number: true }, ...[0, 2, 4].flatMap((i) => [{ label: `real ${shares[i]}`, number: true }, { label: `generated ${shares[i]}`, number: true }])],
      times.map((time, k) => [plain(time), ...[0, 2, 4].flatMap((i) => [plain(channel.realFan[i][k]), plain(channel.fakeFan[i][k])])])),
  }).figure;
  const lags = channel.realAutocorrelation.map((_, lag) => lag);
  const correlation = lineChart({
    title: `${channel.name}: autocorrelation`, x: "Lag", xs: lags, range: (u, least) => [Math.min(0, least ?? 0), 1],
    says: () => `At lag 1 real ${plain(channel.realAutocorrelation[1])}, generated ${plain(channel.fakeAutocorrelation[1])}.`,
    series: [line(channel.realAutocorrelation, "real", { colour: "--first" }), line(channel.fakeAutocorrelation, "generated", { colour: "--second", dash: [5, 4] })],
    table: () => table("Autocorrelation by lag, in values", [{ label: "Lag", number: true }, { label: "Real", number: true }, { label: "Generated", number: true }],
      lags.map((lag) => [lag, plain(channel.realAutocorrelation[lag]), plain(channel.fakeAutocorrelation[lag])])),
  }).figure;
  return el("div", { class: "cards" }, bundle("real paths", channel.real, "--first-line"), bundle("generated paths", channel.fake, "--second-line"), fan, correlation, histograms(channel));
};

/** Shares of values by bin at a few times: real ones filled, generated ones as a line around them. */
const histograms = (channel) => {
  const width = 220, height = 110, foot = 16;
  const one = (made) => {
    const most = Math.max(...made.real, ...made.fake, 1e-9), bins = made.real.length, x = (bin) => (bin / bins) * width, y = (share) => (height - foot) * (1 - share / most) + 2;
    const step = made.fake.map((share, bin) => `${bin ? "L" : "M"}${x(bin).toFixed(1)} ${y(share).toFixed(1)}L${x(bin + 1).toFixed(1)} ${y(share).toFixed(1)}`).join("");
    const outside = 1 - made.fake.reduce((a, b) => a + b, 0), beyond = outside > 0.0005 ? `, ${percent(outside)} of generated values outside` : "";
    const says = `Time ${plain(made.time)}: values from ${plain(made.from)} to ${plain(made.to)}, distance ${plain(made.distance)}${beyond}.`;
    return el("li", {}, svg("svg", { class: "histogram", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": says },
      made.real.map((share, bin) => svg("rect", { class: "real", x: x(bin).toFixed(1), y: y(share).toFixed(1), width: (width / bins).toFixed(1), height: (y(0) - y(share)).toFixed(1) })),
      svg("path", { class: "fake", d: step }), svg("path", { class: "axis", d: `M0 ${y(0)}H${width}` }),
      svg("text", { class: "tick", x: 0, y: height - 2 }, plain(made.from)), svg("text", { class: "tick", x: width, y: height - 2, "text-anchor": "end" }, plain(made.to))),
    el("div", { class: "said" }, `time ${plain(made.time)}, distance ${plain(made.distance)}${beyond}`));
  };
  const values = () => region(`${channel.name}: values by bin`, true, channel.histograms.map((made) => table(`Time ${plain(made.time)}`, [{ label: "Bin", number: true }, { label: "Real", number: true }, { label: "Generated", number: true }],
    made.real.map((share, bin) => [plain(made.from + (bin * (made.to - made.from)) / made.real.length), percent(share), percent(made.fake[bin])]))));
  return el("div", { class: "card whole" }, el("h3", {}, `${channel.name}: values at a few times`),
    el("ul", { class: "keys" }, el("li", {}, el("span", { class: "swatch point", "--swatch": "var(--first-line)", "aria-hidden": "true" }), "real"), el("li", {}, el("span", { class: "swatch", "--swatch": "var(--second)", "aria-hidden": "true" }), "generated")),
    el("ul", { class: "histograms" }, channel.histograms.map(one)), fold("Values as a table", values));
};

// ---- What a generator draws, beside real paths: each score with its yardstick, each picture on the axes of the real one.

/** [distance, what it is, digits the same]: each stands beside that of real training paths. */
const distanceRows = [["ksLargest", "Kolmogorov-Smirnov, largest over times and channels"], ["ksMean", "Kolmogorov-Smirnov, mean"],
  ["mmd", "signature MMD"], ["mmdUnbiasedSquare", "signature MMD², without its bias"]];

const pathFigures = (paths) => [["Signature MMD", plain(paths.distances?.mmd)], ["the same of real paths", plain(paths.yardstick?.mmd)],
  ...(paths.classification ? [["Told from real", percent(paths.classification.accuracy)]] : [])];

const pathScores = (paths) => {
  const untrained = paths.untrained, columns = [{ label: "Distance from real test paths" }, { label: "generated", number: true },
    { label: "real training paths", number: true }, ...(untrained ? [{ label: "before training", number: true }] : [])];
  const distances = card("Distances", region("Distances", false, table("The nearer to the column of real paths, the better; equal laws differ by chance.", columns, distanceRows.map(([key, label]) =>
    [label, plain(paths.distances[key]), plain(paths.yardstick[key]), ...(untrained ? [plain(untrained[key])] : [])]))));
  const told = paths.classification, learnt = paths.prediction;
  const rows = [...(told ? [["real or generated: accuracy", `${percent(told.accuracy)} ± ${percent(told.standardError)}`, "50 %: cannot tell"],
    ["real or generated: cross-entropy", plain(told.loss), "0.693: cannot tell"]] : []),
  ...(learnt ? [["prediction error, trained on generated paths", plain(learnt.trainedOnFake), `${plain(learnt.trainedOnReal)}: trained on real ones`],
    ["prediction error, last value kept", plain(learnt.lastValue), "what needs no network"]] : [])];
  const networks = rows.length ? card("What networks make of them", region("What networks make of them", false,
    table("Tested on real paths that no network has seen.", [{ label: "Score" }, { label: "Value", number: true }, { label: "To compare" }], rows)),
  learnt && el("p", { class: "quiet" }, `A network reads ${whole(learnt.readTimes)} times and predicts ${whole(learnt.predictedTimes)}; errors are mean squares in units of the real variance.`)) : null;
  return el("div", { class: "cards" }, distances, networks);
};

const pathHistory = (paths) => {
  const lines = paths.history ?? [];
  if (lines.length < 2) return null;
  const xs = lines.map((line) => line.round), column = (key) => lines.map((line) => (known(line[key]) ? line[key] : null));
  const chart = (title, key) => lineChart({
    title, x: "Round", xs, log: column(key).every((value) => value === null || value > 0),
    says: () => `From ${plain(column(key).find(known))} to ${plain(column(key).filter(known).at(-1))} over ${lines.length} evaluations; real paths ${plain(paths.yardstick[key])}.`,
    series: [{ label: "generated", values: column(key), colour: "--second", points: true },
      { label: "real training paths", values: xs.map(() => paths.yardstick[key]), colour: "--first", dash: [6, 5] }],
    table: () => table(title + " by round", [{ label: "Round", number: true }, { label: "Generated", number: true }], lines.map((line) => [whole(line.round), plain(line[key])])),
  }).figure;
  return el("div", { class: "cards" }, chart("Signature MMD while learning", "mmd"), chart("Kolmogorov-Smirnov, mean, while learning", "ksMean"));
};

const generated = (run) => {
  const paths = run.paths;
  if (!paths?.channels?.length) return null;
  const sets = paths.sets, lost = sets.lost ? ` ${whole(sets.lost)} of them left the numbers and are left out of every score.` : "";
  return section("paths", "Generated paths", `${whole(sets.fake)} paths that the model drew beside ${whole(sets.realTest)} real test paths.${lost}`,
    el("div", { class: "stack" }, pathScores(paths), pathHistory(paths), paths.channels.map((channel) => channelCharts(paths, channel))));
};

// ---- Who was taken for whom, and the samples of which that is true.

const confusion = (rows) => {
  const hundredths = (share) => (known(share) ? (100 * share).toFixed(0) : "–");
  const sum = (values) => values.reduce((a, b) => a + b, 0);
  const cell = (count, truth, found) => {
    const share = count / Math.max(1, sum(rows[truth]));
    const shade = truth === found ? 0.08 + 0.5 * share : count ? 0.2 + 0.7 * Math.sqrt(share) : 0;
    return el("td", { class: truth === found ? "right" : count ? "wrong" : "zero", "--share": shade.toFixed(3) }, whole(count));
  };
  const found = rows.map((_, k) => sum(rows.map((row) => row[k])));
  return el("table", { class: "confusion" },
    el("caption", {}, "Rows: the class of the label. Columns: the class that the model chose."),
    el("thead", {}, el("tr", {}, el("td", {}), rows.map((_, k) => el("th", { scope: "col" }, k)), el("th", { scope: "col", class: "sum" }, "right, %"))),
    el("tbody", {}, rows.map((row, truth) => el("tr", {}, el("th", { scope: "row" }, truth), row.map((count, k) => cell(count, truth, k)),
      el("td", { class: "sum" }, hundredths(row[truth] / sum(row)))))),
    el("tfoot", {}, el("tr", {}, el("th", { scope: "row" }, "right, %"), found.map((all, k) => el("td", {}, hundredths(rows[k][k] / all))),
      el("td", { class: "sum" }, hundredths(sum(rows.map((row, k) => row[k])) / sum(found))))));
};

const image = (features, side, low, high, label) => {
  const canvas = el("canvas", { width: side, height: side, role: "img", "aria-label": label });
  const context = canvas.getContext("2d"), pixels = context.createImageData(side, side);
  features.forEach((value, i) => {
    const ink = 255 - Math.round(255 * Math.max(0, Math.min(1, (value - low) / (high - low || 1))));
    pixels.data.set([ink, ink, ink, 255], 4 * i);
  });
  context.putImageData(pixels, 0, 0);
  return canvas;
};

const mistakeList = (evaluation) => {
  const square = evaluation.image, columns = [{ label: "Sample" }, { label: "Label", number: true }, { label: "Chosen", number: true },
    { label: "Probability", number: true }, { label: "Of the label", number: true }];
  const rows = () => table("Misclassified samples, the surest first", columns, evaluation.mistakes.map((one) =>
    [el("code", {}, one.id), one.label, one.found, percent(one.certainty), percent(one.ofLabel)]));
  if (!square) return region("Misclassified samples", true, rows());
  return [el("ul", { class: "images" }, evaluation.mistakes.map((one) => el("li", {},
    image(one.features, square.side, square.low, square.high, `Sample ${one.id}: a ${one.label}, taken for ${one.found}, probability ${percent(one.certainty)}`),
    el("div", { class: "said" }, el("strong", {}, one.label), ` taken for `, el("strong", {}, one.found), el("br"), percent(one.certainty, 0), " sure", el("br"), el("code", {}, one.id))))),
  fold("The same as a table", () => region("Misclassified samples, values", true, rows()))];
};

const mistakes = (run) => {
  const evaluation = run.evaluation, rows = evaluation?.confusion ?? run.summary?.confusion;
  if (!rows?.length) return null;
  const after = evaluation ? `The test data after round ${whole(evaluation.round)}.` : "The test data at the end.";
  const wide = rows.length > 12;
  const matrix = card("Confusion matrix", region("Confusion matrix", false, confusion(rows)));
  const list = evaluation?.mistakes && card("Misclassified samples",
    el("p", { class: "quiet" }, evaluation.wrong === 0 ? `None among the ${whole(evaluation.examined)} samples looked at.`
      : `${whole(evaluation.mistakes.length)} of ${whole(evaluation.wrong)} among the ${whole(evaluation.examined)} samples looked at, the surest first.`),
    evaluation.mistakes.length ? mistakeList(evaluation) : null);
  return section("mistakes", "Mistakes", after, wide ? el("div", {}, matrix, list) : el("div", { class: "cards" }, matrix, list));
};

// ---- What made the result, and what became of records that could not be used.

const records = (run) => {
  const noted = run.provenance ?? {}, bad = run.badRecords ?? [], total = noted.badRecords ?? bad.length;
  const classes = noted.samplesOfClass;
  const facts = card("Samples", table("Samples by use", [{ label: "Use" }, { label: "Samples", number: true }], [
    ["training", whole(noted.trainSamples)], ["test", whole(noted.testSamples)], ["records left out", whole(total)],
    ["failed in a solve, counted each time", whole(run.summary?.failures)]]),
  classes && fold("Samples by class", () => table("Training and test samples together", [{ label: "Class" }, { label: "Samples", number: true }], classes.map((count, k) => [k, whole(count)]))));
  const short = (one) => String(one.reason ?? "").replace(`${one.file}:${one.line}: `, "");
  const list = card("Bad records", total === 0 ? el("p", {}, "Every record could be used.") : [
    el("p", { class: "quiet" }, `${whole(total)} records were left out of training and test; ${bad.length < total ? `the first ${whole(bad.length)} are listed` : "all are listed"}, in the order of files and lines.`),
    region("Bad records", true, table("Records that were left out", [{ label: "Place", text: true }, { label: "What was wrong", text: true }, { label: "What happened", text: true }],
      bad.map((one) => [`${one.file}:${one.line}`, short(one), one.happened ?? "left out"])))]);
  return section("data", "Data", null, el("div", { class: "cards" }, facts, list));
};

const provenance = (run) => {
  const made = run.provenance;
  if (!made) return null;
  const text = (value) => (value === null ? "–" : typeof value === "object" ? (Array.isArray(value) ? value.map(String).join(" ") : Object.values(value).join(", ")) : String(value));
  const rows = Object.entries(made).filter(([key]) => !["settings", "resumed", "samplesOfClass"].includes(key)).map(([key, value]) => [key, text(value)]);
  const summary = run.summary ?? {};
  for (const key of ["parametersSha256", "ended", "firstRoundSecondsAfterStart"]) if (summary[key] !== undefined && summary[key] !== "") rows.push([key, text(summary[key])]);
  const settings = Object.entries(made.settings ?? {}).map(([key, one]) => [key, text(one.value), text(one.from)]);
  const resumed = (made.resumed ?? []).map((one) => [one.started, text(one.commandLine), text(one.version)]);
  return section("provenance", "Provenance", "What made this result. The same settings, data and numerics give the same parameters, to the last bit.",
    el("div", { class: "cards" },
      card("Program and machine", region("Program and machine", false, table("As recorded when the run started", [{ label: "What" }, { label: "Value", text: true }], rows))),
      card("Settings", region("Settings", false, table("Every setting and where it was written", [{ label: "Setting" }, { label: "Value", text: true }, { label: "From", text: true }], settings)))),
    resumed.length ? card("Resumed", table("Processes that went on with the run", [{ label: "Started" }, { label: "Command line", text: true }, { label: "Version" }], resumed)) : null);
};

// ---- The page.

const run = JSON.parse(document.getElementById("run").textContent);

const head = () => {
  const summary = run.summary ?? {}, metrics = summary.metrics ?? {}, status = summary.status ?? "unknown";
  const seconds = summary.seconds, figures = [
    ...(scored(run) ? [["Test accuracy", percent(metrics["test.accuracy"], 2)]] : []), ...(run.paths ? pathFigures(run.paths) : []),
    ...(scored(run) || known(metrics["test.loss"]) ? [["Test loss", plain(metrics["test.loss"])]] : []),
    ["Training loss", plain(metrics["train.loss"])], ["Rounds", whole(summary.rounds)], ["Samples", whole(summary.samples)],
    ["Time", clock(seconds)], ["Samples a second", whole(summary.samples / seconds)],
    ["Rounds computed again", whole(summary.repeatedRounds)]];
  document.title = `${summary.name ?? "run"}: ${status} · Anabranch report`;
  document.getElementById("head").replaceChildren(
    el("div", { class: "line" }, el("h1", {}, summary.name ?? "Run"), el("span", { class: "status " + status, role: "status" }, status),
      el("span", { class: "quiet" }, summary.started ? `started ${summary.started}` : "", summary.ended ? `, ended ${summary.ended}` : "")),
    summary.message ? el("div", { class: "alert", role: "alert" }, el("strong", {}, "The run failed. "), summary.message) : "",
    ...(run.gaps ?? []).map((gap) => el("div", { class: "alert" }, gap)),
    el("dl", { class: "figures", "aria-label": "Key figures" }, figures.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))));
};

/** The sections after the first: what each is built from, and how. Only what has changed is built again. */
const parts = [
  ["paths", (data) => [data.paths?.sets, data.paths?.distances, data.paths?.history?.length], generated],
  ["mistakes", (data) => [data.evaluation, data.summary?.confusion], mistakes], ["flow", (data) => [data.trajectories], flow],
  ["solver", (data) => [data.evaluation?.round, data.trajectories?.round], solver], ["time", (data) => [data.execution], execution],
  ["data", (data) => [data.badRecords, data.provenance?.trainSamples], records], ["provenance", (data) => [data.provenance, data.summary?.parametersSha256], provenance],
  ["failure", (data) => [data.failure], (data) => data.failure && section("failure", "Failure", null, fold("The trace of the failure", () => el("pre", { tabindex: "0" }, data.failure)))],
];
const drawn = new Map();
let curves, sizes = "";
const body = () => {
  const content = document.getElementById("content");
  if (!curves || (run.metrics.length !== sizes && curves.update())) {
    curves?.part.remove();
    curves = learning(run);
    content.querySelector("noscript")?.remove();
    content.prepend(curves.part);
  }
  sizes = run.metrics.length;
  let before = curves.part;
  for (const [id, source, build] of parts) {
    const text = JSON.stringify(source(run)), old = document.getElementById(id);
    if (drawn.get(id) !== text && !old?.contains(document.activeElement)) { // whoever is reading there keeps their place
      drawn.set(id, text);
      const part = build(run);
      old?.remove();
      if (part) before.after(part);
    }
    before = document.getElementById(id) ?? before;
  }
  const links = [...content.querySelectorAll("section")].map((part) => [part.id, part.querySelector("h2").textContent]);
  const contents = document.getElementById("contents");
  if (contents.querySelectorAll("a").length !== links.length) {
    contents.replaceChildren(el("ul", {}, links.map(([id, title]) => el("li", {}, el("a", { href: "#" + id }, title)))));
  }
};

const foot = () => document.getElementById("foot").replaceChildren(
  el("p", {}, `Made by Anabranch ${run.provenance?.version ?? ""} from ${run.location}. This file needs no network. Charts: uPlot (MIT).`));

head();
body();
foot();
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
if (run.live) follow(run, () => { head(); body(); });

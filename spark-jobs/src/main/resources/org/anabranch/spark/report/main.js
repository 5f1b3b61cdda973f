// ---- The page.

const run = JSON.parse(document.getElementById("run").textContent);

const head = () => {
  const summary = run.summary ?? {}, metrics = summary.metrics ?? {}, status = summary.status ?? "unknown";
  const seconds = summary.seconds, figures = [
    ["Test accuracy", percent(metrics["test.accuracy"], 2)], ["Test loss", plain(metrics["test.loss"])],
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

let curves;
const body = () => {
  curves = learning(run);
  const parts = [curves.part, mistakes(run), flow(run), solver(run), execution(run), records(run), provenance(run)].filter(Boolean);
  if (run.failure) parts.push(section("failure", "Failure", null, fold("The trace of the failure", () => el("pre", { tabindex: "0" }, run.failure))));
  document.getElementById("content").replaceChildren(...parts);
  document.getElementById("contents").replaceChildren(el("ul", {}, parts.map((part) =>
    el("li", {}, el("a", { href: "#" + part.id }, part.querySelector("h2").textContent)))));
};

const foot = () => document.getElementById("foot").replaceChildren(
  el("p", {}, `Made by Anabranch ${run.provenance?.version ?? ""} from ${run.location}. This file needs no network. Charts: uPlot (MIT).`));

head();
body();
foot();

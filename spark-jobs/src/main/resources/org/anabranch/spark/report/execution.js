// ---- Where the time went.

const execution = (run) => {
  const made = run.execution;
  if (!made) return null;
  const shades = ["--first", "--second", "--third", "--good", "--bad", "--quiet"];
  const bar = (parts, most, label) => el("div", { class: "bar", role: "img", "aria-label": label },
    parts.map(([, seconds, shade]) => el("span", { "--part": (seconds / (most || 1)).toFixed(4), "--swatch": `var(${shade})` })));
  const keys = (names) => el("ul", { class: "keys" }, names.map(([name, shade]) => el("li", {}, el("span", { class: "swatch point", "--swatch": `var(${shade})`, "aria-hidden": "true" }), name)));
  const driver = Object.entries(made.driver ?? {}), all = driver.reduce((sum, [, seconds]) => sum + seconds, 0);
  const phases = driver.map(([name, seconds], i) => [name, seconds, shades[i % shades.length]]);
  const first = card("The driver, by phase", bar(phases, all, driver.map(([name, seconds]) => `${name} ${clock(seconds)}`).join(", ")), keys(phases.map(([name, , shade]) => [name, shade])),
    table(`${clock(all)} in all`, [{ label: "Phase" }, { label: "Seconds", number: true }, { label: "Share", number: true }], driver.map(([name, seconds]) => [name, seconds.toFixed(2), percent(seconds / all, 0)])));
  const rows = made.executors ?? [], total = (row) => row.run + row.start + row.wait, most = Math.max(0, ...rows.map(total));
  const kinds = [["running", "run", "--first"], ["starting (code and parameters)", "start", "--third"], ["waiting (schedule, results)", "wait", "--quiet"]];
  const tasks = card("Tasks, by executor and phase", keys(kinds.map(([name, , shade]) => [name, shade])),
    region("Tasks by executor and phase", false, table("Seconds of all tasks together", [{ label: "Executor" }, { label: "Phase" }, { label: "Tasks", number: true }, { label: "Failed", number: true },
      { label: "Running", number: true }, { label: "Starting", number: true }, { label: "Waiting", number: true }, { label: "Garbage collection", number: true }, { label: "" }],
    rows.map((row) => [`${row.executor} (${row.host})`, row.phase, whole(row.tasks), whole(row.failed), row.run.toFixed(2), row.start.toFixed(2), row.wait.toFixed(2), row.collection.toFixed(2),
      bar(kinds.map(([, key, shade]) => ["", row[key], shade]), most, `${row.phase}: ${clock(total(row))}`)]))),
    Object.entries(made.lost ?? {}).map(([id, reason]) => el("p", { class: "alert" }, `Executor ${id} was lost: ${reason}`)));
  return section("time", "Time", "Since the last time that this run was started.", el("div", { class: "stack" }, first, tasks));
};

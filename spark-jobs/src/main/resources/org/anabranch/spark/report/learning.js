// ---- Loss, accuracy and learning rate by round.

/** Whether the model classifies: a generator of paths has no accuracy. */
const scored = (run) => run.metrics.some((line) => "train.accuracy" in line || "test.accuracy" in line) || known(run.summary?.metrics?.["test.accuracy"])
  || (!run.metrics.length && !run.paths);

const learning = (run) => {
  const key = (line, name) => (known(line[name]) ? line[name] : null);
  const byRound = () => {
    const lines = run.metrics;
    const rounds = [...new Set(lines.map((line) => line.round))].sort((a, b) => a - b);
    const place = new Map(rounds.map((round, i) => [round, i]));
    const column = (name) => {
      const values = new Array(rounds.length).fill(null);
      for (const line of lines) if (name in line) values[place.get(line.round)] = key(line, name);
      return values;
    };
    return { rounds, column };
  };
  /** The mean of the values around each one, so that the noise of mini-batches does not hide the trend. */
  const window = (n) => Math.max(1, 2 * Math.floor(n / 40) + 1);
  const mean = (values) => {
    const half = (window(values.length) - 1) / 2;
    return values.map((value, i) => {
      const near = values.slice(Math.max(0, i - half), i + half + 1).filter(known);
      return value === null || !near.length ? null : near.reduce((a, b) => a + b, 0) / near.length;
    });
  };
  const last = (values) => values.filter(known).at(-1);
  const rate = (data) => {
    const recorded = data.column("learning-rate");
    const setting = Number(run.provenance?.settings?.["train.learning-rate"]?.value);
    return recorded.some(known) || !known(setting) ? recorded : recorded.map(() => setting);
  };
  const validated = (data) => data.column("validation.loss").some(known);
  const tested = (data) => scored(run) || data.column("test.loss").some(known);
  const positive = (data) => ["train.loss", "validation.loss", "test.loss"].every((name) => data.column(name).every((value) => value === null || value > 0));
  /** What decides which charts and series there are. */
  const form = (data) => [window(data.rounds.length) > 1, validated(data), tested(data), positive(data), scored(run)].join();
  const curves = (data, name, format) => {
    const training = data.column("train." + name), n = window(training.length);
    const noisy = { label: "training, mini-batch", values: training, colour: n > 1 ? "--first-faint" : "--first", width: n > 1 ? 1 : 2, format };
    const trend = n > 1 ? [{ label: `training, mean of ${n} points`, values: mean(training), colour: "--first", format }] : [];
    const validation = validated(data) ? [{ label: "validation", values: data.column("validation." + name), colour: "--third", points: true, format }] : [];
    const test = tested(data) ? [{ label: "test", values: data.column("test." + name), colour: "--second", points: true, format }] : [];
    return [noisy, ...trend, ...validation, ...test];
  };
  const kinds = (data) => [["Training", "train."], ...(validated(data) ? [["Validation", "validation."]] : []), ...(tested(data) ? [["Test", "test."]] : [])];
  const rows = (name, format) => () => {
    const data = byRound(), columns = kinds(data).map(([label, kind]) => [label, data.column(kind + name)]);
    return table(`${columns.map(([label]) => label).join(", ")}: ${name} by round`, [{ label: "Round", number: true }, ...columns.map(([label]) => ({ label, number: true }))],
      data.rounds.map((round, i) => [whole(round), ...columns.map(([, values]) => format(values[i]))]));
  };
  const says = (name, format) => () => {
    const data = byRound(), training = data.column("train." + name), test = data.column("test." + name), validation = data.column("validation." + name);
    return `A line chart over ${data.rounds.length} rounds. Training goes from ${format(training.find(known))} to ${format(last(training))}`
      + (validation.some(known) ? `, validation ends at ${format(last(validation))}` : "")
      + (test.some(known) ? `, test ends at ${format(last(test))}.` : tested(data) ? ", no test value yet." : ".");
  };
  let data = byRound();
  const made = form(data);
  const loss = lineChart({ title: "Loss", says: says("loss", plain), x: "Round", xs: data.rounds, series: curves(data, "loss", plain), log: positive(data), table: rows("loss", plain) });
  const accuracy = !scored(run) ? null : lineChart({ title: "Accuracy", says: says("accuracy", percent), x: "Round", xs: data.rounds, series: curves(data, "accuracy", percent),
    y: (value) => Math.round(100 * value) + " %", range: [0, 1], table: rows("accuracy", percent) });
  const rates = (values) => [{ label: "learning rate", values, colour: "--third" }];
  const schedule = lineChart({ title: "Learning rate", x: "Round", xs: data.rounds, series: rates(rate(data)),
    says: () => `A line chart. It starts at ${plain(rate(byRound()).find(known))} and is now ${plain(last(rate(byRound())))}.`,
    range: (u, low, high) => (known(high) ? [0, high * 1.15 || 1] : [0, 1]),
    table: () => table("Learning rate by round", [{ label: "Round", number: true }, { label: "Learning rate", number: true }],
      byRound().rounds.map((round, i) => [whole(round), plain(rate(byRound())[i])])) });
  const every = run.everyRound > 1 ? ` Every ${whole(run.everyRound)}th round is drawn.` : "";
  const lead = "Training values are those of each round's mini-batch before its update" + (tested(data) ? "; test values are of all test samples" : "")
    + (validated(data) ? ", validation values of all validation samples." : ".") + every;
  const part = section("learning", "Learning", lead, el("div", { class: "cards three" }, loss.figure, accuracy ? accuracy.figure : null, schedule.figure));
  return {
    part,
    update() {
      data = byRound();
      if (form(data) !== made) return true; // the charts or their series differ: build it again
      loss.update(data.rounds, curves(data, "loss", plain));
      if (accuracy) accuracy.update(data.rounds, curves(data, "accuracy", percent));
      schedule.update(data.rounds, rates(rate(data)));
      return false;
    },
  };
};

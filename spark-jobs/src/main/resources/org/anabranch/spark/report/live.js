// ---- The page of a running job asks for what is new. It asks less often where answers take long, and not while it is hidden.

const follow = (run, redraw) => {
  const note = el("p", { class: "quiet", role: "status" }, "Live: the page follows the job.");
  document.getElementById("head").after(note);
  let wait = 1000;
  const ask = async () => {
    if (document.hidden) return setTimeout(ask, wait);
    const began = performance.now();
    let news;
    try {
      const answer = await fetch("run.json?from=" + run.metricLines, { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.status);
      news = await answer.json();
    } catch (failure) {
      note.textContent = `The job no longer answers. Its report is ${run.location}/report.html.`;
      return undefined;
    }
    wait = Math.max(1000, 20 * (performance.now() - began));
    const lines = [...run.metrics, ...news.metrics];
    Object.assign(run, news, { metrics: lines, everyRound: run.everyRound });
    redraw();
    return setTimeout(ask, wait);
  };
  setTimeout(ask, wait);
};

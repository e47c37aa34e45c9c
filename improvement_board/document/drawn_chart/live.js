// A chart is a drawing until somebody points at it, reaches it by touch or keyboard, or the browser has nothing else to do.
// Then its live figure is asked for and drawn by Plotly over the drawing, which stays for paper and for screen readers.
// Where the figure cannot be had the drawing stands. A live chart of the first view, or of a page that is drawn anew, goes
// on in the chart of the same name that takes its place.
if (!window.improvementBoardCharts) {
  window.improvementBoardCharts = true;
  const QUIET = 2000, AGAIN = 5000;
  const CHARTS = ".ib-drawn";
  const inView = new Set();
  const plots = new Set();
  const watching = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) isIntersecting ? inView.add(target) : inView.delete(target);
    wakeWhenIdle();
  });
  const fitting = new ResizeObserver((changes) => changes.forEach(({ target }) => fit(target)));

  const draw = (chart) => {
    chart.innerHTML = chart.dataset.drawing;
    chart.removeAttribute("data-drawing");
    chart.firstElementChild.setAttribute("tabindex", "0");
    watching.observe(chart);
  };
  const drawAll = () => {
    document.querySelectorAll(`${CHARTS}[data-drawing]`).forEach(draw);
    for (const gone of inView) if (!gone.isConnected) inView.delete(gone);
    for (const gone of plots) if (!gone.isConnected) handOn(gone, gone.parentElement);
  };
  const handOn = (plot, before) => {
    const isHeir = (chart) => !chart.dataset.state && chart.dataset.chart === before.dataset.chart && widthOf(chart) === widthOf(before);
    const heir = [...document.querySelectorAll(CHARTS)].find(isHeir);
    fitting.unobserve(before);
    if (heir) {
      heir.dataset.state = "asked";
      settle(heir, plot);
    } else {
      plots.delete(plot);
      window.Plotly.purge(plot);
    }
  };

  let loading = null;
  const plotly = () => loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("PLOTLY_ADDRESS", document.baseURI);
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => { loading = null; script.remove(); reject(new Error("no Plotly")); };
    document.head.append(script);
  });
  // The address of a chart's page, which the link to its picture has: the browser may be on its way to the next page.
  const pageOf = (chart) => {
    const page = new URL(chart.nextElementSibling?.querySelector("a")?.href ?? location.href);
    page.searchParams.delete("save");
    return page;
  };
  const figureOf = async (chart) => {
    const answer = await fetch(pageOf(chart), {
      headers: { "IB-Chart": chart.dataset.chart, Accept: "application/json" }, cache: "no-store", redirect: "error",
    });
    return answer.ok ? answer.json() : null;
  };

  const widthOf = (chart) => chart.firstElementChild?.getAttribute("width");

  // What Plotly draws is as large as the drawing was made, and as much smaller as the drawing is shown.
  const fit = (chart) => {
    const [drawing, plot] = chart.children;
    const scale = drawing.getBoundingClientRect().width / widthOf(chart);
    plot.style.transform = Math.abs(scale - 1) > 0.001 ? `scale(${scale})` : "";
  };
  const settle = (chart, plot) => {
    chart.append(plot);
    chart.classList.add("ib-alive");
    fit(chart);
    fitting.observe(chart);
  };
  const bringToLife = async (chart, { data, layout, config }) => {
    const drawing = chart.firstElementChild;
    const plot = document.createElement("div");
    plot.className = "ib-live";
    plot.setAttribute("aria-hidden", "true");
    chart.append(plot);
    const size = { width: Number(widthOf(chart)), height: Number(drawing.getAttribute("height")) };
    layout.font.family = layout.hoverlabel.font.family = getComputedStyle(chart).fontFamily;
    await window.Plotly.newPlot(plot, data, { ...layout, ...size }, config);
    plots.add(plot);
    settle(chart, plot);
    if (!chart.isConnected) drawAll();
  };
  const wake = async (chart) => {
    if (chart.dataset.state || !chart.firstElementChild) return;
    chart.dataset.state = "asked";
    try {
      const [figure] = await Promise.all([figureOf(chart), plotly()]);
      if (!figure || !chart.isConnected) return;
      await bringToLife(chart, figure);
      pointAgain(chart);
    } catch {
      chart.querySelector(".ib-live")?.remove();
      setTimeout(() => { delete chart.dataset.state; }, AGAIN);  // the network may be back
    }
  };

  // Whoever rests on a chart that has just come to life has its tooltip at once.
  let pointer = null;
  const pointAgain = (chart) => {
    if (!pointer || !chart.matches(":hover")) return;
    const { clientX, clientY } = pointer;
    const mark = document.elementFromPoint(clientX, clientY);
    if (mark && chart.contains(mark)) mark.dispatchEvent(new MouseEvent("mousemove", { bubbles: true, clientX, clientY }));
  };
  const chartOf = (event) => event.target.closest?.(CHARTS);
  const wakeBy = (event) => {
    if (event.clientX !== undefined) pointer = event;
    const chart = chartOf(event);
    if (chart) wake(chart);
  };
  for (const kind of ["pointerover", "pointermove", "pointerdown", "focusin"]) document.addEventListener(kind, wakeBy, { passive: true });

  // The arrow keys lead from figure to figure.
  const told = (plot) => plot.data.flatMap((trace, curveNumber) => (trace.hoverinfo === "text" ? [trace.hovertext].flat() : [])
    .map((text, pointNumber) => ({ curveNumber, pointNumber, text })).filter(({ text }) => text));
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  document.addEventListener("keydown", (event) => {
    const plot = chartOf(event)?.querySelector(".ib-live");
    if (!plots.has(plot) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") window.Plotly.Fx.unhover(plot);
    if (!(event.key in STEPS)) return;
    event.preventDefault();
    const all = told(plot);
    const last = all.length - 1;
    plot.ibAt = Math.min(last, Math.max(0, plot.ibAt === undefined ? last : plot.ibAt + STEPS[event.key]));
    window.Plotly.Fx.hover(plot, [all[plot.ibAt]]);
  });
  document.addEventListener("focusout", (event) => {
    const plot = chartOf(event)?.querySelector(".ib-live");
    if (plots.has(plot)) window.Plotly.Fx.unhover(plot);
  });

  // What is in view comes to life by itself, one after the other, unless the person saves data.
  let waiting = 0;
  const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
  const wakeNext = async () => {
    const next = [...inView].find((chart) => chart.isConnected && !chart.dataset.state);
    if (!next || document.hidden) return;
    await wake(next);
    idle(wakeNext);
  };
  const wakeWhenIdle = () => {
    clearTimeout(waiting);
    if (navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches) return;
    waiting = setTimeout(() => idle(wakeNext), QUIET);
  };

  // A picture as PNG is drawn here, twice as large, of the SVG that the link leads to; where it cannot be, that is saved.
  const urlOf = (blob) => URL.createObjectURL(blob);
  const drawPng = async (link) => {
    const answer = await fetch(link.href, { cache: "no-store", redirect: "error" });
    if (!answer.ok) throw new Error("no picture");
    const drawing = new Image();
    drawing.src = urlOf(new Blob([await answer.text()], { type: "image/svg+xml" }));
    await drawing.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: 2 * drawing.width, height: 2 * drawing.height });
    canvas.getContext("2d").drawImage(drawing, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(drawing.src);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  };
  const save = (href, download) => Object.assign(document.createElement("a"), { href, download }).click();
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.ib-as-png");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    drawPng(link).then((png) => save(urlOf(png), link.download.replace(/svg$/, "png")), () => save(link.href, link.download));
  });

  new MutationObserver(drawAll).observe(document.body, { childList: true, subtree: true });
  drawAll();
}

// Notes the frame in which everything that a page must show is there. `watch` says what: a number of charts or of
// images or of the first view's pictures, and for charts those of before, which must all have given way. A mark counts once it has a shape.
(() => {
  if (window !== window.top || window.drawn) return;
  const shapes = {
    charts: () =>
      [...document.querySelectorAll(".js-plotly-plot")]
        .map((chart) => [...chart.querySelectorAll(".scatterlayer path, .barlayer path")].map((path) => path.getAttribute("d") || "").join(""))
        .filter((shape) => shape.length > 40),
    pictures: () => [...document.querySelectorAll("#ib-first svg[role=img]")].map((picture) => picture.innerHTML),
    images: () => [...document.querySelectorAll("img.ib-spark")].filter((image) => image.complete && image.naturalWidth > 0).map((image) => image.src),
  };
  const state = (window.drawn = { watch: null, began: null, at: null });
  state.shapes = (kind) => shapes[kind]();
  state.next = (watch) => Object.assign(state, { watch, began: null, at: null });
  for (const kind of ["pointerdown", "keydown", "change"]) {
    addEventListener(kind, (event) => (state.began ??= event.timeStamp), true);
  }
  const look = (now) => {
    const watch = state.watch;
    if (watch && state.at === null) {
      const found = shapes[watch.kind]();
      const isNew = !watch.before || found.every((shape) => !watch.before.includes(shape));
      if (found.length >= watch.count && isNew) state.at = now;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();

// Notes the frame in which everything that a page must show is there. `watch` says what: a number of live charts, of
// images, of the first view's pictures, of the drawings that the app has put in their place, or of tooltips that answer
// the pointer; and those of before, which must all have given way. A mark counts once it has a shape.
(() => {
  if (window !== window.top || window.drawn) return;
  const drawings = (within) => () => [...document.querySelectorAll(`${within} .ib-drawn > svg`)].map((picture) => picture.innerHTML);
  const shapes = {
    charts: () =>
      [...document.querySelectorAll(".js-plotly-plot")]
        .map((chart) => [...chart.querySelectorAll(".scatterlayer path, .barlayer path")].map((path) => path.getAttribute("d") || "").join(""))
        .filter((shape) => shape.length > 40),
    pictures: drawings("#ib-first"),
    drawings: drawings("#root"),
    tooltips: () => [...document.querySelectorAll(".ib-alive .hovertext")].map((tooltip) => tooltip.textContent),
    images: () => [...document.querySelectorAll("img.ib-lead-trend")].filter((image) => image.complete && image.naturalWidth > 0).map((image) => image.src),
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
      const shown = shapes[watch.kind]();
      const isNew = !watch.before || shown.every((shape) => !watch.before.includes(shape));
      if (shown.length >= watch.count && isNew) state.at = now;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();

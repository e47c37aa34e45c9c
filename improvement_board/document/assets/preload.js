// Once this page is drawn and the browser is idle, fetch what charts need, so that the next page draws at once.
if (!window.improvementBoardPreload) {
  window.improvementBoardPreload = true;
  const load = () => import(new URL("CHART_BUNDLE", document.baseURI).href).catch(() => {});
  const idle = window.requestIdleCallback ? (work) => requestIdleCallback(work, { timeout: 3000 }) : (work) => setTimeout(work, 500);
  setTimeout(() => idle(load), 300);
}

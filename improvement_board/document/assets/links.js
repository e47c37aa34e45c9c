// Links within the dashboard change the page without loading it anew: the address is changed as by the browser's own
// Back and Forward, to which Streamlit listens. Without this they are ordinary links.
if (!window.improvementBoardLinks) {
  window.improvementBoardLinks = true;
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a.ib-link");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const target = new URL(link.href);
    if (target.origin !== location.origin) return;
    event.preventDefault();
    // The role that somebody without sign-in chose to look in is kept.
    const role = new URLSearchParams(location.search).get("as");
    if (role) target.searchParams.set("as", role);
    history.pushState({}, "", target);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  });
  // On a phone the navigation lies over the page: it closes once a page is chosen.
  document.addEventListener("click", (event) => {
    const entry = event.target.closest && event.target.closest('[data-testid="stSidebarNavLink"]');
    if (entry && innerWidth < 768) document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  });
  // On paper a chart is as wide as the page and no wider: with a view box its drawing shrinks instead of being cut.
  const fit = (drawing) => drawing.setAttribute("viewBox", `0 0 ${drawing.getAttribute("width")} ${drawing.getAttribute("height")}`);
  const resized = new MutationObserver((changes) => changes.forEach((change) => fit(change.target)));
  matchMedia("print").addEventListener("change", (print) => {
    resized.disconnect();
    for (const drawing of document.querySelectorAll(".js-plotly-plot .main-svg")) {
      if (print.matches) {
        fit(drawing);
        resized.observe(drawing, { attributeFilter: ["width", "height"] });
      } else {
        drawing.removeAttribute("viewBox");
      }
    }
  });
  // The first visit to a new server may be told that an ambition's page is not found, though it is drawn: Streamlit takes
  // pages/ for all the pages there are until app.py has named them. A page that really is not there opens the plan.
  const [plan, ...entries] = document.querySelectorAll('[data-testid="stSidebarNavLink"]');
  const notFound = [...document.querySelectorAll('[role="dialog"]')].find((box) => box.textContent.includes("Page not found"));
  if (notFound && entries.some((entry) => new URL(entry.href).pathname === location.pathname)) {
    notFound.querySelector('button[aria-label="Close"]')?.click();
  }
}

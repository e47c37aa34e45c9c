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
    history.pushState({}, "", target);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  });
  // On a phone the navigation lies over the page: it closes once a page is chosen.
  document.addEventListener("click", (event) => {
    const entry = event.target.closest && event.target.closest('[data-testid="stSidebarNavLink"]');
    if (entry && innerWidth < 768) document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  });
}

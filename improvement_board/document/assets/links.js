// Links and the form of the frame change the page without loading it anew: the address is changed as by the browser's own
// Back and Forward, to which Streamlit listens. Without this they are ordinary links and an ordinary form.
if (!window.improvementBoardLinks) {
  window.improvementBoardLinks = true;
  // What is drawn anew loses the focus: a form's control gets it back, and a page that was gone to has it on its title.
  let awaited = null;
  const focusAgain = () => {
    const element = awaited && document.querySelector(awaited.selector);
    if (!element || element === awaited.element && element.textContent === awaited.text) return;
    awaited = null;
    for (let menu; (menu = element.closest(".ib-bar details:not([open])")); ) menu.open = true;  // as it was when chosen in
    element.focus({ preventScroll: true });
  };
  new MutationObserver(focusAgain).observe(document.body, { childList: true, subtree: true, characterData: true });
  const go = (target, selector) => {
    if (target.href === location.href) return;
    const element = document.querySelector(selector);
    awaited = { selector, element, text: element?.textContent };
    history.pushState({}, "", target);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a.ib-link");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const target = new URL(link.href);
    if (target.origin !== location.origin) return;
    if (document.getElementById("ib-first")) return;  // the app has not drawn yet: an ordinary link
    event.preventDefault();
    link.closest(".ib-top")?.querySelectorAll("details[open]").forEach((menu) => { menu.open = false; });
    go(target, "h1");
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  });
  const show = (form, selector) => {
    const target = new URL(form.getAttribute("action") || location.pathname, document.baseURI);
    target.search = "";
    for (const [key, value] of new FormData(form)) if (value) target.searchParams.set(key, value);
    go(target, selector);
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest && event.target.closest("form.ib-form");
    if (form && document.getElementById("ib-first")) form.submit();
    else if (form) show(form, `form.ib-form [name="${event.target.name}"]`);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.ib-form") || document.getElementById("ib-first")) return;
    event.preventDefault();
    show(event.target, "form.ib-form button");
  });
  // What is looked for by name: the slash leads to it, a name that is chosen opens its page, other words list what has them.
  const chosenIn = (input) => [...input.list.options].find((option) => option.value === input.value);
  const open = (input, option) => {
    const target = new URL(option.dataset.to, document.baseURI);
    input.value = "";
    document.querySelectorAll(".ib-top details[open]").forEach((menu) => { menu.open = false; });
    if (document.getElementById("ib-first")) location.assign(target);
    else go(target, "h1");
  };
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.(".ib-find input") || event.inputType === "insertText") return;
    const option = chosenIn(event.target);
    if (option) open(event.target, option);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".ib-find")) return;
    const input = event.target.querySelector("[list]");
    const option = chosenIn(input);
    if (!option && document.getElementById("ib-first")) return;
    event.preventDefault();
    if (option) open(input, option);
    else show(event.target, "h1");
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches?.("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const input = [...document.querySelectorAll(".ib-find [list]")].find((each) => each.checkVisibility());
    if (!input) return;
    event.preventDefault();
    input.focus();
  });
  // One chart at a time: arrow keys, and those of a clicker, lead to the next and back.
  const STEPS = { ArrowRight: "after", PageDown: "after", ArrowLeft: "before", PageUp: "before" };
  document.addEventListener("keydown", (event) => {
    const isElsewhere = event.target.closest?.("input, select, textarea, .ib-drawn, .ib-scroll");
    if (!(event.key in STEPS) || isElsewhere || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const page = document.getElementById("ib-first") ?? document.getElementById("root");
    const link = page.querySelector(`.ib-step-${STEPS[event.key]} a`);  // it stands there as soon as the title does
    if (!link) return;
    event.preventDefault();
    link.click();
  });
  document.addEventListener("click", (event) => {
    const tool = event.target.closest && event.target.closest("button.ib-tool[data-does]");
    if (tool?.dataset.does === "print") print();
    if (tool?.dataset.does === "copy") {
      const said = (words) => { tool.textContent = words; setTimeout(() => { tool.textContent = "Copy link"; }, 3000); };
      const copied = navigator.clipboard ? navigator.clipboard.writeText(location.href) : Promise.reject();
      copied.then(() => said("Link copied"), () => prompt("The link to what is shown:", location.href));
    }
  });
  // A menu of the frame closes by Escape, and when something beside it is chosen.
  const MENUS = ".ib-top details[open], .ib-bar details[open]";
  const closeMenus = (but) => document.querySelectorAll(MENUS).forEach((menu) => {
    if (!menu.contains(but)) menu.open = false;
  });
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.activeElement?.closest?.(MENUS)?.querySelector("summary").focus();
    closeMenus(null);
  });
  // How wide a chart is on this screen, for the drawings of the next first view.
  const noteWidth = () => {
    const page = document.querySelector('[data-testid="stMainBlockContainer"]');
    if (!page) return;
    const style = getComputedStyle(page);
    const width = Math.round(page.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
    if (width > 0) document.cookie = `ib-width=${width}; path=/; samesite=strict`;
  };
  noteWidth();
  addEventListener("resize", noteWidth);
  // The first visit to a new server may be told that an ambition's page is not found, though it is drawn: Streamlit takes
  // pages/ for all the pages there are until app.py has named them. A page that really is not there opens the plan.
  const notFound = [...document.querySelectorAll('[role="dialog"]')].find((box) => box.textContent.includes("Page not found"));
  const current = document.querySelector('.ib-places [aria-current="page"]');
  if (notFound && current && new URL(current.href).pathname === location.pathname && location.pathname.length > 1) {
    notFound.querySelector('button[aria-label="Close"]')?.click();
  }
}

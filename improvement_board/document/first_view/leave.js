// The first view gives way once the app has drawn the same: its title and as many charts. Where the app has something else
// to say, it gives way at once; where charts are missing, after a while.
{
  const PATIENCE = 15000;
  const first = document.getElementById("ib-first");
  const title = first.querySelector("h1").textContent;
  const charts = first.querySelectorAll(".ib-drawn").length;
  const leave = () => {
    seen.disconnect();
    const main = document.querySelector('[data-testid="stMain"]');
    if (main) main.scrollTop = first.scrollTop;
    first.remove();
  };
  let hasRun = false;
  const look = () => {
    const heading = document.querySelector("#root h1");
    const state = document.querySelector('[data-testid="stApp"]')?.getAttribute("data-test-script-state");
    if (!heading || state !== "notRunning" || !first.isConnected) return;
    const drawn = document.querySelectorAll("#root .ib-drawn > svg").length;
    if (heading.textContent !== title || drawn >= charts && !document.querySelector('#root [data-testid="stSkeleton"]')) leave();
    else if (!hasRun) setTimeout(() => first.isConnected && leave(), PATIENCE);
    hasRun = true;
  };
  const seen = new MutationObserver(look);
  addEventListener("DOMContentLoaded", () => seen.observe(document.getElementById("root"), { childList: true, subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] }));
  // How wide a chart is on this screen, before the app connects and draws its own.
  const page = first.querySelector("main");
  const style = getComputedStyle(page);
  const width = Math.round(page.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
  if (width > 0) document.cookie = `ib-width=${width}; path=/; samesite=strict`;
}

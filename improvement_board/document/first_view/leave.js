// The first view gives way once the app has drawn the same: its title, and as many live charts, for which it waits a
// while. Where the app has something else to say, it gives way at once.
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
    const drawn = document.querySelector("#root h1");
    const state = document.querySelector('[data-testid="stApp"]')?.getAttribute("data-test-script-state");
    if (!drawn || state !== "notRunning" || !first.isConnected) return;
    const live = document.querySelectorAll("#root .js-plotly-plot .main-svg:first-child").length;
    if (drawn.textContent !== title || live >= charts && !document.querySelector('#root [data-testid="stSkeleton"]')) leave();
    else if (!hasRun) setTimeout(() => first.isConnected && leave(), PATIENCE);
    hasRun = true;
  };
  const seen = new MutationObserver(look);
  addEventListener("DOMContentLoaded", () => seen.observe(document.getElementById("root"), { childList: true, subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] }));
}

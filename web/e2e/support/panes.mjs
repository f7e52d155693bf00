// The panes around the board as tests use them.
import { mounted } from "./page.mjs";

/** The tick of the newest question of a lane that ended so: `ok` or `no`. */
export const newestTick = (page, lane, outcome) => page.locator(`svg.lane[aria-label^="${lane}"] .tick.${outcome}`).last();

/** Opens the page at rest: mounted, with time running or not. */
export async function opened(page, running = true) {
  await mounted(page);
  const stop = page.getByRole("button", { name: "Stop time" });
  const start = page.getByRole("button", { name: "Let time run" });
  await stop.or(start).first().waitFor();
  if ((await stop.count() > 0) !== running) await (running ? start : stop).click();
}

/** Opens the menu of the thing with this name on the board or in the tray. */
export async function openMenu(page, thing) {
  await page.locator(`[data-menu="${thing}"], [data-menu^="${thing}@"]`).locator("visible=true").first().click({ button: "right", position: { x: 8, y: 8 } });
  await page.getByRole("menu").waitFor();
}

/** The name of a thing, from a part of the page that shows it. */
export const thingOf = (page, kind, text) =>
  page.locator(`[data-menu^="${kind}:"]`, { hasText: text }).first().getAttribute("data-menu").then((name) => name.split("@")[0]);

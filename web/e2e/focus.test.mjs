// Who closes Why and the details goes on where they were opened: the focus is given back, never dropped.
import { pageTest } from "./support/page.mjs";
import { newestTick, opened } from "./support/panes.mjs";
import { eventually } from "./support/scene.mjs";

const page1440 = { path: "/", context: { viewport: { width: 1440, height: 900 } } };
const close = (page) => page.getByRole("button", { name: "Close Why and details", exact: true });
/** What has the focus, in a word. */
const focused = (page) => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.getAttribute("data-rove") ?? document.activeElement.tagName);
const has = (page, what) => eventually(page, `the focus is on ${what}`, () => focused(page), (name) => what.test(name));

/** Frames in which the page looks where the focus is. */
const looked = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))));

pageTest("closing Why by key gives the focus back to the lane", page1440, async ({ page }) => {
  await opened(page);
  const lane = page.locator('svg.lane[aria-label^="client → svc"]');
  await newestTick(page, "client → svc", "ok").waitFor();
  await lane.focus();
  await looked(page);
  await page.keyboard.press("Enter");
  await page.locator(".verdict").first().waitFor();
  await close(page).focus();
  await looked(page);
  await page.keyboard.press("Enter");
  await close(page).waitFor({ state: "detached" });
  await has(page, /^client → svc/);
});

pageTest("closing Why by pointer gives the focus back to the button that brought it", page1440, async ({ page }) => {
  await opened(page, false);
  const step = page.getByRole("button", { name: "To the next event", exact: true });
  await step.focus();
  await looked(page);
  await eventually(page, "an event about a packet", () => step.press("Enter").then(() => page.locator(".verdict").count()), (count) => count > 0);
  await close(page).click();
  await close(page).waitFor({ state: "detached" });
  await has(page, /^To the next event$/);
});

pageTest("Escape closes the parts that lie open over the board, and the focus is where they were opened", { path: "/?autoplay=0", context: { viewport: { width: 1024, height: 768 } } }, async ({ page }) => {
  await opened(page, false);
  const head = page.locator(".tray h2 button").first();
  await head.focus();
  await page.keyboard.press("Enter");
  await page.locator(".tray.is-open").waitFor();
  await page.keyboard.press("Tab");
  await has(page, /^eni:/);
  await page.keyboard.press("Escape");
  await page.locator(".tray:not(.is-open)").waitFor();
  await eventually(page, "the focus is on the head", () => head.evaluate((node) => node === document.activeElement), (is) => is);
});

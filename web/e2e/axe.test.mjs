// Nothing serious for axe to find: the main states of the page in its three themes, wide and narrow.
import assert from "node:assert/strict";
import AxeBuilder from "@axe-core/playwright";
import { pageTest } from "./support/page.mjs";
import { newestTick, openMenu, opened, thingOf } from "./support/panes.mjs";

async function quiet(page, where) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter((found) => ["serious", "critical"].includes(found.impact));
  const told = serious.map((found) => `${found.id}: ${found.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" ; ")}`);
  assert.deepEqual(told, [], where);
}

for (const theme of ["light", "dark", "projector"]) {
  pageTest(`axe finds nothing serious in the ${theme} theme`, { path: `/?theme=${theme}`, context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
    await opened(page);
    await newestTick(page, "client → svc", "ok").waitFor();
    await page.getByRole("button", { name: "Stop time" }).click();
    await quiet(page, "the page at rest");
    await newestTick(page, "client → svc", "ok").click();
    await page.locator(".verdict").first().waitFor();
    await quiet(page, "Why");
    await openMenu(page, await thingOf(page, "group", /^B/));
    await quiet(page, "a menu");
    await page.getByRole("menuitem", { name: /^Show (details|the rules)$/ }).click();
    await page.locator(".facts").waitFor();
    await quiet(page, "details");
    await page.getByRole("button", { name: "Ask", exact: true }).first().click();
    await quiet(page, "the dialog that asks");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Help" }).click();
    await quiet(page, "help");
  });
}

pageTest("axe finds nothing serious on a phone", { path: "/?theme=light", context: { viewport: { width: 390, height: 844 }, hasTouch: true } }, async ({ page }) => {
  await opened(page, false);
  for (const pane of ["Parts", "Why", "Terminal", "Board"]) {
    await page.locator(".mob").getByRole("button", { name: pane }).click();
    await quiet(page, pane);
  }
});

// Nothing serious for axe to find: the main states of the page in its three themes, wide and narrow.
import assert from "node:assert/strict";
import AxeBuilder from "@axe-core/playwright";
import { pageTest } from "./support/page.mjs";
import { newestTick, openMenu, opened, thingOf } from "./support/panes.mjs";
import { eni, instance, slot } from "./support/scene.mjs";
import { chooseFiles, synthetic } from "./support/synthetic.mjs";

async function quiet(page, where) {
  // What fades in has the contrast of what it is only when it is there. Dashes walk for ever.
  await page.waitForFunction(() => document.getAnimations().every((motion) => motion.effect.getTiming().iterations === Infinity || motion.playState !== "running"));
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

for (const theme of ["light", "dark"]) {
  pageTest(`axe finds nothing serious on the board while it is played with, ${theme}`, { path: `/?theme=${theme}`, context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
    await opened(page);
    await instance(page, "web-1").locator("header .title").click({ button: "right" });
    await page.getByRole("menu").waitFor();
    await quiet(page, "the menu of an instance");
    await page.getByRole("menuitem", { name: "Terminate" }).click();
    await instance(page, "web-1").and(page.locator(".is-ghost")).waitFor();
    await quiet(page, "a terminated instance");
    await page.locator(".tray").locator(eni(page, "svc")).locator(".eni-name b").click();
    await page.locator(".hand-bar").waitFor();
    await quiet(page, "something in the hand");
    await slot(page, "web-3", 1).click();
    await page.locator(".refuse").waitFor();
    await quiet(page, "a refusal");
    await page.getByRole("button", { name: "Stop time" }).click();
    await newestTick(page, "client → svc", "no").click();
    await page.locator(".verdict").first().waitFor();
    await quiet(page, "Why of a lost packet");
  });

  pageTest(`axe finds nothing serious on an imported network of many ENIs, ${theme}`, { path: `/?theme=${theme}`, context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
    await opened(page, false);
    for (const instances of [13, 61]) {
      await chooseFiles(page, synthetic(instances));
      await page.getByRole("dialog").waitFor();
      await quiet(page, `the report of ${instances} instances`);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.locator(instances > 60 ? ".is-dense" : ".is-close").waitFor();
      await quiet(page, `a board of ${instances} instances`);
    }
  });
}

/** What opens from the menu of a thing: its item, and the part of the page that it brings. */
const SURFACES = [
  { thing: "subnet", item: /^Launch/, brings: ".dialog form" },
  { thing: "subnet", item: /^New ENI/, brings: ".dialog form", refused: { field: "Private address", text: "10.0.1.20" } },
  { thing: "acl", item: /^Show/, brings: ".details .rules", adds: true },
  { thing: "route-table", item: /^Show/, brings: ".details .rules", adds: true },
  { thing: "instance", item: /^Show details/, brings: ".details .facts" },
];

for (const [theme, width] of [["projector", 1440], ["dark", 1024], ["projector", 390], ["dark", 390]]) {
  pageTest(`axe finds nothing serious in forms, tables and empty panes: ${theme}, ${width} wide`, { path: `/?autoplay=0&theme=${theme}`, context: { viewport: { width, height: 844 }, hasTouch: width < 700 } }, async ({ page }) => {
    await opened(page, false);
    for (const { thing, item, brings, refused, adds } of SURFACES) {
      await openMenu(page, await page.locator(`[data-menu^="${thing}:"]`).locator("visible=true").first().getAttribute("data-menu"));
      await page.getByRole("menuitem", { name: item }).first().click();
      await page.locator(brings).first().waitFor();
      if (adds) await page.locator(".rules header button").first().click();
      if (refused) {
        await page.getByRole("dialog").getByLabel(refused.field).fill(refused.text);
        await page.getByRole("dialog").locator("button[type=submit]").click();
        await page.locator(".dialog .refusal").waitFor();
      }
      await quiet(page, `${item} of ${thing}`);
      if (adds || brings.startsWith(".details")) await page.locator(".why-close").click();
      else await page.keyboard.press("Escape");
      await page.locator(brings).first().waitFor({ state: "hidden" });
    }
    await page.locator(".btn.scene").click();
    await page.getByRole("menu").waitFor();
    await quiet(page, "the menu of scenes");
    await page.getByRole("menuitem", { name: /^An empty region/ }).click();
    await page.locator(".notice").waitFor();
    await quiet(page, "an empty region, with a notice");
  });
}

// The panes around the board: Why, time, asking, undo and redo, the theme, the command line.
import assert from "node:assert/strict";
import { pageTest } from "./support/page.mjs";
import { newestTick, openMenu, opened, thingOf } from "./support/panes.mjs";
import { askOnce } from "./support/why.mjs";

const at = (path = "/") => ({ path, context: { viewport: { width: 1440, height: 900 } } });

pageTest("a question in the timeline opens Why, with the same numbers as on the wire", at(), async ({ page }) => {
  await opened(page);
  const tick = newestTick(page, "client → svc", "ok");
  await tick.waitFor();
  await page.getByRole("button", { name: "Stop time" }).click();
  await tick.click();
  const why = page.getByRole("tabpanel", { name: "Why" });
  await why.getByText("delivered").first().waitFor();
  const numbers = await why.locator(".checks").first().locator(".check .k").allInnerTexts();
  assert.deepEqual(numbers, numbers.map((_, index) => String(index + 1)), "the checks are numbered from 1");
  assert.ok(numbers.length > 4);
  assert.equal(await tick.getAttribute("aria-selected"), "true");
  await why.getByText("The answer on its way back").waitFor();
});

pageTest("a check that is pointed at is lit", at(), async ({ page }) => {
  await opened(page);
  await newestTick(page, "client → svc", "ok").waitFor();
  await page.getByRole("button", { name: "Stop time" }).click();
  await newestTick(page, "client → svc", "ok").click();
  const row = page.locator(".checks").first().locator(".check").nth(2);
  await row.hover();
  await page.locator(".check.lit").waitFor();
  assert.equal(await page.locator(".check.lit .k").first().innerText(), "3");
});

pageTest("what would change a refusal is done by its button, and the traffic comes back", at(), async ({ page }) => {
  await opened(page);
  await newestTick(page, "client → svc", "ok").waitFor();
  const web = await thingOf(page, "group", /^W/);
  await openMenu(page, web);
  await page.getByRole("menuitem", { name: /^Show (details|the rules)$/ }).click();
  const rules = page.getByRole("region", { name: /^Lets in/i });
  for (let left = await rules.getByRole("button", { name: /^Take out/ }).count(); left > 0; left -= 1) {
    await rules.getByRole("button", { name: /^Take out/ }).first().click();
    await page.waitForFunction(([count]) => document.querySelectorAll(".rules:first-of-type td.end button").length < count, [left]);
  }
  await newestTick(page, "client → svc", "no").waitFor();
  await newestTick(page, "client → svc", "no").click();
  const fix = page.getByRole("region", { name: "What would change it" }).first();
  await fix.waitFor();
  await fix.locator(".cta").first().click();
  const lane = page.locator('svg.lane[aria-label^="client → svc"]');
  await lane.locator(".tick.no ~ .tick.ok").last().waitFor();
});

pageTest("one question is asked by hand, and Why is about it", at(), async ({ page }) => {
  await opened(page, false);
  await askOnce(page, "ops-1", "web-2", { port: "22" });
  await page.locator(".verdict").first().waitFor();
  assert.match(await page.locator(".verdict .flow.mono").first().innerText(), /^tcp 10\.0\.12\.40:\d+ → 10\.0\.1\.12:22$/);
});

pageTest("whoever keeps asking is on the list, pauses and goes", at(), async ({ page }) => {
  await opened(page, false);
  await page.getByRole("button", { name: "Ask", exact: true }).first().click();
  const dialog = page.getByRole("dialog", { name: "Ask" });
  const row = dialog.getByRole("listitem").filter({ hasText: "web-3" });
  await dialog.getByLabel("Who asks", { exact: true }).selectOption({ label: "web-3" });
  await dialog.getByLabel("Whom").selectOption({ label: "web-2" });
  await dialog.getByRole("button", { name: "Keep sending" }).click();
  // The dialog makes way for what is to be seen; whoever wants it opens it again.
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Ask", exact: true }).first().click();
  await row.waitFor();
  await row.getByRole("button", { name: /^Pause/ }).click();
  await row.getByRole("button", { name: /go on$/ }).waitFor();
  await row.getByRole("button", { name: /away$/ }).click();
  await row.waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

pageTest("an act is taken back and done again, and its command stands below", at(), async ({ page }) => {
  await opened(page, false);
  const undo = page.getByRole("button", { name: /^(Undo|Nothing to undo)/ });
  assert.equal(await undo.isDisabled(), true);
  const free = page.locator(".tray .free, .tray [data-menu^='elastic-ip:']");
  const before = await free.count();
  await page.getByRole("button", { name: "Allocate" }).click();
  await page.waitForFunction(([count]) => document.querySelectorAll(".tray [data-menu^='elastic-ip:']").length > count, [before]);
  assert.match(await page.locator(".term-line .cmd").innerText(), /^aws ec2 allocate-address/);
  await undo.click();
  await page.waitForFunction(([count]) => document.querySelectorAll(".tray [data-menu^='elastic-ip:']").length === count, [before]);
  await page.getByRole("button", { name: /^Redo/ }).click();
  await page.waitForFunction(([count]) => document.querySelectorAll(".tray [data-menu^='elastic-ip:']").length > count, [before]);
});

pageTest("the theme changes at once", at("/?theme=light"), async ({ page }) => {
  await opened(page, false);
  for (const theme of ["Dark", "Projector", "Light"]) {
    await page.getByRole("button", { name: theme, exact: true }).click();
    await page.locator(`.eni-app[data-theme="${theme.toLowerCase()}"]`).waitFor();
    assert.equal(await page.getByRole("button", { name: theme, exact: true }).getAttribute("aria-pressed"), "true");
  }
});

pageTest("what was done is still there after a reload", at(), async ({ page }) => {
  // Time runs: stopping it would be saved as well, and be said to be saved before the act is.
  await opened(page);
  const before = await page.locator(".tray [data-menu^='elastic-ip:']").count();
  await page.getByRole("button", { name: "Allocate" }).click();
  await page.getByText("Saved on this device").waitFor();
  await page.reload();
  await opened(page);
  await page.waitForFunction(([count]) => document.querySelectorAll(".tray [data-menu^='elastic-ip:']").length > count, [before]);
});

pageTest("dialogs keep the focus, close on Escape and give the focus back", at(), async ({ page }) => {
  await opened(page, false);
  const help = page.getByRole("button", { name: "Help" });
  await help.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Help" });
  await dialog.getByText("not affiliated with AWS").waitFor();
  for (let presses = 0; presses < 4; presses += 1) {
    await page.keyboard.press("Tab");
    const outside = await page.evaluate(() => document.activeElement !== document.body && !document.activeElement.closest("dialog"));
    assert.equal(outside, false, "the focus stays in the dialog");
  }
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.equal(await help.evaluate((node) => node === document.activeElement), true);
});

pageTest("a dialog begins in its first field, and one without a field at the way out", at(), async ({ page }) => {
  await opened(page, false);
  const focused = () => page.evaluate(() => [document.activeElement.tagName, document.activeElement.closest("dialog")?.ariaLabel]);
  await page.getByRole("button", { name: "Ask", exact: true }).first().click();
  assert.deepEqual(await focused(), ["SELECT", "Ask"]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "New group" }).click();
  await page.getByRole("dialog").waitFor();
  assert.deepEqual((await focused())[0], "INPUT");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Help" }).click();
  assert.deepEqual(await focused(), ["BUTTON", "Help"]);
});

pageTest("acts that follow each other at once stand as one flag, which tells them by mouse and by key", at(), async ({ page }) => {
  await opened(page, false);
  const tray = page.locator(".tray [data-menu^='elastic-ip:']");
  const before = await tray.count();
  for (const more of [1, 2]) {
    await page.getByRole("button", { name: "Allocate", exact: true }).click();
    await page.waitForFunction(([count]) => document.querySelectorAll(".tray [data-menu^='elastic-ip:']").length === count, [before + more]);
  }
  const flag = page.locator(".ruler .flag");
  await flag.getByText("2 acts").waitFor();
  await flag.click();
  await page.locator(".notice").getByText("allocate an Elastic IP at", { exact: false }).waitFor();
  await page.locator(".notice-close").click();
  await page.locator(".notice").waitFor({ state: "detached" });
  await flag.focus();
  await page.keyboard.press("Enter");
  await page.locator(".notice").waitFor();
});

pageTest("the questions of a lane are walked with the arrow keys", at(), async ({ page }) => {
  await opened(page);
  const lane = page.locator('svg.lane[aria-label^="client → svc"]');
  await newestTick(page, "client → svc", "ok").waitFor();
  await page.locator('svg.lane[aria-label^="client → svc"] .tick.ok').nth(2).waitFor();
  await page.getByRole("button", { name: "Stop time" }).click();
  await page.getByRole("button", { name: "Let time run" }).waitFor();
  await lane.focus();
  await page.keyboard.press("Home");
  await lane.locator(".tick.sel").waitFor();
  const first = await lane.getAttribute("aria-activedescendant");
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(([id]) => ![null, id].includes(document.querySelector('svg.lane[aria-label^="client → svc"]').getAttribute("aria-activedescendant")), [first]);
  await page.getByRole("tabpanel", { name: "Why" }).getByText("delivered").first().waitFor();
});

// Motion that explains: what is let go flies to its place, and where little may move nothing flies.
import assert from "node:assert/strict";
import { mounted, pageTest } from "./support/page.mjs";
import { eni, slot } from "./support/scene.mjs";

const size = { viewport: { width: 1440, height: 900 } };

/** Notes the names of all animations that begin; waits for nothing. */
const watchMotion = (page) =>
  page.evaluate(() => {
    window.began = [];
    document.addEventListener("animationstart", (event) => window.began.push(event.animationName), true);
  });
const flights = (page) => page.evaluate(() => window.began.filter((name) => name.startsWith("eni-fly")));

/** Taps the free ENI into the second place of web-2. */
async function place(page) {
  await page.locator(".tray").locator(eni(page, "spare")).locator(".eni-name b").click();
  await slot(page, "web-2", 1).click();
  await slot(page, "web-2", 1).locator(eni(page, "spare")).waitFor();
}

pageTest("an ENI flies to its place, and back by undo", { path: "/", context: size }, async ({ page }) => {
  await mounted(page);
  await watchMotion(page);
  await place(page);
  await page.waitForFunction(() => window.began.filter((name) => name.startsWith("eni-fly")).length === 1);
  await page.keyboard.press("Control+z");
  await page.locator(".tray").locator(eni(page, "spare")).waitFor();
  await page.waitForFunction(() => window.began.filter((name) => name.startsWith("eni-fly")).length === 2);
  await page.waitForFunction(() => document.querySelectorAll("[data-fly]").length === 0);
});

pageTest("with reduced motion nothing flies", { path: "/", context: { ...size, reducedMotion: "reduce" } }, async ({ page }) => {
  await mounted(page);
  await watchMotion(page);
  await place(page);
  // What has changed is outlined instead, at both ends, and long enough to be seen: the marks are waited for, then their end.
  const moved = page.locator(".slot [data-moved]");
  await moved.waitFor();
  assert.equal(await moved.evaluate((chip) => getComputedStyle(chip).outlineStyle), "solid");
  await page.locator(".flights .was").waitFor({ state: "attached" });
  await moved.waitFor({ state: "detached" });
  await page.locator(".flights .was").waitFor({ state: "detached" });
  assert.deepEqual(await flights(page), []);
});

pageTest("what flies from the tray to the board is cut off by neither", { path: "/", context: size }, async ({ page }) => {
  await mounted(page);
  // A copy flies in a layer above all panes.
  await page.evaluate(() => {
    window.flown = [];
    new MutationObserver((changes) => {
      for (const copy of changes.flatMap((change) => [...change.addedNodes])) {
        const clipped = [];
        for (let box = copy.parentElement; box && !box.matches(".eni-app"); box = box.parentElement) {
          if (box.matches(".tray, .board, .area-board")) clipped.push(box.className);
        }
        const focused = [copy, ...copy.querySelectorAll("button")].filter((part) => (part.focus(), document.activeElement === part)).length;
        window.flown.push({ clipped, focused, names: copy.querySelectorAll("[data-menu],[data-anchor],[data-rove]").length, text: copy.textContent });
      }
    }).observe(document.querySelector(".flights"), { childList: true });
  });
  await place(page);
  await page.waitForFunction(() => window.flown.length > 0);
  const [copy] = await page.evaluate(() => window.flown);
  assert.match(copy.text, /spare/);
  assert.deepEqual(copy.clipped, []);
  assert.equal(copy.names, 0, "a copy is nothing that could be picked up");
  assert.equal(copy.focused, 0, "nor is it anything that takes the focus");
  await page.waitForFunction(() => document.querySelector(".flights").childElementCount === 0 && !document.querySelector("[data-landing]"));
});

pageTest("a move between two instances says what it keeps", { path: "/", context: size }, async ({ page }) => {
  await mounted(page);
  // Beside its Elastic IP.
  await eni(page, "svc").locator(".eni-name b").click();
  await slot(page, "web-2", 1).click();
  const trail = page.locator(".trail");
  await trail.waitFor();
  assert.equal(await trail.innerText(), "svc keeps its address, MAC, groups, Elastic IP");
  await page.locator(".trail-line").waitFor({ state: "attached" });
});

// Motion that explains: what is let go flies to its place, and where little may move nothing flies.
import assert from "node:assert/strict";
import { mounted, pageTest } from "./support/page.mjs";
import { opened } from "./support/panes.mjs";
import { eni, eventually, slot } from "./support/scene.mjs";

const size = { viewport: { width: 1440, height: 900 } };

/**
 * Writes down, at the very moment of each change, what begins to fly and what is outlined instead, and when that ends: a look from outside may come
 * too late on a busy machine. Waits for nothing.
 */
const watchMotion = (page) =>
  page.evaluate(() => {
    window.flown = [];
    window.outlined = [];
    const left = [];
    window.left = left;
    const style = (element, name) => getComputedStyle(element)[name];
    const open = (list, element) => list.find((entry) => entry.element === element && entry.end === undefined);
    new MutationObserver((changes) => {
      const now = performance.now();
      for (const { type, target, addedNodes, removedNodes } of changes) {
        if (type === "attributes") {
          const entry = open(window.outlined, target);
          if (target.hasAttribute("data-moved") && !entry) window.outlined.push({ element: target, begin: now, inSlot: target.closest(".slot") !== null, style: style(target, "outlineStyle") });
          else if (!target.hasAttribute("data-moved") && entry) entry.end = now;
          continue;
        }
        for (const node of addedNodes) {
          if (node.matches?.("[data-fly]")) window.flown.push({ element: node, begin: now, animation: style(node, "animationName"), running: node.getAnimations().length });
          if (node.matches?.(".flights > .was")) left.push({ element: node, begin: now, style: style(node, "borderTopStyle") });
        }
        for (const node of removedNodes) [window.flown, left].map((list) => open(list, node)).filter(Boolean).forEach((entry) => (entry.end = now));
      }
    }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-moved"] });
  });
/** What was written down in one of those lists, without the elements. */
const seen = (page, list) => page.evaluate((list) => window[list].map(({ element, ...entry }) => entry), list);

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
  await eventually(page, "it has flown there", () => seen(page, "flown"), (flown) => flown.length === 1);
  await page.keyboard.press("Control+z");
  await page.locator(".tray").locator(eni(page, "spare")).waitFor();
  const flown = await eventually(page, "it has flown back, and has landed", () => seen(page, "flown"), (now) => now.length === 2 && now.every(({ end }) => end > 0));
  assert.deepEqual(flown.map(({ animation, running }) => [animation, running]), [["eni-fly", 1], ["eni-fly", 1]]);
  assert.equal(await page.locator("[data-fly], [data-landing]").count(), 0);
});

pageTest("with reduced motion nothing flies", { path: "/", context: { ...size, reducedMotion: "reduce" } }, async ({ page }) => {
  await mounted(page);
  await watchMotion(page);
  await place(page);
  // What has changed is outlined instead, at both ends, and long enough to be seen.
  const ended = (entries) => entries.length > 0 && entries.every(({ end }) => end > 0);
  const outlined = await eventually(page, "an outline where it is, and its end", () => seen(page, "outlined"), ended);
  const left = await eventually(page, "one where it was, and its end", () => seen(page, "left"), ended);
  assert.deepEqual(outlined.map(({ inSlot, style }) => [inSlot, style]), [[true, "solid"]]);
  assert.deepEqual(left.map(({ style }) => style), ["dashed"]);
  for (const { begin, end } of [...outlined, ...left]) assert.ok(end - begin >= 2000, `seen for ${end - begin} ms`);
  assert.deepEqual(await seen(page, "flown"), []);
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

pageTest("a move between two instances says what it keeps", { path: "/?autoplay=0", context: size }, async ({ page }) => {
  // Time stands still, so the move is under way for as long as somebody looks.
  await opened(page, false);
  // Beside its Elastic IP.
  await eni(page, "svc").locator(".eni-name b").click();
  await slot(page, "web-2", 1).click();
  const trail = page.locator(".trail");
  await trail.waitFor();
  assert.equal(await trail.innerText(), "svc keeps its address, MAC, groups, Elastic IP");
  await page.locator(".trail-line").waitFor({ state: "attached" });
});

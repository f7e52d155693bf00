// A crowded board: on a packet's way no number lies over a name or a chip, no wire runs behind a box that it has nothing to do with, and each card says what it is.
import assert from "node:assert/strict";
import { call, pageTest } from "./support/page.mjs";
import { opened, openMenu, thingOf } from "./support/panes.mjs";
import { OBJECTS, makeAll } from "./support/objects.mjs";
import { eventually } from "./support/scene.mjs";

const ASKS = Object.values(OBJECTS).filter((object) => object.ask).map((object) => object.ask);
const WHY = "Why: the newest packet here";

/** What numbers lie over, and which boxes the chosen packet's wire runs through beside those that it comes to. */
const crossed = (page) =>
  page.locator(".board-content").evaluate((board) => {
    const seen = (selector) => [...board.querySelectorAll(selector)].map((node) => ({ node, box: node.getBoundingClientRect() })).filter(({ box }) => box.width > 0);
    const over = (one, other) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1;
    const edge = board.getBoundingClientRect();
    const found = [];
    for (const gate of seen(".gate")) {
      for (const thing of seen(".eni, .other, .client, .vpc > header .title, .vpc > header .mono, .zone-name")) {
        if (over(gate.box, thing.box)) found.push(`${gate.node.textContent} lies over ${thing.node.textContent}`);
      }
      if (gate.box.left < edge.left || gate.box.right > edge.right) found.push(`${gate.node.textContent} is cut off`);
    }
    const wire = board.querySelector(".wire.is-chosen");
    const length = wire.getTotalLength();
    const matrix = wire.getScreenCTM();
    const inside = (box, point) => box.left + 3 < point.x && point.x < box.right - 3 && box.top + 3 < point.y && point.y < box.bottom - 3;
    const boxes = seen(".eni, .other");
    const ends = new Set();
    for (const way of [0, length]) boxes.filter(({ box }) => inside({ left: box.left - 8, right: box.right + 8, top: box.top - 8, bottom: box.bottom + 8 }, wire.getPointAtLength(way).matrixTransform(matrix))).forEach(({ node }) => ends.add(node));
    const through = new Set();
    for (let way = 0; way <= length; way += 3) {
      const point = wire.getPointAtLength(way).matrixTransform(matrix);
      boxes.filter(({ node, box }) => !ends.has(node) && inside(box, point)).forEach(({ node }) => through.add(node.textContent));
    }
    return [...found, ...[...through].map((text) => `the wire runs through ${text}`)];
  });

pageTest("on a crowded board numbers and wires keep clear of what they do not belong to, and cards say what they are", { path: "/?autoplay=0&scenario=empty", context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
  await opened(page, false);
  await makeAll(page);
  const app = await thingOf(page, "instance", "app");
  for (const ask of ASKS) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await call(page, { kind: "scene", act: "ask", ...ask });
    await call(page, { kind: "world", act: "wait", milliseconds: 200 });
    await openMenu(page, app);
    await page.getByRole("menuitem", { name: WHY }).click();
    await page.locator(".wire.is-chosen").waitFor({ state: "attached" });
    for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
      await page.setViewportSize({ width, height });
      await eventually(page, `${JSON.stringify(ask)} at ${width}`, () => crossed(page), (found) => found.length === 0, 8000);
    }
  }
  for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
    await page.setViewportSize({ width, height });
    for (const kind of ["Interface endpoint", "Mount target", "Network Load Balancer", "Lambda"]) {
      const card = page.locator(".is-nat .kind").getByText(kind, { exact: true });
      await card.scrollIntoViewIfNeeded();
      assert.equal(await card.evaluate((node) => node.scrollWidth <= node.clientWidth), true, `${kind} is whole at ${width}`);
    }
  }
});

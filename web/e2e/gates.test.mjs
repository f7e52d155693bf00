// A VPC with every kind of gate: nothing on the board covers anything else, or stands in the way of a spine; a NAT gateway and its ENI are one thing.
import assert from "node:assert/strict";
import { pageTest } from "./support/page.mjs";
import { openMenu, opened } from "./support/panes.mjs";
import { eni, eventually, live, until } from "./support/scene.mjs";
import { everyGate } from "./support/gates.mjs";

/** What of the board lies over what, and what a spine comes down behind. */
const covered = (page) =>
  page.locator(".board-content").evaluate((board) => {
    const seen = (selector) => [...board.querySelectorAll(selector)].map((node) => ({ node, box: node.getBoundingClientRect() })).filter(({ box }) => box.width > 0);
    const name = ({ node }) => `${node.className} ${node.textContent}`;
    const across = (one, other) => one.left < other.right - 0.5 && other.left < one.right - 0.5;
    const over = (one, other) => across(one, other) && one.top < other.bottom - 0.5 && other.top < one.bottom - 0.5;
    const found = [];
    const things = seen(".igw, .other, .client, .meter, .vpc > header .title, .vpc > header .mono, .region, .subnet, .router");
    things.forEach((one, at) => things.slice(at + 1).forEach((other) => over(one.box, other.box) && found.push(`${name(one)} | ${name(other)}`)));
    const edge = board.getBoundingClientRect();
    things.forEach((one) => (one.box.left < edge.left || one.box.right > edge.right) && found.push(`${name(one)} is cut off`));
    for (const vpc of board.querySelectorAll(".vpc")) {
      const [router, head] = [vpc.querySelector(".router"), vpc.querySelector("header")].map((node) => node?.getBoundingClientRect());
      const spine = router && { left: router.left + router.width / 2 - 8, right: router.left + router.width / 2 + 8, top: head.top, bottom: head.bottom };
      things.filter(({ node, box }) => spine && head && node.closest("header") && over(spine, box)).forEach((one) => found.push(`over the spine: ${name(one)}`));
    }
    return found;
  });

pageTest("nothing covers anything, however many gates there are", { path: "/?autoplay=0", context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
  await opened(page, false);
  await everyGate(page);
  await page.getByRole("button", { name: "Terminal", exact: true }).first().click();
  for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
    await page.setViewportSize({ width, height });
    await eventually(page, `all stands free at ${width}`, () => covered(page), (found) => found.length === 0, 10000);
  }
});

pageTest("a NAT gateway is a card with its ENI as its port; both have their menus and details, and the ENI stays where it is", { path: "/?autoplay=0", context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
  await opened(page, false);
  await everyGate(page);
  const card = page.locator(".is-nat", { hasText: "way-out" });
  const port = card.locator(".eni");
  assert.equal(await port.count(), 1);
  const [nat, id] = await Promise.all([card.getAttribute("data-anchor"), port.getAttribute("data-anchor")]);
  assert.equal(await page.locator(`[data-anchor="${id}"]`).count(), 1, "it stands nowhere else");
  for (const [thing, text] of [[nat, "way-out"], [id, id.slice(4)]]) {
    await openMenu(page, thing);
    await page.getByRole("menuitem", { name: "Show details" }).click();
    await page.locator(".details h2", { hasText: text }).waitFor();
  }
  await page.locator(".details .facts").getByRole("button", { name: "way-out" }).click();
  await page.locator(".details h2", { hasText: "way-out" }).waitFor();
  // By keys its ENI is come to from the card, and what it is asked to do it refuses in words.
  await card.locator(".title").focus();
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.rove), id);
});

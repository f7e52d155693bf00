// What the board does by itself: it scrolls under what is carried to its edge, and keeps showing what was lost where it was lost.
import assert from "node:assert/strict";
import { middle, press } from "./support/mouse.mjs";
import { call, pageTest } from "./support/page.mjs";
import { opened } from "./support/panes.mjs";
import { answered, eni, eventually, instance, live, lost, restored, slot, until } from "./support/scene.mjs";
import { askOnce } from "./support/why.mjs";

/** A window that does not show all of the board. */
const LOW = { viewport: { width: 1440, height: 560 } };
const scrolled = (page) => page.locator(".board").evaluate((board) => [board.scrollTop, board.scrollHeight - board.clientHeight]);
const sees = (page, what, place) =>
  eventually(page, what, () => place.evaluate((node) => {
    const [own, board] = [node.getBoundingClientRect(), node.closest(".board").getBoundingClientRect()];
    return own.top >= board.top && own.bottom <= board.bottom;
  }), (inside) => inside);

/** Waits until two frames go by in which the board does not scroll. */
function liesStill(page) {
  const moved = async () => {
    const before = (await scrolled(page))[0];
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    return (await scrolled(page))[0] - before;
  };
  return eventually(page, "it lies still", moved, (by) => by === 0);
}

/** Takes the spare ENI out of the parts and carries it to the lower edge of the board. */
async function toTheEdge(page) {
  const board = await page.locator(".board").boundingBox();
  const [x, bottom] = [board.x + board.width / 2, board.y + board.height];
  await press(page, eni(page, "spare"));
  await page.mouse.move(x, bottom - 120, { steps: 6 });
  await until(page, "it is carried", (now) => now.inHand !== null);
  assert.equal((await scrolled(page))[0], 0, "far from the edge nothing moves");
  await page.mouse.move(x, bottom - 6, { steps: 4 });
}

for (const motion of ["no-preference", "reduce"]) {
  pageTest(`what is carried to the edge scrolls the board and reaches a place that was out of sight (motion: ${motion})`, { path: "/?autoplay=0", context: { ...LOW, reducedMotion: motion } }, async ({ page }) => {
    await opened(page, false);
    const place = slot(page, "web-2", 1);
    assert.ok((await scrolled(page))[1] > 40, "there is something to scroll");
    await toTheEdge(page);
    await eventually(page, "it scrolls to its end", () => scrolled(page), ([top, all]) => top >= all - 1);
    // The place under the pointer is another one now, though the pointer has not moved; and back up it goes the same way.
    const board = await page.locator(".board").boundingBox();
    await page.mouse.move(board.x + board.width / 2, board.y + 4, { steps: 6 });
    await eventually(page, "it scrolls back", () => scrolled(page), ([top]) => top === 0);
    await page.mouse.move(board.x + board.width / 2, board.y + board.height - 6, { steps: 6 });
    await sees(page, "the place is in sight", place);
    // Only where nothing scrolls any more does the place stay where it is measured.
    await page.mouse.move(board.x + board.width / 2, board.y + board.height / 2, { steps: 4 });
    await liesStill(page);
    await sees(page, "the place is in sight still", place);
    await page.mouse.move(...(await middle(place)), { steps: 5 });
    await place.locator("[data-over]").waitFor();
    await page.mouse.up();
    await instance(page, "web-2").locator(eni(page, "spare")).waitFor();
  });
}

pageTest("what is put back stops scrolling the board", { path: "/?autoplay=0", context: LOW }, async ({ page }) => {
  await opened(page, false);
  await toTheEdge(page);
  await eventually(page, "it scrolls", () => scrolled(page), ([top]) => top > 0);
  await page.keyboard.press("Escape");
  await until(page, "nothing is in the hand", (now) => now.inHand === null);
  await liesStill(page);
  await page.mouse.up();
});

pageTest("by keyboard the place that is come to is brought into sight", { path: "/?autoplay=0", context: LOW }, async ({ page }) => {
  await opened(page, false);
  await eni(page, "spare").locator(".eni-main").focus();
  await page.keyboard.press("m");
  await until(page, "it is in the hand", (now) => now.inHand !== null);
  const over = page.locator(".board [data-over]");
  for (let steps = 0; steps < 12; steps += 1) {
    await page.keyboard.press("ArrowDown");
    if (await over.count()) await sees(page, "the place is in sight", over);
  }
  assert.ok((await scrolled(page))[0] > 0, "some of them were out of sight");
});

pageTest("what was lost at an ENI is shown where the ENI was, also when it has gone on", { path: "/", context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
  await opened(page);
  await answered(page);
  await instance(page, "web-1").locator("header .title").click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Terminate/ }).click();
  await lost(page);
  // Both who ask are told of by the one mark, with what both have lost.
  const mark = page.locator("g.stop");
  await eventually(page, "one mark counts the losses of both", async () => {
    const [marks, count, label] = [await mark.count(), Number(await mark.first().locator("text").innerHTML()), await mark.first().getAttribute("aria-label")];
    const counts = (await live(page)).clients.map((client) => client.lost);
    return { marks, count, label, counts };
  }, ({ marks, count, label, counts }) => marks === 1 && Math.min(...counts) > 0 && count > Math.max(...counts) && label === `${count} lost at svc`);
  const svc = page.locator(".tray").locator(eni(page, "svc"));
  await press(page, svc);
  await page.mouse.move(...(await middle(slot(page, "web-2", 1))), { steps: 10 });
  await page.mouse.up();
  await restored(page);
  const first = page.locator('svg.lane[aria-label^="client"] .tick.no').first();
  await first.click();
  const ghost = await instance(page, "web-1").locator(".slot").nth(1).boundingBox();
  const chosen = page.locator("g.stop.is-chosen");
  await eventually(page, "the mark is at the place that it has left", () => chosen.boundingBox(), (box) => box !== null && Math.abs(box.y + box.height / 2 - (ghost.y + ghost.height / 2)) < 24 && box.x > ghost.x);
});

pageTest("a single question from outside is drawn from who asked, and marked clear of the badges", { path: "/?autoplay=0", context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
  await opened(page, false);
  for (const [to, port, where] of [["203.0.113.25 (svc)", "22", "svc"], ["web-3", "443", null]]) {
    await askOnce(page, "a host of the internet", to, { port });
    const host = page.locator(".client.is-once", { hasText: "198.51.100.1" });
    await host.waitFor();
    const chosen = page.locator("g.stop.is-chosen");
    const over = await eventually(page, `${to}: the mark`, async () => {
      const at = await chosen.boundingBox();
      const boxes = where ? await instance(page, "web-1").locator(eni(page, where)).locator(".sg").all() : [host];
      const other = await boxes.at(-1).boundingBox();
      return at && other && { gap: at.x - (other.x + other.width), beside: Math.abs(at.y + at.height / 2 - (other.y + other.height / 2)) };
    }, (now) => now !== null && now.beside < 30);
    assert.ok(over.gap > -6 && over.gap < 60, `${to}: ${JSON.stringify(over)}`);
  }
  await page.keyboard.press("Escape");
});

for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
  pageTest(`nothing on the board moves when a host of the internet asks, nor when its client is left without an answer (${width} wide)`, { path: "/?autoplay=0", context: { viewport: { width, height } } }, async ({ page }) => {
    await opened(page, false);
    const places = () =>
      page.locator(".board-content").evaluate((board) =>
        [...board.querySelectorAll(".client, .asks, .meter, .igw, .vpc, .subnet")].map((node) => {
          const { left, top, right, bottom } = node.getBoundingClientRect();
          return [node.className.replace(" is-once", "").replace(/ is-(out|well)/, ""), left, top, right, bottom].join(" ");
        }));
    const before = await places();
    await askOnce(page, "a host of the internet", "203.0.113.25 (svc)");
    await page.locator(".client.is-once").waitFor();
    assert.deepEqual(await places(), before);
    const seen = async (words) => {
      await page.locator(".meter", { hasText: words }).waitFor();
      assert.deepEqual(await places(), before, words);
    };
    await call(page, { kind: "world", act: "wait", milliseconds: 9000 });
    await seen("answered without a gap");
    const group = await page.locator('.eni [data-menu^="group:"]', { hasText: "W" }).first().getAttribute("data-menu");
    const rule = { IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
    await call(page, { kind: "api", service: "ec2", action: "RevokeSecurityGroupIngress", parameters: { GroupId: group.slice(6).split("@")[0], IpPermissions: [rule] } });
    await call(page, { kind: "world", act: "wait", milliseconds: 9000 });
    await seen("without an answer");
  });
}

for (const width of [1440, 1024]) {
  pageTest(`packets run behind what stands outside, so its names stay readable, ${width} wide`, { path: "/?autoplay=0", context: { viewport: { width, height: 900 } } }, async ({ page }) => {
    await opened(page, false);
    // The numbers are what the browser paints by.
    const [outside, packets] = await page.evaluate(() => [".outside", ".sky"].map((part) => Number(getComputedStyle(document.querySelector(part)).zIndex)));
    assert.ok(outside > packets, `${outside} over ${packets}`);
  });
}

// Boards of many ENIs: what is drawn, that all addresses can be seen, and that the page never scrolls sideways.
import assert from "node:assert/strict";
import { pageTest } from "./support/page.mjs";
import { opened } from "./support/panes.mjs";
import { eni, eventually, instance, live, until } from "./support/scene.mjs";
import { chooseFiles, synthetic } from "./support/synthetic.mjs";

const wide = { path: "/", context: { viewport: { width: 1440, height: 900 } } };

async function open(page, instances) {
  await opened(page, false);
  await chooseFiles(page, synthetic(instances));
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await instance(page, "host-0").waitFor();
}

/** Cards, chips and ticks that lie one over another, though neither holds the other. */
const overlaps = (page) =>
  page.evaluate(() => {
    const boxes = [...document.querySelectorAll(".board .inst, .board .eni, .board .tick")].map((element) => [element, element.getBoundingClientRect()]);
    const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    return boxes.flatMap(([one, a], at) => boxes.slice(at + 1).filter(([other, b]) => over(a, b) && !one.contains(other) && !other.contains(one)).map(([other]) => `${one.className} ${other.className}`));
  });
const sideways = (page) => page.evaluate(() => [document.documentElement, document.querySelector(".board")].map((box) => box.scrollWidth - box.clientWidth));

for (const [width, instances] of [[1440, 20], [390, 20], [1440, 80], [390, 80]]) {
  pageTest(`${instances * 2} ENIs at ${width} pixels: nothing lies over another, nothing scrolls sideways`, { path: "/", context: { viewport: { width, height: 844 } } }, async ({ page }) => {
    await open(page, instances);
    assert.equal(await page.locator(".board .inst").count(), instances);
    assert.equal(await page.locator(".board :is(.eni, .tick)").count(), instances * 2);
    assert.deepEqual(await overlaps(page), []);
    assert.deepEqual(await sideways(page), [0, 0]);
  });
}

pageTest("49 more addresses open by a press and by a key, and an Elastic IP finds one of them", wide, async ({ page }) => {
  await open(page, 20);
  const chip = eni(page, "host-0-eth1");
  const more = chip.getByRole("button", { name: "49 more addresses of host-0-eth1" });
  await more.click();
  await chip.locator(".eni-ip").nth(48).waitFor({ state: "attached" });
  assert.equal(await more.getAttribute("aria-expanded"), "true");
  await more.focus();
  await page.keyboard.press("Enter");
  await chip.locator(".eni-list").waitFor({ state: "detached" });
  // With an Elastic IP in the hand every address is a place.
  await page.getByRole("button", { name: "Allocate" }).click();
  await page.locator(".tray .free").click();
  const place = chip.locator(".eni-ip.is-legal").nth(3);
  const address = (await place.locator(".mono").innerText()).trim();
  await place.click();
  await until(page, "the address is mapped", (now) => now.inHand === null);
  await more.click();
  await chip.locator(".eni-ip", { hasText: address }).locator(".eip").waitFor();
  assert.equal((await live(page)).refusal, null);
});

pageTest("on a dense board an ENI is carried from its tick to a free place", wide, async ({ page }) => {
  await open(page, 80);
  await page.locator(".is-dense").waitFor();
  const tick = (name) => page.locator(`.tick[title^="${name} "]`);
  const box = await tick("host-2-eth1").boundingBox();
  await page.mouse.move(box.x + 12, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + 22, box.y + 22, { steps: 3 });
  await until(page, "it is carried", (now) => now.inHand !== null);
  // Its instance opens for it: places are looked at when they lie still.
  await instance(page, "host-2").locator(".eni").first().waitFor();
  const place = instance(page, "host-4").locator(".is-rest");
  const at = await eventually(page, "the place lies still", async () => {
    const before = await place.boundingBox();
    await page.waitForTimeout(60);
    const after = await place.boundingBox();
    return before.y === after.y ? after : null;
  }, (found) => found !== null);
  await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2, { steps: 6 });
  await place.locator("[data-over]").waitFor();
  await page.mouse.up();
  // Time stands still: it is leaving, and stays so.
  await page.locator(".eni.is-leaving").waitFor();
  assert.equal((await live(page)).refusal, null);
});

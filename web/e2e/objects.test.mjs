// What a VPC may have beside instances: each stands in its place with its name, packets fly there, Why opens from there by keys and by a click on a packet, and on a phone by taps.
import assert from "node:assert/strict";
import { call, getState, pageTest } from "./support/page.mjs";
import { opened, openMenu } from "./support/panes.mjs";
import { OBJECTS, make } from "./support/objects.mjs";
import { eni, eventually } from "./support/scene.mjs";

// The canvas is read here again and again, which the browser remarks on.
const wide = { path: "/?autoplay=0&scenario=empty", context: { viewport: { width: 1440, height: 1100 } }, expected: [/willReadFrequently/] };
const button = (page, [place, name]) => page.locator(place).getByRole("button", { name, exact: true }).first();
const menu = (page) => page.getByRole("menu");
const WHY = "Why: the newest packet here";

/** Watches the canvas, frame by frame, for a packet at the box of a thing or just outside it. */
const watch = (page, thing) =>
  page.evaluate((thing) => {
    const [sky, box] = [document.querySelector(".sky"), document.querySelector(`[data-anchor^="${thing}"]`)];
    const look = () => {
      const [own, at] = [sky.getBoundingClientRect(), box.getBoundingClientRect()];
      const scale = sky.width / own.width;
      const [x, y, width, height] = [at.left - own.left - 16, at.top - own.top - 16, at.width + 32, at.height + 32].map((part) => Math.round(part * scale));
      const { data } = sky.getContext("2d").getImageData(x, y, width, height);
      for (let i = 3; i < data.length; i += 4) if (data[i] > 0) return (window.flewPast = true);
      requestAnimationFrame(look);
    };
    window.flewPast = false;
    look();
  }, thing);

const thingOf = async (page, object) => (await button(page, object.stands.at(0)).getAttribute("data-menu"));
const lit = (page) => page.locator(".area-why .check.lit").first();

for (const [name, object] of Object.entries(OBJECTS)) {
  pageTest(`${name}: it stands in its place, packets fly there, Why opens from there by keys, by taps on a phone`, wide, async ({ page }) => {
    await opened(page, false);
    await make(page, object);
    for (const place of object.stands) await button(page, place).waitFor();
    if (object.says) assert.equal(await page.locator(".is-nat .card-lines").innerText(), object.says);
    const thing = await thingOf(page, object);
    const has = async (text) => {
      await page.keyboard.press("Enter");
      await menu(page).waitFor();
      const count = await menu(page).getByRole("menuitem", { name: text }).count();
      await page.keyboard.press("Escape");
      await menu(page).waitFor({ state: "detached" });
      return count > 0;
    };
    await button(page, object.stands[0]).focus();
    assert.equal(await has("Show details"), true);
    assert.equal(await has(WHY), Boolean(object.met), "packets were there before");
    if (object.ask) {
      await watch(page, object.flies);
      await page.getByRole("button", { name: "Let time run" }).click();
      await call(page, { kind: "scene", act: "ask", ...object.ask });
      await page.waitForFunction(() => window.flewPast);
      await page.waitForTimeout(1500);
      await page.getByRole("button", { name: "Stop time" }).click();
      await button(page, object.stands[0]).focus();
      await page.keyboard.press("Enter");
      await menu(page).waitFor();
      for (let presses = 0; presses < 20 && (await page.evaluate(() => document.activeElement.textContent.trim())) !== WHY; presses += 1) await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.locator(".verdict").first().waitFor();
      await lit(page).waitFor();
      const checks = await page.locator(".area-why").innerText();
      assert.ok(checks.includes(object.check), checks);
      assert.equal(/delivered/.test(checks), !object.lost, checks);
    }
    // On a phone.
    await page.setViewportSize({ width: 390, height: 844 });
    if (await page.locator(".why-close:visible").count()) await page.locator(".why-close:visible").first().click();
    const small = button(page, object.stands[0]);
    await small.scrollIntoViewIfNeeded();
    const box = await small.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box));
    await small.click();
    await menu(page).waitFor();
    assert.equal((await menu(page).getByRole("menuitem", { name: WHY }).count()) > 0, Boolean(object.ask));
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the phone");
    assert.equal(await page.locator(`[data-menu="${thing}"]`).locator("visible=true").count() > 0, true);
  });
}

pageTest("a click on a packet that stands still opens Why where it is; beside it nothing opens", { ...wide, path: "/?autoplay=0" }, async ({ page }) => {
  await opened(page, false);
  // A packet of the client on its way to the gateway, where nothing lies over it that hears of clicks itself.
  const dot = () =>
    page.evaluate(() => {
      const sky = document.querySelector(".sky");
      const own = sky.getBoundingClientRect();
      const scale = sky.width / own.width;
      const { data } = sky.getContext("2d").getImageData(0, 0, sky.width, Math.round(70 * scale));
      for (let i = 0; i < data.length; i += 4) {
        const at = { x: own.left + ((i / 4) % sky.width) / scale, y: own.top + Math.floor(i / 4 / sky.width) / scale + 4 };
        if (data[i + 3] > 200 && !document.elementFromPoint(at.x, at.y).closest("button, .client, .meter")) return at;
      }
      return null;
    });
  let at = null;
  for (let tries = 0; at === null && tries < 60; tries += 1) {
    await page.getByRole("button", { name: "Let time run" }).click();
    await page.waitForTimeout(60);
    await page.getByRole("button", { name: "Stop time" }).click();
    at = await dot();
  }
  assert.ok(at, "a packet stands there");
  await page.mouse.click(at.x, at.y + 28);
  assert.equal(await page.locator(".verdict").count(), 0);
  await page.mouse.click(at.x, at.y);
  await page.locator(".verdict").first().waitFor();
});

pageTest("the menu of an ENI opens the panel of evidence on each of its tabs, set to that ENI, by keys and on a phone", { path: "/?autoplay=0", context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
  await opened(page, false);
  const thing = await eni(page, "svc").first().getAttribute("data-anchor");
  const id = thing.slice("eni:".length);
  const panel = page.getByRole("region", { name: "Evidence" });
  const shows = async (tab) => {
    await panel.getByRole("tab", { name: tab, selected: true }).waitFor();
    await page.getByRole("menu").waitFor({ state: "detached" });
    const label = tab === "Metrics" ? "Of" : "ENI";
    const chosen = await panel.getByLabel(label, { exact: true }).inputValue();
    if (tab === "Metrics") assert.match(chosen, /^i-/);
    else assert.equal(chosen, id, tab);
  };
  for (const tab of ["Flow logs", "Capture", "Connections", "Metrics"]) {
    await openMenu(page, thing);
    await page.getByRole("menuitem", { name: "Evidence" }).click();
    await page.getByRole("menuitem", { name: tab }).click();
    await shows(tab);
  }
  // The terminal takes its place, also after it was opened so.
  await page.getByRole("button", { name: "Terminal", exact: true }).first().click();
  await page.locator(".term.open").waitFor();
  assert.equal(await panel.count(), 0);
  await page.getByRole("button", { name: "Terminal", exact: true }).first().click();
  await page.setViewportSize({ width: 390, height: 844 });
  await openMenu(page, thing);
  await page.getByRole("menuitem", { name: "Evidence" }).click();
  await page.getByRole("menuitem", { name: "Capture" }).click();
  await shows("Capture");
  assert.equal(await page.locator(".eni-app").getAttribute("data-pane"), "evidence");
});

pageTest("without the panel of evidence no menu leads into it", { path: "/?autoplay=0&panels=top,why", context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
  await opened(page, false);
  const thing = await eni(page, "svc").first().getAttribute("data-anchor");
  await openMenu(page, thing);
  assert.equal(await page.getByRole("menuitem", { name: "Show details" }).count(), 1);
  assert.equal(await page.getByRole("menuitem", { name: "Evidence" }).count(), 0);
});

pageTest("packets are round where they are after a panel below took room and gave it back", { path: "/?autoplay=0", context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
  await opened(page, false);
  const fits = () => page.locator(".sky").evaluate((sky) => Math.abs(sky.height / sky.width - sky.clientHeight / sky.clientWidth) < 0.01);
  for (const name of ["Terminal", "Terminal", "Evidence", "Evidence"]) {
    await page.getByRole("button", { name, exact: true }).first().click();
    await eventually(page, `the canvas has the shape of the board after ${name}`, fits, (fit) => fit, 5000);
  }
  assert.ok((await getState(page)).live);
});

// The timeline goes back in time: by dragging, by the wheel, by keys, by buttons and by touch; what was lost long ago is found again and explained.
import assert from "node:assert/strict";
import { call, getState, pageTest } from "./support/page.mjs";
import { opened } from "./support/panes.mjs";
import { eventually, live } from "./support/scene.mjs";

const at = (viewport = { width: 1440, height: 900 }, more = {}) => ({ path: "/?autoplay=0", context: { viewport, ...more } });
const wait = (page, milliseconds) => call(page, { kind: "world", act: "wait", milliseconds });
const act = async (page, action, parameters) => {
  const reply = await call(page, { kind: "api", service: "ec2", action, parameters });
  assert.ok(reply.Result, JSON.stringify(reply));
};
const lane = (page) => page.locator('svg.lane[aria-label^="client → svc"]');
const ruler = (page) => page.locator("svg.ruler");
const toNow = (page) => page.getByRole("button", { name: "Back to now", exact: true });
const button = (page, name) => page.getByRole("button", { name, exact: true });

/** A minute: nothing may enter the subnets between 10.1 s and 13.1 s, an address is allocated at 30.1 s, it is 60.1 s. */
async function story(page) {
  await opened(page, false);
  await wait(page, 10100 - (await live(page)).nowMs);
  const acl = (await getState(page)).state.NetworkAcls[0].NetworkAclId;
  await act(page, "CreateNetworkAclEntry", { NetworkAclId: acl, RuleNumber: 1, Protocol: "-1", RuleAction: "deny", Egress: false, CidrBlock: "0.0.0.0/0" });
  await wait(page, 3000);
  await act(page, "DeleteNetworkAclEntry", { NetworkAclId: acl, RuleNumber: 1, Egress: false });
  await wait(page, 17000);
  await act(page, "AllocateAddress", {});
  await wait(page, 30000);
  await windowIs(page, 51.1);
}

/** The left edge of what is shown, in seconds, as the ruler says it aloud. */
const left = async (page) => Number.parseFloat((await ruler(page).getAttribute("aria-label")).match(/from ([\d.]+) s/)[1]);
const windowIs = (page, seconds, off = 0.15) => eventually(page, `the window begins at ${seconds} s`, () => left(page), (from) => Math.abs(from - seconds) <= off);
const crosses = (page) => lane(page).locator(".tick.no");

pageTest("by dragging the ruler one comes back to an old loss, and Why explains it", at(), async ({ page }) => {
  await story(page);
  assert.equal(await crosses(page).count(), 0);
  assert.equal(await toNow(page).count(), 0, "now is followed");
  const box = await ruler(page).boundingBox();
  // A window is 12 s: four times five sixths of it lead from 51.1 s to 11.1 s.
  for (let pull = 1; pull <= 4; pull += 1) {
    await page.mouse.move(box.x + box.width / 12, box.y + 6);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + 6, { steps: 3 });
    await page.mouse.move(box.x + (box.width * 11) / 12, box.y + 6, { steps: 3 });
    await page.mouse.up();
    await windowIs(page, 51.1 - pull * 10);
  }
  await crosses(page).first().waitFor();
  assert.equal(await page.locator(".lanes .now").count(), 0, "now is not in sight");
  await crosses(page).nth(2).click();
  await page.locator(".verdict").filter({ hasText: "refused this packet" }).waitFor();
  assert.equal(await crosses(page).nth(2).getAttribute("aria-selected"), "true");
  // Time goes on, and what is looked at stays.
  await wait(page, 5000);
  await windowIs(page, 11.1);
  await toNow(page).click();
  await windowIs(page, 56.1);
  await toNow(page).waitFor({ state: "detached" });
  await wait(page, 1000);
  await windowIs(page, 57.1);
});

pageTest("a drag that ends on a question does not choose it, and a press does", at(), async ({ page }) => {
  await story(page);
  const ticks = lane(page).locator(".tick.ok");
  const box = await ticks.nth(10).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 150, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await toNow(page).waitFor();
  assert.equal(await page.locator(".tick.sel").count(), 0);
  await ticks.nth(10).click();
  await page.locator(".tick.sel").waitFor();
});

pageTest("the wheel moves time on the ruler", at(), async ({ page }) => {
  await story(page);
  const box = await ruler(page).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + 8);
  await page.mouse.wheel(0, -box.width / 2);
  await windowIs(page, 45.1);
  await page.mouse.wheel(box.width / 4, 0);
  await windowIs(page, 48.1);
  await page.mouse.wheel(0, box.width);
  await windowIs(page, 51.1);
  await toNow(page).waitFor({ state: "detached" });
});

pageTest("by keys: the ruler moves by seconds, windows and to its ends", at(), async ({ page }) => {
  await story(page);
  await ruler(page).focus();
  for (const [key, seconds] of [["ArrowLeft", 50.1], ["ArrowLeft", 49.1], ["ArrowRight", 50.1], ["PageUp", 38.1], ["PageDown", 50.1], ["Home", 0], ["End", 51.1]]) {
    await page.keyboard.press(key);
    await windowIs(page, seconds);
  }
  await toNow(page).waitFor({ state: "detached" });
});

pageTest("by keys: questions are walked through beyond the edge of the window, and to the oldest", at(), async ({ page }) => {
  await story(page);
  await lane(page).focus();
  await page.keyboard.press("Home");
  await windowIs(page, 0);
  await lane(page).locator(".tick.sel").waitFor();
  await page.keyboard.press("End");
  await windowIs(page, 51.1);
  const chosen = () => lane(page).locator(".tick.sel").getAttribute("data-packet").then(Number);
  let before = await chosen();
  for (let step = 0; step < 50; step += 1) {
    await page.keyboard.press("ArrowLeft");
    before = await eventually(page, "the one before is chosen", chosen, (packet) => packet < before);
  }
  // 50 questions are 10 s: they reach beyond the left edge.
  await eventually(page, "the window follows", () => left(page), (from) => from < 51);
});

pageTest("by buttons: from act to loss to act, there and back, and each is told", at(), async ({ page }) => {
  await story(page);
  const happened = page.locator(".happened");
  const go = async (name, told) => {
    await button(page, name).click();
    await happened.filter({ hasText: told }).waitFor();
    await eventually(page, "it is spoken", () => page.locator("[role=status][aria-live]").innerText(), (said) => told.test(said));
  };
  await go("To the act or loss before", /at 30\.1 s/);
  await windowIs(page, 26.1);
  await page.locator(".landmark").waitFor({ state: "attached" });
  await go("To the act or loss before", /at 13\.1 s/);
  await go("To the act or loss before", /client → svc: lost, asked at 10\.2 s/);
  await page.locator(".verdict").filter({ hasText: "refused this packet" }).waitFor();
  await lane(page).locator(".tick.sel").waitFor();
  await go("To the act or loss before", /at 10\.1 s/);
  await go("To the act or loss before", /No act or loss is kept from before this/);
  await go("To the act or loss after", /lost, asked at 10\.2 s/);
  await button(page, "Show later time").click();
  await windowIs(page, 12.2);
  await button(page, "Show earlier time").click();
  await windowIs(page, 6.2);
  await toNow(page).click();
  await go("To the act or loss after", /No act or loss came after this/);
});

pageTest("an answer from long ago is forgotten and says so, a loss is not", at(), async ({ page }) => {
  await story(page);
  await wait(page, 40000);
  await ruler(page).focus();
  await page.keyboard.press("Home");
  await windowIs(page, 0);
  await lane(page).locator(".tick.ok").first().click();
  await page.locator(".why .nothing").filter({ hasText: "no longer kept" }).waitFor();
  await wait(page, 200000);
  await lane(page).locator(".not-kept").filter({ hasText: "only those that were lost are kept" }).waitFor({ state: "attached" });
  await crosses(page).first().click();
  await page.locator(".verdict").filter({ hasText: "refused this packet" }).waitFor();
});

pageTest("no figure stands under the mark that says now", at(), async ({ page }) => {
  await opened(page, false);
  await wait(page, 7000 - (await live(page)).nowMs);
  const clash = () =>
    ruler(page).evaluate((svg) => {
      const now = svg.querySelector(".now rect").getBoundingClientRect();
      const figures = [...svg.querySelectorAll(".mark")].map((mark) => mark.getBoundingClientRect());
      return { figures: figures.length, under: figures.filter((one) => one.left < now.right && one.right > now.left).length };
    });
  for (let step = 0; step < 10; step += 1) {
    const { figures, under } = await clash();
    assert.equal(under, 0, `step ${step}`);
    assert.ok(figures >= 11);
    const before = (await live(page)).nowMs;
    await wait(page, 100);
    await eventually(page, "it moved on", () => page.locator(".clock").innerText(), (text) => Number.parseFloat(text) * 1000 > before);
  }
});

pageTest("on a phone a finger on a lane goes back, and a button to now", at({ width: 390, height: 844 }, { hasTouch: true, isMobile: true }), async ({ page }) => {
  await opened(page, false);
  await wait(page, 60000);
  await toNow(page).waitFor({ state: "detached" });
  const oldest = async () => Number((await lane(page).locator(".tick").first().getAttribute("aria-label")).match(/([\d.]+) s/)[1]);
  const before = await eventually(page, "the newest are shown", oldest, (seconds) => seconds > 40);
  await button(page, "Show earlier time").tap();
  await eventually(page, "older ones are shown", oldest, (seconds) => seconds < before - 5);
  await toNow(page).waitFor();
  const box = await lane(page).boundingBox();
  const y = box.y + box.height / 2;
  const session = await page.context().newCDPSession(page);
  const touch = (type, x) => session.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  await touch("touchStart", box.x + 40);
  for (let x = 60; x <= 240; x += 20) await touch("touchMove", box.x + x);
  await touch("touchEnd");
  await eventually(page, "still older ones", oldest, (seconds) => seconds < before - 9);
  const place = await toNow(page).boundingBox();
  assert.ok(place.width >= 24 && place.height >= 24);
  // Right after a finger has moved the browser may take a tap for the end of that.
  await toNow(page).click();
  await toNow(page).waitFor({ state: "detached" });
});

// Time: play, pause, one event, speed and the stopwatch, by pointer and by key; the gaps and the flags of the timeline.
import assert from "node:assert/strict";
import { call, getState, pageTest } from "./support/page.mjs";
import { opened } from "./support/panes.mjs";
import { client, eventually, live, until } from "./support/scene.mjs";

const at = (viewport = { width: 1440, height: 900 }, query = "") => ({ path: `/${query}`, context: { viewport } });
const now = async (page) => (await live(page)).nowMs;
const clock = (page) => page.locator(".clock").innerText();
const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Presses a button: with the mouse, or with the focus on it and a key. */
const ways = {
  pointer: (locator) => locator.click(),
  key: async (locator) => {
    await locator.focus();
    await locator.press("Enter");
  },
};

for (const [way, press] of Object.entries(ways)) {
  pageTest(`by ${way}: time stops and runs, and the clock shows virtual time`, at(), async ({ page }) => {
    await opened(page);
    await eventually(page, "time runs", () => now(page), (ms) => ms > 300);
    await press(button(page, "Stop time"));
    await button(page, "Let time run").waitFor();
    const stopped = await now(page);
    await eventually(page, "the clock shows it", () => clock(page), (text) => text === `${(Math.floor(stopped / 10) / 100).toFixed(2)} s`);
    // Nothing that draws or waits moves time: frames come and go.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))));
    assert.equal(await now(page), stopped);
    await press(button(page, "Let time run"));
    await eventually(page, "time runs again", () => now(page), (ms) => ms > stopped + 200);
  });

  pageTest(`by ${way}: each single event is said, shown in Why and stands in the row of controls`, at(undefined, "?autoplay=0"), async ({ page }) => {
    await opened(page, false);
    const step = button(page, "To the next event");
    const happened = page.locator(".happened");
    let before = 0;
    const told = [];
    for (let event = 0; event < 8; event += 1) {
      await press(step);
      await happened.waitFor();
      const text = await happened.innerText();
      assert.ok(text.length > 5, `event ${event} says what it was`);
      await eventually(page, "it is spoken", () => page.locator("[role=status][aria-live]").innerText(), (said) => said === text);
      const ms = await now(page);
      assert.ok(ms >= before, "time goes on, never back");
      before = ms;
      told.push(text);
    }
    assert.ok(told.some((text) => / sends tcp .* → /.test(text)), told.join("; "));
    assert.ok(told.some((text) => / gets tcp | is connected/.test(text)), told.join("; "));
    await page.locator(".verdict").first().waitFor();
    await press(button(page, "Let time run"));
    await happened.waitFor({ state: "detached" });
  });

  pageTest(`by ${way}: four times as fast is sixteen times a quarter`, at(undefined, "?autoplay=0"), async ({ page }) => {
    await opened(page, false);
    for (const speed of ["¼×", "½×", "1×", "4×"]) {
      await press(button(page, speed));
      await eventually(page, `${speed} is on`, () => button(page, speed).getAttribute("aria-pressed"), (pressed) => pressed === "true");
      assert.equal(await page.locator('.speed .far[aria-pressed="true"]').count(), 1);
    }
    /** Virtual milliseconds a frame of real time, by the frame clock itself, so that a slow machine changes nothing. */
    const pace = async (speed) => {
      await press(button(page, speed));
      await press(button(page, "Let time run"));
      await eventually(page, "it runs", () => now(page), (ms) => ms > 0);
      const from = await now(page);
      const frames = await page.evaluate(() => new Promise((done) => {
        const steps = [];
        let last = null;
        const frame = (at) => {
          if (last !== null) steps.push(Math.min(at - last, 100));
          last = at;
          if (steps.length < 30) requestAnimationFrame(frame);
          else done(steps.reduce((sum, step) => sum + step, 0));
        };
        requestAnimationFrame(frame);
      }));
      const passed = (await now(page)) - from;
      await press(button(page, "Stop time"));
      return passed / frames;
    };
    const slow = await pace("¼×");
    const fast = await pace("4×");
    assert.ok(fast > slow * 4, `${fast} is far more than ${slow}`);
  });
}

pageTest("on a phone one button goes through the speeds", at({ width: 390, height: 844 }, "?autoplay=0"), async ({ page }) => {
  await opened(page, false);
  const speed = page.locator(".speed .near-only");
  const heard = [];
  for (let press = 0; press < 5; press += 1) {
    const before = await speed.innerText();
    heard.push(before);
    await speed.click();
    await eventually(page, "the next speed", () => speed.innerText(), (text) => text !== before);
  }
  assert.deepEqual(heard, ["½×", "1×", "4×", "¼×", "½×"]);
});

/** Ends the instance that holds the service. */
async function breakService(page) {
  const state = await getState(page);
  const instance = state.state.Instances ?? state.state.Reservations.flatMap((one) => one.Instances);
  const web = instance.find((one) => (one.Tags ?? []).some((tag) => tag.Key === "Name" && tag.Value === "web-1"));
  const reply = await call(page, { kind: "api", service: "ec2", action: "StopInstances", parameters: { InstanceIds: [web.InstanceId] } });
  assert.ok(reply.Result, JSON.stringify(reply));
  return web.InstanceId;
}

const lane = (page) => page.locator('svg.lane[aria-label^="client → svc"]');
const label = (page) => page.locator(".lab", { hasText: "client → svc" });

for (const [name, viewport] of [["1440", { width: 1440, height: 900 }], ["390", { width: 390, height: 844 }]]) {
  pageTest(`at ${name}: the gap stands in its lane as a bar, with its length in virtual time, and stays when it is over`, at(viewport), async ({ page }) => {
    await opened(page);
    await until(page, "answered", (state) => state.clients.find((one) => one.name === "client").answered > 2);
    const id = await breakService(page);
    const gap = label(page).locator(".lab-gap");
    await page.locator(".lab-gap.is-out").first().waitFor();
    await lane(page).locator(".outage").waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Stop time" }).click();
    const { outageMs, lost, answered } = await client(page, "client");
    const seconds = `${Math.floor(outageMs / 100) / 10}`;
    await eventually(page, "the label says how long", () => gap.innerText(), (text) => Number.parseFloat(text) === Number(seconds) && text.endsWith(" s"));
    await eventually(page, "the lane says it aloud", () => lane(page).getAttribute("aria-label"), (text) => text === `client → svc: ${answered} answered, ${lost} lost, ${Number(seconds).toFixed(1)} s without an answer`);
    // The bar is as long as the gap, in the lane's scale of 12 seconds.
    const width = () => lane(page).evaluate((lane) => (lane.querySelector(".outage").getBoundingClientRect().width / lane.getBoundingClientRect().width) * 12000);
    await eventually(page, `the bar is ${outageMs} ms long`, width, (ms) => Math.abs(ms - outageMs) < 40);
    const counts = label(page).locator(".lab-counts");
    assert.ok(await counts.isVisible(), "the counts stand here");
    assert.equal((await counts.innerText()).replace(/\s+/g, " "), `${answered} answered ${lost} lost`);

    await page.getByRole("button", { name: "Let time run" }).click();
    await until(page, "it is stopped", (state) => state.nowMs > 0);
    await eventually(page, "it starts again", () => call(page, { kind: "api", service: "ec2", action: "StartInstances", parameters: { InstanceIds: [id] } }), (reply) => Boolean(reply.Result));
    const over = await until(page, "service is back", (state) => state.clients.find((one) => one.name === "client").outageMs === 0);
    assert.ok(over.clients.find((one) => one.name === "client").lost > 0);
    await label(page).locator(".lab-gap:not(.is-out)").waitFor();
    await eventually(page, "the lane says that it is over", () => lane(page).getAttribute("aria-label"), (text) => /lost, \d+\.\d s outage$/.test(text));
  });
}

pageTest("flags stand as one where there is no room for two, and apart where there is", at({ width: 1440, height: 900 }, "?autoplay=0"), async ({ page }) => {
  await opened(page, false);
  const allocate = () => call(page, { kind: "api", service: "ec2", action: "AllocateAddress", parameters: {} });
  await allocate();
  await call(page, { kind: "world", act: "wait", milliseconds: 2000 });
  await allocate();
  const flags = page.locator(".ruler .flag");
  await eventually(page, "two flags", () => flags.count(), (count) => count === 2);
  await page.setViewportSize({ width: 760, height: 900 });
  await eventually(page, "one flag", () => flags.count(), (count) => count === 1);
  await flags.getByText("2 acts").waitFor();
  await page.setViewportSize({ width: 1440, height: 900 });
  await eventually(page, "two flags again", () => flags.count(), (count) => count === 2);
});

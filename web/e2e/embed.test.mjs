// In other people's pages: a frame, a frame without origin, two elements on one page.
import assert from "node:assert/strict";
import { carry } from "./support/mouse.mjs";
import { AUTHOR, HOME, facts, mounted, pageTest } from "./support/page.mjs";
import { answered, eni, eventually, instance, live, lost, refusal, restored, slot } from "./support/scene.mjs";

/** The address of the training document with the playground at `src` in a frame. */
function document(src, sandbox, size = {}) {
  const query = new URLSearchParams({ src, ...(sandbox === undefined ? {} : { sandbox }), ...size });
  return `${AUTHOR}/frame.html?${query}`;
}

/** Waits for the playground in the frame and gives the frame. */
async function embedded(page) {
  const handle = await page.locator("iframe").elementHandle();
  const frame = await handle.contentFrame();
  await mounted(frame);
  return frame;
}

async function conversation(page) {
  await page.waitForFunction(() => window.heard.some((message) => message.type === "ready" && message.id === null));
  const ready = await page.evaluate(() => window.askFrame("ready"));
  assert.deepEqual([ready.source, ready.v, ready.type, ready.ok, ready.value], ["eni-playground", 1, "reply", true, true]);
  const state = await page.evaluate(() => window.askFrame("getState"));
  assert.equal(state.ok, true, state.error);
  assert.equal(typeof state.value, "object");
  const nonsense = await page.evaluate(() => window.askFrame("call", { act: { kind: "no such act" } }));
  assert.equal(nonsense.ok, false, "what is no act is refused");
  assert.ok(nonsense.error.length > 0);
  return state.value;
}

pageTest("a frame from another server", { path: document(`${HOME}/?embed=1`) }, async ({ page }) => {
  await embedded(page);
  await conversation(page);
});

pageTest("a sandboxed frame without origin, storage refused, from a server without a CORS header", { path: document(`${HOME}/?embed=1`, "allow-scripts") }, async ({ page }) => {
  const frame = await embedded(page);
  assert.equal(await frame.evaluate(() => self.origin), "null");
  await conversation(page);
});

pageTest("a sandboxed frame in a sub-folder", { path: document(`${HOME}/docs/net/play/?embed=1`, "allow-scripts") }, async ({ page }) => {
  await embedded(page);
  await conversation(page);
});

pageTest("messages that are not for the playground, or too large, or not data", { path: document(`${HOME}/?embed=1`) }, async ({ page }) => {
  const frame = await embedded(page);
  const before = await page.evaluate(() => window.askFrame("getState"));
  await page.evaluate(() => {
    const to = document.querySelector("iframe").contentWindow;
    const good = { source: "eni-playground", v: 1, id: 1, type: "getState" };
    for (const bad of [null, 1, "getState", [], { ...good, source: "x" }, { ...good, v: 2 }, { ...good, id: {} }, { ...good, type: "constructor" }, { ...good, type: 5 }]) {
      to.postMessage(bad, "*");
    }
  });
  const huge = await page.evaluate(() => window.askFrame("call", { act: { kind: "api", padding: "x".repeat(1100000) } }));
  assert.equal(huge.ok, false);
  assert.match(huge.error, /1 MB/);
  const deep = await page.evaluate(() => {
    let act = {};
    for (let depth = 0; depth < 500; depth += 1) act = { act };
    return window.askFrame("call", { act });
  });
  assert.equal(deep.ok, false);
  const cyclic = await page.evaluate(() => {
    const act = {};
    act.act = act;
    return window.askFrame("call", { act });
  });
  assert.equal(cyclic.ok, false);
  const after = await page.evaluate(() => window.askFrame("getState"));
  assert.deepEqual(facts(after.value), facts(before.value), "nothing has changed");
  const answers = await page.evaluate(() => window.heard.filter((message) => message.id === 1).length);
  assert.equal(answers, 0, "what is not for it is not answered");
  assert.equal(await frame.locator(".eni-notice").count(), 0, "and none of it was a fault");
});

pageTest("a window that does not embed it gets no answer", { path: `${HOME}/?embed=1` }, async ({ page, context }) => {
  await mounted(page);
  const stranger = page.waitForEvent("popup");
  await page.evaluate(() => void window.open(""));
  const popup = await stranger;
  const answered = await popup.evaluate(async () => {
    let heard = 0;
    window.addEventListener("message", (event) => (heard += event.data?.source === "eni-playground" ? 1 : 0));
    window.opener.postMessage({ source: "eni-playground", v: 1, id: 1, type: "getState" }, "*");
    // Whatever the opener posts back arrives before the answer to this second question, which goes through the same queue.
    await new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = resolve;
      window.opener.setTimeout(() => channel.port2.postMessage("later"), 200);
    });
    return heard;
  });
  assert.equal(answered, 0);
  assert.equal(context.pages().length, 2);
});

for (const [width, height] of [[700, 560], [390, 640]]) {
  const sized = { path: document(`${HOME}/?embed=1`, undefined, { width, height }), context: { viewport: { width: width + 60, height: height + 200 } } };
  pageTest(`the first scene is played in a frame ${width} pixels wide, with a mouse`, sized, async ({ page }) => {
    const frame = await embedded(page);
    await answered(frame);
    await instance(frame, "web-1").locator("header .title").click({ button: "right" });
    await frame.getByRole("menuitem", { name: "Terminate", exact: true }).click();
    await lost(frame);

    // What is in no place lies below the board, whatever the board is scrolled to.
    const loose = frame.getByRole("region", { name: "Not attached" });
    const part = loose.locator(eni(frame, "svc"));
    await part.waitFor();
    const drag = async (from, to) => {
      await to.scrollIntoViewIfNeeded();
      await from.scrollIntoViewIfNeeded();
      await carry(page, from, to);
    };
    await drag(part, slot(frame, "web-3", 1));
    await refusal(frame).and(frame.locator('[data-refusal="InvalidParameterCombination"]')).waitFor();
    await page.mouse.up();
    await eventually(page, "it is refused", () => live(frame), (now) => now.refusal === "InvalidParameterCombination" && now.inHand === null);
    await drag(part, slot(frame, "web-2", 1));
    await slot(frame, "web-2", 1).getByText("svc may go here").waitFor();
    await page.mouse.up();
    await slot(frame, "web-2", 1).locator(eni(frame, "svc")).waitFor();
    await restored(frame);

    await drag(eni(frame, "svc"), loose.locator(".loose-title"));
    await page.mouse.up();
    await part.waitFor();
  });
}

pageTest("in a frame what is in no place is found by keys, taken and let go", { path: document(`${HOME}/?embed=1`) }, async ({ page }) => {
  const frame = await embedded(page);
  const part = frame.locator(".loose").locator(eni(frame, "spare"));
  await part.locator(".eni-main").focus();
  await page.keyboard.press("m");
  await eventually(page, "it is taken", () => live(frame), (now) => now.inHand !== null);
  const wanted = await slot(frame, "web-2", 1).getAttribute("data-for-eni");
  for (let over = null; over !== wanted; ) {
    const before = over;
    await page.keyboard.press("ArrowDown");
    ({ over } = await eventually(page, "another place", () => live(frame), (now) => now.over !== before));
  }
  await page.keyboard.press("Enter");
  await slot(frame, "web-2", 1).locator(eni(frame, "spare")).waitFor();
});

pageTest("two playgrounds on one page share nothing", { path: `${AUTHOR}/two.html` }, async ({ page }) => {
  await mounted(page, "#one");
  await mounted(page, "#two");
  const both = async () => (await page.evaluate(() => Promise.all(["one", "two"].map((id) => document.getElementById(id).getState())))).map(facts);
  const before = await both();
  const [{ seed: one, ...first }, { seed: two, ...second }] = before;
  assert.deepEqual(first, second, "both begin alike");
  assert.notEqual(one, two, "but for what chance is drawn from");
  await page.evaluate(() => document.getElementById("one").call({ kind: "api", service: "ec2", action: "CreateVpc", parameters: { CidrBlock: "10.99.0.0/16" } }));
  const after = await both();
  assert.notDeepEqual(after[0], before[0], "the act has changed the one");
  assert.deepEqual(after[1], before[1], "and not the other");
  await page.evaluate(() => document.getElementById("one").remove());
  const left = await page.evaluate(() => document.getElementById("two").getState());
  assert.deepEqual(facts(left), before[1], "one goes, the other stays");
});

for (const theme of ["light", "projector"]) {
  pageTest(`in a narrow frame the board stays where it is when something is taken, whatever the strip below it says, ${theme}`, { path: `/?embed=1&autoplay=0&theme=${theme}`, context: { viewport: { width: 360, height: 640 } } }, async ({ page }) => {
    await mounted(page);
    const height = () => page.locator(".board").evaluate((board) => board.clientHeight);
    const before = await height();
    await page.locator(".eni-name b", { hasText: /^svc$/ }).click();
    await page.locator(".loose.is-legal .loose-title", { hasText: "svc" }).waitFor();
    assert.equal(await height(), before);
  });
}

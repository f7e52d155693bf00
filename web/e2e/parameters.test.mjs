// Page parameters: each does what it says, alone and in a frame; what means nothing is told and is not fatal.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AUTHOR, HOME, ask, call, getState, mounted, pageTest } from "./support/page.mjs";
import { dragOver } from "./support/drop.mjs";
import { eventually } from "./support/scene.mjs";

const PARTS = { top: ".area-top", parts: ".tray", why: ".area-why", timeline: ".lanes", evidence: ".ev-fold", echo: ".term", controls: ".ctl" };
const ALL = Object.keys(PARTS);
const at = (query, viewport = { width: 1440, height: 900 }) => ({ path: `/?${query}`, context: { viewport } });

/** Which parts a reader sees. */
const seen = (frame) =>
  frame.evaluate((parts) => Object.entries(parts).filter(([, selector]) => document.querySelector(selector)?.checkVisibility()).map(([name]) => name), PARTS);

/** How much of the page the board takes, in percent of both ways. */
const boardShare = (page) =>
  page.evaluate(() => {
    const board = document.querySelector(".area-board").getBoundingClientRect();
    return [Math.round((board.width * 100) / innerWidth), Math.round((board.height * 100) / innerHeight)];
  });

for (const [query, expected] of [
  ["", ALL],
  ["embed=1", ["controls"]],
  ["embed=0", ALL],
  ["panels=none", ["controls"]],
  ["panels=none&controls=0", []],
  ["controls=0", ALL.filter((name) => name !== "controls")],
  ["panels=top,timeline", ["top", "timeline", "controls"]],
  ["panels=parts,why", ["parts", "why", "controls"]],
  ["panels=echo&controls=no", ["echo"]],
  ["embed=1&panels=all", ["top", "parts", "timeline", "evidence", "echo", "controls"]],
]) {
  pageTest(`panels and controls: ?${query}`, at(query), async ({ page }) => {
    await mounted(page);
    await page.locator(".vpc").first().waitFor();
    assert.deepEqual(await seen(page), expected);
    assert.equal(await page.locator(".notice").count(), 0);
    if (expected.length === 0) assert.deepEqual(await boardShare(page), [100, 100], "nothing else takes room");
  });
}

for (const [query, expected] of [["", ["controls"]], ["?embed=0", ALL], ["?embed=1&panels=none&controls=0", []]]) {
  const src = encodeURIComponent(`${HOME}/${query}`);
  pageTest(`in a frame: ${query || "no parameter"}`, { path: `${AUTHOR}/frame.html?width=1200&src=${src}`, context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
    const frame = await (await page.locator("iframe").elementHandle()).contentFrame();
    await mounted(frame);
    await frame.locator(".vpc").first().waitFor();
    assert.deepEqual(await seen(frame), expected);
  });
}

pageTest("on a phone there are tabs for those panes only that there are", at("panels=echo", { width: 390, height: 844 }), async ({ page }) => {
  await mounted(page);
  const tabs = page.locator(".area-tabs button");
  await tabs.first().waitFor();
  assert.deepEqual(await tabs.allInnerTexts(), ["Board", "Terminal"]);
  assert.deepEqual(await seen(page), ["controls"], "the command line is behind its tab");
  await tabs.last().click();
  await page.locator(".term").waitFor();
});

pageTest("on a phone a board alone has no tabs", at("panels=none&controls=0", { width: 390, height: 844 }), async ({ page }) => {
  await mounted(page);
  await page.locator(".vpc").first().waitFor();
  assert.equal(await page.locator(".area-tabs").count(), 0);
  assert.deepEqual(await boardShare(page), [100, 100]);
});

pageTest("in another page Why comes when it is asked for, and goes", at("embed=1&panels=why,timeline"), async ({ page }) => {
  await mounted(page);
  await page.locator("svg.lane .tick.ok").first().waitFor();
  assert.equal(await page.locator(".area-why").isVisible(), false);
  await page.locator("svg.lane .tick.ok").first().click();
  await page.locator(".area-why .verdict").first().waitFor();
  await page.getByRole("button", { name: "Close Why and details" }).click();
  await page.locator(".area-why").waitFor({ state: "hidden" });
});

pageTest("in another page the details of a thing come up from its menu", at("embed=1"), async ({ page }) => {
  await mounted(page);
  await page.locator('[data-menu^="instance:"]').first().click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Show/ }).first().click();
  await page.locator(".area-why .details").waitFor();
});

pageTest("theme: the page wears it, and auto follows the system", { path: "/?theme=auto", context: { colorScheme: "dark" } }, async ({ page }) => {
  await mounted(page);
  for (const [theme, worn] of [["auto", "dark"], ["light", "light"], ["dark", "dark"], ["projector", "projector"]]) {
    await page.goto(`${HOME}/?theme=${theme}`);
    // Whoever leaves while the second part of the engine comes breaks its request off.
    await mounted(page);
    await page.locator(`.eni-app[data-theme="${worn}"]`).waitFor();
  }
});

pageTest("autoplay=0: time stands until it is let run", at("autoplay=0"), async ({ page }) => {
  await mounted(page);
  await page.getByRole("button", { name: "Let time run" }).waitFor();
  assert.equal((await getState(page)).live.nowMs, 0);
});

pageTest("autoplay: time runs by itself", at(""), async ({ page }) => {
  await mounted(page);
  await eventually(page, "time runs", () => getState(page), (state) => state.live.nowMs > 200);
});

pageTest("readonly: acts of the page and of messages are refused, and nothing changes", at("readonly=1&autoplay=0"), async ({ page }) => {
  await mounted(page);
  const facts = async () => JSON.stringify((await getState(page)).state);
  const before = await facts();
  await page.getByRole("button", { name: "Allocate" }).click();
  await eventually(page, "it is said", () => page.locator("[role=alert][aria-live]").innerText(), (text) => /for reading/.test(text));
  const reply = await call(page, { kind: "api", service: "ec2", action: "AllocateAddress", parameters: {} });
  assert.match(reply.Error.Message, /for reading/);
  assert.equal(await facts(), before);
});

const NETWORK = JSON.stringify({ Vpcs: [{ VpcId: "vpc-0aaaaaaaaaaaaaaa1", CidrBlock: "10.77.0.0/16", IsDefault: false }] });

pageTest("readonly: what is dropped, pasted or to be chosen from outside is refused in words", at("readonly=1&autoplay=0"), async ({ page, context, test }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await mounted(page);
  await page.locator(".vpc").first().waitFor();
  const folder = mkdtempSync(path.join(tmpdir(), "eni-"));
  test.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, "vpcs.json"), NETWORK);
  const before = JSON.stringify((await getState(page)).state);
  const notice = page.locator(".notice", { hasText: /for reading/ });
  const refused = async (what) => {
    await notice.waitFor();
    assert.equal(JSON.stringify((await getState(page)).state), before, what);
    await notice.getByRole("button").last().click();
    await notice.waitFor({ state: "detached" });
  };
  const drag = await dragOver(page, { files: [path.join(folder, "vpcs.json")] });
  assert.equal(await page.locator(".veil").count(), 0, "nothing says that files may be let go");
  await drag.drop();
  await refused("dropped");
  await page.evaluate((text) => navigator.clipboard.writeText(text), NETWORK);
  await page.keyboard.press("ControlOrMeta+V");
  await refused("pasted");
  await page.locator(".btn.scene").click();
  await page.getByRole("menuitem", { name: /^Open files/ }).click();
  await refused("chosen");
});

pageTest("lang: another language's table", at("lang=en-XA"), async ({ page }) => {
  await mounted(page);
  await page.getByText("⟦").first().waitFor();
});

pageTest("scenario: the one of that name, and of no other", at("scenario=low-budget-ha"), async ({ page }) => {
  await mounted(page);
  const state = await getState(page);
  assert.ok(state.state.Instances?.length ?? state.state.Reservations.length);
});

for (const [query, told] of [
  ["colour=red", /The page parameter colour is not known/],
  ["theme=pink", /theme is “pink”\. It may be: auto, light, dark, projector/],
  ["panels=sidebar", /panels is “sidebar”\. It may be: all, none, top, parts, why, timeline, evidence, echo/],
  ["controls=maybe", /controls is “maybe”\. It may be: 1, 0/],
  ["readonly=perhaps", /readonly is “perhaps”/],
  ["autoplay=soon", /autoplay is “soon”/],
  ["lang=tlh", /lang is “tlh”/],
  ["lesson=first", /There is no lesson “first”/],
  ["scenario=none-such", /none-such/],
  ["scenario=none-such&theme=pink&seed=5", /none-such.*seed is not known.*theme is “pink”/],
  ["theme=%3Cimg%20src%3Dx%3E", /theme is “<img src=x>”/],
]) {
  pageTest(`what means nothing is told: ?${query}`, at(query), async ({ page }) => {
    await mounted(page);
    const notice = page.locator(".notice");
    await notice.waitFor();
    assert.match(await notice.innerText(), told);
    await page.locator(".vpc").first().waitFor();
    assert.equal(await page.locator("img").count(), 0, "it is text");
  });
}

pageTest("two elements on one page: each has its own parameters and its own ids", { path: `${AUTHOR}/two.html`, context: { viewport: { width: 1440, height: 1500 } } }, async ({ page }) => {
  await mounted(page, "#one");
  await page.evaluate(() => {
    document.getElementById("two").remove();
    const other = document.createElement("eni-playground");
    for (const [name, value] of Object.entries({ id: "two", test: "1", theme: "dark", panels: "timeline,why", controls: "0", autoplay: "" })) other.setAttribute(name, value);
    document.body.append(other);
  });
  await mounted(page, "#two");
  await page.locator("#two svg.lane .tick").first().waitFor();
  const shape = (id) => page.evaluate((id) => [".ctl", ".lanes"].map((part) => document.querySelectorAll(`#${id} ${part}`).length), id);
  assert.deepEqual(await shape("one"), [1, 0]);
  assert.deepEqual(await shape("two"), [0, 1]);
  await page.locator('#two .eni-app[data-theme="dark"]').waitFor();
  assert.equal(await page.locator('#one .eni-app[data-theme="dark"]').count(), 0);
  await page.locator("#one").evaluate((element) => {
    element.setAttribute("id", "three");
  });
  const twice = await page.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
    return ids.filter((id, index) => ids.indexOf(id) !== index);
  });
  assert.deepEqual(twice, []);
});

pageTest("the element answers like the frame: ready, call, getState", { path: `${AUTHOR}/two.html` }, async ({ page }) => {
  await mounted(page, "#one");
  const reply = await page.evaluate(async () => {
    const element = document.getElementById("one");
    await element.ready;
    const result = await element.call({ kind: "api", service: "ec2", action: "CreateVpc", parameters: { CidrBlock: "10.99.0.0/16" } });
    const refused = await element.call({ kind: "api", service: "ec2", action: "CreateVpc", parameters: { CidrBlock: "10.99.0.0/8" } });
    const state = await element.getState();
    return { result, refused, vpcs: JSON.stringify(state.state.Vpcs), echo: state.live.echo.map((line) => line.line) };
  });
  assert.equal(reply.result.Result.Vpc.CidrBlock, "10.99.0.0/16");
  assert.match(reply.result.Echo, /^aws ec2 create-vpc --cidr-block 10\.99\.0\.0\/16$/);
  assert.equal(reply.refused.Error.Code, "InvalidVpc.Range");
  assert.ok(reply.vpcs.includes("10.99.0.0/16") && !reply.vpcs.includes("10.99.0.0/8"));
  assert.equal(reply.echo.length, 2);
});

pageTest("messages: ready, call and getState, each with its own answer", at("embed=1"), async ({ page }) => {
  await mounted(page);
  assert.equal(await ask(page, "ready"), true);
  const made = await call(page, { kind: "api", service: "ec2", action: "AllocateAddress", parameters: {} });
  assert.match(made.Result.AllocationId, /^eipalloc-/);
  const state = await getState(page);
  assert.equal(state.format, "eni-playground");
  assert.ok(state.state.Addresses.some((address) => address.AllocationId === made.Result.AllocationId));
  await assert.rejects(call(page, { kind: "no such act" }), /./);
});

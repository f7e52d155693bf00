// The panel of evidence: flow logs, packets, connections; by pointer, by keys, on a phone; in the three themes; small and large.
import assert from "node:assert/strict";
import AxeBuilder from "@axe-core/playwright";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { call, getState, mounted, pageTest } from "./support/page.mjs";
import { newestTick, opened } from "./support/panes.mjs";
import { eventually } from "./support/scene.mjs";

const at = (query = "", viewport = { width: 1440, height: 900 }, more = {}) => ({ path: `/${query}`, context: { viewport, ...more } });
const PHONE = { width: 390, height: 844 };
const api = (action, parameters) => ({ kind: "api", service: "ec2", action, parameters });
const wait = (page, seconds) => call(page, { kind: "world", act: "wait", milliseconds: seconds * 1000 });

const panel = (page) => page.getByRole("region", { name: "Evidence" });
const tab = (page, name) => panel(page).getByRole("tab", { name });
const lines = (page) => panel(page).locator(".ev-lines li");
const openPanel = (page) => page.getByRole("button", { name: "Evidence", exact: true }).click();

async function quiet(page, where) {
  await page.waitForFunction(() => document.getAnimations().every((motion) => motion.effect.getTiming().iterations === Infinity || motion.playState !== "running"));
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter((found) => ["serious", "critical"].includes(found.impact));
  assert.deepEqual(serious.map((found) => `${found.id}: ${found.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" ; ")}`), [], where);
}

/** How many VPCs have a flow log. */
const logs = async (page) => ((await getState(page)).state.FlowLogs ?? []).length;

pageTest("where nothing records, one button makes a flow log, and its records come with their fields explained", at(), async ({ page }) => {
  await opened(page, false);
  await openPanel(page);
  await panel(page).getByText("No flow log records what happens here", { exact: false }).waitFor();
  assert.equal(await logs(page), 0);
  await panel(page).getByRole("button", { name: "Make a flow log of shop" }).click();
  await panel(page).getByText("Nothing is written yet", { exact: false }).waitFor();
  assert.equal(await logs(page), 1);
  assert.match(await page.locator(".term-line .cmd").innerText(), /^aws ec2 create-flow-logs /);
  await wait(page, 61);
  await lines(page).first().waitFor();
  const head = (await panel(page).locator(".ev-cols").innerText()).split(" ");
  assert.deepEqual(head.slice(0, 4), ["version", "account-id", "interface-id", "srcaddr"]);
  const texts = await lines(page).locator("code").allInnerTexts();
  for (const text of texts) assert.match(text, /^2 \d{12} eni-[0-9a-f]{17} (\d+(\.\d+){3} \d+(\.\d+){3} \d+ \d+ \d+ \d+ \d+|- - - - - - -) \d+ \d+ (ACCEPT|REJECT|-) (OK|NODATA)$/);
  // By pointer: the line itself, and what its fields mean.
  const line = lines(page).filter({ hasText: "ACCEPT" }).last();
  await line.locator("code").click();
  const about = panel(page).locator("section.ev-about");
  await about.getByText("srcaddr", { exact: true }).waitFor();
  assert.equal(await about.locator("dt").count(), head.length);
  await about.getByText("ACCEPT if security groups and network ACL let them pass", { exact: false }).waitFor();
  // And a packet of it.
  await about.getByRole("button", { name: "Why, for a packet of it" }).click();
  await page.locator(".verdict").first().waitFor();
});

pageTest("ACCEPT and REJECT are told by mark, word and name; records are filtered by ENI", at(), async ({ page }) => {
  await opened(page, false);
  await openPanel(page);
  await panel(page).getByRole("button", { name: "Make a flow log of shop" }).click();
  await call(page, { kind: "scene", act: "ask", from: "internet", to: "203.0.113.25", protocol: "tcp", port: 23 });
  await wait(page, 61);
  const mark = async (word) => {
    await panel(page).getByLabel("Show", { exact: true }).selectOption(word);
    const line = lines(page).filter({ hasText: word }).first();
    await line.waitFor();
    await page.waitForFunction(([word]) => [...document.querySelectorAll(".ev-lines li code")].every((code) => code.textContent.includes(word)), [word]);
    return line.locator(".ev-mark").evaluate((node) => [node.getAttribute("aria-label"), node.querySelector("path").getAttribute("d")]);
  };
  const [[no, cross], [yes, tick]] = [await mark("REJECT"), await mark("ACCEPT")];
  assert.match(no, /^Fields of REJECT tcp /);
  assert.match(yes, /^Fields of ACCEPT tcp /);
  assert.notEqual(cross, tick, "the marks have other shapes");
  await panel(page).getByLabel("Show", { exact: true }).selectOption("all");
  await lines(page).filter({ hasText: "10.0.12.40" }).first().waitFor();
  const choice = panel(page).getByLabel("ENI", { exact: true });
  const option = (await choice.locator("option").allInnerTexts()).find((text) => text.startsWith("svc, "));
  await choice.selectOption({ label: option });
  const id = await choice.inputValue();
  await page.waitForFunction(([id]) => [...document.querySelectorAll(".ev-lines li code")].every((code) => code.textContent.includes(` ${id} `)), [id]);
  assert.ok((await lines(page).count()) > 0);
});

pageTest("packets stand as tcpdump prints them, and Why of one opens by pointer and by key", at(), async ({ page }) => {
  await opened(page);
  await newestTick(page, "client → svc", "ok").waitFor();
  await page.getByRole("button", { name: "Stop time" }).click();
  await openPanel(page);
  assert.equal(await tab(page, "Flow logs").evaluate((node) => node === document.activeElement), true, "the focus is in the panel");
  await page.keyboard.press("ArrowRight");
  await lines(page).first().waitFor();
  assert.equal(await tab(page, "Capture").getAttribute("aria-selected"), "true");
  const texts = await lines(page).locator("code").allInnerTexts();
  for (const text of texts) assert.match(text, /^00:00:\d\d\.\d{6} \S+ +(In |Out) IP \d+(\.\d+){4} > \d+(\.\d+){4}: Flags \[/);
  // The newest is in sight.
  const [end, box] = [await lines(page).last().boundingBox(), await panel(page).locator(".ev-lines").boundingBox()];
  assert.ok(end.y + end.height <= box.y + box.height + 1, "the list shows its end");
  // By key: one mark is on the way of the Tab key, arrows walk, Enter opens Why.
  assert.equal(await panel(page).locator('.ev-mark[tabindex="0"]').count(), 1);
  await lines(page).last().locator(".ev-mark").focus();
  await page.keyboard.press("ArrowUp");
  const second = lines(page).nth(texts.length - 2).locator(".ev-mark");
  await page.waitForFunction(([at]) => document.activeElement === document.querySelectorAll(".ev-lines .ev-mark")[at], [texts.length - 2]);
  await page.keyboard.press("Enter");
  await page.locator(".verdict").first().waitFor();
  assert.equal(await second.getAttribute("aria-current"), "true");
  await page.keyboard.press("Home");
  await page.waitForFunction(() => document.activeElement === document.querySelector(".ev-lines .ev-mark"));
  // By pointer, on the line.
  await page.locator(".why-close").click().catch(() => {});
  await lines(page).last().locator("code").click();
  await page.locator(".verdict").first().waitFor();
});

pageTest("what is marked is copied and opens nothing, and lines that stay are the same elements", at(), async ({ page }) => {
  await opened(page);
  await newestTick(page, "client → svc", "ok").waitFor();
  await openPanel(page);
  await tab(page, "Capture").click();
  await lines(page).nth(12).waitFor();
  const list = panel(page).locator(".ev-lines");
  await list.evaluate((node) => {
    const code = [...node.querySelectorAll("code")].at(-1);
    code.parentElement.dataset.mine = "yes";
    getSelection().selectAllChildren(code);
  });
  const marked = await page.evaluate(() => String(getSelection()));
  const count = await lines(page).count();
  await page.waitForFunction(([count]) => document.querySelectorAll(".ev-lines li").length > count + 8, [count]);
  assert.equal(await list.locator('[data-mine="yes"] code').innerText(), marked, "the element is the same one");
  assert.equal(await page.evaluate(() => String(getSelection())), marked, "what was marked is marked still");
  await list.locator('[data-mine="yes"] code').dispatchEvent("click");
  assert.equal(await page.locator(".verdict").count(), 0, "who marks text wants the text");
});

pageTest("a list that was scrolled up stays, and one at its end follows", at("?autoplay=0"), async ({ page }) => {
  // Time goes on by the seconds that are asked for: as many lines come on a slow machine as on a quick one.
  await opened(page, false);
  await openPanel(page);
  await wait(page, 2);
  await tab(page, "Capture").click();
  const list = panel(page).locator(".ev-lines");
  const fromEnd = () => list.evaluate((node) => node.scrollHeight - node.clientHeight - node.scrollTop);
  const last = () => lines(page).last().getAttribute("data-line");
  const goesOn = async (seconds) => {
    const before = await last();
    await wait(page, seconds);
    await eventually(page, "there are newer lines", last, (now) => now !== before);
  };
  await lines(page).nth(30).waitFor();
  await eventually(page, "it shows its end", fromEnd, (away) => away <= 8);
  await goesOn(0.5);
  await eventually(page, "it follows its end", fromEnd, (away) => away <= 8);
  await list.evaluate((node) => (node.scrollTop = 40));
  await goesOn(0.5);
  assert.equal(await list.evaluate((node) => node.scrollTop), 40);
  // Where old lines make way for new ones it follows, too.
  await list.evaluate((node) => (node.scrollTop = node.scrollHeight));
  await goesOn(20);
  await eventually(page, "all that are shown", () => lines(page).count(), (count) => count === 200);
  await eventually(page, "it follows its end still", fromEnd, (away) => away <= 8);
});

pageTest("the packets of one ENI are exported as a capture", at(), async ({ page, test }) => {
  await opened(page);
  await newestTick(page, "client → svc", "ok").waitFor();
  await page.getByRole("button", { name: "Stop time" }).click();
  await openPanel(page);
  await tab(page, "Capture").click();
  const place = mkdtempSync(path.join(tmpdir(), "eni-evidence-"));
  test.after(() => rmSync(place, { recursive: true }));
  const names = async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), panel(page).getByRole("button", { name: "Export a capture" }).click()]);
    await download.saveAs(path.join(place, "capture"));
    const file = readFileSync(path.join(place, "capture")).toString("latin1");
    return [...new Set(file.match(/eni-[0-9a-f]{17}/g))];
  };
  assert.ok((await names()).length > 1);
  const choice = panel(page).getByLabel("ENI", { exact: true });
  const option = (await choice.locator("option").allInnerTexts()).find((text) => text.startsWith("svc, "));
  await choice.selectOption({ label: option });
  await eventually(page, "one interface alone", names, (found) => found.length === 1);
});

pageTest("a connection shows its state, how long it lives, and the rule; taken out, the rule is missed", at(), async ({ page }) => {
  await opened(page);
  await newestTick(page, "client → svc", "ok").waitFor();
  await page.getByRole("button", { name: "Stop time" }).click();
  await openPanel(page);
  await tab(page, "Connections").click();
  await lines(page).first().waitFor();
  for (const text of await lines(page).locator("code").allInnerTexts()) assert.match(text, /^\S+ \S+ → \S+, (opening|established|answered|closing), \d+ (s|h \d+ min) left$/);
  await lines(page).last().locator(".ev-mark").focus();
  const about = panel(page).locator("section.ev-about");
  await about.getByText("Tracked", { exact: true }).waitFor();
  assert.deepEqual(await about.locator("dt").allInnerTexts(), ["Opened", "State", "Tracked", "Rule"]);
});

pageTest("metrics of an instance are told by the minute when a button asks for that, and explained", at(), async ({ page }) => {
  await opened(page, false);
  await openPanel(page);
  await tab(page, "Metrics").click();
  await panel(page).getByLabel("Of", { exact: true }).selectOption({ label: "web-1" });
  await wait(page, 61);
  const line = (name) => lines(page).filter({ has: page.locator("code", { hasText: name }) }).first();
  await line(/^NetworkIn$/).getByText("not told yet").waitFor();
  await panel(page).getByRole("button", { name: "Tell each minute of web-1" }).click();
  await line(/^NetworkIn \d+ Bytes$/).getByText("0–60 s").waitFor();
  await line(/^NetworkIn \d/).locator(".ev-mark").focus();
  await panel(page).locator("section.ev-about").getByText("Bytes of all ENIs of the instance together.").waitFor();
  await line(/^svc queue_0_rx_bytes [1-9]/).waitFor();
});

pageTest("the panel and the terminal make way for each other", at(), async ({ page }) => {
  await opened(page, false);
  await openPanel(page);
  await panel(page).waitFor();
  await page.getByRole("button", { name: "Terminal", exact: true }).click();
  await page.locator(".term.open").waitFor();
  assert.equal(await panel(page).count(), 0);
  await openPanel(page);
  await panel(page).waitFor();
  assert.equal(await page.locator(".term.open").count(), 0);
  await openPanel(page);
  await panel(page).waitFor({ state: "detached" });
});

for (const [query, expected] of [["?panels=evidence", true], ["?panels=evidence,echo", true], ["?embed=1&panels=evidence,timeline", true], ["?panels=all", false], ["?panels=echo", null], ["?embed=1", null]]) {
  pageTest(`panels of evidence: ${query}`, at(query), async ({ page }) => {
    await mounted(page);
    await page.locator(".vpc").first().waitFor();
    assert.equal(await panel(page).count() > 0, expected === true);
    assert.equal(await page.getByRole("button", { name: "Evidence", exact: true }).count() > 0, expected !== null);
    assert.equal(await page.locator(".notice").count(), 0);
    if (expected === true) assert.equal(await page.evaluate(() => document.querySelector(".ev").contains(document.activeElement)), false, "it takes no focus by itself");
  });
}

pageTest("on a phone the panel is behind its tab, each of its tabs works by taps, and Why takes its place", at("", PHONE, { hasTouch: true }), async ({ page }) => {
  await opened(page);
  await newestTick(page, "client → svc", "ok").waitFor();
  const pane = (name) => page.locator(".mob").getByRole("button", { name }).tap();
  await pane("Evidence");
  await panel(page).getByRole("button", { name: "Make a flow log of shop" }).tap();
  await panel(page).getByText("Nothing is written yet", { exact: false }).waitFor();
  await quiet(page, "flow logs on a phone");
  await tab(page, "Connections").tap();
  await lines(page).first().waitFor();
  await lines(page).last().locator(".ev-mark").tap();
  await panel(page).locator("section.ev-about").waitFor();
  await quiet(page, "connections on a phone");
  await tab(page, "Capture").tap();
  await lines(page).first().waitFor();
  await quiet(page, "packets on a phone");
  const mark = await lines(page).last().locator(".ev-mark").boundingBox();
  assert.ok(mark.width >= 44 && mark.height >= 44, "a finger finds the mark");
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the phone");
  await lines(page).last().locator(".ev-mark").tap();
  await page.locator(".verdict").first().waitFor();
  assert.equal(await page.locator(".eni-app").getAttribute("data-pane"), "why");
});

for (const [theme, width] of [["light", 1440], ["dark", 1024], ["projector", 1440]]) {
  pageTest(`axe finds nothing serious in the panel: ${theme}, ${width}`, at(`?theme=${theme}`, { width, height: 800 }, { reducedMotion: "reduce" }), async ({ page }) => {
    await opened(page);
    await newestTick(page, "client → svc", "ok").waitFor();
    await openPanel(page);
    await quiet(page, "no flow log");
    await panel(page).getByRole("button", { name: "Make a flow log of shop" }).click();
    await call(page, { kind: "scene", act: "ask", from: "internet", to: "203.0.113.25", protocol: "tcp", port: 23 });
    await wait(page, 61);
    await page.getByRole("button", { name: "Stop time" }).click();
    await panel(page).getByLabel("Show", { exact: true }).selectOption("REJECT");
    await lines(page).filter({ hasText: "REJECT" }).first().locator(".ev-mark").click();
    await panel(page).locator("section.ev-about").waitFor();
    await quiet(page, "a record explained");
    for (const name of ["Capture", "Connections", "Metrics"]) {
      await tab(page, name).click();
      await lines(page).first().waitFor();
      await quiet(page, name);
    }
    assert.ok(await page.evaluate(() => document.querySelector(".ev").scrollWidth <= innerWidth));
  });
}

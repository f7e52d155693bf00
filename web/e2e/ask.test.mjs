// Ask: every kind of end, each protocol, one packet and over and over, by pointer and by keyboard alone. What was asked is read from the handle.
import assert from "node:assert/strict";
import { call, getState, pageTest } from "./support/page.mjs";
import { opened } from "./support/panes.mjs";
import { eventually, live } from "./support/scene.mjs";

const WIDE = { viewport: { width: 1440, height: 900 } };
const OTHER = "Another address";

/** Who asks whom for what: the ends as the dialog lists them, or an address that is typed; what the packet is, and how it fares. */
const CASES = [
  { kind: "an instance asks an instance", from: "ops-1", to: "web-2", protocol: "tcp", port: "22", flow: /^tcp 10\.0\.12\.40:\d+ → 10\.0\.1\.12:22$/, fares: "ENI_SG_RULES_MISMATCH" },
  { kind: "an ENI asks an ENI", from: "svc (10.0.1.20)", to: "ops-1-main (10.0.12.40)", protocol: "udp", port: "53", flow: /^udp 10\.0\.1\.20:\d+ → 10\.0\.12\.40:53$/, fares: "SG_HAS_NO_RULES" },
  { kind: "the internet asks an Elastic IP", from: "a host of the internet", to: "203.0.113.25 (svc)", protocol: "tcp", port: "443", flow: /^tcp 198\.51\.100\.1:\d+ → 203\.0\.113\.25:443$/, fares: "delivered" },
  { kind: "a client of the internet asks an ENI", from: "client (198.51.100.7)", to: "svc (10.0.1.20)", protocol: "tcp", port: "22", flow: /^tcp 198\.51\.100\.7:\d+ → 203\.0\.113\.25:22$/, fares: "ENI_SG_RULES_MISMATCH" },
  { kind: "an Elastic IP asks a client of the internet", from: "203.0.113.25 (svc)", to: "client (198.51.100.7)", protocol: "icmp", flow: /^icmp 10\.0\.1\.20 → 198\.51\.100\.7$/, fares: "delivered" },
  { kind: "an instance asks the internet", from: "web-1", to: "a host of the internet", protocol: "udp", port: "123", flow: /^udp 10\.0\.1\.11:\d+ → 198\.51\.100\.1:123$/, fares: "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS" },
  { kind: "an instance asks a free address", from: "web-1", to: [OTHER, "10.0.1.99"], protocol: "tcp", port: "80", flow: /^tcp 10\.0\.1\.11:\d+ → 10\.0\.1\.99:80$/, fares: "NO_POSSIBLE_DESTINATION" },
  { kind: "another host of the internet asks", from: [OTHER, "192.0.2.9"], to: "203.0.113.25 (svc)", protocol: "udp", port: "443", flow: /^udp 192\.0\.2\.9:\d+ → 203\.0\.113\.25:443$/, fares: "ENI_SG_RULES_MISMATCH" },
  { kind: "the internet asks who has no public address", from: "a host of the internet", to: "web-3", protocol: "tcp", port: "443", flow: /^tcp 198\.51\.100\.1:\d+ → 10\.0\.\d+\.\d+:443$/, fares: "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS" },
];

/** What is refused in the form: nothing is asked then. */
const REFUSED = [
  { from: [OTHER, "10.0.1.99"], to: "web-2", protocol: "tcp", port: "443", says: "No ENI has 10.0.1.99." },
  { from: "spare (10.0.1.31)", to: "web-2", protocol: "icmp", says: "spare is in no instance, so nothing sends from it." },
  { from: "web-1", to: [OTHER, ""], protocol: "icmp", says: "An end is missing." },
  { from: "web-1", to: "web-2", protocol: "udp", port: "0", says: "tcp and udp go to a port, a number from 1 to 65535." },
];

/** What an act calls an end: the id of what has the name that a list shows, else what the list shows or what was typed. */
function names({ state }) {
  const things = [...(state.Instances ?? state.Reservations.flatMap((one) => one.Instances)), ...state.NetworkInterfaces];
  const named = (name) => things.find((thing) => (thing.Tags ?? thing.TagSet ?? []).some((tag) => tag.Key === "Name" && tag.Value === name));
  return (end) => {
    const [label, typed] = [end].flat();
    if (label === "a host of the internet") return "internet";
    const [name, address] = label.split(/ \((.*)\)/);
    const thing = named(name);
    return typed ?? thing?.InstanceId ?? thing?.NetworkInterfaceId ?? (/^\d/.test(name) ? name : address);
  };
}

/** The clients of the scene pause: nothing else goes on then. */
async function quiet(page) {
  for (const { id } of (await live(page)).clients) await call(page, { kind: "scene", act: "pause-client", client: id, paused: true });
}

const dialogOf = (page) => page.getByRole("dialog", { name: "Ask" });
const shown = (select) => select.evaluate((node) => node.selectedOptions[0].text);

/** Fills in by pointer. A list of choices is the browser's own and no part of the page: it is told what was picked. */
const pointer = {
  open: (page) => page.getByRole("button", { name: "Ask", exact: true }).first().click(),
  async choose(page, field, label) {
    await field.click();
    await page.keyboard.press("Escape");
    await field.selectOption({ label });
  },
  async type(page, field, text) {
    await field.click({ clickCount: 3 });
    await page.keyboard.type(text);
  },
  press: (page, button) => button.click(),
};

/** Walks to a control with Tab, from wherever the focus is in the dialog. */
async function walkTo(page, control) {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await control.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail("no way there with Tab");
}

/** Fills in with the keyboard alone: Tab from field to field, arrows through the choices, Enter. */
const keyboard = {
  async open(page) {
    await walkTo(page, page.getByRole("button", { name: "Ask", exact: true }).first());
    await page.keyboard.press("Enter");
  },
  async choose(page, field, label) {
    await walkTo(page, field);
    const steps = await field.evaluate((node, label) => [...node.options].findIndex((option) => option.text === label) - node.selectedIndex, label);
    for (let step = 0; step < Math.abs(steps); step += 1) await page.keyboard.press(steps > 0 ? "ArrowDown" : "ArrowUp");
    await eventually(page, `${label} is chosen`, () => shown(field), (text) => text === label);
  },
  async type(page, field, text) {
    await walkTo(page, field);
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    await page.keyboard.type(text);
  },
  async press(page, button) {
    await walkTo(page, button);
    await page.keyboard.press("Enter");
  },
};

async function fill(page, hand, one) {
  const dialog = dialogOf(page);
  for (const [place, name, end] of [[0, "Who asks", one.from], [1, "Whom", one.to]]) {
    const [label, typed] = [end].flat();
    await hand.choose(page, dialog.getByLabel(name, { exact: true }), label);
    if (typed !== undefined) await hand.type(page, dialog.locator(".field").nth(place).getByRole("textbox"), typed);
  }
  await hand.choose(page, dialog.getByLabel("Protocol"), one.protocol);
  await dialog.getByLabel("Port").waitFor({ state: one.protocol === "icmp" ? "detached" : "visible" });
  if (one.port !== undefined) await hand.type(page, dialog.getByLabel("Port"), one.port);
}

const verdict = (page) =>
  page.evaluate(() => {
    const first = document.querySelector(".why .verdict");
    const text = (selector) => first?.querySelector(selector)?.innerText ?? "";
    return { headline: text("h2"), flow: text(".flow.mono"), tag: text(".tag") };
  });

for (const [how, hand] of [["by pointer", pointer], ["by keyboard alone", keyboard]]) {
  pageTest(`one packet between any two ends, ${how}`, { path: "/?autoplay=0", context: WIDE }, async ({ page }) => {
    await opened(page, false);
    const idOf = names(await getState(page));
    await quiet(page);
    for (const one of CASES) {
      await hand.open(page);
      await fill(page, hand, one);
      await hand.press(page, dialogOf(page).getByRole("button", { name: "Send one packet" }));
      await dialogOf(page).waitFor({ state: "detached" });
      const said = await eventually(page, `${one.kind}: the verdict`, () => verdict(page), (now) => one.flow.test(now.flow) && now.tag !== "");
      assert.equal(said.tag, one.fares, one.kind);
      const { line, accepted } = (await live(page)).echo.at(-1);
      assert.deepEqual([line, accepted], [`ask ${idOf(one.from)} ${idOf(one.to)} ${one.protocol}${one.port ? ` ${one.port}` : ""}`, true]);
    }
  });
}

pageTest("what cannot be asked is refused in the form, with what would be accepted", { path: "/?autoplay=0", context: WIDE }, async ({ page }) => {
  await opened(page, false);
  const hand = pointer;
    for (const one of REFUSED) {
      await hand.open(page);
      await fill(page, hand, one);
      await hand.press(page, dialogOf(page).getByRole("button", { name: "Send one packet" }));
      const box = dialogOf(page).locator(".refusal");
      await box.waitFor();
      const { note, accepted } = (await live(page)).echo.at(-1);
      assert.deepEqual([note, accepted, await box.getByText(one.says).count()], [one.says, false, 1]);
      await page.keyboard.press("Escape");
      await dialogOf(page).waitFor({ state: "detached" });
    }
});

/** Who goes on asking, and what comes of it. */
const OVER = [
  { kind: "a host of the internet", from: "a host of the internet", to: "203.0.113.25 (svc)", protocol: "tcp", port: "443", name: "internet", fares: "answered" },
  { kind: "an instance", from: "web-3", to: "svc (10.0.1.20)", protocol: "udp", port: "53", name: "web-3", fares: "lost" },
  { kind: "an ENI", from: "ops-1-main (10.0.12.40)", to: [OTHER, "10.0.1.99"], protocol: "icmp", name: "ops-1", fares: "lost" },
  { kind: "an Elastic IP", from: "203.0.113.25 (svc)", to: "a host of the internet", protocol: "icmp", name: "web-1", fares: "answered" },
];

for (const [how, hand] of [["by pointer", pointer], ["by keyboard alone", keyboard]]) {
  pageTest(`whoever is told to goes on asking, ${how}`, { path: "/?autoplay=0", context: WIDE }, async ({ page }) => {
    await opened(page, false);
    await quiet(page);
    const known = (await live(page)).clients.map((client) => client.id);
    for (const one of OVER) {
      await hand.open(page);
      await fill(page, hand, one);
      const before = (await live(page)).clients.length;
      await hand.press(page, dialogOf(page).getByRole("button", { name: "Keep sending" }));
      await eventually(page, `${one.kind} asks`, () => live(page), (now) => now.clients.length === before + 1);
      // What was told to go on is to be seen: the dialog makes way for the board, and time runs.
      await dialogOf(page).waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Stop time" }).waitFor();
    }
    const now = await eventually(
      page,
      "each has asked",
      async () => (await live(page)).clients.filter((client) => !known.includes(client.id)),
      (clients) => clients.every((client) => client.answered + client.lost > 2),
    );
    for (const [place, one] of OVER.entries()) {
      const { name, answered, lost } = now[place];
      assert.deepEqual([name, answered > 0, lost > 0], [one.name, one.fares === "answered", one.fares === "lost"], one.kind);
    }
  });
}

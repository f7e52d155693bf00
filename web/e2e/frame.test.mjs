// The frame of the page at the widths between a phone and a desk: what lies over what, and that nothing sticks out of its box.
import assert from "node:assert/strict";
import { carry } from "./support/mouse.mjs";
import { call, getState, pageTest } from "./support/page.mjs";
import { newestTick, opened } from "./support/panes.mjs";
import { eni, eventually, instance, live, refusal, slot } from "./support/scene.mjs";

const sized = (width, height = 844) => ({ path: "/", context: { viewport: { width, height } } });

/** What of the board sticks out of the box that holds it: words of chips, chips of cards, cards of subnets; and how far the page scrolls sideways. */
const sticksOut = (page) =>
  page.evaluate(() => {
    const out = [];
    for (const [inner, outer] of [[".eni-name", ".eni"], [".eni-groups", ".eni"], [".eni", ".inst"], [".inst > header > *", ".inst"], [".inst", ".subnet"], [".subnet", ".vpc"]]) {
      for (const element of document.querySelectorAll(`.board ${inner}`)) {
        const box = element.getBoundingClientRect();
        const around = element.closest(outer).getBoundingClientRect();
        if (box.width > 0 && (box.left < around.left - 1 || box.right > around.right + 1)) out.push(`${inner} of ${element.closest(outer).textContent.slice(0, 30)}`);
      }
    }
    // What lies in a chip lies beside its groups, not under them.
    for (const part of document.querySelectorAll(".board .eni-extra > *")) {
      const groups = part.closest(".eni").querySelector(".eni-groups").getBoundingClientRect();
      const box = part.getBoundingClientRect();
      if (groups.width > 0 && box.right > groups.left + 1 && box.bottom > groups.top + 2) out.push(`${part.className} lies under groups`);
    }
    return [...out, ...[document.documentElement, document.querySelector(".board")].filter((box) => box.scrollWidth > box.clientWidth).map((box) => `${box.className} scrolls sideways`)];
  });

for (const width of [390, 700, 768, 820, 900, 1024, 1280]) {
  pageTest(`${width} pixels wide nothing sticks out of its box, with Why and without`, sized(width, width < 500 ? 844 : 1024), async ({ page }) => {
    await opened(page);
    await newestTick(page, "client → svc", "ok").waitFor();
    await page.getByRole("button", { name: "Stop time" }).click();
    await eventually(page, "all is in its box", () => sticksOut(page), (out) => out.length === 0);
    await newestTick(page, "client → svc", "ok").click();
    await page.locator(".area-why .verdict").first().waitFor();
    await eventually(page, "all is in its box beside Why", () => sticksOut(page), (out) => out.length === 0);
  });
}

/** What of a chip lies over something else of it. */
const covers = (page, name) =>
  instance(page, "web-1").locator(eni(page, name)).evaluate((chip) => {
    const parts = [...chip.querySelectorAll(".eni-name, .eni-address, .eip, .eni-more, .eni-groups > *")].map((node) => ({ what: node.className, box: node.getBoundingClientRect() }));
    const over = (one, other) => one.left < other.right - 0.5 && other.left < one.right - 0.5 && one.top < other.bottom - 2 && other.top < one.bottom - 2;
    return parts.flatMap((one, at) => parts.slice(at + 1).filter((other) => over(one.box, other.box)).map((other) => `${one.what} and ${other.what}`));
  });

for (const [width, theme] of [[1440, "light"], [1024, "projector"], [390, "projector"]]) {
  pageTest(`${width} pixels wide an ENI with an Elastic IP, more addresses and five groups shows them side by side, ${theme}`, { path: `/?autoplay=0&theme=${theme}`, context: { viewport: { width, height: 900 } } }, async ({ page }) => {
    await opened(page, false);
    const api = async (action, parameters) => {
      const { Result, Error } = await call(page, { kind: "api", service: "ec2", action, parameters });
      assert.ok(Result, JSON.stringify(Error));
      return Result;
    };
    const { state } = await getState(page);
    const svc = state.NetworkInterfaces.find((one) => JSON.stringify(one.TagSet ?? one.Tags).includes('"svc"'));
    const made = [];
    for (const name of ["front", "back", "cache"]) made.push((await api("CreateSecurityGroup", { GroupName: name, Description: name, VpcId: state.Vpcs[0].VpcId })).GroupId);
    await api("ModifyNetworkInterfaceAttribute", { NetworkInterfaceId: svc.NetworkInterfaceId, Groups: [...svc.Groups.map((one) => one.GroupId), ...made] });
    await api("AssignPrivateIpAddresses", { NetworkInterfaceId: svc.NetworkInterfaceId, SecondaryPrivateIpAddressCount: 3 });
    await instance(page, "web-1").locator(eni(page, "svc")).locator(".eni-more").waitFor();
    assert.equal(await instance(page, "web-1").locator(eni(page, "svc")).locator(".sg:visible").count(), 5);
    await eventually(page, "nothing lies over anything", () => covers(page, "svc"), (found) => found.length === 0, 5000);
    await eventually(page, "all is in its box", () => sticksOut(page), (out) => out.length === 0, 5000);
  });
}

pageTest("768 pixels wide Why is a drawer that comes when it is asked for and makes way for what is carried", sized(768, 1024), async ({ page }) => {
  await opened(page);
  const why = page.locator(".area-why");
  await newestTick(page, "client → svc", "ok").waitFor();
  await page.getByRole("button", { name: "Stop time" }).click();
  assert.equal(await why.isVisible(), false);
  await newestTick(page, "client → svc", "ok").click();
  await why.locator(".verdict").first().waitFor();
  const [drawer, board] = [await why.boundingBox(), await page.locator(".board").boundingBox()];
  assert.equal(drawer.x + drawer.width, 768);
  assert.equal(board.x + board.width, 768, "the board keeps its width under it");
  await page.locator(".tray h2 button").first().click();
  // What a tap could not place stays in the hand, so Why stays away; what a pointer lets go is in no hand any more.
  await page.locator(".tray").locator(eni(page, "spare")).locator(".eni-name b").click();
  await why.waitFor({ state: "hidden" });
  await slot(page, "web-3", 1).click();
  await refusal(page).waitFor();
  assert.equal(await why.isVisible(), false);
  await page.keyboard.press("Escape");
  await why.waitFor();
  await page.locator(".tray h2 button").first().click();
  await carry(page, page.locator(".tray").locator(eni(page, "spare")), slot(page, "web-3", 1));
  await page.mouse.up();
  await refusal(page).waitFor();
  await why.waitFor();
  await eventually(page, "the refusal lies beside the drawer", async () => {
    const [callout, pane] = [await refusal(page).boundingBox(), await why.boundingBox()];
    return callout.x + callout.width - pane.x;
  }, (over) => over <= 0);
});

pageTest("on a phone a refusal lies over neither Why nor the parts", { path: "/", context: { viewport: { width: 390, height: 844 }, hasTouch: true } }, async ({ page }) => {
  await opened(page);
  await newestTick(page, "client → svc", "ok").waitFor();
  await page.getByRole("button", { name: "Stop time" }).click();
  await newestTick(page, "client → svc", "ok").click();
  const why = page.locator(".area-why");
  await why.locator(".verdict").first().waitFor();
  await page.locator(".area-tabs").getByRole("button", { name: /Parts/ }).tap();
  await carry(page, page.locator(".tray").locator(eni(page, "spare")), slot(page, "web-3", 1));
  await why.waitFor({ state: "hidden" });
  await page.mouse.up();
  await eventually(page, "it is refused", () => live(page), (now) => now.refusal === "InvalidParameterCombination");
  await refusal(page).waitFor();
  await why.waitFor();
  // The numbers are what the browser paints by.
  const order = await page.evaluate(() => [".refuse", ".area-why"].map((part) => Number(getComputedStyle(document.querySelector(part)).zIndex)));
  assert.ok(order[0] < order[1], `${order}`);
  await page.locator(".area-tabs").getByRole("button", { name: /Parts/ }).tap();
  await page.locator(".tray").waitFor();
  assert.equal(await refusal(page).isVisible(), false);
  await page.locator(".area-tabs").getByRole("button", { name: /Board/ }).tap();
  await refusal(page).waitFor();
  assert.ok(await instance(page, "web-3").isVisible());
});

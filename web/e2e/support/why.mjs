// Asking by the dialog, and Why as tests read it.

/** Sends one packet: who asks and whom as the dialog lists them; `port`, and the `address` that "Another address" wants, where they are given. */
export async function askOnce(page, from, to, { port, address } = {}) {
  await page.getByRole("button", { name: "Ask", exact: true }).locator("visible=true").first().click();
  const dialog = page.getByRole("dialog", { name: "Ask" });
  await dialog.getByLabel("Who asks", { exact: true }).selectOption({ label: from });
  await dialog.getByLabel("Whom").selectOption({ label: to });
  if (address) await dialog.locator(".field").nth(1).getByRole("textbox").fill(address);
  if (port) await dialog.getByLabel("Port").fill(port);
  await dialog.getByRole("button", { name: "Send one packet" }).click();
  await dialog.waitFor({ state: "detached" });
}

export const headline = (page) => page.locator(".verdict h2").first().innerText();

/** What is wider than the pane that holds it; a line of commands scrolls by itself. */
export const spills = (page) =>
  page.evaluate(() => {
    const pane = document.querySelector(".why-in").getBoundingClientRect();
    return [...document.querySelectorAll(".why-in *")].filter((node) => !node.closest(".cli,.sr,svg") && node.getBoundingClientRect().right > pane.right + 1).map((node) => node.className || node.tagName);
  });

/** Of what a describe call lists, what has this name. */
export const named = (list, name) => list.find((one) => (one.Tags ?? one.TagSet ?? []).some((tag) => tag.Key === "Name" && tag.Value === name));

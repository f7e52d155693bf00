// What is said where there is no engine to say it. A part of `loader.js`: the build puts it in there.

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** Says something above the playground, with a button that takes it away, and what else that does. */
function notice(node, key, lang, button = "dismiss", then = () => {}) {
  node.querySelectorAll(":scope > .eni-notice").forEach((old) => old.remove());
  const box = element("div", "eni-notice");
  box.setAttribute("role", "status");
  const press = element("button", "eni-notice-dismiss", say(lang, button));
  press.type = "button";
  press.onclick = () => {
    box.remove();
    then();
  };
  box.append(element("p", "eni-notice-text", say(lang, key)), press);
  node.prepend(box);
  return box;
}

/** What may be the cause of an error, by keys of the table. */
function causesOf(error, message) {
  if (/Content Security Policy|unsafe-eval/i.test(message)) return ["causePolicy"];
  if (error.key === "noWebAssembly") return ["causeBrowser"];
  if (error instanceof Fault) return ["causeFile", "causeConnect"];
  if (typeof WebAssembly === "object" && error instanceof WebAssembly.CompileError) return ["causeDamaged"];
  return [];
}

/** Says in plain words why the engine cannot be loaded, and what to do. The detail is the browser's own, where it is no fault of ours. */
function explain(node, error, lang) {
  const message = String((error && error.message) || error);
  const panel = element("div", "eni-failure");
  panel.setAttribute("role", "alert");
  panel.append(element("h2", "eni-failure-title", say(lang, "cannotLoad")));
  causesOf(error, message).forEach((cause) => panel.append(element("p", "eni-failure-cause", say(lang, cause))));
  panel.append(element("pre", "eni-failure-detail", error instanceof Fault ? say(lang, error.key, error.file) : message));
  node.replaceChildren(panel);
}

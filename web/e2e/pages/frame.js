// The page of somebody who embeds the playground: `?src=ADDRESS&sandbox=…&width=…&height=…`. It collects the messages that it gets.
const query = new URLSearchParams(location.search);
const frame = document.createElement("iframe");
if (query.has("sandbox")) frame.setAttribute("sandbox", query.get("sandbox"));
frame.width = query.get("width") ?? 900;
frame.height = query.get("height") ?? 600;
frame.title = "ENI Playground";
frame.src = query.get("src");

window.heard = [];
window.addEventListener("message", (event) => {
  if (event.source === frame.contentWindow) window.heard.push(event.data);
});

let id = 0;
/** Asks the embedded playground, and gives its whole answer. */
window.askFrame = (type, members) =>
  new Promise((resolve) => {
    id += 1;
    const mine = `page-${id}`;
    const listen = (event) => {
      if (event.source !== frame.contentWindow || event.data?.id !== mine) return;
      window.removeEventListener("message", listen);
      resolve(event.data);
    };
    window.addEventListener("message", listen);
    frame.contentWindow.postMessage({ source: "eni-playground", v: 1, id: mine, type, ...members }, "*");
  });

document.body.append(frame);

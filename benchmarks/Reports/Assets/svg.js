/* Plotly's SVG made small and the same every time: without names of classes, values that are the default anyway, empty groups and random
   ids, and with the font named once. */

const defaultStyles = {
  opacity: "1", "fill-opacity": "1", "stroke-opacity": "1", "stroke-miterlimit": "2", "vector-effect": "none", "font-weight": "normal",
  "white-space": "pre", "stroke-dasharray": "none",
};

const isEmpty = (node) => {
  const isUnseen = () => !Number(node.getAttribute("width")) || (node.style.fillOpacity === "0" && !node.style.stroke);
  switch (node.tagName) {
    case "g": case "defs": return node.childElementCount === 0;
    case "path": return !node.getAttribute("d");
    case "rect": return node.parentElement.tagName !== "clipPath" && isUnseen();
    default: return false;
  }
};

function simplify(node) {
  for (const child of [...node.children]) simplify(child);
  if (isEmpty(node)) return node.remove();
  for (const name of node.getAttributeNames()) if (name === "class" || name.startsWith("data-")) node.removeAttribute(name);
  node.style.removeProperty("font-family");
  for (const [name, value] of Object.entries(defaultStyles)) {
    if (node.style.getPropertyValue(name) === value) node.style.removeProperty(name);
  }
  if (!node.getAttribute("style")) node.removeAttribute("style");
  const { transform } = node.attributes;
  // Noise of floating point such as 261.33000000000004.
  if (transform) transform.value = transform.value.replace(/\d+\.\d{4,}/g, (digits) => String(Number(Number(digits).toFixed(3))));
  mergeLines(node);
}

// Neighbours that are drawn alike become one line with gaps.
function mergeLines(parent) {
  const likeness = (path) => [...path.attributes].filter(({ name }) => name !== "d").map(({ name, value }) => `${name}=${value}`).join(";");
  for (const path of [...parent.children]) {
    const next = path.nextElementSibling;
    const areLines = path.tagName === "path" && next?.tagName === "path" && path.style.fill === "none" && next.style.fill === "none";
    if (!areLines || likeness(path) !== likeness(next)) continue;
    next.setAttribute("d", path.getAttribute("d") + next.getAttribute("d"));
    path.remove();
  }
}

// Ids that plotly made of a random number are numbered in the order in which they stand.
function numberIds(root) {
  let text = new XMLSerializer().serializeToString(root);
  [...root.querySelectorAll("[id]")].forEach((node, index) => {
    const isUsed = text.includes(`#${node.id})`);
    text = text.replaceAll(`url(#${node.id})`, `url(#c${index})`).replace(` id="${node.id}"`, isUsed ? ` id="c${index}"` : "");
  });
  return text;
}

function cleanSvg(text, fontFamily, scale) {
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  simplify(root);
  for (const name of ["width", "height"]) root.setAttribute(name, String(root.getAttribute(name) * scale));
  root.setAttribute("role", "img");
  root.style.fontFamily = fontFamily;
  return numberIds(root);
}

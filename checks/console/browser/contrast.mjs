// SPDX-License-Identifier: Apache-2.0

// Runs in the page: finds text that is too hard to read, by the rules of WCAG 2.2, level AA

export function faintTexts() {
  const parse = (color) => {
    const parts = color.match(/[\d.]+/g).map(Number);
    return { rgb: parts.slice(0, 3), alpha: (parts.length > 3) ? parts[3] : 1 };
  };
  const over = (top, below) => top.rgb.map((value, index) => value * top.alpha + below[index] * (1 - top.alpha));
  const background = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      const color = parse(getComputedStyle(one).backgroundColor);
      if (color.alpha > 0) {
        layers.push(color);
      }
      if (color.alpha === 1) {
        break;
      }
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((value) => value / 255)
      .map((value) => (value <= 0.04045) ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const faint = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const hidden = !element.checkVisibility() || element.closest(".hidden, .skip, script, style, noscript");
    if (walker.currentNode.data.trim() === "" || hidden) {
      continue;
    }
    const behind = background(element);
    const text = luminance(over(parse(getComputedStyle(element).color), behind));
    const base = luminance(behind);
    const ratio = (Math.max(text, base) + 0.05) / (Math.min(text, base) + 0.05);
    if (ratio < 4.5) {
      faint.add(`${walker.currentNode.data.trim().slice(0, 30)} (${ratio.toFixed(2)})`);
    }
  }
  return [...faint];
}

/*
  What a reader did to a page that no element keeps by itself when it becomes another: which details
  are open where their order changes, and which words are selected where their text is new.
*/

/* Note it down for when the page has become `next`; returns what puts it back. */
export function kept(next) {
  const details = openDetails(next);
  const selection = selectedText();
  return () => {
    details();
    selection?.();
  };
}

function openDetails(next) {
  const before = new Map();
  const names = new Map();
  for (const [name, element] of named(document.body)) {
    before.set(name, element.open);
    names.set(element, name);
  }
  return () => {
    const written = [...next.body.querySelectorAll("details")];
    const now = named(document.body);
    const present = new Set(now.map(([name]) => name));
    now.forEach(([name, element], place) => {
      if (before.has(name)) element.open = before.get(name);
      /* One that stood for another, which is elsewhere now, is as it was written. */
      else if (present.has(names.get(element))) element.open = written[place]?.open ?? false;
    });
  };
}

/* Pairs of a name and an element: its id, or its summary and which of that summary it is. */
function named(body) {
  const seen = new Map();
  return Array.from(body.querySelectorAll("details"), (element) => {
    const text = element.querySelector(":scope > summary")?.textContent ?? "";
    const count = seen.get(text) ?? 0;
    seen.set(text, count + 1);
    return [element.id ? `#${element.id}` : `${count} ${text}`, element];
  });
}

function selectedText() {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!document.body.contains(range.commonAncestorContainer)) return null;
  const text = range.toString();
  const start = textBefore(range);
  return () => {
    const now = getSelection();
    if (now.rangeCount > 0) {
      const present = now.getRangeAt(0);
      if (present.toString() === text && document.body.contains(present.startContainer)) return;
    }
    const place = nearest(document.body.textContent, text, start);
    if (place >= 0) now.setBaseAndExtent(...textAt(place), ...textAt(place + text.length, true));
  };
}

function textBefore(range) {
  const before = document.createRange();
  before.setStart(document.body, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return before.toString().length;
}

/* Where `part` stands in `whole`, as near to `place` as it does; -1 if it does not. */
function nearest(whole, part, place) {
  const after = whole.indexOf(part, place);
  const before = whole.lastIndexOf(part, place);
  if (after < 0 || before < 0) return Math.max(after, before);
  return after - place <= place - before ? after : before;
}

/* The text node and the offset in it of a character of the body; of an end, at the node's end. */
function textAt(place, end = false) {
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let left = place;
  while (nodes.nextNode()) {
    const { length } = nodes.currentNode;
    if (left < length || (end && left === length)) return [nodes.currentNode, left];
    left -= length;
  }
  return [document.body, document.body.childNodes.length];
}

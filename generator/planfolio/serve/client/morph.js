/*
  Turns the page that is open into its next version in place: what the reader did to it stays.
*/

import { Idiomorph } from "./idiomorph.js";
import { kept } from "./reader.js";

const SHEETS = 'link[rel~="stylesheet"]';

/* A sheet that does not come is not waited for. */
const PATIENCE = 3000;

/* These are looked after apart, or say something only while a page is being loaded. */
const NOT_MERGED =
  "title, script, noscript, base, meta[http-equiv]," +
  'link[rel~="stylesheet"], link[rel~="preload"], link[rel~="modulepreload"]';

/* Become the document `next`. Returns false if that takes a load: its scripts are others.
   A page of the preview's own has none: those that run go on, and a page that has some adds them. */
export async function become(next) {
  const running = scripts(document);
  const wanted = scripts(next);
  if (running.length && wanted.length && source(running) !== source(wanted)) return false;
  const dropOldStyles = await changeStyles(stylesheets(next));
  const restore = kept(next);
  mergeHead(next.head);
  sameAttributes(document.documentElement, next.documentElement);
  Idiomorph.morph(document.body, next.body, {
    callbacks: {
      /* In a parsed text it holds elements, here it is only text. */
      beforeNodeAdded: (node) => node.nodeName !== "NOSCRIPT",
      /* What is as it was is not gone through: most of a page is. */
      beforeNodeMorphed: (node, next) => node.nodeName !== "NOSCRIPT" && !node.isEqualNode(next),
      beforeAttributeUpdated: (name, element) => !isTheReaders(name, element),
    },
  });
  restore();
  dropOldStyles();
  if (!running.length) wanted.forEach(run);
  document.dispatchEvent(new CustomEvent("planfolio:renewed"));
  return true;
}

function scripts(page) {
  return [...page.scripts].filter((script) => !("planfolio" in script.dataset));
}

function source(scripts) {
  return JSON.stringify(scripts.map((script) => script.src || script.text));
}

/* A script that was parsed and not loaded never runs: another one like it does. */
function run(script) {
  const copy = document.createElement("script");
  sameAttributes(copy, script);
  copy.text = script.text;
  document.head.append(copy);
}

/* Whether an attribute tells what the reader typed, chose or opened, and not what was written. */
function isTheReaders(name, element) {
  switch (name) {
    case "open":
      return element.matches("details, dialog");
    case "value":
      return "defaultValue" in element && element.value !== element.defaultValue;
    case "checked":
      return element.checked !== element.defaultChecked;
    case "selected":
      return hasChosen(element.closest("select"));
    default:
      return false;
  }
}

/* What is not marked as selected may be so all the same: the first of a list that drops down. */
function hasChosen(select) {
  const options = [...(select?.options ?? [])];
  if (options.some((option) => option.defaultSelected)) {
    return options.some((option) => option.selected !== option.defaultSelected);
  }
  return options.some((option, n) => option.selected && (n > 0 || select.multiple));
}

function mergeHead(next) {
  document.title = next.querySelector("title")?.textContent ?? "";
  const wanted = new Map();
  for (const element of next.children) {
    if (!element.matches(NOT_MERGED)) wanted.set(element.outerHTML, element);
  }
  for (const element of [...document.head.children]) {
    if (!element.matches(NOT_MERGED) && !wanted.delete(element.outerHTML)) element.remove();
  }
  for (const element of wanted.values()) document.head.append(document.importNode(element, true));
}

function sameAttributes(element, next) {
  for (const { name } of [...element.attributes]) {
    if (!next.hasAttribute(name)) element.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

function stylesheets(page) {
  return [...page.head.querySelectorAll(SHEETS)];
}

/* Load those of `wanted` that the page does not have, so that there is no moment without any.
   Returns, when they are there, what removes those that are not wanted. */
async function changeStyles(wanted) {
  const old = stylesheets(document);
  const loading = [];
  let place = null;
  for (const sheet of wanted) {
    const known = old.findIndex((link) => isSame(link, sheet));
    if (known >= 0) {
      [place] = old.splice(known, 1);
      continue;
    }
    const link = document.importNode(sheet, true);
    loading.push(loaded(link));
    if (place) place.after(link);
    else if (old.length > 0) old[0].before(link);
    else document.head.append(link);
    place = link;
  }
  await Promise.all(loading);
  return () => old.forEach((link) => link.remove());
}

function isSame(link, sheet) {
  return (
    new URL(link.getAttribute("href"), document.baseURI).href ===
      new URL(sheet.getAttribute("href"), document.baseURI).href && link.media === sheet.media
  );
}

function loaded(link) {
  return new Promise((resolve) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve);
    setTimeout(resolve, PATIENCE);
  });
}

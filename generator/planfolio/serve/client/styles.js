/*
  Stylesheets, changed without a moment in which a page has none: the new one is loaded first.
*/

const SHEETS = 'link[rel~="stylesheet"]';

/* A sheet that does not come is not waited for. */
const PATIENCE = 3000;

export function stylesheets(page) {
  return [...page.head.querySelectorAll(SHEETS)];
}

/*
  Load those of `wanted` that the page does not have. Returns, when they are there, what removes
  those that are not wanted; until it is called, the old ones are in force.
*/
export async function changeStyles(wanted) {
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

// Comfort where JavaScript runs: a chart that is wider than the screen begins at its highest column, not at an empty
// end. It is scrolled by hand all the same.
"use strict";
(() => {
  for (const scroller of document.querySelectorAll("figure.bars > .scroll")) {
    const highest = scroller.querySelector(".most");
    if (!highest || scroller.scrollWidth <= scroller.clientWidth) continue;
    const [inner, outer] = [highest.getBoundingClientRect(), scroller.getBoundingClientRect()];
    scroller.scrollLeft += inner.left + inner.width / 2 - outer.left - scroller.clientWidth / 2;
  }
})();

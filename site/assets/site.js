// What pages do beyond showing: small things, each of which a page can do without.

// The tables of a text look like all others, and scroll in a frame that the keyboard can reach.
for (const table of document.querySelectorAll(".md-typeset table:not([class])")) {
  const frame = document.createElement("div");
  frame.className = "cl-scroll";
  frame.tabIndex = 0;
  table.className = "cl-table";
  table.replaceWith(frame);
  frame.append(table);
}

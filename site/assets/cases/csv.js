// Cases as CSV that spreadsheets open as it is: UTF-8 with a mark, and no cell that one would take for a formula.

const FORMULA = /^[\s\u200b\ufeff]*[=+\-@\t\r\n|%＝＋－＠]/u;

export function csv(lines) {
  return `\ufeff${lines.map((cells) => cells.map(cell).join(",")).join("\r\n")}\r\n`;
}

// A text that begins like a formula gets an apostrophe before it, by which spreadsheets know a text.
function cell(value) {
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

export function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

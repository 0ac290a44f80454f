/** A line of a page: where it begins, in points from the lower left, its size and its words. */
export type Line = [x: number, y: number, size: number, words: string];

/** A PDF file whose pages show these lines in Courier; a page without lines is a picture, as of a scan. */
export function pdf(pages: Line[][]): Buffer {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${pages.map((_, i) => `${5 + 2 * i} 0 R`).join(" ")}] /Count ${pages.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    stream(
      "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
      "0",
    ),
  ];
  pages.forEach((lines, i) => {
    const shown = lines.map(
      ([x, y, size, words]) => `BT /F ${size} Tf ${x} ${y} Td (${escaped(words)}) Tj ET`,
    );
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents ${6 + 2 * i} 0 R ` +
        "/Resources << /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >> >>",
      stream("<<", lines.length > 0 ? shown.join("\n") : "q 420 0 0 595 0 0 cm /I Do Q"),
    );
  });
  let file = "%PDF-1.4\n";
  const places = objects.map((object, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join("")}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file + table + trailer, "latin1");
}

function stream(dictionary: string, content: string): string {
  return `${dictionary} /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

function escaped(words: string): string {
  return words.replace(/[\\()]/g, "\\$&");
}

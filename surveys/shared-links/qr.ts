/**
 * A QR code of an address as SVG, black on white with the quiet zone of four modules that readers need. It scales to
 * the size of what it is put in. Level M stands a fold or a stain on paper.
 * @param title what it leads to, for who can't see it
 */
export async function qrSvg(address: string, title: string): Promise<string> {
  // Loaded at the first code, so that an idle service does without it.
  const { default: qrcode } = await import('qrcode');
  const svg = await qrcode.toString(address, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 });
  return svg.trim().replace('<svg ', `<svg role="img" aria-label="${escapeXml(title)}" `);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

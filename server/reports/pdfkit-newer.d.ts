declare namespace PDFKit.Mixins {
  /** In pdfkit since 0.18; its types are behind. */
  interface StructureElementOptions {
    /** Of a TH: what it is the head of. */
    scope?: 'Row' | 'Column';
    /** Of a Figure: left, top, right, bottom on its page. */
    bbox?: [number, number, number, number];
  }
}

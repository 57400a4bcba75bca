/** The thread in which PDFs are read. */
import 'pdfjs-dist/build/pdf.worker.min.mjs';

/** The pages of clinical documents, a line each. All of them come when they are asked for. */
import { lazy } from 'react';
import type { PageRoute } from './routes.tsx';

const DocumentsPage = lazy(async () => ({
  default: (await import('./features/documents/documents-page.tsx')).DocumentsPage,
}));
const NewDocumentPage = lazy(async () => ({
  default: (await import('./features/documents/new-document-page.tsx')).NewDocumentPage,
}));
const DocumentPage = lazy(async () => ({
  default: (await import('./features/documents/document-page.tsx')).DocumentPage,
}));
const CodesPage = lazy(async () => ({ default: (await import('./features/documents/codes-page.tsx')).CodesPage }));
const CodeRulesPage = lazy(async () => ({
  default: (await import('./features/documents/code-rules-page.tsx')).CodeRulesPage,
}));

export const documentRoutes: readonly PageRoute[] = [
  { path: '/documents', page: DocumentsPage },
  // Before /documents/:documentId, or it would be taken for an id.
  { path: '/documents/new', page: NewDocumentPage },
  { path: '/documents/:documentId', page: DocumentPage },
  { path: '/admin/codes', page: CodesPage },
  { path: '/admin/code-rules', page: CodeRulesPage },
];

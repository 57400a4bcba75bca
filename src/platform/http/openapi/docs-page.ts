/** A page to browse the description with, from our own server alone. */
import express, { Router } from 'express';
import { contentSecurityPolicy } from 'helmet';
import { absolutePath } from 'swagger-ui-dist';

/** Swagger UI sets style attributes and inline pictures, so this page, which holds nobody's data, may have them. */
const policy = contentSecurityPolicy({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
});

/** The page below its mount point, showing the description at `documentUrl`, and beside it at `/socket` that of the socket protocol. */
export function docsPage(documentUrl: string, socketPage?: string): Router {
  const router = Router();
  router.use(policy);
  router.get('/swagger-initializer.js', (_req, res) => {
    res.type('js').send(initializer(documentUrl));
  });
  if (socketPage !== undefined) {
    router.get('/socket', (_req, res) => {
      res.type('html').send(socketPage);
    });
  }
  router.use(express.static(absolutePath(), { maxAge: '1h' }));
  return router;
}

function initializer(url: string): string {
  return `window.ui = SwaggerUIBundle({
  url: ${JSON.stringify(url)},
  dom_id: '#swagger-ui',
  deepLinking: true,
  // Headings first: all operations at once take a browser half a minute.
  docExpansion: 'none',
  defaultModelsExpandDepth: -1,
  validatorUrl: null,
  persistAuthorization: false,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
});
`;
}

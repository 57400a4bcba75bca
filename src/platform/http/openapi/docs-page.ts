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

/** The page below its mount point, showing the description at `documentUrl`. */
export function docsPage(documentUrl: string): Router {
  const router = Router();
  router.use(policy);
  router.get('/swagger-initializer.js', (_req, res) => {
    res.type('js').send(initializer(documentUrl));
  });
  router.use(express.static(absolutePath(), { maxAge: '1h' }));
  return router;
}

function initializer(url: string): string {
  return `window.ui = SwaggerUIBundle({
  url: ${JSON.stringify(url)},
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
});
`;
}

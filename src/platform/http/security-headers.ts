/** What browsers are told not to do with our pages. */
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * The web client's policy: nothing from anywhere else, and nothing that stands in the page itself. Its styles are files,
 * made at build time (web/theme-css.ts). blob: is for the pictures and streams that the page itself makes.
 */
export function securityHeaders({ https, checkout }: { https: boolean; checkout: boolean }): RequestHandler[] {
  const guard = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'"],
        // Older Safari does not take 'self' for the WebSocket of the same host.
        connectSrc: ["'self'", socketSource],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Only where we know that the clinic serves over TLS; on plain HTTP browsers must ignore it (RFC 6797, section 8.1).
    strictTransportSecurity: https,
    frameguard: { action: 'deny' },
  });
  return [remembering(guard), permissions, ...(checkout ? [payPage] : [])];
}

/** Helmet's headers depend on nothing but the host: worked out once for each, not with every request. */
function remembering(guard: RequestHandler): RequestHandler {
  const known = new Map<string, readonly (readonly [string, string])[]>();
  return (req, res, next) => {
    const host = req.headers.host ?? '';
    const headers = known.get(host);
    if (headers) {
      for (const [name, value] of headers) res.setHeader(name, value);
      return next();
    }
    const before = new Set(res.getHeaderNames());
    guard(req, res, (error?: unknown) => {
      if (error !== undefined) return next(error);
      const names = res.getHeaderNames().filter((name) => !before.has(name));
      const added = names.map((name) => [name, String(res.getHeader(name))] as const);
      // Callers may name any host, so few are kept.
      if (known.size < 20) known.set(host, added);
      next();
    });
  };
}

const permissions: RequestHandler = (_req, res, next) => {
  res.setHeader(
    'Permissions-Policy',
    'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=()',
  );
  next();
};

/**
 * What Razorpay's checkout needs, by its own lists for shops (razorpay-magento, etc/csp_whitelist.xml), on the page for paying
 * alone. Its window styles itself from within the page; scripts stay those of its two hosts.
 */
const checkoutSources: Readonly<Record<string, string>> = {
  'script-src': 'https://checkout.razorpay.com https://cdn.razorpay.com',
  'style-src': "'unsafe-inline'",
  'connect-src': 'https://api.razorpay.com https://lumberjack.razorpay.com https://lumberjack-metrics.razorpay.com',
  'img-src': 'https://cdn.razorpay.com',
};

/** Only where the provider is configured, and only for documents below `/pay/`. */
const payPage: RequestHandler = (req, res, next) => {
  const policy = res.getHeader('Content-Security-Policy');
  if (req.path.startsWith('/pay/') && typeof policy === 'string') {
    const wider = policy.split(';').map((directive) => {
      const sources = checkoutSources[directive.trim().split(' ')[0] ?? ''];
      return sources === undefined ? directive : `${directive} ${sources}`;
    });
    const frames = 'frame-src https://api.razorpay.com https://checkout.razorpay.com';
    res.setHeader('Content-Security-Policy', [...wider, frames].join(';'));
    // A bank's own page opens in a window of its own; cut off from it, the checkout would take it for closed.
    res.setHeader('Cross-Origin-Opener-Policy', 'same-origin-allow-popups');
  }
  next();
};

function socketSource(req: IncomingMessage): string {
  const host = req.headers.host ?? '';
  return /^[A-Za-z0-9.-]+(:\d{1,5})?$/.test(host) ? `ws://${host} wss://${host}` : "'self'";
}

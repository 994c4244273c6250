import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

/** Lets pages of other origins ask (CORS): those that the operator names. Credentials are tokens, never cookies. */
export const otherOrigins = (origins: readonly string[]): MiddlewareHandler =>
  cors({
    origin: [...origins],
    allowMethods: ['GET', 'PUT', 'POST', 'DELETE'],
    allowHeaders: [
      ...['Authorization', 'Content-Type', 'Content-Digest', 'Range', 'If-None-Match', 'If-Range'],
      ...['Careplan-Request-Id', 'Traceparent'],
    ],
    exposeHeaders: [
      ...['Careplan-Request-Id', 'Careplan-Retry', 'Retry-After', 'Date'],
      ...['ETag', 'Content-Range', 'Repr-Digest', 'Accept-Ranges'],
    ],
    maxAge: 600,
  });

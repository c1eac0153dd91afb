import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ApiModule } from './api.module.ts';
import { createDocument } from './docs/document.ts';
import type { ApiPorts } from './ports.ts';

/** The contract of the API (with the demo's paths), without a database or anything else behind it. */
export async function openApiDocument(version: string): Promise<OpenAPIObject> {
  // In preview nothing is instantiated: the ports are only asked whether this is a demo.
  const ports = { settings: { demo: true } } as ApiPorts;
  const app = await NestFactory.create(ApiModule.with(ports), new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  try {
    return createDocument(app, version);
  } finally {
    await app.close();
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { traceTo } from '@iter/platform/tracing';

/** A collector that does not answer holds up no stop for longer. */
const farewellMs = 2_000;

/**
 * Gives spans to the collector that OpenTelemetry's own variables name (`OTEL_EXPORTER_OTLP_ENDPOINT`, `…_HEADERS` …), over
 * OTLP/HTTP. A collector that is away costs spans, nothing else.
 * @param share of the traces that begin here; a caller's decision counts where callers are believed
 * @returns sends what is left, for a moment at most
 */
export async function startTracing(version: string, share: number): Promise<() => Promise<void>> {
  const [{ AsyncLocalStorageContextManager }, core, { OTLPTraceExporter }, resources, sdk] =
    await Promise.all([
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/core'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace'),
    ]);
  const name = process.env['OTEL_SERVICE_NAME']?.trim() || 'iter';
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': name, 'service.version': version }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  traceTo(provider, new AsyncLocalStorageContextManager().enable(), new core.W3CTraceContextPropagator());
  return () =>
    Promise.race([provider.shutdown().catch(() => undefined), pause(farewellMs, undefined, { ref: false })]);
}

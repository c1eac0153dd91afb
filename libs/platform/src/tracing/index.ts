import { ROOT_CONTEXT, SpanKind, SpanStatusCode, context, propagation, trace } from '@opentelemetry/api';
import type { Span, TextMapPropagator, TracerProvider, ContextManager } from '@opentelemetry/api';

/** What a span says leaves the house: codes and counts, never whom or what a case is about. */
export type SpanFacts = Readonly<Record<string, string | number>>;

const tracer = trace.getTracer('iter');
let isOn = false;

/** From now on spans are made, and given to this provider. */
export function traceTo(
  provider: TracerProvider,
  contexts: ContextManager,
  propagator: TextMapPropagator,
): void {
  context.setGlobalContextManager(contexts);
  propagation.setGlobalPropagator(propagator);
  trace.setGlobalTracerProvider(provider);
  isOn = true;
}

/** Of an error its kind: what it says may quote what somebody wrote. */
function fail(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
}

/** Does something within a span of its own, a child of the one that is under way. Costs nothing where nobody traces. */
export function traced<T>(name: string, facts: SpanFacts, act: () => Promise<T>): Promise<T> {
  if (!isOn) return act();
  return tracer.startActiveSpan(name, { attributes: facts }, async (span) => {
    try {
      return await act();
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A request that is being answered. */
export interface TracedRequest {
  /** Goes on within the span. */
  run(act: () => void): void;
  /** @param status of HTTP */
  end(status: number): void;
}

/**
 * Begins the span of a request.
 * @param route as it is declared, without what stands in its place: ids name cases
 * @param headers of a caller who is believed: the span is a child of the caller's (W3C Trace Context), also in whether it is
 * traced; null: it begins a trace of its own
 * @returns null: nobody traces
 */
export function traceRequest(method: string, route: string, headers: object | null): TracedRequest | null {
  if (!isOn) return null;
  const caller = headers === null ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, headers);
  const attributes = { 'http.request.method': method, 'http.route': route };
  const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, caller);
  return {
    run: (act) => context.with(trace.setSpan(caller, span), act),
    end(status) {
      span.setAttribute('http.response.status_code', status);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import io.mcpremote.call.McpCall.TraceContext;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation.Context;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;

/**
 * Makes spans of calls: under the span of the client, with a link to that of the HTTP
 * request, or under that of the request.
 */
final class CallTracingHandler extends PropagatingReceiverTracingObservationHandler<CallObservationContext> {

	CallTracingHandler(Tracer tracer, Propagator propagator) {
		super(tracer, propagator);
	}

	@Override
	public boolean supportsContext(Context context) {
		return context instanceof CallObservationContext;
	}

	@Override
	public Span.Builder customizeExtractedSpan(CallObservationContext context, Span.Builder builder) {
		TraceContext carrier = context.getCarrier();
		Span request = (carrier != null && carrier.traceparent() != null) ? getTracer().currentSpan() : null;
		return (request != null) ? builder.addLink(new Link(request)) : builder;
	}

	/**
	 * Says nothing of what does not apply: a key for errors alone makes an error of a
	 * span.
	 */
	@Override
	public void tagSpan(CallObservationContext context, Span span) {
		for (KeyValue key : context.getAllKeyValues()) {
			if (!key.getValue().equals(CallObservationContext.NONE)) {
				span.tag(key.getKey(), key.getValue());
			}
		}
	}

	/**
	 * Leaves the scope alone, which belongs to the thread of the call. That goes on after
	 * its time is over and another thread has ended the span.
	 */
	@Override
	public void endSpan(CallObservationContext context, Span span) {
		span.end();
	}

}

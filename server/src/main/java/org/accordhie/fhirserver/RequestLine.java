package org.accordhie.fhirserver;

import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.stereotype.Component;

/**
 * The way of a request, in order. Read it from top to bottom.
 *
 * <ol>
 *   <li>{@code audit.web}: no answer leaves this step without a record (servlet filter, {@link #AUDIT})
 *   <li>{@code fhirserver.gate}: the bytes are bounded and well-formed (servlet filter, {@link #BYTES})
 *   <li>{@code smart.web}: the token becomes a requester with scopes (Spring Security, {@link #TOKEN})
 *   <li>{@code fhirserver}: HAPI finds the route; what we did not write does not exist
 *   <li>{@code smart.web}: the scopes grant the interaction, or 403 ({@link ScopeGate})
 *   <li>{@code consent.web}: the residual becomes the storage's view; the read runs; every row is decided again; what
 *       of it is not for this requester is taken out; the audit event is written in the same transaction ({@link ReleaseGate})
 *   <li>or, for what the exchange keeps about itself and no consent is about, the feature's own rule ({@link FeatureRoutes});
 *       a job that reads for a client is such a thing, and what it read goes out by the step above
 *   <li>or {@code intake.web}: ownership, identity and references; labels; storage; facts; audit, in one transaction
 *       ({@link PushGate})
 *   <li>{@code audit.web}: what was refused or failed at a route is recorded with all that is known of it ({@link RefusalStep})
 *   <li>{@code fhirserver}: what leaves has been decided about ({@link ResponseGate}), and errors tell nothing
 *       ({@link ErrorFactory})
 * </ol>
 */
@Component
public final class RequestLine {

    /** Order of the filter that turns whatever escapes into a constant answer. */
    public static final int LAST_RESORT = -200;

    /** Order of the step that lets nothing leave unrecorded. */
    public static final int AUDIT = -175;

    /** Order of the byte gate. */
    public static final int BYTES = -150;

    /** Order of Spring Security's filter chain. */
    public static final int TOKEN = -100;

    private final ScopeGate scopes;
    private final ReleaseGate releases;
    private final PushGate pushes;
    private final RefusalStep refusals;

    RequestLine(ScopeGate scopes, ReleaseGate releases, PushGate pushes, RefusalStep refusals) {
        this.scopes = scopes;
        this.releases = releases;
        this.pushes = pushes;
        this.refusals = refusals;
    }

    /** A read of storage, of any kind. */
    public <T> T read(RequestedInteraction asked, Supplier<T> storage, ToldResources<T> resources) {
        return recorded(asked, () -> {
            scopes.check(asked);
            return releases.release(asked, storage, resources);
        });
    }

    /**
     * Anything asked of what the exchange keeps about itself. No consent is about it: the step decides who may, and writes
     * the audit event of what it did in the same transaction.
     */
    public <T> T own(RequestedInteraction asked, Supplier<T> step) {
        return recorded(asked, () -> {
            scopes.checkOwn(asked);
            return DecidedResources.told(asked.details(), step.get());
        });
    }

    /**
     * Anything asked of a job that the exchange carries out for a client. The step does as in {@link #own}.
     *
     * @param plan what the request asks for, which it may refuse
     * @param parts what the scopes must grant for that, each by itself
     */
    public <P, T> T job(
            RequestedInteraction asked,
            Supplier<P> plan,
            Function<P, List<RequestedInteraction>> parts,
            Function<P, T> step) {
        return recorded(asked, () -> {
            var planned = plan.get();
            parts.apply(planned).forEach(scopes::checkOwn);
            return step.apply(planned);
        });
    }

    /** A new resource. */
    public MethodOutcome create(RequestedInteraction asked, IBaseResource resource) {
        return recorded(asked, () -> {
            scopes.check(asked);
            return DecidedResources.told(asked.details(), pushes.create(asked, resource));
        });
    }

    /** A new version of a resource. */
    public MethodOutcome update(RequestedInteraction asked, IBaseResource resource) {
        return recorded(asked, () -> {
            scopes.check(asked);
            return DecidedResources.told(asked.details(), pushes.update(asked, resource));
        });
    }

    /** A new version of a resource, made of the one before. */
    public MethodOutcome patch(RequestedInteraction asked, PushGate.Patch patch) {
        return recorded(asked, () -> {
            scopes.check(asked);
            return DecidedResources.told(asked.details(), pushes.patch(asked, patch));
        });
    }

    /** The end of a resource. */
    public MethodOutcome delete(RequestedInteraction asked) {
        return recorded(asked, () -> {
            scopes.check(asked);
            return pushes.delete(asked);
        });
    }

    /** The writing entries of a bundle, each of which must be granted. */
    public Bundle transaction(RequestedInteraction asked, List<RequestedInteraction> entries, Bundle bundle) {
        return recorded(asked, () -> {
            entries.forEach(scopes::check);
            return DecidedResources.told(asked.details(), pushes.transaction(asked, entries, bundle));
        });
    }

    private <T> T recorded(RequestedInteraction asked, Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException failed) {
            var thrown = ErrorFactory.named(failed);
            // Our own fault is recorded too, and stays the fault that it is.
            refusals.refused(
                    asked,
                    thrown instanceof BaseServerResponseException refused
                            ? refused
                            : new InternalErrorException(thrown));
            throw thrown;
        }
    }
}
